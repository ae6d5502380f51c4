"""What all clients of a token share within a process: its limit, and whether it is blocked."""

from __future__ import annotations

import hashlib
import os
import threading
import weakref
from typing import TYPE_CHECKING, Final

from . import clock
from .gate import Gate
from .limit import SlidingWindow

if TYPE_CHECKING:
    from .secret import Token


class Account:
    """What the clients of a token share."""

    def __init__(self, key: bytes, calls_per_minute: int) -> None:
        """Begins with nothing to remember."""
        self.key = key
        self.window = SlidingWindow(calls_per_minute)
        self.gate = Gate()

    def is_idle(self) -> bool:
        """Is there nothing to remember?"""
        block = self.gate.block
        return self.window.is_idle() and (block is None or block.opens <= clock.monotonic())

    def keep(self) -> None:
        """Remembers the account also after its clients are gone, as long as there is something to remember."""
        with _LOCK:
            _KEPT[self.key] = self


# Accounts by a number that is made of their token and endpoint, from which nobody gets back to the token.
_SALT: Final = os.urandom(32)
_LOCK: Final = threading.Lock()
_KNOWN: Final[weakref.WeakValueDictionary[bytes, Account]] = weakref.WeakValueDictionary()
# Programs that make a client for each call would otherwise have no limit.
_KEPT: Final[dict[bytes, Account]] = {}


def account_of(token: Token, endpoint: str, usual: int) -> Account:
    """The account of a token at an endpoint, the same for all who ask. `usual` is its limit if it is new."""
    key = hashlib.blake2b(f"{token.reveal()}\n{endpoint}".encode(), key=_SALT).digest()
    with _LOCK:
        for idle in [known for known, account in _KEPT.items() if account.is_idle()]:
            del _KEPT[idle]
        account = _KNOWN.get(key)
        if account is None:
            account = _KNOWN[key] = Account(key, usual)
        return account
