"""A reply that is being read for the types that describe it: keeps the path, and records what does not fit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

from .parse import Unsure, has_minus_zero
from .quick import room_of
from .raw import locate
from .report import SNIPPET, DecodeError, Mismatch, quoted, snippet
from .scalars import UNSURE, WRONG, read_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from .raw import Step

    Read = Callable[["Reader", Any], Any]

MAX_DEPTH: Final = 128
"""How deep the parts of a reply may lie; deeper ones could exhaust the stack."""

MAX_MISMATCHES: Final = 1000
"""How many mismatches are kept; more of them tell nobody anything new."""


class Noted(NamedTuple):
    """A value that does not fit."""

    path: list[Step]
    expected: str
    found: str


class Reader:
    """A reply that is being read, and what was noted so far.

    Attributes:
        path: Where the value is that is being read.
        room: How many bytes of memory objects may still take.
        objects: How many objects there are at most.
        unlisted: How many mismatches were not noted, because there were too many.
    """

    __slots__ = ("_body", "_is_exact", "noted", "objects", "path", "room", "unlisted")

    def __init__(self, body: bytes, *, is_exact: bool = False) -> None:
        """Begins at the outermost value.

        Args:
            body: What was parsed.
            is_exact: Whether the exact parser did it.
        """
        self._body, self._is_exact = body, is_exact
        self.path: list[Step] = []
        self.noted: list[Noted] = []
        self.unlisted = 0
        self.room = room_of(body)
        self.objects = body.count(b"{")

    def scalar(self, key: str, read: Callable[[Any], Any], expected: str, value: Any) -> Any:
        """Reads a field without parts that is not as usual."""
        found = read(value)
        if found is UNSURE:
            found = self.sure(read, value)
        if found is not WRONG:
            return found
        self.path.append(key)
        self.wrong(expected, value)
        self.path.pop()
        return None

    def sure(self, read: Callable[[Any], Any], value: Any) -> Any:
        """Reads a value that may have been written in several ways.

        Raises:
            Unsure: If the quick parser does not tell in which.
        """
        if value.__class__ is Decimal or (not self._is_exact and has_minus_zero(self._body)):
            raise Unsure
        # Without a sign it is a plain zero.
        return read("0")

    def part(self, key: str, read: Read, value: Any) -> Any:
        """Reads a field that has parts."""
        path = self.path
        if len(path) >= MAX_DEPTH:
            self.too_deep()
        path.append(key)
        found = read(self, value)
        path.pop()
        return found

    def json(self, value: Any) -> Any:
        """Reads any value."""
        if value.__class__ in (dict, list):
            self._measure(value)
        return read_json(value)

    def missing(self, key: str) -> None:
        """Fails: an object is of no use without this field."""
        path = [*self.path, key]
        found = [noted for noted in self.noted if noted.path == path]
        what = f"expected {found[-1].expected}, found {found[-1].found}" if found else "it is missing, or means nothing"
        raise DecodeError(render(path), what)

    def too_deep(self) -> NoReturn:
        """Fails: the value has parts beyond what is allowed."""
        raise DecodeError(render(self.path), "its values are nested too deep")

    def too_much(self) -> NoReturn:
        """Fails: a small text stands for large objects."""
        raise DecodeError(render(self.path), "it would take many times its own size in memory")

    def without_parts(self, expected: str, value: Any) -> None:
        """Takes a value that stands where one with parts should: some forms mean that there is nothing."""
        if not is_nothing(value):
            self.wrong(expected, value)

    def wrong(self, expected: str, value: Any) -> None:
        """Records that a value is not what was expected."""
        self.note(expected, snippet(value))

    def note(self, expected: str, found: str) -> None:
        """Records that something is not what was expected."""
        if len(self.noted) >= MAX_MISMATCHES:
            self.unlisted += 1
            return
        self.noted.append(Noted([*self.path], expected, found))

    def mismatches(self) -> list[Mismatch]:
        """What does not fit, in the order of the reply and in its own words."""
        if not self.noted:
            return []
        text = self._body.decode("utf-8-sig")
        places = locate(text, [noted.path for noted in self.noted])
        reports = [
            (start, Mismatch(render(path), expected, found if expected == "key" else text[start:end][:SNIPPET]))
            for (start, end), (path, expected, found) in zip(places, self.noted, strict=True)
        ]
        return [mismatch for _, mismatch in sorted(reports, key=lambda report: report[0])]

    def _measure(self, value: Any) -> None:
        """Fails if the parts of a value lie too deep."""
        level, depth = [value], len(self.path)
        while level:
            if depth >= MAX_DEPTH:
                self.too_deep()
            inner = (part.values() if part.__class__ is dict else part for part in level)
            level = [part for parts in inner for part in parts if part.__class__ in (dict, list)]
            depth += 1


def is_nothing(value: Any) -> bool:
    """Whether a value says that something with parts is not there."""
    return value is None or value is False or value in ("", [])


def render(path: list[Step]) -> str:
    """`orders[3].products[0].quantity`; keys of maps as `prices["105"]`."""
    text = ""
    for step in path:
        if isinstance(step, str):
            text += f".{step}" if text else step
        elif isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f"[{quoted(step[0])}]"
    return text
