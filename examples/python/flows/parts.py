"""Many items in as few calls as the API takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from baselinker_client import Object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from baselinker_client import BatchedRequest

T = TypeVar("T")
R = TypeVar("R", bound=Object)


def in_parts(items: Sequence[T], make: Callable[[Sequence[T]], BatchedRequest[R]]) -> Iterator[tuple[Sequence[T], BatchedRequest[R]]]:
    """Parts of the items, each with the call that `make` makes of it.

    The client's own `call_in_batches` makes all calls before it gives the first reply; here a part can be worked on and forgotten
    before the next one is sent.
    """
    limit = make([]).method.batch
    size = limit.max if limit else max(1, len(items))
    for start in range(0, len(items), size):
        part = items[start : start + size]
        yield part, make(part)
