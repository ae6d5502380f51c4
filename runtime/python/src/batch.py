"""Calls that take a limited number of items: split, in order, and told apart when one fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

from .kinds import is_map
from .writer import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .decode import Reply
    from .errors import BaseLinkerError
    from .info import BatchLimit
    from .request import BatchedRequest
    from .shape import Object

R = TypeVar("R", bound="Object")


class BatchFailure(Struct, Generic[R], frozen=True):
    """The part at which a call in parts ended."""

    error: BaseLinkerError
    """Why it failed. Whether it took effect is as for any other call."""
    failed: BatchedRequest[R]
    """The part that failed."""
    not_sent: BatchedRequest[R] | None
    """The items that were not sent, as one call that may be made in parts again."""


class Batches(Struct, Generic[R], frozen=True):
    """What became of a call that was made in parts."""

    replies: list[Reply[R]]
    """The replies of the parts that succeeded, in order."""
    failure: BatchFailure[R] | None = None
    """The first part that failed, if one did; none was sent after it."""

    def unwrap(self) -> list[Reply[R]]:
        """The replies.

        Raises:
            BaseLinkerError: If a part failed: its error.
        """
        if self.failure is not None:
            raise self.failure.error
        return self.replies


def parts_of_batch(request: BatchedRequest[R]) -> Iterator[tuple[BatchedRequest[R], BatchedRequest[R] | None]]:
    """The parts of a call, each with the rest behind it."""
    limit = request.method.batch
    # Only methods with a limit make such requests.
    assert limit is not None  # noqa: S101
    rest: BatchedRequest[R] | None = request if request.params.get(limit.param) else None
    while rest is not None:
        part, rest = _split(rest, limit)
        yield part, rest


def _split(request: BatchedRequest[R], limit: BatchLimit) -> tuple[BatchedRequest[R], BatchedRequest[R] | None]:
    items: Any = request.params[limit.param]
    if len(items) <= limit.max:
        return request, None
    if is_map(items):
        entries = in_order(items)
        parts: tuple[Any, Any] = dict(entries[: limit.max]), dict(entries[limit.max :])
    else:
        parts = items[: limit.max], items[limit.max :]
    first, others = (request.having(**{limit.param: part}) for part in parts)
    return first, others
