"""Reads a reply for the types that describe it: finds their fields, keeps the path, and records what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

from .raw import locate
from .report import SNIPPET, DecodeError, Mismatch, quoted, snippet
from .scalars import WRONG, read_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    """A reply that is being read, and what was noted so far."""

    __slots__ = ("noted", "path", "unlisted")

    def __init__(self) -> None:
        """Begins at the outermost value."""
        self.path: list[Step] = []
        self.noted: list[Noted] = []
        self.unlisted = 0

    def scalar(self, key: str, read: Callable[[Any], Any], expected: str, value: Any) -> Any:
        """Reads a field without parts that is not as usual."""
        found = read(value)
        if found is not WRONG:
            return found
        self.path.append(key)
        self.wrong(expected, value)
        self.path.pop()
        return None

    def part(self, key: str, read: Read, value: Any) -> Any:
        """Reads a field that has parts."""
        path = self.path
        if len(path) >= MAX_DEPTH:
            self._too_deep()
        path.append(key)
        found = read(self, value)
        path.pop()
        return found

    def latest(self, wire: str, aliases: frozenset[str], read: Read, value: dict[str, Any]) -> Any:
        """Reads a field that may have been sent under several names: the last one that means something counts."""
        latest = None
        for key, part in value.items():
            if key == wire or key in aliases:
                found = self.part(key, read, part)
                latest = latest if found is None else found
        return latest

    def no_object(self, value: Any) -> None:
        """Takes a value that stands where an object should."""
        self._without_parts("object", value)

    def extra(self, known: frozenset[str], value: dict[str, Any]) -> dict[str, Any]:
        """The undocumented keys of an object."""
        return {key: self.json(part) for key, part in value.items() if key not in known}

    def missing(self, key: str) -> None:
        """Fails: an object is of no use without this field."""
        path = [*self.path, key]
        found = [noted for noted in self.noted if noted.path == path]
        what = f"expected {found[-1].expected}, found {found[-1].found}" if found else "it is missing, or means nothing"
        raise DecodeError(render(path), what)

    def items(self, read: Read, first_keys: frozenset[str] | None, value: Any) -> list[Any] | None:
        """Reads a list, in all the forms it is sent in; `None` if there is nothing in it.

        Args:
            read: Reads an item.
            first_keys: The keys with which a single object may begin that is sent instead of a list of one; `None` for any.
            value: What was sent.
        """
        if value.__class__ is dict:
            parts: list[Any] = self._as_list(first_keys, value)
        elif value.__class__ is list:
            parts = value
        else:
            self._without_parts("list", value)
            return None
        if not parts:
            return None
        if len(self.path) >= MAX_DEPTH:
            self._too_deep()
        items: list[Any] = []
        path = self.path
        path.append(0)
        for at, part in enumerate(parts):
            path[-1] = at
            item = read(self, part)
            if item is not None:
                items.append(item)
        path.pop()
        return items or None

    def entries(self, key: Callable[[str], Any], read: Read, value: Any) -> dict[Any, Any] | None:
        """Reads a map, in all the forms it is sent in; `None` if there is nothing in it."""
        entries: Iterator[tuple[str, Any]]
        if value.__class__ is dict:
            entries = iter(value.items())
        elif value.__class__ is list:
            entries = ((str(at), part) for at, part in enumerate(value))
        else:
            self._without_parts("map", value)
            return None
        if not value:
            return None
        if len(self.path) >= MAX_DEPTH:
            self._too_deep()
        found: dict[Any, Any] = {}
        path = self.path
        for name, part in entries:
            path.append((name,))
            known = key(name)
            if known is None:
                self._note("key", quoted(name))
            else:
                entry = read(self, part)
                if entry is not None:
                    found[known] = entry
            path.pop()
        return found or None

    def text_or(self, read: Read, value: Any) -> Any:
        """Reads a text, or something with parts."""
        if value is True:
            return self.wrong("text or object", value)
        if value is None or value is False or value.__class__ in (dict, list):
            return read(self, value)
        return str(value)

    def json(self, value: Any) -> Any:
        """Reads any value."""
        if value.__class__ in (dict, list):
            self._measure(value)
        return read_json(value)

    def wrong(self, expected: str, value: Any) -> None:
        """Records that a value is not what was expected."""
        self._note(expected, snippet(value))

    def mismatches(self, body: bytes) -> list[Mismatch]:
        """What does not fit, in the order of the reply and in its own words.

        Args:
            body: What was parsed.
        """
        if not self.noted:
            return []
        text = body.decode("utf-8-sig")
        places = locate(text, [noted.path for noted in self.noted])
        reports = [
            (start, Mismatch(render(path), expected, found if expected == "key" else text[start:end][:SNIPPET]))
            for (start, end), (path, expected, found) in zip(places, self.noted, strict=True)
        ]
        return [mismatch for _, mismatch in sorted(reports, key=lambda report: report[0])]

    def _as_list(self, first_keys: frozenset[str] | None, value: dict[str, Any]) -> list[Any]:
        numbers = sum(key.isascii() and key.isdigit() for key in value)
        if numbers == len(value):
            return list(value.values())
        if not numbers and (first_keys is None or next(iter(value)) in first_keys):
            return [value]
        self.wrong("list", value)
        return []

    def _without_parts(self, expected: str, value: Any) -> None:
        """Takes a value that stands where one with parts should: some forms mean that there is nothing."""
        if value is None or value is False or value in ("", []):
            return
        self.wrong(expected, value)

    def _note(self, expected: str, found: str) -> None:
        if len(self.noted) >= MAX_MISMATCHES:
            self.unlisted += 1
            return
        self.noted.append(Noted([*self.path], expected, found))

    def _too_deep(self) -> NoReturn:
        raise DecodeError(render(self.path), "its values are nested too deep")

    def _measure(self, value: Any) -> None:
        """Fails if the parts of a value lie too deep."""
        level, depth = [value], len(self.path)
        while level:
            if depth >= MAX_DEPTH:
                self._too_deep()
            inner = (part.values() if part.__class__ is dict else part for part in level)
            level = [part for parts in inner for part in parts if part.__class__ in (dict, list)]
            depth += 1


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
