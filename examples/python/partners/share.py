"""The supplier's products come to the own catalog: by SKU, with name, description, price and stock, each created once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from baselinker_client import parameters_of
from baselinker_client.methods import add_inventory_product, get_inventory_products_list
from baselinker_client.types import ProductId
from flows import FlowError, Intent, again, default_inventory, list_products, once, read_products, text

if TYPE_CHECKING:
    import sqlite3

    from baselinker_client import Client, Request
    from baselinker_client.methods.inventory_products import AddInventoryProductReply
    from baselinker_client.types import Inventory, InventoryId, Product
    from flows import Session

    from .settings import PartnersSettings


def take_over(session: Session, supplier: Client, settings: PartnersSettings) -> None:
    """Brings the own catalog to the state of the supplier's. Variants become products of their own, since the trade is by SKU."""
    ours = default_inventory(session, session.client, settings.inventory)
    theirs = default_inventory(session, supplier, settings.supplier_inventory)
    own = {product.sku: product.id for product in list_products(session, session.client, ours.inventory_id)}
    listed = [product for product in list_products(session, supplier, theirs.inventory_id) if product.sku]
    for _, products in read_products(session, supplier, theirs.inventory_id, listed):
        for _, product in sorted(products.items()):
            sku = product.sku or ""
            with session.trying(f"product {sku}"):
                _send(session, ours.inventory_id, own.get(sku), sku, _own_product(ours, theirs, product))


def _own_product(ours: Inventory, theirs: Inventory, product: Product) -> Request[AddInventoryProductReply]:
    """A product of the supplier as the own catalog has it; the mapping."""
    group, their_group = ours.default_price_group, theirs.default_price_group
    house, their_house = ours.default_warehouse, theirs.default_warehouse
    if group is None or their_group is None or house is None or their_house is None:
        raise FlowError("a catalog has no default price group or warehouse")
    return add_inventory_product(
        inventory_id=ours.inventory_id,
        sku=product.sku,
        ean=product.ean or "",
        tax_rate=_short(product.tax_rate),
        weight=_short(product.weight),
        text_fields={key: _field(product, key) for key in ("name", "description")},
        prices={group: _short(product.prices.get(their_group)) or 0},
        stock={house: max(0, product.stock.get(their_house, 0))},
    )


def _send(session: Session, inventory: InventoryId, listed: ProductId | None, sku: str, request: Request[AddInventoryProductReply]) -> None:
    """Creates a product, or changes it if it is there and differs."""
    told = parameters_of(request)
    shared = next(iter(session.store.rows("SELECT product_id, sent FROM shared WHERE sku = ?", sku)), None)
    if shared is not None and shared[1] == told:
        return
    known = listed if listed is not None or shared is None else ProductId(shared[0])
    session.summary.add("products created" if known is None else "products changed")
    if session.dry_run:
        return
    if known is None:
        once(
            session.store,
            Intent("product", sku),
            look=lambda: _find(session.client, inventory, sku),
            send=lambda: session.call(request).product_id,
            keep=lambda change, made: _keep(change, sku, made, told),
        )
        return
    again(session.client, request.having(product_id=known))
    with session.store.change() as change:
        # A run that was killed may have created it.
        change.execute("DELETE FROM intents WHERE kind = 'product' AND key = ?", (sku,))
        _keep(change, sku, known, told)


def _keep(change: sqlite3.Connection, sku: str, product: ProductId, told: str) -> None:
    change.execute("INSERT OR REPLACE INTO shared VALUES (?, ?, ?)", (sku, product, told))


def _find(client: Client, inventory: InventoryId, sku: str) -> ProductId | None:
    request = get_inventory_products_list(inventory_id=inventory, filter_sku=sku, include_variants=True)
    found = client.call(request).value.products
    return next((product.id for _, product in sorted(found.items()) if product.sku == sku), None)


def _short(decimal: Decimal | None) -> Decimal | None:
    """The same number without needless zeros, so that what was told once compares with what is told now."""
    digits = text(decimal)
    return None if digits is None else Decimal(digits)


def _field(product: Product, key: str) -> str:
    value = product.text_fields.get(key)
    return value if isinstance(value, str) else ""
