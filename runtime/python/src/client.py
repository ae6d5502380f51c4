"""The clients: what a program calls, in threads or in async code. What a call does is written once, in `exchange`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from .batch import Batches, BatchFailure, parts_of_batch
from .decode import read_raw
from .drive import drive, drive_async
from .errors import BaseLinkerError
from .follow import AsyncFollow, Follow
from .paging import AsyncItems, AsyncPages, Items, Pages
from .settings import BaseClient

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from typing_extensions import Self

    from .decode import Reply
    from .request import BatchedRequest, FollowedRequest, PagedRequest, Request
    from .shape import Object

R = TypeVar("R", bound="Object")
Item = TypeVar("Item")

_KEPT = httpx.Limits(max_connections=None, max_keepalive_connections=20, keepalive_expiry=30.0)
"""How many calls are under way at once is for the limiter to say; connections that nobody uses are kept for half a minute."""


class Client(BaseClient[httpx.BaseTransport]):
    """Calls the API for one account, from any number of threads.

    Use it as a context manager, or close it when it is not needed any more.

    Example:
        >>> with Client("1-23-ABC", read_only=True) as client:
        ...     reply = client.call(get_orders())
    """

    def _default_transport(self) -> httpx.BaseTransport:
        return httpx.HTTPTransport(limits=_KEPT)

    def call(self, request: Request[R]) -> Reply[R]:
        """Calls a method.

        Args:
            request: What to call; the functions in `baselinker_client.methods` make it.

        Returns:
            The reply. Single values that are not as documented are no error, but reported in it.

        Raises:
            BaseLinkerError: If the call was refused, got no answer, or got one that is of no use.
        """
        return self._read(request, drive(self._prepare(request).steps, self._transport))

    def call_raw(self, method: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Calls a method by its name, with parameters and a reply that nobody checks.

        Unless the method is known, it is taken for one that changes something.

        Args:
            method: Its name, such as `getOrders`.
            parameters: What JSON has.

        Returns:
            The reply without `status`.

        Raises:
            BaseLinkerError: As for `call`, and if the name is empty or the parameters are no JSON.
        """
        answer = drive(self._prepare_raw(method, parameters).steps, self._transport)
        return read_raw(answer.fields, answer.body)

    def pages(self, request: PagedRequest[R, Item]) -> Pages[Item]:
        """Reads a method page by page, from the cursor or page number in the request on.

        Nothing is sent before the first page is asked for, and no page before it is wanted. After an error it goes on with the page that
        failed.
        """
        return Pages(self, request)

    def items(self, request: PagedRequest[R, Item]) -> Items[Item]:
        """Reads all items of a method, from the cursor or page number in the request on; otherwise as `pages`."""
        return Items(Pages(self, request))

    def follow(self, request: FollowedRequest[R, Item], *, interval: float) -> Follow[Item]:
        """Follows a method for ever: reads all items behind the cursor in the request, and asks for new ones once the interval is over.

        Every asking is a call that counts for the limit of the account. What appears before the cursor is not seen, such as an order that
        has an older number and is confirmed later; the API has journals for that.

        Args:
            request: What to read. Without a cursor it begins with the first item that there is.
            interval: How many seconds to wait before asking again. They count from the answer that had nothing more, or from an error, so a
                program that takes long over an item is not late.
        """
        return Follow(self, request, interval)

    def call_in_batches(self, request: BatchedRequest[R]) -> Batches[R]:
        """Calls a method with any number of items: as many calls, one after another, as the API needs for them.

        Without any items nothing is sent. It stops at the first call that fails, and says what was done by then, what failed, and what
        was not sent.
        """
        replies: list[Reply[R]] = []
        for part, rest in parts_of_batch(request):
            try:
                replies.append(self.call(part))
            except BaseLinkerError as error:
                return Batches(replies, BatchFailure(error, part, rest))
        return Batches(replies)

    def close(self) -> None:
        """Closes the connections."""
        self._transport.close()

    def __enter__(self) -> Self:
        """The client itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Closes the connections."""
        self.close()


class AsyncClient(BaseClient[httpx.AsyncBaseTransport]):
    """Calls the API for one account, in async code on asyncio, within one event loop.

    Use it as a context manager, or close it when it is not needed any more. Cancelling a call gives it up, which does not undo what the
    API has done by then.

    Example:
        >>> async with AsyncClient("1-23-ABC", read_only=True) as client:
        ...     reply = await client.call(get_orders())
    """

    def _default_transport(self) -> httpx.AsyncBaseTransport:
        return httpx.AsyncHTTPTransport(limits=_KEPT)

    async def call(self, request: Request[R]) -> Reply[R]:
        """Calls a method: as `Client.call`."""
        return self._read(request, await drive_async(self._prepare(request).steps, self._transport))

    async def call_raw(self, method: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Calls a method by its name, with parameters and a reply that nobody checks: as `Client.call_raw`."""
        answer = await drive_async(self._prepare_raw(method, parameters).steps, self._transport)
        return read_raw(answer.fields, answer.body)

    def pages(self, request: PagedRequest[R, Item]) -> AsyncPages[Item]:
        """Reads a method page by page, by `async for`: as `Client.pages`."""
        return AsyncPages(self, request)

    def items(self, request: PagedRequest[R, Item]) -> AsyncItems[Item]:
        """Reads all items of a method, by `async for`: as `Client.items`."""
        return AsyncItems(AsyncPages(self, request))

    def follow(self, request: FollowedRequest[R, Item], *, interval: float) -> AsyncFollow[Item]:
        """Reads all items of a method, and then new ones for ever, by `async for`: as `Client.follow`."""
        return AsyncFollow(self, request, interval)

    async def call_in_batches(self, request: BatchedRequest[R]) -> Batches[R]:
        """Calls a method with any number of items: as `Client.call_in_batches`."""
        replies: list[Reply[R]] = []
        for part, rest in parts_of_batch(request):
            try:
                replies.append(await self.call(part))
            except BaseLinkerError as error:
                return Batches(replies, BatchFailure(error, part, rest))
        return Batches(replies)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        """The client itself."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        """Closes the connections."""
        await self.aclose()
