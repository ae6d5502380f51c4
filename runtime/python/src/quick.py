"""What msgspec does for us: it makes objects of what was sent, as long as every object in it is as documented in its keys.

The values in them may be anything; the readers look at them afterwards. One object with a key that nobody documented, or in an odd form,
and msgspec refuses all of it: then the readers make the objects themselves, and msgspec helps them with those that are in order.
"""

from __future__ import annotations

import sys
import threading
from decimal import DecimalException
from typing import TYPE_CHECKING, Annotated, Any, Final

from msgspec import UNSET, Meta, MsgspecError, convert, defstruct
from msgspec.json import Decoder

from .parse import DECIMALS, parse
from .shape import Object, Shape, key_and_value, object_named, parts_of, shape_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENVELOPE: Final = ("status", "error_code", "error_message")
"""The keys of the API around every reply."""

_GROWTH: Final = 8
_GROWTH_FLOOR: Final = 64 << 20

_NEVER: Final = Annotated[str, Meta(min_length=1, max_length=0)]
"""The type of what cannot be sent."""

_LOCK: Final = threading.Lock()
_PREPARED: Final[set[type[Object]]] = set()


def room_of(body: bytes) -> int:
    """How many bytes of memory the objects of a reply may take: many times its own size, or some in any case."""
    return _GROWTH * len(body) + _GROWTH_FLOOR


def size_of(shape: Shape) -> int:
    """How many bytes an object takes that has nothing in it."""
    return shape.make.__basicsize__ + sum(sys.getsizeof(empty()) for empty in shape.empty.values() if empty)


def greatest_size(shape: Shape) -> int:
    """The size of the largest object that may be made within one."""
    return max(size_of(shape_of(make)) for make in (shape.make, *_within(shape, set())))


def parser_of(make: type[Object]) -> Callable[[bytes], Any]:
    """The quickest way to parse the replies of a method.

    Args:
        make: The class of the reply.

    Returns:
        A function like `parse`, that may make objects of the lists and maps of objects in a reply.
    """
    shape = shape_of(make)
    shape.parse = shape.parse or _parser(shape)
    parse_quickly: Callable[[bytes], Any] = shape.parse
    return parse_quickly


def _parser(shape: Shape) -> Callable[[bytes], Any]:
    make = shape.make
    prepare(shape)
    fields = {field.attribute: field.wire for field in shape.fields}
    types = [(field.attribute, _loose(field.type, make.__module__), UNSET) for field in shape.fields]
    around = [(key, Any, UNSET) for key in ENVELOPE if key not in fields.values()]
    whole = defstruct("Whole", [*types, *around], rename=fields, kw_only=True, gc=False, forbid_unknown_fields=True)
    names = [(name, fields.get(name, name)) for name in whole.__struct_fields__]
    decoder, size = Decoder(whole, float_hook=DECIMALS.create_decimal), greatest_size(shape)

    def parse_quickly(body: bytes) -> Any:
        if body.count(b"{") * size > room_of(body):
            return parse(body)
        try:
            found = decoder.decode(body)
        except (MsgspecError, DecimalException, UnicodeDecodeError, RecursionError):
            # It is odd, or no JSON at all.
            return parse(body)
        values = ((wire, getattr(found, name)) for name, wire in names)
        return {wire: value for wire, value in values if value is not UNSET}

    return parse_quickly


def prepare(shape: Shape) -> None:
    """Tells msgspec what may stand in an object and in those within it.

    It reads annotations once, when it first converts something into a class. What they name is there for type checkers only, and what they
    say holds when reading is over; so it is given others for that moment.
    """
    with _LOCK:
        unknown = [make for make in (shape.make, *_within(shape, set())) if make not in _PREPARED]
        annotations = [make.__annotations__ for make in unknown]
        try:
            for make in unknown:
                types = {field.attribute: _loose(field.type, make.__module__) for field in shape_of(make).fields}
                make.__annotations__ = {**types, "extra": _NEVER}
            for make in unknown:
                convert(dict.fromkeys(name for name in make.__struct_fields__ if name != "extra"), make)
        finally:
            for make, before in zip(unknown, annotations, strict=True):
                make.__annotations__ = before
        _PREPARED.update(unknown)


def is_plain(shape: Shape) -> bool:
    """Whether the attributes of an object are called as on the wire."""
    return all(field.attribute == field.wire for field in shape.fields)


def class_within(text: str, module: str) -> type[Object] | None:
    """The class of the objects in a list or map, if msgspec may make them."""
    name, inner = parts_of(text)
    if name not in ("list", "map"):
        return None
    found = object_named(key_and_value(inner)[1] if name == "map" else inner, module)
    return found if found is not None and is_plain(shape_of(found)) else None


def _within(shape: Shape, seen: set[type[Object]]) -> Iterator[type[Object]]:
    """The classes of the objects that msgspec may make within one."""
    for field in shape.fields:
        make = class_within(field.type, shape.make.__module__)
        if make is not None and make not in seen:
            seen.add(make)
            yield make
            yield from _within(shape_of(make), seen)


def _loose(text: str, module: str) -> Any:
    """The type of what may be sent for a type: anything, but where objects can be made."""
    make: Any = class_within(text, module)
    if make is None:
        return Any
    many: Any = dict[str, make] | list[Any] if text.startswith("map") else list[make] | dict[str, Any]
    return many | str | int | bool | None
