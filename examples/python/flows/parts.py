"""Many items in as few calls as the API takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from baselinker_client import API, Object

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from baselinker_client import BatchedRequest

T = TypeVar("T")
R = TypeVar("R", bound=Object)


def in_parts(
    method: str, items: Sequence[T], make: Callable[[Sequence[T]], BatchedRequest[R]]
) -> Iterator[tuple[Sequence[T], BatchedRequest[R]]]:
    """Parts of the items, as long as the API takes them for a method of this name, each with the call that `make` makes of it.

    The client's own `call_in_batches` makes all calls before it gives the first reply; here a part can be worked on and forgotten
    before the next one is sent.
    """
    size = API.methods[method].batch_max or max(1, len(items))
    for start in range(0, len(items), size):
        part = items[start : start + size]
        yield part, make(part)
