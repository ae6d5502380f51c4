"""The base of all objects, and the description of their fields that the generated classes carry."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from typing import Any, ClassVar, Final

from msgspec import Struct, field

from .scalars import SCALARS

Json = Any
"""Any JSON value, for the few places where the API promises no shape."""

_NEW_LIST: type[list[Any]] = list
_NEW_MAP: type[dict[Any, Any]] = dict

EMPTY_LIST: Any = field(default_factory=_NEW_LIST)
"""What a list is that was not given: empty."""

EMPTY_MAP: Any = field(default_factory=_NEW_MAP)
"""What a map is that was not given: empty."""

_TYPE: Final = re.compile(r"(\w+)(?:\((.*)\))?")
_INNER: Final = re.compile(r"(\w+), (.*)")


class Object(Struct, gc=False, forbid_unknown_fields=True):
    """An object of the API: a reply, or a part of one or of a call.

    Objects hold values and never each other in a circle, so the garbage collector need not look at them. Keys that are not documented are
    kept by the readers of this package; msgspec by itself would lose them, so it has to refuse them.
    """

    __wire__: ClassVar[tuple[tuple[str, ...], ...]] = ()
    """Its fields: the name on the wire and the type, with `!` behind it if the object is of no use without; then, where they
    differ or exist, the name of the attribute and other names on the wire.

    Types are written as in the specification: `int`, `list(Order)`, `map(id, decimal)`. A name is that of a class beside this one, or
    in `types`."""

    __open__: ClassVar[bool] = False
    """Whether undocumented keys are sent too."""


class Field:
    """A field of an object."""

    __slots__ = ("aliases", "attribute", "required", "type", "wire")

    def __init__(self, wire: str, type_: str, attribute: str = "", *aliases: str) -> None:
        """Takes a description apart."""
        self.wire = wire
        self.type = type_.removesuffix("!")
        self.required = type_.endswith("!")
        self.attribute = attribute or wire
        self.aliases = aliases


class Shape:
    """What the description of a class says.

    Attributes:
        make: The class.
        fields: Its fields, in the order of the documentation.
        keys: All names on the wire.
        empty: What stands for nothing in the fields that are never `None`.
    """

    __slots__ = ("empty", "fields", "keys", "make", "parse", "read")

    def __init__(self, make: type[Object]) -> None:
        """Reads the description of a class."""
        self.make = make
        self.fields = [Field(*described) for described in make.__wire__]
        self.keys = frozenset(key for known in self.fields for key in (known.wire, *known.aliases))
        # Asking for the fields one by one would look up what their annotations name, which only type checkers do here.
        names, defaults = make.__struct_fields__, make.__struct_defaults__
        last = zip(reversed(names), reversed(defaults), strict=False)
        self.empty = {name: getattr(default, "factory", None) for name, default in last}
        # Both are made when they are first needed.
        self.parse: Any = None
        self.read: Any = None


_SHAPES: Final[dict[type[Object], Shape]] = {}


def shape_of(make: type[Object]) -> Shape:
    """The shape of a class."""
    shape = _SHAPES.get(make)
    # Should two threads get here, both make the same.
    return shape or _SHAPES.setdefault(make, Shape(make))


def parts_of(text: str) -> tuple[str, str]:
    """The name of a type, and what stands in its brackets."""
    parts = _TYPE.fullmatch(text)
    if parts is None:
        message = f"{text!r} is no type"
        raise ValueError(message)
    return parts[1], parts[2] or ""


def key_and_value(text: str) -> tuple[str, str]:
    """The types of a map's keys and values, from what stands in its brackets."""
    parts = _INNER.fullmatch(text)
    if parts is None:
        message = f"{text!r} is no type of a map"
        raise ValueError(message)
    return parts[1], parts[2]


def named(name: str, module: str) -> type[Any]:
    """A class by its name: one of the module where it is mentioned, or of the types of the API."""
    beside = sys.modules[module]
    found: type[Any] = getattr(beside if hasattr(beside, name) else import_module("baselinker_client.types"), name)
    return found


def object_named(text: str, module: str) -> type[Object] | None:
    """The class that a type is, if it is one of objects."""
    if text in SCALARS or text == "json" or parts_of(text)[1]:
        return None
    found = named(text, module)
    return found if issubclass(found, Object) else None
