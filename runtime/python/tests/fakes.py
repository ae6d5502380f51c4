"""The API in memory, in the time of a world: it counts calls as the real one does, and answers as it is told."""

from __future__ import annotations

import asyncio
import datetime
import json
from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import httpx

from baselinker_client import ApiInfo, Method, Object, Request
from baselinker_client._runtime import (
    EMPTY_LIST,
    EMPTY_MAP,
    BatchedRequest,
    BatchLimit,
    CursorStyle,
    FollowedRequest,
    PagedRequest,
    PageStyle,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from worlds import World

MINUTE = 60.0
OK = '{"status":"SUCCESS"}'
WALL = 1_776_687_905.0
"""2026-04-20 12:25:05 UTC, when worlds begin."""

API = ApiInfo(
    endpoint="https://api.example.com/connector.php",
    token_header="X-BLToken",
    calls_per_minute=100,
    block_seconds=600,
    changelog_date="2026-04-20",
    user_agent="tests",
    methods={"add": "write", "get": "read", "list": "read", "listPages": "read", "listBehind": "read", "put": "write"},
    errors={"ERROR_BLOCKED_TOKEN": "after_block", "ERROR_BAD_TOKEN": "never"},
)


class Item(Object, kw_only=True):
    __wire__ = (("id", "id!"), ("stock", "int"))

    id: int
    stock: int | None = None
    extra: dict[str, Any] = EMPTY_MAP


class Listed(Object, kw_only=True):
    __wire__ = (("items", "list(Item)"),)

    items: list[Item] = EMPTY_LIST
    extra: dict[str, Any] = EMPTY_MAP


_PARAMS = (("from", "int", "from_"), ("page", "int"), ("text", "text"), ("items", "list(int)"))
_GET = Method(name="get", access="read", reply=Listed, params=_PARAMS)
_ADD = Method(name="add", access="write", reply=Listed, params=_PARAMS)
_SET = Method(name="set", access="write", reply=Listed, idempotent=True, params=_PARAMS)
_PUT = Method(name="put", access="write", reply=Listed, params=_PARAMS, batch=BatchLimit(param="items", max=2))
_LIST = Method(
    name="list",
    access="read",
    reply=Listed,
    params=_PARAMS,
    paging=CursorStyle(param="from_", items="items", position="id", step=1, size=2),
)
_BEHIND = Method(
    name="listBehind", access="read", reply=Listed, params=_PARAMS, paging=CursorStyle(param="from_", items="items", position="id", step=0)
)
_PAGES = Method(
    name="listPages", access="read", reply=Listed, params=_PARAMS, paging=PageStyle(param="page", items="items", first=1, size=2)
)


def get(**params: Any) -> Request[Listed]:
    return Request(_GET, params)


def add(**params: Any) -> Request[Listed]:
    return Request(_ADD, params)


def set_(**params: Any) -> Request[Listed]:
    return Request(_SET, params)


def put(items: list[int]) -> BatchedRequest[Listed]:
    return BatchedRequest(_PUT, {"items": items})


def by_id(**params: Any) -> FollowedRequest[Listed, Item]:
    return FollowedRequest(_LIST, params)


def behind(**params: Any) -> FollowedRequest[Listed, Item]:
    return FollowedRequest(_BEHIND, params)


def by_page(**params: Any) -> PagedRequest[Listed, Item]:
    return PagedRequest(_PAGES, params)


Answer = str | tuple[int, str] | Exception
"""A body, a status with a body, or what a transport raises."""


def listed(ids: str) -> str:
    """A reply that lists items: `[1,2]`; what is no list of numbers is sent as it is."""
    if not ids.startswith(("[", '"')):
        return ids
    if ids.startswith('"'):
        return f'{{"status":"SUCCESS","items":{ids}}}'
    return json.dumps({"status": "SUCCESS", "items": [{"id": one} for one in json.loads(ids)]})


class Blocked:
    """A refusal because of too many calls, until so many seconds from now in a time zone two hours ahead of UTC."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def body(self, now: float) -> str:
        moment = datetime.datetime.fromtimestamp(WALL + now + 7200 + self.seconds, tz=datetime.timezone.utc)
        message = f"Query limit exceeded, token blocked until {moment:%Y-%m-%d %H:%M:%S}"
        return json.dumps({"status": "ERROR", "error_code": "ERROR_BLOCKED_TOKEN", "error_message": message})


class Fake:
    """Answers with these, one after another, and well after that.

    Args:
        answers: What is answered.
        there: How many seconds a call is under way before the API counts it.
        back: And after.
        limit: How many calls a minute it takes before it blocks the token for ten minutes.
    """

    def __init__(
        self, answers: Iterable[Answer | Blocked] = (), *, there: float = 0.0, back: float = 0.0, limit: int | None = None
    ) -> None:
        self.answers = deque(answers)
        self.there, self.back, self.limit = there, back, limit
        self.calls: list[tuple[float, str, dict[str, Any]]] = []
        self.requests: list[httpx.Request] = []
        self.refused = 0
        self._blocked_until = -1.0

    def within(self, world: World) -> Any:
        return _Transport(self, world)

    @property
    def times(self) -> list[float]:
        return [time for time, _, _ in self.calls]

    @property
    def methods(self) -> list[str]:
        return [method for _, method, _ in self.calls]

    @property
    def cursors(self) -> str:
        """The cursor or page number of each call, `-` for none."""
        return " ".join(str(params.get("from", params.get("page", "-"))) for _, _, params in self.calls)

    def busiest_minute(self) -> int:
        return max(sum(start <= time < start + MINUTE for time in self.times) for start in self.times)

    def answer(self, request: httpx.Request, now: float) -> Answer:
        form = parse_qs(request.content.decode())
        self.requests.append(request)
        self.calls.append((now, form["method"][0], json.loads(form["parameters"][0])))
        if self.limit is not None and self._is_too_many(now):
            self.refused += 1
            return Blocked(self._blocked_until - now).body(now)
        answer = self.answers.popleft() if self.answers else OK
        return answer.body(now) if isinstance(answer, Blocked) else answer

    def _is_too_many(self, now: float) -> bool:
        if self._blocked_until > now:
            return True
        if sum(time + MINUTE > now for time in self.times) > (self.limit or 0):
            self._blocked_until = now + 10 * MINUTE
            return True
        return False


class _Transport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    def __init__(self, fake: Fake, world: Any) -> None:
        self._fake, self._world = fake, world

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._world.sleep(self._fake.there)
        answer = self._fake.answer(request, self._world.now)
        self._world.sleep(self._fake.back)
        return self._response(answer)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(self._fake.there)
        answer = self._fake.answer(request, self._world.now)
        await asyncio.sleep(self._fake.back)
        return self._response(answer)

    def _response(self, answer: Answer) -> httpx.Response:
        if isinstance(answer, Exception):
            raise answer
        status, body = (200, answer) if isinstance(answer, str) else answer
        return httpx.Response(status, content=body.encode())
