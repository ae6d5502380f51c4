"""Reading all pages of a method: one after another, none before it is wanted, none twice and none lost."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from . import clock
from .decode import Reply
from .errors import Refusal, RefusedError
from .info import CursorStyle, PageStyle
from .kinds import is_map

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from typing_extensions import Self

    from .client import AsyncClient, Client
    from .report import Mismatch
    from .request import PagedRequest

Item = TypeVar("Item")

_FIRST_POSITION: Final = 1
"""The smallest position there is."""


class Course(Generic[Item]):
    """Where reading has got to: which call comes next, and what is new in its reply."""

    def __init__(self, request: PagedRequest[Any, Item]) -> None:
        """Begins before the first page."""
        style = request.method.paging
        # Only methods with pages make such requests.
        assert style is not None  # noqa: S101
        # Without a cursor the API may sort another way, and a page sorted so would not lead to the next one.
        if isinstance(style, CursorStyle) and style.step and style.param not in request.params:
            request = request.having(**{style.param: _FIRST_POSITION})
        self.request, self.style = request, style
        self.done = False
        # The greatest position seen.
        self._seen: int | None = None
        # The first item of the page before, by which a server that ignores page numbers shows.
        self._before: Item | None = None

    @property
    def cursor(self) -> int | None:
        """The cursor or page number of the page that comes next."""
        return self.request.params.get(self.style.param)

    def advance(self, reply: Reply[Any]) -> Reply[list[Item]] | None:
        """What is new on a page; `None` if it only says that there is nothing more."""
        listed = getattr(reply.value, self.style.items)
        items: list[Any] = list(listed.items()) if is_map(listed) else list(listed or ())
        # A page from which an item was lost is not short.
        size = self.style.size
        is_short = size is not None and len(items) < size and not reply.mismatches
        if isinstance(self.style, PageStyle):
            self.done = not items or is_short
            new = self._turn_page(items, self.style)
        else:
            self.done = is_short
            new = self._move_cursor(items, self.style)
        # The last page is told by being empty only where nothing else tells it, so an empty one is no page.
        if self.done and not new and not reply.mismatches:
            return None
        return Reply(new, reply.mismatches, reply.unlisted)

    def _turn_page(self, items: list[Item], style: PageStyle) -> list[Item]:
        number = style.first if self.cursor is None else self.cursor
        if items and items[0] == self._before:
            raise self._stuck(f"page {number} is the page before it once more")
        self._before = items[0] if items else None
        self.request = self.request.having(**{style.param: number + 1})
        return items

    def _move_cursor(self, items: list[Item], style: CursorStyle) -> list[Item]:
        seen = self._seen
        positions = [getattr(item, style.position) for item in items]
        new = [
            (item, position) for item, position in zip(items, positions, strict=True) if seen is None or position is None or position > seen
        ]
        if not new and items and style.step:
            raise self._stuck(f"nothing behind {seen or 0} came")
        self.done = self.done or not new
        greatest = max((position for _, position in new if position is not None), default=None)
        if greatest is not None:
            self._seen = greatest
            self.request = self.request.having(**{style.param: greatest + style.step})
        return [item for item, _ in new]

    def _stuck(self, what: str) -> RefusedError:
        """The error of a page that does not lead on: asking again would go on for ever."""
        what = f"{what}; the next call would be the same again"
        return RefusedError(self.request.method.name, Refusal.INVALID_REQUEST, what)


class Shelf(Generic[Item]):
    """The page that is being handed out, item by item."""

    def __init__(self, course: Course[Item]) -> None:
        """Begins before the first page."""
        self.course = course
        self._items: Iterator[Item] = iter(())
        self._left = 0
        self._begins = course.cursor
        self._mismatches: list[Mismatch] = []

    @property
    def cursor(self) -> int | None:
        """A cursor from which a program that stores it can go on later.

        It is that of the page that comes next, or of the page that is being handed out as long as some of its items are not. Going on
        repeats items of that page, and loses none. `None` before the first page where the API needs none.
        """
        return self._begins if self._left else self.course.cursor

    def take_mismatches(self) -> list[Mismatch]:
        """What was not as documented on the pages read so far; they are handed out once."""
        taken, self._mismatches = self._mismatches, []
        return taken

    def _begin(self) -> None:
        self._begins = self.course.cursor

    def _put(self, page: Reply[list[Item]]) -> None:
        self._mismatches += page.mismatches
        self._items, self._left = iter(page.value), len(page.value)

    def _take(self) -> Item:
        self._left -= 1
        return next(self._items)


class Pages(Generic[Item]):
    """The pages of a method, as an iterator."""

    def __init__(self, client: Client, request: PagedRequest[Any, Item]) -> None:
        """Begins before the first page."""
        self._client = client
        self.course = Course(request)

    @property
    def cursor(self) -> int | None:
        """The cursor or page number of the page that comes next. A program that stores it can go on from there: put it into the request
        again. `None` before the first page where the API needs none.
        """
        return self.course.cursor

    def __iter__(self) -> Self:
        """The iterator itself."""
        return self

    def __next__(self) -> Reply[list[Item]]:
        """The next page.

        Raises:
            BaseLinkerError: As for `Client.call`, and if the server gives the same page again instead of the next one. Asking again after
                an error asks for the same page again.
        """
        page = None if self.course.done else self.course.advance(self._client.call(self.course.request))
        if page is None:
            raise StopIteration
        return page


class Items(Shelf[Item]):
    """The items of all pages of a method, as an iterator."""

    def __init__(self, pages: Pages[Item]) -> None:
        """Begins before the first page."""
        super().__init__(pages.course)
        self._pages = pages

    def __iter__(self) -> Iterator[Item]:
        """The iterator itself."""
        return self

    def __next__(self) -> Item:
        """The next item.

        Raises:
            BaseLinkerError: As for pages.
        """
        while not self._left:
            self._begin()
            self._put(next(self._pages))
        return self._take()


class Follow(Items[Item]):
    """The items of a method, those that are still to come included, as an iterator without an end."""

    def __init__(self, pages: Pages[Item], interval: float) -> None:
        """Begins before the first page."""
        super().__init__(pages)
        self._interval = _checked(self.course, interval)

    def __next__(self) -> Item:
        """The next item; it waits for it.

        Raises:
            BaseLinkerError: As for pages.
        """
        while True:
            try:
                return super().__next__()
            except StopIteration:
                self.course.done = False
                clock.wait(threading.Event(), self._interval)


class AsyncPages(Generic[Item]):
    """The pages of a method, as an async iterator."""

    def __init__(self, client: AsyncClient, request: PagedRequest[Any, Item]) -> None:
        """Begins before the first page."""
        self._client = client
        self.course = Course(request)

    @property
    def cursor(self) -> int | None:
        """The cursor or page number of the page that comes next. A program that stores it can go on from there: put it into the request
        again. `None` before the first page where the API needs none.
        """
        return self.course.cursor

    def __aiter__(self) -> Self:
        """The iterator itself."""
        return self

    async def __anext__(self) -> Reply[list[Item]]:
        """The next page.

        Raises:
            BaseLinkerError: As for `AsyncClient.call`, and if the server gives the same page again instead of the next one. Asking again
                after an error asks for the same page again.
        """
        page = None if self.course.done else self.course.advance(await self._client.call(self.course.request))
        if page is None:
            raise StopAsyncIteration
        return page


class AsyncItems(Shelf[Item]):
    """The items of all pages of a method, as an async iterator."""

    def __init__(self, pages: AsyncPages[Item]) -> None:
        """Begins before the first page."""
        super().__init__(pages.course)
        self._pages = pages

    def __aiter__(self) -> AsyncIterator[Item]:
        """The iterator itself."""
        return self

    async def __anext__(self) -> Item:
        """The next item.

        Raises:
            BaseLinkerError: As for pages.
        """
        while not self._left:
            self._begin()
            self._put(await self._pages.__anext__())
        return self._take()


class AsyncFollow(AsyncItems[Item]):
    """The items of a method, those that are still to come included, as an async iterator without an end."""

    def __init__(self, pages: AsyncPages[Item], interval: float) -> None:
        """Begins before the first page."""
        super().__init__(pages)
        self._interval = _checked(self.course, interval)

    async def __anext__(self) -> Item:
        """The next item; it waits for it.

        Raises:
            BaseLinkerError: As for pages.
        """
        while True:
            try:
                return await super().__anext__()
            except StopAsyncIteration:
                self.course.done = False
                await clock.wait_async(asyncio.Event(), self._interval)


def _checked(course: Course[Any], interval: float) -> float:
    if isinstance(course.style, PageStyle):
        what = "its pages have numbers, so that what is new has no place behind the last one; read them by `items`"
        raise RefusedError(course.request.method.name, Refusal.INVALID_REQUEST, what)
    return interval
