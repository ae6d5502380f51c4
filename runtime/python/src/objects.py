"""How objects are read: by a function that is made as source for each class when it is first needed, as `dataclasses` makes `__init__`.

A page of orders has ten thousand fields, and what every one of them costs is what reading a page costs. So msgspec puts all values that
were sent into their places, whatever they are (`quick`), and the source looks at each of them once and leaves all that is unusual to the
reader.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import ValidationError, convert

from .digits import MAX_INT, MIN_INT, PLAIN_DECIMAL
from .quick import class_within, greatest_size, is_plain, prepare, size_of
from .reader import MAX_DEPTH
from .scalars import NO_ID
from .timestamp import Timestamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from .reader import Read, Reader
    from .shape import Field, Object, Shape

_USUAL: Final = {
    "text": "if a.__class__ is not str and a is not None:",
    "bool": "if a.__class__ is int and 0 <= a <= 1: it.NAME = a == 1\nelif a.__class__ is not bool and a is not None:",
    "int": "if a.__class__ is int and MIN_INT <= a <= MAX_INT: pass\nelif a is not None:",
    "id": "if a.__class__ is int and 0 < a <= MAX_INT: pass\nelif a is not None:",
    "text_id": "if a.__class__ is str and a not in NO_ID: pass\nelif a is not None:",
    "decimal": "if a.__class__ is Decimal:\n if not a: it.NAME = a.copy_abs()\nelif a.__class__ is str and plain(a): it.NAME = Decimal(a)\n"
    "elif a.__class__ is int and 0 <= a <= MAX_INT: it.NAME = Decimal(a)\nelif a is not None:",
    "timestamp": "if a.__class__ is int and 0 < a <= MAX_INT: it.NAME = Timestamp(a)\nelif a is not None:",
    "enum of int": "if a.__class__ is int and a in MEMBERS: it.NAME = MEMBERS[a]\nelif a is not None:",
    "enum of str": "if a.__class__ is str and a in MEMBERS: it.NAME = MEMBERS[a]\nelif a is not None:",
}
"""How to tell values of a type that need no reading, or little, from those that do. `a` is the value, which is in its place already."""

_PLAIN: Final = "if a is not None:"
"""The same for all other types."""

_SCOPE: Final = {
    "MAX_DEPTH": MAX_DEPTH,
    "MAX_INT": MAX_INT,
    "MIN_INT": MIN_INT,
    "NO_ID": NO_ID,
    "Decimal": Decimal,
    "Timestamp": Timestamp,
    "ValidationError": ValidationError,
    "convert": convert,
    "plain": PLAIN_DECIMAL.fullmatch,
}
"""What the source names."""


class Part(NamedTuple):
    """How a field is read."""

    field: Field
    kind: str
    """Its type, as in `_USUAL`."""
    read: Any
    """Reads a value of its type: a function of the value if it has no parts, else one of the reader and the value."""
    expected: str | None
    """What a mismatch calls its type; `None` if it has parts."""
    members: dict[Any, Any] | None
    """The members of an enum by their values."""
    whole: Read
    """Reads a value of its type, parts or not."""


def compile_reader(shape: Shape, parts: list[Part]) -> Read:
    """Makes the function that reads an object.

    For a field `name text` the source has these lines:

        a = it.name
        if a.__class__ is not str and a is not None: it.name = reader.scalar("name", r0, "text", a)
    """
    prepare(shape)
    within = [part.field for part in parts if class_within(part.field.type, shape.make.__module__)]
    scope: dict[str, Any] = {**_SCOPE, "make": shape.make, "known": shape.keys, "nothing": {}, "make_flat": _flat_maker(shape, within)}
    lines = [
        "odd = None",
        "if value.__class__ is make: it, value = value, nothing",
        "elif value.__class__ is not dict: return reader.without_parts('object', value)",
        "else:",
        " it = None",
    ]
    if is_plain(shape):
        lines += [
            f" if reader.objects * {greatest_size(shape)} <= reader.room:",
            "  try: it, value = convert(value, make), nothing",
            "  except (ValidationError, RecursionError): pass",
        ]
    lines += [
        " if it is None:",
        f"  reader.room -= {size_of(shape)}",
        "  if reader.room < 0: reader.too_much()",
        "  it, odd = make_flat(value)",
        *(f"  if {field.wire!r} in value: it.{field.attribute} = value[{field.wire!r}]" for field in within),
    ]
    if any(part.expected is None for part in parts):
        lines.append("path = reader.path")
    for at, part in enumerate(parts):
        lines += _field_lines(scope, at, part, shape.empty.get(part.field.attribute))
    if "extra" in shape.empty:
        lines.append("if odd: it.extra = {key: reader.json(value[key]) for key in odd if key not in known}")
    # What is missing within an object is told before what the object lacks, as where a reply is read from front to back.
    required = (part.field for part in parts if part.field.required)
    lines += [f"if it.{field.attribute} is None: reader.missing({field.wire!r})" for field in required]
    lines.append("return it")
    source = "def read(reader, value):\n" + "\n".join(f" {line}" for line in lines)
    exec(source, scope)  # noqa: S102 (the source is made of descriptions in this package, and of nothing that was received)
    read: Read = scope["read"]
    return read


def _flat_maker(shape: Shape, within: list[Field]) -> Callable[[dict[str, Any]], tuple[Object, list[str]]]:
    """How an object is made that is not in order, without what has objects in it; gives the keys of all that is left out."""
    make = shape.make
    flat = frozenset(field.attribute for field in shape.fields if field.attribute == field.wire and field not in within)
    required = {field.attribute: None for field in shape.fields if field.required}

    def make_flat(value: dict[str, Any]) -> tuple[Object, list[str]]:
        odd = [key for key in value if key not in flat]
        rest = value.copy()
        for key in odd:
            del rest[key]
        return convert(rest if rest.keys() >= required.keys() else {**required, **rest}, make), odd

    return make_flat


def _field_lines(scope: dict[str, Any], at: int, part: Part, empty: type[Any] | None) -> list[str]:
    """The lines for a field; `empty` makes what stands for nothing if that is not `None`."""
    field = part.field
    place = f"it.{field.attribute}"
    scope[f"r{at}"], scope[f"m{at}"] = part.read, part.members
    usual = _USUAL.get(part.kind, _PLAIN)
    nothing = f" or {empty.__name__}()" if empty else ""
    if part.expected is None:
        odd = [
            " if len(path) >= MAX_DEPTH: reader.too_deep()",
            f" path.append({field.wire!r})",
            f" {place} = r{at}(reader, a){nothing}",
            " path.pop()",
        ]
    else:
        odd = [f" {place} = reader.scalar({field.wire!r}, r{at}, {part.expected!r}, a)"]
    if empty:
        # Otherwise nothing was sent, or what stands for it anyway.
        usual = f"if a or a.__class__ is not {empty.__name__}:"
    found = place if field.attribute == field.wire else f"{place} = value.get({field.wire!r})"
    lines = [f"a = {found}", *usual.replace("it.NAME", place).replace("MEMBERS", f"m{at}").split("\n"), *odd]
    if field.aliases:
        scope[f"l{at}"] = _latest_reader(part)
        aliased = " or ".join(f"{alias!r} in value" for alias in field.aliases)
        lines = [f"if {aliased}: {place} = l{at}(reader, value){nothing}", "else:", *(f" {line}" for line in lines)]
    return lines


def _latest_reader(part: Part) -> Read:
    """How a field is read that may have been sent under several names: the last one that means something counts."""
    names = {part.field.wire, *part.field.aliases}

    def latest(reader: Reader, value: dict[str, Any]) -> Any:
        found = [reader.part(key, part.whole, inner) for key, inner in value.items() if key in names]
        return next((one for one in reversed(found) if one is not None), None)

    return latest
