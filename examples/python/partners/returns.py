"""What the supplier did with forwarded orders comes back: shipments with their numbers, and statuses by a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from baselinker_client import Timestamp
from baselinker_client.methods import create_package_manual, get_order_packages, set_order_status
from baselinker_client.types import CourierCode, JournalEventType, OrderId, PackageId
from flows import Intent, again, once, read_journal, read_orders, set_cursor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from baselinker_client import Client
    from baselinker_client.types import OrderStatusId
    from flows import JournalPage, Session


class _Package(NamedTuple):
    """A shipment of the supplier, as its table has it."""

    theirs: int
    order: OrderId
    courier: str
    number: str
    shipped_at: int


def bring_back(session: Session, supplier: Client, statuses: Mapping[int, OrderStatusId]) -> None:
    """Reads the supplier's journal, then sends what is new."""
    _read(session, supplier)
    _send_packages(session)
    _send_statuses(session, statuses)


def _read(session: Session, supplier: Client) -> None:
    types = (JournalEventType.PACKAGE_CREATED, JournalEventType.STATUS_CHANGED)
    journal = read_journal(session, supplier, "supplier journal", types)
    forwarded = session.store.rows("SELECT supplier_order_id, order_id FROM forwarded")
    ours = {OrderId(theirs): OrderId(own) for theirs, own in forwarded}
    # Some couriers give the number of a shipment later, and the journal does not tell.
    waiting = session.store.rows("SELECT DISTINCT supplier_order_id FROM packages JOIN forwarded USING (order_id) WHERE number = ''")
    shipped = (_orders(journal, JournalEventType.PACKAGE_CREATED) & ours.keys()) | {OrderId(theirs) for (theirs,) in waiting}
    packages = [
        _Package(
            package.package_id,
            ours[theirs],
            package.courier_code or "",
            package.courier_package_nr or "",
            package.tracking_status_date or 0,
        )
        for theirs in sorted(shipped)
        for package in session.call(get_order_packages(order_id=theirs), supplier).packages
        if package.is_return is not True
    ]
    moved = read_orders(session, supplier, _orders(journal, JournalEventType.STATUS_CHANGED) & ours.keys())
    with session.store.change() as change:
        insert = "INSERT INTO packages VALUES (?, ?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE SET number = excluded.number WHERE number = ''"
        change.executemany(insert, packages)
        update = "UPDATE forwarded SET supplier_status = ? WHERE supplier_order_id = ?"
        change.executemany(update, [(order.order_status_id, order.order_id) for order in moved])
        if journal.last is not None:
            set_cursor(change, "supplier journal", journal.last)


def _orders(journal: JournalPage, kind: JournalEventType) -> set[OrderId]:
    return {event.order_id for event in journal.events if event.log_type is kind and event.order_id is not None}


def _send_packages(session: Session) -> None:
    unsent = """
        SELECT supplier_package_id, order_id, courier_code, number, shipped_at FROM packages
        WHERE package_id IS NULL AND number <> '' ORDER BY 1
    """
    for package in (_Package(*row) for row in session.store.rows(unsent)):
        with session.trying(f"shipment {package.number} of order {package.order}"):
            if not session.dry_run:
                _send_package(session, package)
            session.summary.add("shipments brought back")


def _send_package(session: Session, package: _Package) -> None:
    request = create_package_manual(
        order_id=package.order,
        courier_code=CourierCode(package.courier),
        package_number=package.number,
        pickup_date=Timestamp(package.shipped_at),
    )
    once(
        session.store,
        Intent("package", str(package.theirs)),
        look=lambda: _find(session.client, package.order, package.number),
        send=lambda: session.call(request).package_id,
        keep=lambda change, own: change.execute(
            "UPDATE packages SET package_id = ? WHERE supplier_package_id = ?",
            (own, package.theirs),
        ),
    )


def _find(client: Client, order: OrderId, number: str) -> PackageId | None:
    """The shipment of an own order with a tracking number."""
    packages = client.call(get_order_packages(order_id=order)).value.packages
    return next((package.package_id for package in packages if package.courier_package_nr == number), None)


def _send_statuses(session: Session, statuses: Mapping[int, OrderStatusId]) -> None:
    sql = "SELECT order_id, supplier_status, set_status FROM forwarded WHERE supplier_status IS NOT NULL ORDER BY order_id"
    for order, theirs, told in session.store.rows(sql):
        ours = statuses.get(theirs)
        if ours is None or ours == told:
            continue
        if not session.dry_run:
            again(session.client, set_order_status(order_id=OrderId(order), status_id=ours))
            session.store.db.execute("UPDATE forwarded SET set_status = ? WHERE order_id = ?", (ours, order))
        session.summary.add("statuses brought back")
