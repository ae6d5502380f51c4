"""Reading a catalog: which products it has, and all data of them, a thousand a call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from baselinker_client.methods import get_inventories, get_inventory_products_data, get_inventory_products_list

from .parts import in_parts
from .summary import FlowError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from baselinker_client import Client
    from baselinker_client.types import Inventory, InventoryId, Product, ProductId

    from .session import Session


@dataclass(frozen=True)
class Listed:
    """A product or a variant, as the list of a catalog has it."""

    id: ProductId
    """Its number."""
    parent: ProductId | None
    """The main product, if this is a variant."""
    sku: str
    """Its SKU; empty when it has none."""


def default_inventory(session: Session, client: Client, chosen: int | None) -> Inventory:
    """The catalog to work on: the one that was chosen, or else the account's default one.

    Raises:
        FlowError: If it is not there.
        BaseLinkerError: If the API cannot be asked.
    """
    inventories = session.call(get_inventories(), client).inventories
    if chosen is None:
        # The default one is the last of these; where there is none, so is the catalog that was made last.
        fitting = sorted(inventories, key=lambda inventory: inventory.is_default is True)
    else:
        fitting = [inventory for inventory in inventories if inventory.inventory_id == chosen]
    if not fitting:
        names = ", ".join(str(inventory.inventory_id) for inventory in inventories)
        raise FlowError(f"there is no such catalog; the account has: {names}")
    return fitting[-1]


def list_products(session: Session, client: Client, inventory: InventoryId) -> list[Listed]:
    """Everything in a catalog, each main product followed by its variants.

    Raises:
        BaseLinkerError: As for the client's own `items`.
    """
    items = client.items(get_inventory_products_list(inventory_id=inventory, include_variants=True))
    listed: list[Listed] = []
    for number, product in items:
        listed.append(Listed(number, product.parent_id, product.sku or ""))
        session.progress.step("products listed", len(listed))
    session.show_mismatches("getInventoryProductsList", items.take_mismatches())
    return sorted(listed, key=lambda product: (product.parent or product.id, product.parent is not None, product.id))


def read_products(
    session: Session, client: Client, inventory: InventoryId, listed: Sequence[Listed]
) -> Iterator[tuple[Sequence[Listed], dict[ProductId, Product]]]:
    """All data of products, in parts: as many calls as the API needs, each made when the part before it was worked on, so that memory
    holds one part at a time.

    Raises:
        BaseLinkerError: As for the client's own `call`.
    """
    done = 0
    for part, request in in_parts(
        "getInventoryProductsData",
        listed,
        lambda part: get_inventory_products_data(inventory_id=inventory, products=[product.id for product in part]),
    ):
        yield part, session.call(request, client).products
        done += len(part)
        session.progress.step("products read", done, len(listed))
