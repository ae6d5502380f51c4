"""What each type without parts accepts on the wire, and which forms mean that there is nothing.

The same table is in `tests/wire/` of the project, as data that the runtimes of all languages run. Every function takes a value as the
parser gives it and returns what it means, `None` if it means nothing, `WRONG` if it is no such thing, and `UNSURE` if that depends on what
the quick parser forgets.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from .digits import MAX_INT, MIN_INT, WHITE, Digits, decimal_of, int_of
from .file import File
from .timestamp import Timestamp

if TYPE_CHECKING:
    from collections.abc import Callable

# The parser gives values of these very classes, so looking at the class is enough, and faster than `isinstance`.


class Wrong:
    """What a value is that cannot be read."""

    __slots__ = ()


WRONG: Final = Wrong()
"""What a value is that is not of the type it should have."""

UNSURE: Final = Wrong()
"""What a value is that may have been written in several ways, of which one is another text."""

NO_ID: Final = ("", "0", "-1")
"""The texts that mean that there is no id."""

_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def read_int(value: Any) -> int | Wrong | None:
    """Reads a whole number of 64 bits."""
    kind = value.__class__
    if kind is int:
        number = value if MIN_INT <= value <= MAX_INT else None
    elif kind is str:
        text = value.strip(WHITE)
        if not text:
            return None
        number = int_of(text)
    elif kind is Digits:
        number = int_of(value)
    elif kind is Decimal:
        whole = int(value)
        number = whole if whole == value and MIN_INT <= whole <= MAX_INT else None
    else:
        return None if value is None or value is False else WRONG
    return WRONG if number is None else number


def read_id(value: Any) -> int | Wrong | None:
    """Reads an id that is a number. 0 and -1 mean that there is none."""
    number = value if value.__class__ is int and 0 < value <= MAX_INT else read_int(value)
    return None if number in (0, -1) else number


def read_text_id(value: Any) -> str | Wrong | None:
    """Reads an id that is a text. 0 and -1 mean that there is none, as an empty text does."""
    text = value if value.__class__ is str else read_text(value)
    return None if text in NO_ID else text


def read_int_code(value: Any) -> int | Wrong | None:
    """Reads the number of an enum's value."""
    return WRONG if value is False else read_int(value)


def read_text_code(value: Any) -> str | Wrong | None:
    """Reads the text of an enum's value."""
    if value is False:
        return WRONG
    return None if value == "" else read_text(value)


def read_bool(value: Any) -> bool | Wrong | None:
    """Reads a flag: true and false, 1 and 0, also as text."""
    if value is True or value is False:
        return value is True
    text = value.strip(WHITE) if value.__class__ is str else ""
    if text in ("true", "false"):
        return text == "true"
    number = read_int(value)
    if number is None:
        return None
    return number == 1 if number in (0, 1) else WRONG


def read_text(value: Any) -> str | Wrong | None:
    """Reads a text; a number becomes its digits."""
    kind = value.__class__
    if kind is str:
        text: str = value
        return text
    if kind is Digits or (kind is int and value):
        return str(value)
    if kind is int or kind is Decimal:
        return UNSURE
    return None if value is None or value is False else WRONG


def read_decimal(value: Any) -> Decimal | Wrong | None:
    """Reads a decimal with all its digits."""
    kind = value.__class__
    if kind is Decimal:
        number = value or value.copy_abs()
    elif kind is Digits:
        number = decimal_of(value)
    elif kind is str:
        text = value.strip(WHITE)
        if not text:
            return None
        number = decimal_of(text)
    elif kind is int:
        number = decimal_of(str(value))
    else:
        return None if value is None or value is False else WRONG
    return WRONG if number is None else number


def read_timestamp(value: Any) -> Timestamp | Wrong | None:
    """Reads a moment. 0 means that there is none."""
    seconds = read_int(value)
    if isinstance(seconds, int):
        return Timestamp(seconds) if seconds else None
    return seconds


def read_date(value: Any) -> datetime.date | Wrong | None:
    """Reads a day of the calendar, `YYYY-MM-DD`."""
    if value is None:
        return None
    if value.__class__ is not str:
        return WRONG
    text = value.strip(WHITE)
    if text in ("", "0000-00-00"):
        return None
    parts = _DATE.fullmatch(text)
    if parts is None:
        return WRONG
    try:
        return datetime.date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError:
        return WRONG


def read_file(value: Any) -> File | Wrong | None:
    """Reads the content of a file, with or without the prefix `data:`."""
    if value is None or value is False:
        return None
    if value.__class__ is not str:
        return WRONG
    file = File.from_base64(value)
    return file if file.base64 else None


def read_json(value: Any) -> Any:
    """Reads any value: numbers that are no integers become `float`, or stay their digits beyond its range."""
    kind = value.__class__
    if kind is dict:
        return {key: read_json(part) for key, part in value.items()}
    if kind is list:
        return [read_json(part) for part in value]
    if kind is Digits or kind is Decimal:
        number = float(value)
        return str(value) if number in (float("inf"), float("-inf")) else number
    return value


SCALARS: Final[dict[str, Callable[[Any], Any]]] = {
    "int": read_int,
    "id": read_id,
    "text_id": read_text_id,
    "bool": read_bool,
    "text": read_text,
    "decimal": read_decimal,
    "timestamp": read_timestamp,
    "date": read_date,
    "file": read_file,
}
"""The types without parts, by the names that descriptions of fields have for them."""

EXPECTED: Final = {"text_id": "id"}
"""What a mismatch calls a type, where it is not the name of it."""
