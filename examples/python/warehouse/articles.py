"""Products and variants become articles. Only what differs is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flows import list_products, read_products, text

if TYPE_CHECKING:
    import sqlite3
    from decimal import Decimal

    from baselinker_client.types import Inventory, Product
    from flows import Session

_UPSERT: Final = """
    INSERT INTO articles VALUES
        (:code, :number, :name, :barcode, :weight, :height, :width, :length, :description, 1)
    ON CONFLICT DO UPDATE SET
        (article_number, name, barcode, weight, height, width, length, description, listed)
        = (:number, :name, :barcode, :weight, :height, :width, :length, :description, 1)
    WHERE (article_number, name, barcode, weight, height, width, length, description, listed)
        IS NOT (:number, :name, :barcode, :weight, :height, :width, :length, :description, 1)"""
"""Writes an article if it is new or differs; then a row changes, otherwise none."""


def update(session: Session, inventory: Inventory) -> None:
    """Brings the articles to the state of a catalog."""
    store = session.store
    listed = list_products(session, session.client, inventory.inventory_id)
    store.db.execute("CREATE TEMP TABLE seen (product_code INTEGER PRIMARY KEY)")
    main: Product | None = None
    main_id = None
    for part, products in read_products(session, session.client, inventory.inventory_id, listed):
        before, written = store.count("SELECT count(*) FROM articles"), 0
        with store.change() as change:
            for entry in part:
                product = products.get(entry.id)
                # What was deleted between the list and the data is gone the next time.
                if product is None:
                    continue
                change.execute("INSERT INTO seen VALUES (?)", (entry.id,))
                # The main product comes before its variants, perhaps in the part before.
                if entry.parent is None:
                    main_id, main = entry.id, product
                written += _write(change, article(entry.id, product, main if entry.parent == main_id else None))
        new = store.count("SELECT count(*) FROM articles") - before
        session.summary.add("articles new", new)
        session.summary.add("articles changed", written - new)
    gone = "UPDATE articles SET listed = 0 WHERE listed AND product_code NOT IN (SELECT product_code FROM seen)"
    session.summary.add("articles gone", store.db.execute(gone).rowcount)


def _write(change: sqlite3.Connection, row: dict[str, Any]) -> int:
    return change.execute(_UPSERT, row).rowcount


def article(code: int, product: Product, main: Product | None) -> dict[str, Any]:
    """The row of a product or a variant. A variant that says nothing of its size or has no description is like its main product."""

    def measure(own: Decimal | None, mains: Decimal | None) -> str | None:
        return text(own or mains or None)

    return {
        "code": code,
        "number": product.sku or "",
        "name": article_name(_field(product, "name"), _field(main, "name") if main else None),
        "barcode": product.ean or "",
        "weight": measure(product.weight, main.weight if main else None),
        "height": measure(product.height, main.height if main else None),
        "width": measure(product.width, main.width if main else None),
        "length": measure(product.length, main.length if main else None),
        "description": _field(product, "description") or (_field(main, "description") if main else ""),
    }


def article_name(own: str, main: str | None) -> str:
    """Product name and variant name. Most accounts write the product's name into that of the variant already.

    Example:
        >>> article_name("Notebook A5", None), article_name("blue", "Notebook A5"), article_name("Notebook A5, blue", "Notebook A5")
        ('Notebook A5', 'Notebook A5 blue', 'Notebook A5, blue')
        >>> article_name("", "Notebook A5"), article_name("blue", "")
        ('Notebook A5', 'blue')
    """
    return own if main is None or own.startswith(main) else f"{main} {own}".rstrip()


def _field(product: Product, key: str) -> str:
    """A text of a product in the default language."""
    value = product.text_fields.get(key)
    return value if isinstance(value, str) else ""
