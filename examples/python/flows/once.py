"""Sending what changes something. What may be sent twice is simply sent again; what may not is written down first, and looked for
before it is sent again.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from baselinker_client import BaseLinkerError, Object, Repeat

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from baselinker_client import Client, Request

    from .store import Store

T = TypeVar("T")
R = TypeVar("R", bound=Object)

_ATTEMPTS: Final = 5
"""How often something is sent before it counts as a problem."""


class Intent(NamedTuple):
    """Something about to be sent: what it is, such as `shipment`, and for what, such as the number of an order."""

    kind: str
    key: str


def once(
    store: Store,
    intent: Intent,
    *,
    look: Callable[[], T | None],
    send: Callable[[], T],
    keep: Callable[[sqlite3.Connection, T], object],
) -> T:
    """Sends something once, although the program may be killed at any moment and answers may get lost.

    The intent is stored before anything is sent, and goes in the transaction that stores the result. So an intent that is there at the
    start is one of a run that was killed, and nobody knows whether it was carried out: then, and after every answer that is no clear
    refusal, `look` asks the API for what was meant, and `send` is called only if it finds nothing.

    Raises:
        BaseLinkerError: What `look` and `send` say.
    """
    result = _send_once(store, intent, look, send)
    with store.change() as change:
        keep(change, result)
        _forget(change, intent)
    return result


def _send_once(store: Store, intent: Intent, look: Callable[[], T | None], send: Callable[[], T]) -> T:
    unclear = store.intend(intent)
    attempt = 1
    while True:
        found = look() if unclear else None
        if found is not None:
            return found
        try:
            return send()
        except BaseLinkerError as error:
            if not error.is_unclear or attempt == _ATTEMPTS:
                if error.is_without_effect and not unclear:
                    _forget(store.db, intent)
                raise
        unclear = True
        attempt += 1


def _forget(db: sqlite3.Connection, intent: Intent) -> None:
    db.execute("DELETE FROM intents WHERE kind = ? AND key = ?", intent)


def again(client: Client, request: Request[R]) -> R:
    """Sends something that does no harm when it arrives twice, until it is answered: what is idempotent, or names what it changes, such
    as `addInventoryProduct` with the number of a product.

    Clients repeat only reads unless told otherwise, since they cannot know who else writes: here nothing else writes these values.

    Raises:
        BaseLinkerError: What the last attempt says, or the API's refusal.
    """
    policy = dataclasses.replace(client.retry, repeat=Repeat.ANYTHING)
    return client.with_options(retry=policy).call(request).value
