"""The canonical JSON of a value, by which the packages of all languages are compared."""

from __future__ import annotations

import datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from .digits import decimal_text
from .file import File
from .kinds import is_list, is_map
from .shape import Object, shape_of
from .timestamp import Timestamp


def canonical(value: Any) -> Any:
    """A value as plain JSON: names of the wire, decimals as text, and nothing that means nothing.

    Args:
        value: A reply, or any part of one.

    Returns:
        What `json.dumps` takes.
    """
    if isinstance(value, Object):
        return _object(value)
    if is_map(value):
        entries = {str(key): canonical(part) for key, part in value.items()}
        return {key: part for key, part in entries.items() if part is not None} or None
    if is_list(value):
        return [part for part in map(canonical, value) if part is not None] or None
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Timestamp):
        return int(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value.base64 if isinstance(value, File) else value


def _object(value: Object) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field in shape_of(type(value)).fields:
        part = getattr(value, field.attribute)
        # What is not documented in a field of type json stays as it is, empty parts included.
        part = part if field.type == "json" else canonical(part)
        if part is not None:
            fields[field.wire] = part
    extra = getattr(value, "extra", None)
    return {**fields, "extra": extra} if extra else fields
