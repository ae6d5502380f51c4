"""Every way in which an answer can be bad, and the exact text that people read then."""

from __future__ import annotations

import pickle
import socket
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from calls import TOKEN, assert_hidden
from fakes import API, get
from servers import Server, ok, status

from baselinker_client import (
    ApiError,
    BaseLinkerError,
    BlockedError,
    Client,
    InvalidReplyError,
    RetryPolicy,
    TransportError,
    TransportErrorKind,
)

if TYPE_CHECKING:
    from collections.abc import Callable

BLOCKED = (
    '{"status":"ERROR","error_code":"ERROR_BLOCKED_TOKEN","error_message":"Query limit exceeded, token blocked until 2026-04-20 12:30:05"}'
)
EFFECT = "the call may have taken effect"
LOOK = f"({EFFECT}; look before sending a write again)"


def refused(code: str, message: str = "") -> bytes:
    return ok(f'{{"status":"ERROR","error_code":"{code}","error_message":"{message}"}}')


CASES: list[tuple[bytes, str, str]] = [
    (
        refused("ERROR_BAD_TOKEN", "Invalid user token"),
        "keep",
        "the API refused the call: ERROR_BAD_TOKEN, Invalid user token (make a token in the panel under Account, API, or check that this one is whole)",
    ),
    (
        refused("ERROR_UNKNOWN_METHOD"),
        "keep",
        "the API refused the call: ERROR_UNKNOWN_METHOD (the API had it on 2026-04-20; look for a newer version of this client)",
    ),
    (refused("ERROR_PARSE_JSON_PARAMETERS"), "keep", "the API refused the call: ERROR_PARSE_JSON_PARAMETERS"),
    (ok('{"status":"ERROR"}'), "keep", "the API refused the call and does not say why"),
    (
        ok(BLOCKED),
        "keep",
        "the API refused the call: ERROR_BLOCKED_TOKEN, Query limit exceeded, token blocked until 2026-04-20 12:30:05 (the call had no effect; send it again after 2026-04-20 12:30:05, and send fewer a minute)",
    ),
    (ok(""), "keep", f"cannot decode the reply: it is empty ({EFFECT})"),
    (ok("null"), "keep", f'cannot decode the reply: it is not an object with a status (near "null") ({EFFECT})'),
    (
        ok("<html>ok</html>"),
        "keep",
        f'cannot decode the reply: it is HTML or XML instead of JSON: is this the API\'s endpoint? (near "<html>ok</html>") ({EFFECT})',
    ),
    (
        ok('{"items":[]}'),
        "keep",
        f'cannot decode the reply: it has no status: is this the API\'s endpoint? (near "{{\\"items\\":[]}}") ({EFFECT})',
    ),
    (
        ok('{"status":"SUCCESS","items":['),
        "keep",
        f'cannot decode the reply: it is not valid JSON: it ends too early (near ":\\"SUCCESS\\",\\"items\\":[") ({EFFECT})',
    ),
    (
        ok('{"status":"SUCCESS","items":[{"stock":1}]}'),
        "keep",
        f"cannot decode the reply at items[0].id: it is missing, or means nothing ({EFFECT}; `call_raw` asks less of a reply)",
    ),
    (
        status("502 Bad Gateway", "<html>\r\n <h1>502 Bad Gateway</h1>\r\n</html>"),
        "keep",
        f'HTTP 502 Bad Gateway instead of a reply (a server is in trouble; {EFFECT}): "<html> <h1>502 Bad Gateway</h1> </html>"',
    ),
    (status("503 Service Unavailable", ""), "keep", f"HTTP 503 Service Unavailable instead of a reply (a server is in trouble; {EFFECT})"),
    (
        b"HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n",
        "keep",
        "HTTP 302 Found instead of a reply (is this the API's endpoint?)",
    ),
    (b"", "close", f"the connection was closed before the reply was complete {LOOK}"),
    (b"HTTP/1.1 200 OK\r\ncont", "close", f"the connection was closed before the reply was complete {LOOK}"),
    (b'HTTP/1.1 200 OK\r\ncontent-length: 30\r\n\r\n{"status"', "close", f"the connection was closed before the reply was complete {LOOK}"),
    (b"", "hang", f"no complete reply within 300ms {LOOK}"),
    (b'HTTP/1.1 200 OK\r\ncontent-length: 30\r\n\r\n{"status"', "hang", f"no complete reply within 300ms {LOOK}"),
    (ok(" " * 1025), "keep", f"the reply is longer than 1024 bytes ({EFFECT}; raise `max_reply_bytes`)"),
    (b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 2000, "hang", f"the reply is longer than 1024 bytes ({EFFECT}; raise `max_reply_bytes`)"),
]


@pytest.mark.parametrize(("answer", "then", "text"), CASES)
def test_every_bad_answer(call: Callable[..., Any], answer: bytes, then: str, text: str) -> None:
    is_slow = "300ms" in text
    with Server(answer, then) as server, pytest.raises(BaseLinkerError) as caught:
        call(server.url, get(), timeout=0.3 if is_slow else 10, max_reply_bytes=1024)
    error = caught.value
    assert str(error) == f"get: {text}"
    assert error.method == "get"
    assert error.is_timeout is is_slow
    assert len(server.requests) == 1
    assert_hidden(f"{error} {error!r} {error.__cause__!r}")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 (it was just made here)
    assert str(copy) == str(error)


def test_an_endless_answer(call: Callable[..., Any]) -> None:
    with Server(b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 65536, "repeat") as server, pytest.raises(TransportError, match="longer than 3145728"):
        call(server.url, get(), max_reply_bytes=3 << 20)
    # The connection is dropped, so that the server cannot go on.
    assert server.closed.wait(10)
    assert server.sent < 64 << 20


def test_no_connection(call: Callable[..., Any]) -> None:
    with pytest.raises(TransportError) as caught:
        call("http://127.0.0.1:1/", get())
    assert str(caught.value).startswith("get: no connection to 127.0.0.1:1: ")
    assert str(caught.value).endswith("(nothing was sent; check the network and the endpoint)")
    assert caught.value.is_without_effect


def test_a_connection_must_come_in_time(call: Callable[..., Any]) -> None:
    # This server waits for a whole request, and so for ever while a secure connection is made.
    with Server(b"") as server, pytest.raises(TransportError) as caught:
        call(server.url.replace("http:", "https:"), get(), timeout=30, connect_timeout=0.3)
    nothing = "(nothing was sent; check the network and the endpoint)"
    assert str(caught.value) == f"get: no connection to 127.0.0.1:{server.port} within 300ms {nothing}"
    assert caught.value.is_without_effect


def test_no_secure_connection(call: Callable[..., Any]) -> None:
    received: list[bytes] = []

    def answer_in_plain(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(status("400 Bad Request", ""))
            received.append(connection.recv(65536))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer_in_plain, args=[listener])
        thread.start()
        with pytest.raises(TransportError) as caught:
            call(f"https://127.0.0.1:{listener.getsockname()[1]}/", get(), timeout=30)
        thread.join(10)
    assert received
    assert TOKEN.encode() not in received[0]
    assert caught.value.error_kind is TransportErrorKind.TLS
    assert str(caught.value).startswith("get: no secure connection to 127.0.0.1:")
    assert str(caught.value).endswith("(nothing was sent; check the endpoint, the clock, and proxies that open connections)")
    assert caught.value.is_without_effect


def test_what_programs_ask_of_an_error(call: Callable[..., Any]) -> None:
    with Server(ok(BLOCKED)) as server, pytest.raises(BlockedError) as caught:
        call(server.url, get())
    assert isinstance(caught.value, ApiError)
    assert caught.value.code == "ERROR_BLOCKED_TOKEN"
    assert caught.value.until == "2026-04-20 12:30:05"
    assert caught.value.is_without_effect


def test_an_invalid_reply_has_a_cause() -> None:
    client = Client(TOKEN, api=API, retry=RetryPolicy.NONE, transport=httpx.MockTransport(lambda _: httpx.Response(200, text="x")))
    with pytest.raises(InvalidReplyError) as caught:
        client.call(get())
    assert (caught.value.path, caught.value.what) == ("", "it is not an object with a status")
