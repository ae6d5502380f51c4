"""What appears in a method, for ever: all pages until nothing is new, then a wait, then the pages behind the cursor."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from . import clock
from .course import Course
from .decode import Reply
from .errors import BaseLinkerError, Refusal, RefusedError
from .info import CursorStyle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Self

    from .client import AsyncClient, Client
    from .report import Mismatch
    from .request import FollowedRequest

Item = TypeVar("Item")

_MAX_MISMATCHES: Final = 1000
"""How many mismatches wait to be taken; who never takes any must not run out of memory."""


class Trail(Generic[Item]):
    """What following has in common in threads and in async code: what was handed out, and when the next call is due."""

    def __init__(self, request: FollowedRequest[Any, Item], interval: float) -> None:
        """Begins behind the cursor in the request, or before the first item that there is."""
        style = request.method.paging
        if not isinstance(style, CursorStyle):
            what = "its pages have numbers, so that what is new has no place behind the last one; read them by `items`"
            raise RefusedError(request.method.name, Refusal.INVALID_REQUEST, what)
        # Behind position 0, which no item has.
        cursor = request.params.get(style.param, style.step)
        self._style, self._interval = style, interval
        self._course: Course[Item] = Course(request.having(**{style.param: cursor}))
        self._cursor: int = cursor
        self._page: list[Item] = []
        self._mismatches: list[Mismatch] = []
        self._due: float | None = None

    @property
    def cursor(self) -> int:
        """Where to go on behind what was handed out.

        A program that stores it puts it into the request and follows again: then no item is lost and none comes twice.
        """
        return self._cursor

    def take_mismatches(self) -> list[Mismatch]:
        """What was not as documented on the pages read item by item; handed out once. A thousand are kept at most."""
        taken, self._mismatches = self._mismatches, []
        return taken

    def _wait(self) -> float:
        """For how many seconds to wait before the next call."""
        return 0.0 if self._due is None else max(self._due - clock.monotonic(), 0.0)

    def _pause(self) -> None:
        self._due = clock.monotonic() + self._interval

    def _turn(self, reply: Reply[Any]) -> Reply[list[Item]] | None:
        """What is new in a reply, in the order of positions; `None` if nothing is."""
        self._due = None
        try:
            page = self._course.advance(reply)
        finally:
            if self._course.reopen():
                self._pause()
        return None if page is None else Reply(sorted(page.value, key=self._position), page.mismatches, page.unlisted)

    def _position(self, item: Item) -> int:
        position: int | None = getattr(item, self._style.position)
        return 0 if position is None else position

    def _begin(self, page: Reply[list[Item]]) -> None:
        self._page = page.value
        self._mismatches += page.mismatches[: _MAX_MISMATCHES - len(self._mismatches)]

    def _pass(self, items: list[Item]) -> list[Item]:
        """Takes note that items are handed out."""
        self._cursor = max([self._cursor, *(self._position(item) + self._style.step for item in items)])
        return items

    def _rest(self) -> list[Item]:
        rest, self._page = self._page, []
        return rest


class Follow(Trail[Item]):
    """What appears in a method, item by item or page by page, as an iterator without an end.

    An error ends nothing: asking for the next item again goes on, once the interval is over.
    """

    def __init__(self, client: Client, request: FollowedRequest[Any, Item], interval: float) -> None:
        """Begins before the first item."""
        super().__init__(request, interval)
        self._client = client

    def __iter__(self) -> Iterator[Item]:
        """The iterator itself."""
        return self

    def __next__(self) -> Item:
        """Waits for the next item. Items of a page come in the order of their positions.

        Raises:
            BaseLinkerError: As for pages.
        """
        while not self._page:
            self._begin(self._fetch())
        return self._pass([self._page.pop(0)])[0]

    def next_page(self) -> Reply[list[Item]]:
        """Waits for the next page, or hands out the rest of the one that was begun.

        For programs that store what they do with a page together with the `cursor` behind it, so that a crash neither loses nor repeats
        anything. A page is empty only if it has mismatches.

        Raises:
            BaseLinkerError: As for pages.
        """
        rest = self._rest()
        page = Reply(rest) if rest else self._fetch()
        self._pass(page.value)
        return page

    def _fetch(self) -> Reply[list[Item]]:
        while True:
            while self._wait():
                clock.wait(threading.Event(), self._wait())
            try:
                page = self._turn(self._client.call(self._course.request))
            except BaseLinkerError:
                # An error may last, so it is followed by a wait too.
                self._pause()
                raise
            if page is not None:
                return page


class AsyncFollow(Trail[Item]):
    """What appears in a method, item by item or page by page, as an async iterator without an end.

    An error ends nothing: asking for the next item again goes on, once the interval is over. Cancelling gives up the call under way and
    loses nothing: the cursor moves only when something is handed out.
    """

    def __init__(self, client: AsyncClient, request: FollowedRequest[Any, Item], interval: float) -> None:
        """Begins before the first item."""
        super().__init__(request, interval)
        self._client = client

    def __aiter__(self) -> Self:
        """The iterator itself."""
        return self

    async def __anext__(self) -> Item:
        """Waits for the next item. Items of a page come in the order of their positions.

        Raises:
            BaseLinkerError: As for pages.
        """
        while not self._page:
            self._begin(await self._fetch())
        return self._pass([self._page.pop(0)])[0]

    async def next_page(self) -> Reply[list[Item]]:
        """Waits for the next page, or hands out the rest of the one that was begun: as `Follow.next_page`."""
        rest = self._rest()
        page = Reply(rest) if rest else await self._fetch()
        self._pass(page.value)
        return page

    async def _fetch(self) -> Reply[list[Item]]:
        import asyncio  # noqa: PLC0415 (as in `drive`)

        while True:
            while self._wait():
                await clock.wait_async(asyncio.Event(), self._wait())
            try:
                page = self._turn(await self._client.call(self._course.request))
            except BaseLinkerError:
                # An error may last, so it is followed by a wait too.
                self._pause()
                raise
            if page is not None:
                return page
