"""Orders in a status go to the supplier, each once, with the own number in an extra field by which it is found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from baselinker_client.methods import add_order, get_orders, set_order_status
from baselinker_client.types import OrderId, OrderProductInput
from flows import FlowError, Intent, again, once

if TYPE_CHECKING:
    from baselinker_client import Client, Request
    from baselinker_client.methods.orders import AddOrderReply
    from baselinker_client.types import Order, OrderProduct, OrderStatusId
    from flows import Session

    from .settings import PartnersSettings

T = TypeVar("T")


def send(session: Session, supplier: Client, settings: PartnersSettings) -> None:
    """Forwards what is in the status and not forwarded yet."""
    for page in session.client.pages(get_orders(status_id=settings.forward_status)):
        session.show_mismatches("getOrders", page.mismatches)
        for order in page.value:
            with session.trying(f"forwarding order {order.order_id}"):
                _forward(session, supplier, settings, order)


def _forward(session: Session, supplier: Client, settings: PartnersSettings, order: Order) -> None:
    own = order.order_id
    if not session.store.rows("SELECT 1 FROM forwarded WHERE order_id = ?", own):
        if not session.dry_run:
            _send(session, supplier, settings.supplier_status, order)
        session.summary.add("orders forwarded")
    if settings.forwarded_status is not None and not session.dry_run:
        again(session.client, set_order_status(order_id=own, status_id=settings.forwarded_status))


def _send(session: Session, supplier: Client, status: OrderStatusId, order: Order) -> None:
    own, reference = order.order_id, str(order.order_id)
    request = _supplier_order(order, status)
    # Orders made later have greater numbers, so the last one that is known is where a lost one may begin.
    begin = OrderId(session.store.count("SELECT coalesce(max(supplier_order_id), 0) + 1 FROM forwarded"))
    once(
        session.store,
        Intent("forward", reference),
        look=lambda: _find(supplier, begin, reference),
        send=lambda: session.call(request, supplier).order_id,
        keep=lambda change, theirs: change.execute(
            "INSERT INTO forwarded (order_id, supplier_order_id) VALUES (?, ?)",
            (own, theirs),
        ),
    )


def _find(supplier: Client, begin: OrderId, reference: str) -> OrderId | None:
    orders = supplier.items(get_orders(id_from=begin, get_unconfirmed_orders=True))
    return next((order.order_id for order in orders if order.extra_field_1 == reference), None)


def _supplier_order(order: Order, status: OrderStatusId) -> Request[AddOrderReply]:
    """An order as the supplier gets it; the mapping. Who bought is told as far as a parcel needs it, and no more."""
    return add_order(
        order_status_id=status,
        date_add=_known(order.date_add if order.date_confirmed is None else order.date_confirmed, "the order has no date"),
        currency=_known(order.currency, "the order has no currency"),
        products=[_line(line) for line in order.products],
        extra_field_1=str(order.order_id),
        email=order.email,
        phone=order.phone,
        user_comments=order.user_comments,
        delivery_method=order.delivery_method,
        delivery_fullname=order.delivery_fullname,
        delivery_company=order.delivery_company,
        delivery_address=order.delivery_address,
        delivery_postcode=order.delivery_postcode,
        delivery_city=order.delivery_city,
        delivery_state=order.delivery_state,
        delivery_country_code=order.delivery_country_code,
        delivery_point_id=order.delivery_point_id,
    )


def _line(line: OrderProduct) -> OrderProductInput:
    return OrderProductInput(
        name=line.name or "",
        sku=line.sku,
        ean=line.ean,
        price_brutto=_known(line.price_brutto, "a line of the order has no price"),
        tax_rate=_known(line.tax_rate, "a line of the order has no VAT rate"),
        quantity=_known(line.quantity, "a line of the order has no quantity"),
    )


def _known(value: T | None, otherwise: str) -> T:
    if value is None:
        raise FlowError(otherwise)
    return value
