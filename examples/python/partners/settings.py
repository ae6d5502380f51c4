"""The settings of the trade with partners."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from baselinker_client import Token
from flows import Settings, add_setting, new_parser

if TYPE_CHECKING:
    from baselinker_client.types import OrderStatusId

_ACTIONS: Final = ("list", "forward", "share", "credit")


class PartnersSettings(Settings):
    """Settings of every program, and those of the trade with partners."""

    actions: list[str]
    supplier_token: Token | None
    supplier_endpoint: str | None
    forward_status: OrderStatusId
    forwarded_status: OrderStatusId | None
    supplier_status: OrderStatusId
    status: dict[int, OrderStatusId]
    inventory: int | None
    supplier_inventory: int | None


def read_settings() -> PartnersSettings:
    """Reads arguments and environment; ends the program if they will not do."""
    parser = new_parser("partners", "Trades with partner accounts of BaseLinker.")
    parser.add_argument("actions", nargs="+", choices=_ACTIONS, help="what to do, in this order")
    add_setting(parser, "--supplier-token", "PARTNERS_SUPPLIER_TOKEN", "token of the supplier's account", type=Token)
    endpoint = "endpoint of the supplier's account, where it is a mock of its own"
    add_setting(parser, "--supplier-endpoint", "PARTNERS_SUPPLIER_ENDPOINT", endpoint, metavar="URL")
    forward = "the status whose orders are forwarded"
    add_setting(parser, "--forward-status", "PARTNERS_FORWARD_STATUS", forward, metavar="STATUS", type=int)
    forwarded = "the status that an own order gets once it is forwarded; it stays where it is when not given"
    add_setting(parser, "--forwarded-status", "PARTNERS_FORWARDED_STATUS", forwarded, metavar="STATUS", type=int)
    new = "the status of new orders at the supplier"
    add_setting(parser, "--supplier-status", "PARTNERS_SUPPLIER_STATUS", new, metavar="STATUS", type=int)
    status = "which status of the supplier becomes which own one"
    add_setting(parser, "--status", "PARTNERS_STATUS", status, metavar="THEIRS=OURS,..", type=_pairs, default={})
    own = "the own catalog; the default one of the account when not given"
    add_setting(parser, "--inventory", "PARTNERS_INVENTORY", own, type=int)
    theirs = "the supplier's catalog; the default one of the account when not given"
    add_setting(parser, "--supplier-inventory", "PARTNERS_SUPPLIER_INVENTORY", theirs, type=int)
    settings = parser.parse_intermixed_args(namespace=PartnersSettings())
    given: dict[str, object] = vars(settings)
    for flag, name in (("--forward-status", "forward_status"), ("--supplier-status", "supplier_status")):
        if "forward" in settings.actions and given[name] is None:
            parser.error(f"forward needs {flag}")
    return settings


def _pairs(text: str) -> dict[int, int]:
    """Reads `6630=6627,6633=6633`. Where a status comes twice, the first one counts."""
    pairs: dict[int, int] = {}
    for pair in text.split(","):
        theirs, _, ours = pair.partition("=")
        try:
            pairs.setdefault(int(theirs), int(ours))
        except ValueError:
            message = f"`{pair}` is no pair of statuses; write theirs and ours: 6630=6627"
            raise argparse.ArgumentTypeError(message) from None
    return pairs
