"""The JSON text of a request. Requests are strict: there is one form per type, and a value of another type is refused."""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from .digits import MAX_INT, MIN_INT, decimal_text
from .file import File
from .kinds import is_list, is_map
from .shape import Field, key_and_value, named, parts_of, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .request import Request


class InvalidParameterError(TypeError):
    """A value that cannot be sent; the text is a clause that says where and why."""


def parameters_of(request: Request[Any]) -> str:
    """What a call sends: the JSON text of its parameters.

    Raises:
        InvalidParameterError: If one of them cannot be sent.
    """
    method = request.method
    fields = [Field(*described) for described in method.params]
    return write_parameters(fields, method.reply.__module__, request.params)


def write_parameters(fields: Iterable[Field], module: str, params: Mapping[str, Any]) -> str:
    """The JSON text of parameters.

    Args:
        fields: The parameters that the method has.
        module: Where the types are that they name.
        params: The values, by the names of attributes.

    Raises:
        InvalidParameterError: If one of them cannot be sent.
    """
    known = list(fields)
    unknown = params.keys() - {field.attribute for field in known}
    if unknown:
        message = f"it has no parameter `{min(unknown)}`"
        raise InvalidParameterError(message)
    missing = [field.wire for field in known if field.required and params.get(field.attribute) is None]
    if missing:
        message = f"`{missing[0]}` is missing"
        raise InvalidParameterError(message)
    given = ((field, params.get(field.attribute)) for field in known)
    return _object(((field.wire, _write(field.type, module, value, field.wire)) for field, value in given if value is not None))


def write_json(value: Any, where: str = "the parameters") -> str:
    """The JSON text of any value that JSON has.

    Raises:
        InvalidParameterError: If it is, or holds, something else.
    """
    if isinstance(value, Enum):
        return write_json(value.value, where)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, Decimal):
        return _decimal(value, where)
    if isinstance(value, float):
        return _float(value, where)
    if is_list(value):
        return _list(write_json(part, f"{where}[{at}]") for at, part in enumerate(value))
    if is_map(value):
        # As the other languages send them, so that the same call is the same bytes.
        entries = sorted(((_name(key, where), part) for key, part in value.items()), key=lambda entry: entry[0])
        return _object((key, write_json(part, f"{where}.{key}")) for key, part in entries)
    raise _refused(where, "JSON", value)


def _name(key: object, where: str) -> str:
    if isinstance(key, str):
        return str(key)
    if isinstance(key, int) and not isinstance(key, bool):
        return str(int(key))
    message = f"a key of `{where}` is a {type(key).__name__}, and should be a text"
    raise InvalidParameterError(message)


def _write(text: str, module: str, value: Any, where: str) -> str:
    plain = _PLAIN.get(text)
    if plain is not None:
        return plain(value, where)
    name, inner = parts_of(text)
    if name == "list":
        if not is_list(value):
            raise _refused(where, "list", value)
        return _list(_write(inner, module, item, f"{where}[{at}]") for at, item in enumerate(value))
    if name == "map":
        return _map(inner, module, value, where)
    if name == "text_or":
        return _write("text" if isinstance(value, str) else inner, module, value, where)
    return _named(named(name, module), value, where)


def _map(inner: str, module: str, value: Any, where: str) -> str:
    if not is_map(value):
        raise _refused(where, "dict", value)
    _, entry = key_and_value(inner)
    entries = ((_name(name, where), part) for name, part in in_order(value))
    return _object((name, _write(entry, module, part, f"{where}[{_text(name)}]")) for name, part in entries)


def in_order(entries: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    """Maps are sent in the order of their keys, numbers as numbers, so that the same call is the same bytes."""
    return sorted(entries.items(), key=lambda entry: (entry[0], "") if isinstance(entry[0], int) else (0, str(entry[0])))


def _named(make: type[Any], value: Any, where: str) -> str:
    if issubclass(make, Enum):
        return (_int if issubclass(make, int) else _plain_text)(value, where)
    if not isinstance(value, make):
        raise _refused(where, make.__name__, value)
    fields = [(field, getattr(value, field.attribute)) for field in shape_of(make).fields]
    written = {field.wire: _write(field.type, make.__module__, part, f"{where}.{field.wire}") for field, part in fields if part is not None}
    if make.__open__:
        for key, part in sorted(value.extra.items()):
            written.setdefault(key, write_json(part, f"{where}.{key}"))
    return _object(written.items())


def _int(value: Any, where: str) -> str:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refused(where, "int", value)
    if not MIN_INT <= value <= MAX_INT:
        message = f"`{where}` is beyond 64 bits"
        raise InvalidParameterError(message)
    return str(int(value))


def _bool(value: Any, where: str) -> str:
    if not isinstance(value, bool):
        raise _refused(where, "bool", value)
    return "true" if value else "false"


def _decimal(value: Any, where: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(int(value))
    if not isinstance(value, Decimal):
        raise _refused(where, "Decimal", value)
    if not value.is_finite():
        message = f"`{where}` is no finite number"
        raise InvalidParameterError(message)
    return decimal_text(value)


def _float(value: float, where: str) -> str:
    if not math.isfinite(value):
        message = f"`{where}` is no finite number"
        raise InvalidParameterError(message)
    return repr(value).replace("e+", "e").replace("e-0", "e-")


def _plain_text(value: Any, where: str) -> str:
    if isinstance(value, Enum):
        value = value.value
    if not isinstance(value, str):
        raise _refused(where, "str", value)
    return _text(value)


def _date(value: Any, where: str) -> str:
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise _refused(where, "datetime.date", value)
    return _text(value.isoformat())


def _file(value: Any, where: str) -> str:
    if not isinstance(value, File):
        raise _refused(where, "File", value)
    return _text(f"data:{value.base64}")


_PLAIN: Final = {
    "int": _int,
    "id": _int,
    "timestamp": _int,
    "bool": _bool,
    "text": _plain_text,
    "text_id": _plain_text,
    "decimal": _decimal,
    "date": _date,
    "file": _file,
    "json": write_json,
}

_ESCAPED: Final = re.compile(r'["\\\x00-\x1f]')
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _text(text: str) -> str:
    """A JSON text in which only that is escaped which must be."""
    return f'"{_ESCAPED.sub(lambda found: _SHORT.get(found[0]) or f"{chr(92)}u{ord(found[0]):04x}", text)}"'


def _list(items: Iterable[str]) -> str:
    return f"[{','.join(items)}]"


def _object(entries: Iterable[tuple[str, str]]) -> str:
    return "{" + ",".join(f"{_text(key)}:{value}" for key, value in entries) + "}"


def _refused(where: str, expected: str, value: object) -> InvalidParameterError:
    return InvalidParameterError(f"`{where}` takes a {expected}, and got a {type(value).__name__}")
