"""Reading orders whose numbers are known, by the fewest calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from baselinker_client import API
from baselinker_client.methods import get_orders

if TYPE_CHECKING:
    from collections.abc import Iterable

    from baselinker_client import Client
    from baselinker_client.types import Order, OrderId

    from .session import Session


def read_orders(session: Session, client: Client, numbers: Iterable[OrderId]) -> list[Order]:
    """Reads orders by their numbers. Those that are gone are missing in the result, which is sorted by number.

    A call gives the hundred orders from a number on, so the next call begins at the least number that is still wanted. No other way
    needs fewer calls: every call answers all wanted orders that any call beginning there could answer.

    Raises:
        BaseLinkerError: As for the client's own `call`.
    """
    wanted: set[OrderId] = set(numbers)
    found: list[Order] = []
    full = API.methods["getOrders"].page_size or 1
    while wanted:
        least = min(wanted)
        reply = client.call(get_orders(id_from=least, get_unconfirmed_orders=True))
        session.show_mismatches("getOrders", reply.mismatches)
        orders = reply.value.orders
        found += [order for order in orders if order.order_id in wanted]
        # Whatever lies up to the last order of a full reply and is not in it does not exist, and behind a short one there is nothing. A
        # reply is not short if something in it could not be read, which may have been an order.
        if not reply.mismatches and len(orders) < full:
            break
        # Should the API give other orders than those from this number on, this one is not asked for again and again.
        last = max([least, *(order.order_id for order in orders)])
        wanted = {number for number in wanted if number > last}
    return sorted(found, key=lambda order: order.order_id)
