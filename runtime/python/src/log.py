"""What goes to `logging`, under the name of the package: what happens to calls, and neither the token nor data of buyers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from .observer import Observer

if TYPE_CHECKING:
    from .errors import BaseLinkerError
    from .observer import BlockInfo, CallEnd, CallInfo

LOGGER: Final = logging.getLogger("baselinker_client")


class Log(Observer):
    """Writes what happens to calls into the log."""

    def waiting(self, call: CallInfo) -> None:
        """Tells it for those who look closely."""
        LOGGER.debug("%s: waiting for a turn", call.method)

    def blocked(self, call: CallInfo, block: BlockInfo) -> None:
        """Warns."""
        until, seconds = block.until or "a time that is not known", block.retry_after
        LOGGER.warning("%s: the token is blocked until %s; the next call is in %.0f s", call.method, until, seconds)

    def sending(self, call: CallInfo) -> None:
        """Tells it for those who look closely."""
        LOGGER.debug("%s: sending, attempt %d", call.method, call.attempt)

    def retrying(self, call: CallInfo, error: BaseLinkerError, delay: float) -> None:
        """Tells it, with the kind of the error: its text may have what a buyer wrote."""
        LOGGER.info("%s: sending again in %.1f s after an error (%s)", call.method, delay, error.kind)

    def after_call(self, call: CallInfo, end: CallEnd) -> None:
        """Tells how it ended."""
        outcome = end.outcome if isinstance(end.outcome, str) else end.outcome.kind
        LOGGER.debug("%s: %s after %.3f s, %.3f of them waiting", call.method, outcome, end.took, end.waited)
