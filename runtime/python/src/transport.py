"""The seam between a call and the network: transports of httpx, which see the very bytes, and the token only as a header.

Nothing of `httpx.Client` is used: no redirects, which would carry the token elsewhere, no cookies, no retries.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Final, cast

import httpx

from . import clock
from .errors import TransportErrorKind as Kind
from .report import duration
from .steps import Response, Send, Unanswered

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSED: Final = (httpx.ReadError, httpx.WriteError, httpx.CloseError)
_CLOSED_TEXT: Final = "the connection was closed before the reply was complete"


def send(transport: httpx.BaseTransport, step: Send) -> Response:
    """Sends a request in a thread.

    Raises:
        Unanswered: If there is no answer.
    """
    body = _Body(step)
    try:
        response = transport.handle_request(_request(step))
        try:
            body.announced(response)
            # A transport for threads gives a stream for threads.
            for chunk in cast("httpx.SyncByteStream", response.stream):
                body.add(chunk)
        finally:
            response.close()
    except httpx.TransportError as error:
        raise _unanswered(step, error) from error
    return Response(response.status_code, body.whole())


async def send_async(transport: httpx.AsyncBaseTransport, step: Send) -> Response:
    """Sends a request in async code.

    Raises:
        Unanswered: If there is no answer.
    """
    body = _Body(step)
    try:
        response = await transport.handle_async_request(_request(step))
        try:
            body.announced(response)
            # A transport for async code gives a stream for async code.
            async for chunk in cast("httpx.AsyncByteStream", response.stream):
                body.add(chunk)
        finally:
            await response.aclose()
    except httpx.TransportError as error:
        raise _unanswered(step, error) from error
    return Response(response.status_code, body.whole())


def _request(step: Send) -> httpx.Request:
    timeout = {"connect": step.connect_timeout, "read": step.timeout, "write": step.timeout, "pool": step.timeout}
    return httpx.Request("POST", step.url, headers=step.headers, content=step.form, extensions={"timeout": timeout})


class _Body:
    """The body of an answer as it comes, within its limits of size and time."""

    def __init__(self, step: Send) -> None:
        self._step = step
        self._ends = clock.monotonic() + step.timeout
        self._chunks: list[bytes] = []
        self._size = 0

    def announced(self, response: httpx.Response) -> None:
        announced = response.headers.get("content-length", "")
        if announced.isdigit() and len(announced) < 20 and int(announced) > self._step.max_reply_bytes:
            raise self._too_large()

    def add(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._step.max_reply_bytes:
            raise self._too_large()
        if clock.monotonic() > self._ends:
            raise late(self._step)
        self._chunks.append(chunk)

    def whole(self) -> bytes:
        return b"".join(self._chunks)

    def _too_large(self) -> Unanswered:
        return Unanswered(Kind.TOO_LARGE, f"the reply is longer than {self._step.max_reply_bytes} bytes")


def late(step: Send) -> Unanswered:
    """The error of an exchange that took too long."""
    return Unanswered(Kind.TIMEOUT, f"no complete reply within {duration(step.timeout)}")


def _unanswered(step: Send, error: httpx.TransportError) -> Unanswered:
    """Finds out from an error of httpx what happened."""
    host = httpx.URL(step.url).netloc.decode()
    if isinstance(error, (httpx.ConnectTimeout, httpx.PoolTimeout)):
        return Unanswered(Kind.CONNECT, f"no connection to {host} within {duration(step.connect_timeout)}")
    if isinstance(error, httpx.ConnectError):
        if any(isinstance(cause, ssl.SSLError) for cause in _causes(error)):
            return Unanswered(Kind.TLS, f"no secure connection to {host}: {error}")
        return Unanswered(Kind.CONNECT, f"no connection to {host}: {error}")
    if isinstance(error, httpx.TimeoutException):
        return late(step)
    if isinstance(error, _CLOSED) or (isinstance(error, httpx.RemoteProtocolError) and _is_cut(str(error))):
        return Unanswered(Kind.CLOSED, _CLOSED_TEXT)
    return Unanswered(Kind.OTHER, f"the exchange failed: {error}")


def _is_cut(text: str) -> bool:
    return "disconnected" in text or "closed connection" in text or "without sending" in text


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
