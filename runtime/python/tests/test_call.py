"""Calls over real connections: what is sent, and what is refused before that."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from calls import TOKEN
from fakes import API, OK, add, get
from servers import Server, ok

from baselinker_client import AsyncClient, Client, ConfigError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable


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
