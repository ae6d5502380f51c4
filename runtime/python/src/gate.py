"""The gate before a token: closed for all callers while the API blocks it.

When a block should be over, one call goes as a probe and the others wait for what becomes of it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from . import clock
from .errors import BlockedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from .hint import BlockClock


class Block(Struct, frozen=True):
    """What is known of a block."""

    code: str
    message: str
    until: str | None
    """The time in the message."""
    opens: float
    """When the next call may be tried, by the monotonic clock."""
    refused: int = 0
    """How many probes in a row were refused."""
    is_probed: bool = False

    def error(self, method: str) -> BlockedError:
        """The error of a call that does not wait."""
        seconds = max(self.opens - clock.monotonic(), 0.0)
        return BlockedError(method, self.code, self.message, self.until, seconds)


class Gate:
    """The gate of one token."""

    def __init__(self) -> None:
        """Begins open."""
        self._lock = threading.Lock()
        self._block: Block | None = None
        self._watching: dict[int, Callable[[], None]] = {}

    @property
    def block(self) -> Block | None:
        """The block, if the token is blocked."""
        return self._block

    def watch(self, wake: Callable[[], None]) -> None:
        """Calls a function whenever something changes."""
        with self._lock:
            self._watching[id(wake)] = wake

    def unwatch(self, wake: Callable[[], None]) -> None:
        """Calls it no more."""
        with self._lock:
            self._watching.pop(id(wake), None)

    def begin_probe(self) -> bool:
        """Becomes the probe, unless another call is, or was just refused."""
        with self._lock:
            block = self._block
            if block is None or block.is_probed or block.opens > clock.monotonic():
                return False
            self._block = replace(block, is_probed=True)
        return True

    def end_probe(self) -> None:
        """The probe came to nothing, which leaves it to the next one."""
        with self._lock:
            if self._block is not None:
                self._block = replace(self._block, is_probed=False)
        self._changed()

    def answered(self, *, is_probe: bool) -> None:
        """The API answered something else than that the token is blocked."""
        # Only a probe was sent after the block began; what others hear may be older.
        if is_probe:
            with self._lock:
                self._block = None
            self._changed()

    def refused(self, said: BlockedError, reading: BlockClock, *, is_probe: bool) -> Block:
        """The API answered that the token is blocked. Gives the block."""
        with self._lock:
            before = self._block
            refused = before.refused + is_probe if before else 0
            opens = clock.monotonic() + reading.wait(said.until, refused)
            if before and not is_probe:
                # Calls that were under way when the block began hear of it one after the other.
                opens = max(before.opens, opens)
            is_probed = bool(before and before.is_probed and not is_probe)
            block = Block(said.code, said.message, said.until, opens, refused, is_probed)
            self._block = block
        self._changed()
        return block

    def _changed(self) -> None:
        with self._lock:
            watching = list(self._watching.values())
        for wake in watching:
            wake()
