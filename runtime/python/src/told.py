"""A call as it is told to those who watch: the hooks of the program, and the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import clock
from .log import LOGGER
from .observer import BlockInfo, CallEnd, CallInfo, Observer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .errors import BaseLinkerError
    from .gate import Block
    from .info import Access


class Told:
    """What was told of a call so far."""

    def __init__(self, method: str, access: Access, observers: Sequence[Observer]) -> None:
        """The call begins."""
        self._method, self._observers = method, observers
        self._access: Access = access
        self._attempt = 0
        self._waited = 0.0
        self._block: float | None = None
        self._is_over = False
        self.begun = clock.monotonic()
        self._each(lambda observer, call: observer.before_call(call))

    def waiting(self) -> None:
        """It waits for its turn."""
        self._each(lambda observer, call: observer.waiting(call))

    def has_waited(self, since: float) -> None:
        """It has waited since then."""
        self._waited += clock.monotonic() - since

    def blocked(self, block: Block) -> None:
        """It met a block; each is told once."""
        if self._block == block.opens:
            return
        self._block = block.opens
        info = BlockInfo(block.until, max(block.opens - clock.monotonic(), 0.0))
        self._each(lambda observer, call: observer.blocked(call, info))

    def sending(self) -> None:
        """It is sent."""
        self._attempt += 1
        self._each(lambda observer, call: observer.sending(call))

    def retrying(self, error: BaseLinkerError, delay: float) -> None:
        """It failed, and is sent again."""
        self._each(lambda observer, call: observer.retrying(call, error, delay))

    def end(self, error: BaseLinkerError | None) -> None:
        """It is over."""
        self._finish(CallEnd(error or "answered", clock.monotonic() - self.begun, self._waited))

    def drop(self) -> None:
        """Nobody waits for it any more, unless it was over."""
        self._finish(CallEnd("dropped", clock.monotonic() - self.begun, self._waited))

    def _finish(self, end: CallEnd) -> None:
        if not self._is_over:
            self._is_over = True
            self._each(lambda observer, call: observer.after_call(call, end))

    def _each(self, tell: Callable[[Observer, CallInfo], None]) -> None:
        call = CallInfo(self._method, self._access, self._attempt)
        for observer in self._observers:
            try:
                tell(observer, call)
            except Exception as error:  # noqa: BLE001 (whatever it is, it is no matter of the call)
                # The error that the call may have just met is not to be shown with it: its text may have what a buyer wrote.
                error.__suppress_context__ = True
                LOGGER.error("a hook of %s failed", type(observer).__name__, exc_info=error)
