"""What the programs have in common: settings, the database, reading what the API has, and sending what must not be sent twice.

Nothing in here knows what a program is for.
"""

from .catalog import Listed, default_inventory, list_products, read_products
from .journal import JournalPage, read_journal
from .numbers import number, text
from .once import Intent, again, once
from .orders import read_orders
from .parts import in_parts
from .session import Session, run
from .settings import Settings, add_setting, connect, new_parser
from .store import Store, set_cursor
from .summary import CallCount, FlowError, Summary

__all__ = [
    "CallCount",
    "FlowError",
    "Intent",
    "JournalPage",
    "Listed",
    "Session",
    "Settings",
    "Store",
    "Summary",
    "add_setting",
    "again",
    "connect",
    "default_inventory",
    "in_parts",
    "list_products",
    "new_parser",
    "number",
    "once",
    "read_journal",
    "read_orders",
    "read_products",
    "run",
    "set_cursor",
    "text",
]
