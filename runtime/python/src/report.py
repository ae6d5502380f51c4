"""What is said of a reply: values that do not fit, and the one failure that ends everything."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from .digits import Digits
from .kinds import is_list, is_map

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SNIPPET: Final = 80
"""The longest text of a value, in characters, that a report repeats."""


class Mismatch(Struct, frozen=True):
    """A value of a reply that could not be read as its documented type, and was left out of the result."""

    path: str
    """Where it was: `orders[3].products[0].quantity`, keys of maps as `prices["105"]`."""
    expected: str
    """The documented type: `int`, `decimal`, `list`, ..."""
    found: str
    """The JSON text that was there, cut to 80 characters."""

    def __str__(self) -> str:
        """All of it in one line."""
        return f"{self.path}: expected {self.expected}, found {self.found}"


class DecodeError(ValueError):
    """A reply that could not be decoded: not JSON, not a reply of this API, or without the identity of something in it.

    Attributes:
        path: Where in the reply: `orders[3].order_id`; empty for the reply as a whole.
        what: What is wrong, as a clause.
        near: The text around the place, or of the whole reply; may be empty.
    """

    def __init__(self, path: str, what: str, near: str = "") -> None:
        """Makes the error; `near` is cut."""
        self.path = path
        self.what = what
        self.near = near[:SNIPPET]
        super().__init__(path, what, self.near)

    def __str__(self) -> str:
        """Where, what and near which text."""
        at = f" at {self.path}" if self.path else ""
        near = f" (near {quoted(self.near)})" if self.near else ""
        return f"cannot decode the reply{at}: {self.what}{near}"


def quoted(text: str) -> str:
    """A text between quotes, in one line."""
    return json.dumps(text, ensure_ascii=False)


def snippet(value: Any) -> str:
    """The beginning of the JSON text of a value, as long as a report repeats."""
    pieces: list[str] = []
    _print(value, pieces, SNIPPET)
    return "".join(pieces)[:SNIPPET]


def _print(value: Any, pieces: list[str], room: int) -> int:
    """Prints a value as compact JSON as long as there is room; gives the room that is left."""
    if is_map(value) or is_list(value):
        return _print_parts(value, pieces, room)
    text = (
        f"{value:f}" if isinstance(value, Decimal) else str(value) if isinstance(value, Digits) else json.dumps(value, ensure_ascii=False)
    )
    pieces.append(text)
    return room - len(text)


def _print_parts(value: Mapping[str, Any] | Sequence[Any], pieces: list[str], room: int) -> int:
    start, end = "{}" if is_map(value) else "[]"
    pieces.append(start)
    room -= 1
    for at, part in enumerate(value):
        if room <= 0:
            return room
        before = "," if at else ""
        if is_map(value):
            before += json.dumps(part, ensure_ascii=False) + ":"
            part = value[part]  # noqa: PLW2901 (the part of a map is what its key stands for)
        pieces.append(before)
        room = _print(part, pieces, room - len(before))
    pieces.append(end)
    return room - 1


def duration(seconds: float) -> str:
    """A length of time as people write it: `300ms`, `30s`."""
    return f"{seconds:g}s" if seconds >= 1 else f"{seconds * 1000:g}ms"
