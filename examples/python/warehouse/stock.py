"""The stock of the warehouse goes back in bulk: only what differs from what BaseLinker was told last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from baselinker_client.methods import update_inventory_products_stock
from baselinker_client.types import ProductId, WarehouseCode
from flows import FlowError, again, in_parts

if TYPE_CHECKING:
    from baselinker_client.types import Inventory
    from flows import Session


def push(session: Session, inventory: Inventory, chosen: str | None) -> None:
    """Sends what changed. What BaseLinker warns of is not sent again before it changes once more."""
    warehouse = inventory.default_warehouse if chosen is None else WarehouseCode(chosen)
    if warehouse is None:
        raise FlowError("the catalog has no default warehouse; choose one by --stock-warehouse")
    sql = "SELECT product_code, quantity FROM stock WHERE quantity IS NOT pushed ORDER BY product_code"
    changed = [(ProductId(code), int(quantity)) for code, quantity in session.store.rows(sql)]
    if session.dry_run:
        session.summary.add("stock sent", len(changed))
        return
    done = 0
    for part, request in in_parts(
        "updateInventoryProductsStock",
        changed,
        lambda part: update_inventory_products_stock(
            inventory_id=inventory.inventory_id,
            products={code: {warehouse: quantity} for code, quantity in part},
        ),
    ):
        warnings = again(session.client, request).warnings
        with session.store.change() as change:
            for code, quantity in part:
                sql = "UPDATE stock SET pushed = ?, warning = ? WHERE product_code = ?"
                change.execute(sql, (quantity, warnings.get(code, ""), code))
        for code, warning in sorted(warnings.items()):
            session.summary.problem(f"stock of product {code}: {warning}")
        done += len(part)
        session.summary.add("stock sent", max(0, len(part) - len(warnings)))
        session.progress.step("stock sent", done, len(changed))
