"""Reading all pages of a method: one after another, none before it is wanted, none twice and none lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from .course import Course

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from typing_extensions import Self

    from .client import AsyncClient, Client
    from .decode import Reply
    from .report import Mismatch
    from .request import PagedRequest

Item = TypeVar("Item")


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
        repeats items of that page, and loses none. `None` before the first page where the API needs none. At the end it is as for pages.
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

        At the end of numbered pages it is the number of the last one, since more may be added to that: going on repeats it, and loses
        nothing.
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

        At the end of numbered pages it is the number of the last one, since more may be added to that: going on repeats it, and loses
        nothing.
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
