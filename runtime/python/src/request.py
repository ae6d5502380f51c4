"""Requests: what a method is called with, and what its reply is. A client sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .info import Method
    from .shape import Object

R_co = TypeVar("R_co", bound="Object", covariant=True)
Item_co = TypeVar("Item_co", covariant=True)


class Request(Generic[R_co]):
    """A call that was not sent yet. The functions in `baselinker_client.methods` make them, and clients send them.

    A request may be sent as often as one likes, by any client.
    """

    __slots__ = ("method", "params")

    def __init__(self, method: Method[R_co], params: Mapping[str, Any]) -> None:
        """Keeps the method and its parameters, by the names of attributes; `None` is not sent."""
        self.method = method
        self.params = {name: value for name, value in params.items() if value is not None}

    def having(self, **params: Any) -> Any:
        """The same call with some other parameters, of which nothing is checked before it is sent."""
        return type(self)(self.method, {**self.params, **params})

    def __eq__(self, other: object) -> bool:
        """Requests are the same if the method and the parameters are."""
        return self._all() == other._all() if isinstance(other, Request) else NotImplemented

    def _all(self) -> tuple[object, ...]:
        return type(self), self.method, self.params

    def __hash__(self) -> int:
        """Goes with `__eq__`."""
        return hash(self.method.name)

    def __repr__(self) -> str:
        """The call as it is written."""
        given = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{type(self).__name__}({self.method.name}: {given})"


class PagedRequest(Request[R_co], Generic[R_co, Item_co]):
    """A call whose reply holds only a part: `pages` and `items` of a client read on."""

    __slots__ = ()


class FollowedRequest(PagedRequest[R_co, Item_co], Generic[R_co, Item_co]):
    """A call whose pages follow a cursor, so that `follow` of a client can ask for what appears later."""

    __slots__ = ()


class BatchedRequest(Request[R_co]):
    """A call that takes a limited number of items: `call_in_batches` of a client sends any number."""

    __slots__ = ()
