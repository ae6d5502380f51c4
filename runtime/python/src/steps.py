"""What a call asks of whoever drives it. The call itself knows neither sockets nor sleep, so threads and event loops drive the same one."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from .errors import TransportErrorKind

T = TypeVar("T")


class Wait(Struct, frozen=True):
    """Wait until this time by the monotonic clock (`None`: for ever), or until the call is woken."""

    until: float | None


class Send(Struct, frozen=True):
    """Send the form once, and give the answer, whatever its status."""

    url: str
    headers: dict[str, str]
    form: bytes
    timeout: float
    """How many seconds the whole exchange may take."""
    connect_timeout: float
    """How many seconds a connection may take to come about."""
    max_reply_bytes: int
    """How long the answer's body may be."""

    def __repr__(self) -> str:
        """Leaves out the headers, which hold the token, and the form, which may hold data of buyers."""
        return f"Send({self.url!r}, {len(self.form)} bytes, timeout={self.timeout})"


class Response(Struct, frozen=True):
    """What was answered."""

    status: int
    body: bytes

    def __repr__(self) -> str:
        """Leaves out the body, which may hold data of buyers."""
        return f"Response({self.status}, {len(self.body)} bytes)"


class Unanswered(Exception):  # noqa: N818 (it is how a driver says what happened, and no error that programs see)
    """There was no answer."""

    def __init__(self, kind: TransportErrorKind, what: str) -> None:
        """Takes what kept it away, also as a clause."""
        super().__init__(kind, what)
        self.kind, self.what = kind, what


Steps = Generator[Wait | Send, Response | None, T]
"""A call under way: it yields what is to be done, is sent a response where it asked for one, and returns what came of it."""
