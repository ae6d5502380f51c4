"""Callers that several tests have in common, and what is expected of what they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
from fakes import add, get
from worlds import Call, Sleep

from baselinker_client import Reply, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Generator

PATIENT = RetryPolicy(deadline=24 * 3600)
CONNECT, CLOSED, SLOW = httpx.ConnectError("refused"), httpx.ReadError("closed"), httpx.ReadTimeout("slow")
ERROR = '{"status":"ERROR","error_code":"ERROR_STORAGE_ID","error_message":""}'


def caller(client: Any, calls: int = 1, *, after: float = 0.0) -> Generator[Any, Any, list[Any]]:
    yield Sleep(after)
    given: list[Any] = []
    while len(given) < calls:
        reply = yield Call(client, get())
        given.append(reply)
    return given


def writer(client: Any) -> Generator[Any, Any, Any]:
    return (yield Call(client, add()))


def assert_replies(results: list[Any]) -> None:
    assert all(isinstance(reply, Reply) for given in results for reply in given), results


def assert_waited(took: float, seconds: float) -> None:
    # The message has whole seconds, and a few are added at random.
    assert seconds - 1 <= took <= seconds + 11, took
