"""The token leaves memory as a header and in no other way."""

from __future__ import annotations

import logging
import pickle

import httpx
import pytest
from calls import TOKEN, assert_hidden
from fakes import API, OK, get

from baselinker_client import BaseLinkerError, Client, ConfigError, RetryPolicy, Token


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
