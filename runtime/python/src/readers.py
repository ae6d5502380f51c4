"""How a value of each described type is read: a function of the reader and the value, made when the type is first needed.

For an object it is made as source, as `dataclasses` makes `__init__`: a page of orders has ten thousand fields, and what every one of
them costs is what reading a page costs. The source looks at each field once and leaves all that is unusual to the reader.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from .digits import MAX_INT, MIN_INT, WHITE, Digits, int_of
from .enums import OpenInt
from .scalars import EXPECTED, NO_ID, SCALARS, WRONG, read_int_code, read_text_code
from .shape import Field, Object, Shape, key_and_value, named, parts_of, shape_of
from .timestamp import Timestamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from .reader import Read, Reader

_USUAL: Final = {
    "text": "if a.__class__ is not str and a is not None:",
    "bool": "if a.__class__ is int and 0 <= a <= 1: a = a == 1\nelif a.__class__ is not bool and a is not None:",
    "int": "if a.__class__ is int and MIN_INT <= a <= MAX_INT: pass\nelif a is not None:",
    "id": "if a.__class__ is int and 0 < a <= MAX_INT: pass\nelif a is not None:",
    "text_id": "if a.__class__ is str and a not in NO_ID: pass\nelif a is not None:",
    "decimal": "if a.__class__ is Digits and len(a) < 20 and 'e' not in a and 'E' not in a and a[0] != '-': a = Decimal(a)\n"
    "elif a is not None:",
    "timestamp": "if a.__class__ is int and 0 < a <= MAX_INT: a = Timestamp(a)\nelif a is not None:",
}
"""How to tell values of a type that need no reading, or little, from those that do. `a` is the value."""

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
        shape.read = _compile(shape)
    read: Read = shape.read
    return read


def _compile(shape: Shape) -> Read:
    """Makes the function that reads an object.

    For a field `name text` the source has these lines:

        a = get("name")
        if a.__class__ is not str and a is not None: a = reader.scalar("name", r0, "text", a)
        it.name = a

    Setting what a copy of an empty object has is quicker than making one of sixty named arguments.
    """
    blank: Any = shape.make(**dict.fromkeys(shape.make.__struct_fields__))
    scope: dict[str, Any] = {
        "MAX_INT": MAX_INT, "MIN_INT": MIN_INT, "NO_ID": NO_ID, "Decimal": Decimal, "Digits": Digits, "Timestamp": Timestamp,
        "blank": blank.__copy__, "known": shape.keys,
    }  # fmt: skip
    lines = ["if value.__class__ is not dict: return reader.no_object(value)", "get, it = value.get, blank()"]
    for at, field in enumerate(shape.fields):
        lines += _field_lines(scope, at, field, shape.make.__module__)
        if field.required:
            lines.append(f"if a is None: reader.missing({field.wire!r})")
        empty = shape.empty.get(field.attribute)
        never_none = " or []" if empty is list else " or {}" if empty is dict else ""
        lines.append(f"it.{field.attribute} = a{never_none}")
    if "extra" in shape.empty:
        lines.append("it.extra = {} if known.issuperset(value) else reader.extra(known, value)")
    lines.append("return it")
    source = "def read(reader, value):\n" + "\n".join(f" {line}" for line in lines)
    exec(source, scope)  # noqa: S102 (the source is made of descriptions in this package, and of nothing that was received)
    read: Read = scope["read"]
    return read


def _field_lines(scope: dict[str, Any], at: int, field: Field, module: str) -> list[str]:
    scalar, usual = _scalar(field.type, module), _USUAL.get(field.type, "if a is not None:")
    if scalar is None:
        scope[f"r{at}"] = reader_of(field.type, module)
        odd = f"reader.part({field.wire!r}, r{at}, a)"
    else:
        scope[f"r{at}"], expected = scalar
        odd = f"reader.scalar({field.wire!r}, r{at}, {expected!r}, a)"
        if expected == "enum":
            enum: Any = named(field.type, module)
            scope[f"e{at}"] = _members(enum)
            kind = "int" if issubclass(enum, OpenInt) else "str"
            usual = f"if a.__class__ is {kind} and a in e{at}: a = e{at}[a]\nelif a is not None:"
    lines = [f"a = get({field.wire!r})", *usual.split("\n")]
    lines[-1] += f" a = {odd}"
    if not field.aliases:
        return lines
    scope[f"k{at}"], scope[f"l{at}"] = frozenset(field.aliases), reader_of(field.type, module)
    other = f"a = reader.latest({field.wire!r}, k{at}, l{at}, value)"
    return [f"if k{at}.isdisjoint(value):", *(f" {line}" for line in lines), "else:", f" {other}"]


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
        if code is None or code is WRONG:
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
        read, expected = scalar
        return _noting(read, expected)
    name, inner = parts_of(text)
    if name == "json":
        return lambda reader, value: reader.json(value)
    if name == "list":
        item, first_keys = reader_of(inner, module), _first_keys(inner, module)
        return lambda reader, value: reader.items(item, first_keys, value)
    if name == "map":
        key, entry = key_and_value(inner)
        read_key, read_entry = key_reader(key, module), reader_of(entry, module)
        return lambda reader, value: reader.entries(read_key, read_entry, value)
    if name == "text_or":
        other = reader_of(inner, module)
        return lambda reader, value: reader.text_or(other, value)
    return object_reader(named(name, module))


def _noting(read: Callable[[Any], Any], expected: str) -> Read:
    def reads(reader: Reader, value: Any) -> Any:
        found = read(value)
        return reader.wrong(expected, value) if found is WRONG else found

    return reads


def _first_keys(text: str, module: str) -> frozenset[str] | None:
    """The keys of an item that is an object; all keys (`None`) if items are maps."""
    name, inner = parts_of(text)
    if name == "map":
        return None
    if name == "text_or":
        return _first_keys(inner, module)
    if inner or name in SCALARS or name == "json":
        return frozenset()
    found = named(name, module)
    return frozenset() if issubclass(found, Enum) else shape_of(found).keys


def key_reader(text: str, module: str) -> Callable[[str], Any]:
    """How the key of a map is read; it gives `None` for what is no such key."""
    if text in ("text", "text_id"):
        return lambda key: key
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
    return int_of(key.strip(WHITE))
