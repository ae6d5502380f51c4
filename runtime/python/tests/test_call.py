"""Calls over real connections: what is sent, every way in which an answer can be bad, and the exact text that people read then."""

from __future__ import annotations

import asyncio
import logging
import pickle
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from fakes import API, OK, add, get
from servers import Server, ok, status

from baselinker_client import (
    ApiError,
    AsyncClient,
    BaseLinkerError,
    BlockedError,
    Client,
    ConfigError,
    InvalidReplyError,
    RefusedError,
    RetryPolicy,
    Token,
    TransportError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from baselinker_client import Request

TOKEN = "1-23-S3CR3TS3CR3TS3CR3T"
BLOCKED = (
    '{"status":"ERROR","error_code":"ERROR_BLOCKED_TOKEN","error_message":"Query limit exceeded, token blocked until 2026-04-20 12:30:05"}'
)
EFFECT = "the call may have taken effect"
LOOK = f"({EFFECT}; look before sending a write again)"


def refused(code: str, message: str = "") -> bytes:
    return ok(f'{{"status":"ERROR","error_code":"{code}","error_message":"{message}"}}')


def in_threads(url: str, request: Request[Any], **settings: Any) -> Any:
    with Client(TOKEN, endpoint=url, api=API, retry=RetryPolicy.NONE, **settings) as client:
        return client.call(request)


def in_async_code(url: str, request: Request[Any], **settings: Any) -> Any:
    async def call() -> Any:
        async with AsyncClient(TOKEN, endpoint=url, api=API, retry=RetryPolicy.NONE, **settings) as client:
            return await client.call(request)

    return asyncio.run(call())


@pytest.fixture(params=[in_threads, in_async_code], ids=["threads", "asyncio"])
def call(request: Any) -> Callable[..., Any]:
    made: Callable[..., Any] = request.param
    return made


def assert_hidden(text: str) -> None:
    for at in range(len(TOKEN) - 5):
        assert TOKEN[at : at + 6] not in text


def test_what_is_sent(call: Callable[..., Any]) -> None:
    with Server(ok(OK)) as server:
        call(server.url, get(text="a+b ~*ż", from_=5))
    head, _, body = server.requests[0].partition("\r\n\r\n")
    lines = head.lower().split("\r\n")
    assert lines[0].startswith("post /case/")
    assert f"x-bltoken: {TOKEN.lower()}" in lines
    assert "content-type: application/x-www-form-urlencoded" in lines
    assert "user-agent: tests" in lines
    assert body == "method=get&parameters=%7B%22from%22%3A5%2C%22text%22%3A%22a%2Bb+%7E*%C5%BC%22%7D"


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


def test_no_secure_connection(call: Callable[..., Any]) -> None:
    with Server(b"") as server, pytest.raises(TransportError) as caught:
        call(server.url.replace("http:", "https:"), get(), timeout=30, connect_timeout=0.5)
    assert caught.value.is_without_effect
    assert not any(TOKEN in request for request in server.requests)


def test_what_programs_ask_of_an_error(call: Callable[..., Any]) -> None:
    with Server(ok(BLOCKED)) as server, pytest.raises(BlockedError) as caught:
        call(server.url, get())
    assert isinstance(caught.value, ApiError)
    assert caught.value.code == "ERROR_BLOCKED_TOKEN"
    assert caught.value.until == "2026-04-20 12:30:05"
    assert caught.value.is_without_effect


ENDPOINTS = [
    ("", "is not a URL"),
    ("connector.php", "is not a whole URL, such as https://api.example.com/"),
    ("/connector.php", "is not a whole URL, such as https://api.example.com/"),
    ("ftp://example.com/", "begins neither with https:// nor with http://"),
    ("http://example.com/", "would carry the token over the network for all to read; use https://"),
    ("http://127.0.0.1.example.com/", "would carry the token over the network for all to read; use https://"),
]


@pytest.mark.parametrize(("url", "what"), ENDPOINTS)
def test_endpoints_that_cannot_be_right(url: str, what: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Client(TOKEN, endpoint=url, api=API)
    assert str(caught.value) == f'cannot make a client: the endpoint "{url}" {what}'


@pytest.mark.parametrize(
    "url", ["https://example.com", "http://localhost:8080/", "http://LOCALHOST", "http://[::1]:8080/", "http://127.1.2.3/x"]
)
def test_endpoints_that_can(url: str) -> None:
    Client(TOKEN, endpoint=url, api=API).close()


@pytest.mark.parametrize(("token", "what"), [("", "the token is empty"), (f"{TOKEN}\n", "blank"), (f"x {TOKEN}", "blank"), ("ż", "blank")])
def test_tokens_that_cannot_be_right(token: str, what: str) -> None:
    with pytest.raises(ConfigError, match=what) as caught:
        Client(token, api=API)
    assert_hidden(f"{caught.value} {caught.value!r}")


def test_nothing_prints_the_token(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = Token(TOKEN)
    with pytest.raises(TypeError):
        pickle.dumps(token)
    client = Client(token, api=API, transport=httpx.MockTransport(lambda _: httpx.Response(200, text=OK)))
    client.call_raw("getUnknown", {"email": "jan@example.com"})
    assert "getUnknown: sending, attempt 1" in caplog.text
    assert "jan@" not in caplog.text
    assert_hidden(f"{token!r} {token} {client!r} {caplog.text}")


FILLER = "x" * 66
ECHOES = [
    f'{{"status":"ERROR","error_code":"{TOKEN}","error_message":"no {TOKEN}"}}',
    TOKEN * 2,
    FILLER + TOKEN,
    f'{{"status":"SUCCESS","{TOKEN}":[',
    f'{{"{FILLER}{TOKEN}":1}}',
    f'{{"{TOKEN}":1, "a":x{TOKEN}}}',
    f'{{"status":"SUCCESS","items":[{{"id":"{FILLER}{TOKEN}"}}]}}',
]


@pytest.mark.parametrize("code", [200, 500])
@pytest.mark.parametrize("body", ECHOES)
def test_a_server_that_repeats_the_token(body: str, code: int) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(code, text=body))
    client = Client(TOKEN, api=API, transport=transport, retry=RetryPolicy.NONE)
    with pytest.raises(BaseLinkerError) as caught:
        client.call(get())
    assert_hidden(f"{caught.value} {caught.value!r}")


def test_a_report_that_repeats_the_token() -> None:
    body = f'{{"status":"SUCCESS","items":[{{"id":1,"stock":"{TOKEN}","x":"{TOKEN}"}}]}}'
    client = Client(TOKEN, api=API, transport=httpx.MockTransport(lambda _: httpx.Response(200, text=body)))
    reply = client.call(get())
    assert len(reply.mismatches) == 1
    assert_hidden(repr(reply.mismatches))
    # What the API sends as data stays as it is.
    assert reply.value.items[0].extra["x"] == TOKEN


@pytest.mark.parametrize(
    ("method", "parameters", "text"),
    [
        ("", {}, ": not sent, because the method has no name"),
        ("get", [], "get: not sent, because the parameters are not a JSON object"),
        ("get", {"a": {1, 2}}, "get: not sent, because `the parameters.a` takes a JSON, and got a set"),
        ("get", {"a": float("nan")}, "get: not sent, because `the parameters.a` is no finite number"),
    ],
)
def test_a_raw_call_that_makes_no_sense(method: str, parameters: Any, text: str) -> None:
    client = Client(TOKEN, api=API, transport=httpx.MockTransport(lambda _: httpx.Response(200, text=OK)))
    with pytest.raises(RefusedError) as caught:
        client.call_raw(method, parameters)
    assert str(caught.value) == text


def test_a_parameter_of_another_type() -> None:
    client = Client(TOKEN, api=API, transport=httpx.MockTransport(lambda _: httpx.Response(200, text=OK)))
    for request, what in [
        (get(text=5), "`text` takes a str, and got a int"),
        (get(from_=True), "`from` takes a int, and got a bool"),
        (get(from_=2**63), "`from` is beyond 64 bits"),
        (get(txet="a"), "it has no parameter `txet`"),
        (add(items="12"), "`items` takes a list, and got a str"),
    ]:
        with pytest.raises(RefusedError) as caught:
            client.call(request)
        assert caught.value.what == what


def test_a_cancelled_call_is_given_up() -> None:
    async def cancel(server: Server) -> None:
        async with AsyncClient(TOKEN, endpoint=server.url, api=API) as client:
            call = asyncio.create_task(client.call(get()))
            await asyncio.to_thread(server.received.wait, 10)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            assert await asyncio.to_thread(server.closed.wait, 10)

    with Server(b"", "hang") as server:
        asyncio.run(cancel(server))


def test_one_odd_value_is_no_error() -> None:
    body = '{"status":"SUCCESS","items":[{"id":1,"stock":"many"}]}'
    client = Client(TOKEN, api=API, transport=httpx.MockTransport(lambda _: httpx.Response(200, text=body)))
    reply = client.call(get())
    assert [str(one) for one in reply.mismatches] == ['items[0].stock: expected int, found "many"']
    assert client.call_raw("get", {}) == {"items": [{"id": 1, "stock": "many"}]}


def test_an_invalid_reply_has_a_cause() -> None:
    client = Client(TOKEN, api=API, retry=RetryPolicy.NONE, transport=httpx.MockTransport(lambda _: httpx.Response(200, text="x")))
    with pytest.raises(InvalidReplyError) as caught:
        client.call(get())
    assert (caught.value.path, caught.value.what) == ("", "it is not an object with a status")
