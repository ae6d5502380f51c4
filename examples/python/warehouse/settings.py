"""The settings of the warehouse."""

from __future__ import annotations

import argparse
from pathlib import Path

from flows import Settings, add_setting, new_parser


class WarehouseSettings(Settings):
    """Settings of every program, and the warehouse's own."""

    status: list[int]
    inventory: int | None
    push_stock: bool
    stock_warehouse: str | None
    courier: str | None
    courier_account: int | None
    courier_field: list[tuple[str, str]]
    labels: Path


def read_settings() -> WarehouseSettings:
    """Reads arguments and environment; ends the program if they will not do."""
    parser = new_parser("warehouse", "Connects a warehouse system to BaseLinker.")
    status = "statuses whose orders go to the warehouse"
    add_setting(parser, "--status", "WAREHOUSE_STATUS", status, metavar="STATUS,..", type=_numbers, required=True)
    inventory = "the catalog; the default one of the account when not given"
    add_setting(parser, "--inventory", "WAREHOUSE_INVENTORY", inventory, type=int)
    push = "send the stock of the warehouse system to BaseLinker"
    add_setting(parser, "--push-stock", "WAREHOUSE_PUSH_STOCK", push, action="store_true")
    code = "the warehouse in BaseLinker that gets the stock, such as bl_206; the catalog's default one when not given"
    add_setting(parser, "--stock-warehouse", "WAREHOUSE_CODE", code, metavar="CODE")
    courier = "the courier that ships packed orders; none are shipped when not given"
    add_setting(parser, "--courier", "WAREHOUSE_COURIER", courier, metavar="CODE")
    account = "the account at the courier; the first one when not given"
    add_setting(parser, "--courier-account", "WAREHOUSE_COURIER_ACCOUNT", account, metavar="ACCOUNT", type=int)
    field = "a field of the courier's form, where its default will not do; may be given again"
    parser.add_argument("--courier-field", metavar="FIELD=VALUE", type=_answer, action="append", default=[], help=field)
    labels = "the folder for labels"
    add_setting(parser, "--labels", "WAREHOUSE_LABELS", labels, metavar="FOLDER", type=Path, default=Path("labels"))
    return parser.parse_args(namespace=WarehouseSettings())


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def _answer(text: str) -> tuple[str, str]:
    field, mark, value = text.partition("=")
    if not mark:
        raise argparse.ArgumentTypeError("write the field and its value: service=standard")
    return field, value
