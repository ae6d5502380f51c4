"""Runs the trade with partners: `python -m partners`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flows import FlowError, Session, Summary, connect, run

from . import credit, forward, integrations, returns, share
from .settings import PartnersSettings, read_settings

if TYPE_CHECKING:
    from baselinker_client import Client

_SCHEMA: Final = Path(__file__).parents[2] / "rust/partners/schema.sql"

_COUNTS: Final = (
    "integrations",
    "contractors",
    "orders forwarded",
    "shipments brought back",
    "statuses brought back",
    "products created",
    "products changed",
    "limits set",
    "settlements booked",
)
"""What a run does, in the order of the summary."""


def main() -> int:
    """Runs it as its settings say, and gives the exit status."""
    settings = read_settings()

    def work(session: Session) -> None:
        for action in settings.actions:
            _do(action, session, settings)

    return run(settings, _SCHEMA.read_text(encoding="utf-8"), lambda: Summary("partners", _COUNTS), work)


def _do(action: str, session: Session, settings: PartnersSettings) -> None:
    if action == "list":
        integrations.read(session)
    elif action == "credit":
        credit.keep(session)
    elif action == "share":
        with _supplier(session, settings) as supplier:
            share.take_over(session, supplier, settings)
    else:
        with _supplier(session, settings) as supplier:
            forward.send(session, supplier, settings)
            returns.bring_back(session, supplier, settings.status)


def _supplier(session: Session, settings: PartnersSettings) -> Client:
    """The client of the supplier's account. It has a limit of its own, as every token has."""
    if settings.supplier_token is None:
        raise FlowError("set the token of the supplier by PARTNERS_SUPPLIER_TOKEN")
    return connect(settings, settings.supplier_token, settings.supplier_endpoint, session.calls)


sys.exit(main())
