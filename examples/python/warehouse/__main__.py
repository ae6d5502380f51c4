"""Runs the warehouse: `python -m warehouse`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from flows import Session, Summary, default_inventory, run

from . import articles, orders, shipments, stock
from .settings import read_settings

_SCHEMA: Final = Path(__file__).parents[2] / "rust/warehouse/schema.sql"

_COUNTS: Final = (
    "articles new",
    "articles changed",
    "articles gone",
    "stock sent",
    "orders taken",
    "orders waiting",
    "shipments made",
    "labels saved",
)
"""What a run does, in the order of the summary."""


def main() -> int:
    """Runs it as its settings say, and gives the exit status."""
    settings = read_settings()

    def work(session: Session) -> None:
        inventory = default_inventory(session, session.client, settings.inventory)
        articles.update(session, inventory)
        if settings.push_stock:
            stock.push(session, inventory, settings.stock_warehouse)
        orders.take(session, settings.status)
        if settings.courier:
            shipments.make(session, settings.courier, settings)

    return run(settings, _SCHEMA.read_text(encoding="utf-8"), lambda: Summary("warehouse", _COUNTS), work)


sys.exit(main())
