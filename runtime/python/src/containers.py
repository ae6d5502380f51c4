"""How lists and maps are read, in all the forms in which they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .reader import MAX_DEPTH, is_nothing
from .report import quoted
from .scalars import UNSURE, WRONG, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .reader import Read, Reader


def list_reader(read: Read, first_keys: frozenset[str] | None) -> Read:
    """How a list is read; it gives `None` if there is nothing in it.

    Args:
        read: Reads an item, as in `part_reader`.
        first_keys: The keys with which a single object may begin that is sent instead of a list of one; `None` for any.
    """

    def items(reader: Reader, value: Any) -> list[Any] | None:
        if value.__class__ is list:
            parts = value
        elif value.__class__ is dict:
            parts = _as_list(reader, first_keys, value)
        else:
            reader.without_parts("list", value)
            return None
        if not parts:
            return None
        path = reader.path
        if len(path) >= MAX_DEPTH:
            reader.too_deep()
        found: list[Any] = []
        path.append(0)
        for at, part in enumerate(parts):
            path[-1] = at
            item = read(reader, part)
            if item is not None:
                found.append(item)
        path.pop()
        return found or None

    return items


def _as_list(reader: Reader, first_keys: frozenset[str] | None, value: dict[str, Any]) -> list[Any]:
    """The items of a list that was sent as an object."""
    numbers = sum(key.isascii() and key.isdigit() for key in value)
    if numbers == len(value):
        return list(value.values())
    if not numbers and (first_keys is None or next(iter(value)) in first_keys):
        return [value]
    reader.wrong("list", value)
    return []


def map_reader(read_key: Callable[[str], Any], read: Read) -> Read:
    """How a map is read; it gives `None` if there is nothing in it.

    Args:
        read_key: Reads a key, and gives `None` if it is none.
        read: Reads what stands under a key, as in `part_reader`.
    """

    def entries(reader: Reader, value: Any) -> dict[Any, Any] | None:
        parts: Iterator[tuple[str, Any]]
        if value.__class__ is dict:
            parts = iter(value.items())
        elif value.__class__ is list:
            parts = ((str(at), part) for at, part in enumerate(value))
        else:
            reader.without_parts("map", value)
            return None
        if not value:
            return None
        path = reader.path
        if len(path) >= MAX_DEPTH:
            reader.too_deep()
        found: dict[Any, Any] = {}
        path.append(0)
        for name, part in parts:
            path[-1] = (name,)
            key = read_key(name)
            if key is None:
                reader.note("key", quoted(name))
                continue
            entry = read(reader, part)
            if entry is not None:
                found[key] = entry
        path.pop()
        return found or None

    return entries


def part_reader(read: Read) -> Read:
    """How an object is read that stands in a list or map.

    Nothing in its place is a mismatch there: something is lost, which who counts the others has to know.
    """

    def part(reader: Reader, value: Any) -> Any:
        found = read(reader, value)
        if found is None and is_nothing(value):
            reader.wrong("object", value)
        return found

    return part


def text_or_reader(read: Read) -> Read:
    """How a text is read, or something with parts instead of it."""

    def text_or(reader: Reader, value: Any) -> Any:
        if value.__class__ is str:
            return value
        if value is True:
            return reader.wrong("text or object", value)
        if value is None or value is False or value.__class__ in (dict, list):
            return read(reader, value)
        found = read_text(value)
        return reader.sure(read_text, value) if found is UNSURE else found

    return text_or


def scalar_reader(read: Callable[[Any], Any], expected: str) -> Read:
    """How a value without parts is read that stands in a list or a map."""

    def scalar(reader: Reader, value: Any) -> Any:
        found = read(value)
        if found is UNSURE:
            found = reader.sure(read, value)
        return reader.wrong(expected, value) if found is WRONG else found

    return scalar
