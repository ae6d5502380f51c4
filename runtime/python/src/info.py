"""What is known of the API and its methods before any call. The generated code fills it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .shape import Object

Access = Literal["read", "write", "delete", "action"]
"""What a method does: nothing changes; something is added or changed; something is removed; something happens outside the account's
data, such as ordering a courier."""

READ: Final = "read"

R = TypeVar("R", bound="Object")


class MethodInfo(Struct, frozen=True):
    """A method, as far as it can be known by its name."""

    access: Access
    """What it does."""
    page_size: int | None = None
    """How many items a full page of its reply has, where there are pages and that is documented."""
    batch_max: int | None = None
    """How many items a call takes at most, where that is limited; `call_in_batches` of a client sends any number."""


class ApiInfo(Struct, frozen=True):
    """The API as a whole."""

    endpoint: str
    """Where calls go, unless a client is told otherwise."""
    token_header: str
    """The header that carries the token."""
    calls_per_minute: int
    """How many calls a minute a token has."""
    block_seconds: int
    """For how many seconds a token is blocked that had too many."""
    changelog_date: str
    """The date of the public changelog that this describes, as `YYYY-MM-DD`."""
    user_agent: str
    """How clients call themselves."""
    methods: Mapping[str, MethodInfo]
    """Every method, by the name that the API has for it: `API.methods["getOrders"].page_size`."""
    errors: Mapping[str, str]
    """The error codes that are known, and whether the same call may be sent again: `never` or `after_block`. The API may send others."""


class PageStyle(Struct, frozen=True):
    """Pages have numbers. A page that is short or empty is the last one."""

    param: str
    """The parameter that takes the number."""
    items: str
    """The attribute of the reply that lists the items."""
    first: int
    """The number of the first page."""
    size: int | None = None
    """Items on a full page, where documented."""


class CursorStyle(Struct, frozen=True):
    """The next page begins at, or behind, the greatest position seen."""

    param: str
    """The parameter that takes the cursor."""
    items: str
    """The attribute of the reply that lists the items."""
    position: str
    """The attribute of an item that the cursor is made of."""
    step: int
    """What is added to the greatest position seen: 1 where the API begins at the cursor, 0 where it begins behind it."""
    size: int | None = None
    """Items in a full reply, where documented."""


class BatchLimit(Struct, frozen=True):
    """A method takes a limited number of items a call."""

    param: str
    """The parameter that holds the items, a list or a map."""
    max: int
    """The greatest number of items that the API takes."""


class Method(Struct, Generic[R], frozen=True):
    """A method of the API."""

    name: str
    """Its name as it is sent."""
    access: Access
    """What it does."""
    reply: type[R]
    """What it answers."""
    idempotent: bool = False
    """Whether calling it twice does no more than calling it once."""
    params: tuple[tuple[str, ...], ...] = ()
    """Its parameters, described as the fields of an object are."""
    paging: PageStyle | CursorStyle | None = None
    """How one page follows another, where a reply holds only a part."""
    batch: BatchLimit | None = None
    """How many items a call takes, where that is limited."""
