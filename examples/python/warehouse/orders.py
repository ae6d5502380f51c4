"""New orders go to the warehouse once they are confirmed and in a chosen status. The others wait, and are looked at again when the
journal says that something happened to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from baselinker_client import Timestamp
from baselinker_client.methods import get_orders
from baselinker_client.types import JournalEventType, OrderId
from flows import read_journal, read_orders, set_cursor, text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from baselinker_client.types import Order, OrderProduct
    from flows import Session

_EVENTS: Final = (
    JournalEventType.ORDER_CONFIRMED,
    JournalEventType.REMOVED,
    JournalEventType.ORDERS_MERGED,
    JournalEventType.STATUS_CHANGED,
)
"""What can make an order ready, or end its waiting."""

_INSERT_ORDER: Final = """
INSERT INTO orders (
    order_id, order_number, marketplace_number, delivery_date, remark, service_point, customer_number, customer_name,
    customer_company, customer_address, customer_post_code, customer_city, customer_country_code, customer_state, email, mobile,
    telephone, vat_number, invoice_name, invoice_company, invoice_address, invoice_post_code, invoice_city, invoice_country_code,
    invoice_state, currency
) VALUES (
    :order_id, :order_number, :marketplace_number, :delivery_date, :remark, :service_point, :customer_number, :customer_name,
    :customer_company, :customer_address, :customer_post_code, :customer_city, :customer_country_code, :customer_state, :email,
    :mobile, :telephone, :vat_number, :invoice_name, :invoice_company, :invoice_address, :invoice_post_code, :invoice_city,
    :invoice_country_code, :invoice_state, :currency
)
"""

_INSERT_LINE: Final = """
INSERT INTO order_lines (
    external_line_code, order_id, article_number, product_code, items, line_price, customs_value
) VALUES (
    :external_line_code, :order_id, :article_number, :product_code, :items, :line_price, :customs_value
)
"""

_JOURNAL_SECONDS: Final = 5 * 12 * 3600
"""The API forgets events after three days. Half a day is left for clocks that differ."""

_LOOK_AT_ONCE: Final = 500
"""Waiting orders that are read before anything is stored."""


def take(session: Session, statuses: Collection[int]) -> None:
    """Takes orders into the warehouse."""
    # The journal comes first: what changes while orders are read is then told the next time.
    _mark_changed(session)
    _take_new(session, statuses)
    _take_waiting(session, statuses)
    session.summary.add("orders waiting", session.store.count("SELECT count(*) FROM waiting"))


def _mark_changed(session: Session) -> None:
    """Marks the waiting orders to which something happened; all of them if the journal cannot tell."""
    read_at, now = session.store.cursor("journal read at"), Timestamp.now()
    journal = read_journal(session, session.client, "journal", _EVENTS)
    with session.store.change() as change:
        if read_at is None or now - read_at >= _JOURNAL_SECONDS or journal.last is None:
            change.execute("UPDATE waiting SET look = 1")
        else:
            orders = [(event.order_id,) for event in journal.events]
            change.executemany("UPDATE waiting SET look = 1 WHERE order_id = ?", orders)
        set_cursor(change, "journal read at", now)
        if journal.last is not None:
            set_cursor(change, "journal", journal.last)


def _take_new(session: Session, statuses: Collection[int]) -> None:
    """Reads the orders behind the last one, those that are not confirmed too: their numbers do not come again."""
    cursor = session.store.cursor("orders")
    pages = session.client.pages(get_orders(id_from=None if cursor is None else OrderId(cursor), get_unconfirmed_orders=True))
    done = 0
    for page in pages:
        session.show_mismatches("getOrders", page.mismatches)
        ready = [order for order in page.value if _is_ready(order, statuses)]
        waiting = [(order.order_id,) for order in page.value if not _is_ready(order, statuses)]
        with session.store.change() as change:
            for order in ready:
                _write(change, order)
            change.executemany("INSERT INTO waiting VALUES (?, 0)", waiting)
            if pages.cursor is not None:
                set_cursor(change, "orders", pages.cursor)
        done += len(page.value)
        session.summary.add("orders taken", len(ready))
        session.progress.step("new orders", done)


def _take_waiting(session: Session, statuses: Collection[int]) -> None:
    """Reads the marked ones again."""
    marked = [OrderId(number) for (number,) in session.store.rows("SELECT order_id FROM waiting WHERE look ORDER BY order_id")]
    for start in range(0, len(marked), _LOOK_AT_ONCE):
        part = marked[start : start + _LOOK_AT_ONCE]
        found = read_orders(session, session.client, part)
        ready = [order for order in found if _is_ready(order, statuses)]
        still = {order.order_id for order in found} - {order.order_id for order in ready}
        with session.store.change() as change:
            for order in ready:
                _write(change, order)
            change.executemany("UPDATE waiting SET look = 0 WHERE order_id = ?", [(number,) for number in still])
            # What is gone waits no longer either.
            change.executemany("DELETE FROM waiting WHERE order_id = ?", [(number,) for number in part if number not in still])
        session.summary.add("orders taken", len(ready))


def _is_ready(order: Order, statuses: Collection[int]) -> bool:
    is_confirmed = order.date_confirmed is not None if order.confirmed is None else order.confirmed
    return is_confirmed and order.order_status_id in statuses


def _write(change: sqlite3.Connection, order: Order) -> None:
    """Writes an order with its lines; the mapping."""
    remark = "\n".join(comment for comment in (order.user_comments, order.admin_comments) if comment)
    row: dict[str, Any] = {
        "order_id": order.order_id,
        "order_number": str(order.order_id),
        "marketplace_number": "" if order.shop_order_id is None else str(order.shop_order_id),
        "delivery_date": order.date_confirmed,
        "remark": remark,
        "service_point": order.delivery_point_id or "",
        "customer_number": str(order.order_id),
        "customer_name": order.delivery_fullname or "",
        "customer_company": order.delivery_company or "",
        "customer_address": order.delivery_address or "",
        "customer_post_code": order.delivery_postcode or "",
        "customer_city": order.delivery_city or "",
        "customer_country_code": order.delivery_country_code or "",
        "customer_state": order.delivery_state or "",
        "email": order.email or "",
        "mobile": order.phone or "",
        "telephone": order.phone or "",
        "vat_number": order.invoice_nip or "",
        "invoice_name": order.invoice_fullname or "",
        "invoice_company": order.invoice_company or "",
        "invoice_address": order.invoice_address or "",
        "invoice_post_code": order.invoice_postcode or "",
        "invoice_city": order.invoice_city or "",
        "invoice_country_code": order.invoice_country_code or "",
        "invoice_state": order.invoice_state or "",
        "currency": order.currency or "",
    }
    change.execute(_INSERT_ORDER, row)
    change.executemany(_INSERT_LINE, [_line(order.order_id, line) for line in order.products])


def _line(order: OrderId, line: OrderProduct) -> dict[str, Any]:
    price = text(line.price_brutto)
    return {
        "external_line_code": line.order_product_id,
        "order_id": order,
        "article_number": line.sku or "",
        "product_code": next((code for code in (line.variant_id, line.product_id) if code not in (None, "", "0")), ""),
        "items": line.quantity,
        "line_price": price,
        "customs_value": price,
    }
