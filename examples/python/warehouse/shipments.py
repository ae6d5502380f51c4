"""Packed orders are shipped: the shipment is ordered at the courier once, its label saved as a file, its number kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from baselinker_client import InvalidFileError
from baselinker_client.methods import create_package, get_courier_fields, get_label, get_order_packages
from baselinker_client.types import CourierAccountId, CourierCode, OrderId, PackageId
from flows import FlowError, Intent, once

from . import form

if TYPE_CHECKING:
    from pathlib import Path

    from baselinker_client import Client
    from baselinker_client.methods.courier_info import GetCourierFieldsReply
    from flows import Session

    from .settings import WarehouseSettings


class Shipment(NamedTuple):
    """A shipment, whether it was just made or found."""

    package: PackageId
    number: str


def make(session: Session, courier: str, settings: WarehouseSettings) -> None:
    """Ships what is packed, and gets the labels and numbers that are still missing."""
    sql = "SELECT order_id FROM orders WHERE packed AND order_id NOT IN (SELECT order_id FROM shipments) ORDER BY order_id"
    packed = [OrderId(number) for (number,) in session.store.rows(sql)]
    if session.dry_run:
        session.summary.add("shipments made", len(packed))
        return
    if packed:
        asked = session.call(get_courier_fields(courier_code=CourierCode(courier)))
        for done, order in enumerate(packed, 1):
            with session.trying(f"shipment of order {order}"):
                _ship(session, CourierCode(courier), settings, asked, order)
                session.summary.add("shipments made")
            session.progress.step("shipments", done, len(packed))
    _add_numbers(session)
    _save_labels(session, settings.labels)


def _ship(session: Session, courier: CourierCode, settings: WarehouseSettings, asked: GetCourierFieldsReply, order: OrderId) -> None:
    sql = "SELECT weight, length, width, height FROM parcels WHERE order_id = ? ORDER BY parcel"
    request = create_package(
        order_id=order,
        courier_code=courier,
        account_id=None if settings.courier_account is None else CourierAccountId(settings.courier_account),
        fields=form.fields(asked, settings.courier_field),
        packages=[
            form.parcel(asked, weight, length=length, width=width, height=height)
            for weight, length, width, height in session.store.rows(sql, order)
        ],
    )

    def send() -> Shipment:
        made = session.call(request)
        return Shipment(made.package_id, made.package_number or "")

    insert = "INSERT INTO shipments (order_id, package_id, courier_code, tracking_number) VALUES (?, ?, ?, ?)"
    once(
        session.store,
        Intent("shipment", str(order)),
        look=lambda: _find(session.client, order, courier),
        send=send,
        keep=lambda change, made: change.execute(insert, (order, made.package, courier, made.number)),
    )


def _find(client: Client, order: OrderId, courier: CourierCode) -> Shipment | None:
    """The shipment to the buyer that an order has with a courier."""
    packages = client.call(get_order_packages(order_id=order)).value.packages
    meant = (package for package in packages if package.courier_code == courier and package.is_return is not True)
    return next((Shipment(package.package_id, package.courier_package_nr or "") for package in meant), None)


def _add_numbers(session: Session) -> None:
    """Some couriers give the tracking number only later."""
    sql = "SELECT order_id, courier_code FROM shipments WHERE tracking_number = '' ORDER BY order_id"
    for order, courier in session.store.rows(sql):
        shipment = _find(session.client, OrderId(order), CourierCode(courier))
        if shipment is not None:
            session.store.db.execute("UPDATE shipments SET tracking_number = ? WHERE order_id = ?", (shipment.number, order))


def _save_labels(session: Session, folder: Path) -> None:
    sql = "SELECT order_id, package_id, courier_code FROM shipments WHERE label_file = '' ORDER BY order_id"
    for order, package, courier in session.store.rows(sql):
        with session.trying(f"label of order {order}"):
            name = _save_label(session, folder, OrderId(order), PackageId(package), CourierCode(courier))
            session.store.db.execute("UPDATE shipments SET label_file = ? WHERE order_id = ?", (name, order))
            session.summary.add("labels saved")


def _save_label(session: Session, folder: Path, order: OrderId, package: PackageId, courier: CourierCode) -> str:
    """Saves a label, and gives the name of its file. The name is there once the file is complete, and not before."""
    reply = session.call(get_label(courier_code=courier, package_id=package))
    if reply.label is None:
        raise FlowError(f"the label of order {order} is empty")
    name = f"{order}-{package}.{reply.extension or 'bin'}"
    path, part = folder / name, folder / f"{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_bytes(reply.label.bytes())
        part.replace(path)
    except (OSError, InvalidFileError) as error:
        raise FlowError(f"cannot save the label {path}: {error}") from error
    return name
