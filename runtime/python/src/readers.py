"""How a value of each described type is read: a function of the reader and the value, made when the type is first needed."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from .containers import list_reader, map_reader, part_reader, scalar_reader, text_or_reader
from .digits import SHORT, WHITE, int_of
from .enums import OpenInt
from .objects import Part, compile_reader
from .scalars import EXPECTED, SCALARS, UNSURE, WRONG, read_int_code, read_text_code
from .shape import Field, Object, key_and_value, named, object_named, parts_of, shape_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from .reader import Read, Reader

_UNDOCUMENTED: Final = 1000
"""So many values of an enum that nobody documented are kept for when they come again."""


def object_reader(make: type[Object]) -> Read:
    """How an object of a class is read."""
    shape = shape_of(make)
    if shape.read is None:
        # Types may lead back to themselves: until it is made, whoever needs it finds it later.
        def later(reader: Reader, value: Any) -> Any:
            return shape.read(reader, value)

        shape.read = later
        shape.read = compile_reader(shape, [_part(field, make.__module__) for field in shape.fields])
    read: Read = shape.read
    return read


def _part(field: Field, module: str) -> Part:
    """How a field is read."""
    scalar, whole = _scalar(field.type, module), reader_of(field.type, module)
    if scalar is None:
        return Part(field, "", whole, None, None, whole)
    read, expected = scalar
    if expected != "enum":
        return Part(field, field.type, read, expected, None, whole)
    enum: Any = named(field.type, module)
    kind = "enum of int" if issubclass(enum, OpenInt) else "enum of str"
    return Part(field, kind, read, expected, _members(enum), whole)


def _scalar(text: str, module: str) -> tuple[Callable[[Any], Any], str] | None:
    """How a value without parts is read, and what it is called; `None` if the type has parts."""
    if text in SCALARS:
        return SCALARS[text], EXPECTED.get(text, text)
    name, inner = parts_of(text)
    if inner or name == "json":
        return None
    found = named(name, module)
    return (_enum_reader(found), "enum") if issubclass(found, Enum) else None


@cache
def _members(enum: type[Enum]) -> dict[Any, Enum]:
    """The members of an enum by their values, and those values that nobody documented and that came already."""
    return {member.value: member for member in enum if member.value != ""}


def _enum_reader(enum: type[Enum]) -> Callable[[Any], Any]:
    known = _members(enum)
    most = len(known) + _UNDOCUMENTED
    read_code = read_int_code if issubclass(enum, OpenInt) else read_text_code

    def read(value: Any) -> Any:
        code = read_code(value)
        if code is None or code is WRONG or code is UNSURE:
            return code
        member = known.get(code)
        if member is None:
            member = enum(code)
            if len(known) < most:
                known[code] = member
        return member

    return read


def reader_of(text: str, module: str) -> Read:
    """How a value of any type is read."""
    scalar = _scalar(text, module)
    if scalar is not None:
        return scalar_reader(*scalar)
    name, inner = parts_of(text)
    if name == "json":
        return lambda reader, value: reader.json(value)
    if name == "list":
        return list_reader(_part_of(inner, module), _first_keys(inner, module))
    if name == "map":
        key, entry = key_and_value(inner)
        return map_reader(key_reader(key, module), _part_of(entry, module))
    if name == "text_or":
        return text_or_reader(reader_of(inner, module))
    return object_reader(named(name, module))


def _part_of(text: str, module: str) -> Read:
    """How a value is read that stands in a list or map."""
    read = reader_of(text, module)
    return part_reader(read) if object_named(text, module) else read


def _first_keys(text: str, module: str) -> frozenset[str] | None:
    """The keys of an item that is an object; all keys (`None`) if items are maps."""
    name, inner = parts_of(text)
    if name == "map":
        return None
    if name == "text_or":
        return _first_keys(inner, module)
    found = object_named(text, module)
    return shape_of(found).keys if found else frozenset()


def key_reader(text: str, module: str) -> Callable[[str], Any]:
    """How the key of a map is read; it gives `None` for what is no such key."""
    if text in ("text", "text_id"):
        return str
    if text in ("int", "id"):
        return _int_key
    enum = named(text, module)
    if not issubclass(enum, OpenInt):
        return enum

    def number(key: str) -> Any:
        code = _int_key(key)
        return None if code is None else enum(code)

    return number


def _int_key(key: str) -> int | None:
    return int(key) if len(key) <= SHORT and key.isascii() and key.isdigit() else int_of(key.strip(WHITE))
