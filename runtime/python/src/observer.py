"""Hooks: what a program can watch of its calls. They see neither the token nor parameters and replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from .errors import BaseLinkerError
    from .info import Access


class CallInfo(Struct, frozen=True):
    """A call that is watched."""

    method: str
    """The name of the method."""
    access: Access
    """What the method does; what is not known counts as a write."""
    attempt: int
    """How often the call was sent so far."""


class BlockInfo(Struct, frozen=True):
    """A block of the token."""

    until: str | None
    """Until when, in the words of the API: `YYYY-MM-DD HH:MM:SS` in a time zone that it does not name."""
    retry_after: float
    """After how many seconds the next call is tried."""


class CallEnd(Struct, frozen=True):
    """How a call ended."""

    outcome: Literal["answered", "dropped"] | BaseLinkerError
    """What came of it: there is an answer; the call was cancelled; or why there is none."""
    took: float
    """How many seconds it took in all."""
    waited: float
    """How many seconds it waited: for its turn, for the end of a block, and between attempts."""


class Observer:
    """Watches calls, for a log or for metrics. Every hook does nothing unless it is overridden.

    They run in the middle of a call, in its thread or event loop, so they should be quick. One that raises an exception does not touch the
    call: it is logged.
    """

    def before_call(self, call: CallInfo) -> None:
        """A call begins. Calls that the client itself refuses do not get here."""

    def waiting(self, call: CallInfo) -> None:
        """A call waits for its turn, because too many were sent in the last minute."""

    def blocked(self, call: CallInfo, block: BlockInfo) -> None:
        """A call met a blocked token. It waits for the end of the block, unless its deadline comes first."""

    def sending(self, call: CallInfo) -> None:
        """A call is sent. Its `attempt` counts how often that was."""

    def retrying(self, call: CallInfo, error: BaseLinkerError, delay: float) -> None:
        """An attempt failed, and another one is made after so many seconds."""

    def after_call(self, call: CallInfo, end: CallEnd) -> None:
        """A call is over."""
