"""The whole of a reply: the API's envelope around it, and the reply in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct, field

from .parse import Unsure, has_minus_zero, parse_exactly, text_of
from .quick import ENVELOPE, parser_of
from .reader import Reader
from .readers import object_reader
from .report import DecodeError, Mismatch
from .scalars import UNSURE, read_json, read_text
from .shape import Object

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
R = TypeVar("R", bound=Object)


class Reply(Struct, Generic[T], frozen=True):
    """A reply, with what was not as documented."""

    value: T
    """The reply."""
    mismatches: list[Mismatch] = field(default_factory=list)
    """The values that could not be read as documented, and are missing in the reply. There are a thousand at most."""
    unlisted: int = 0
    """How many mismatches more there were."""


class ApiRefusal(Exception):  # noqa: N818 (it is how the decoder says what the API said, and no error that programs see)
    """The API's own error, in place of a reply."""

    def __init__(self, code: str, message: str) -> None:
        """Keeps the code and the message; both may be empty."""
        super().__init__(code, message)
        self.code = code
        self.message = message


def decode_reply(make: type[R], body: bytes) -> Reply[R]:
    """Decodes a reply of the API: `{"status":"SUCCESS", ...}`.

    Args:
        make: The class of the reply, such as `GetOrdersReply`.
        body: The reply as it was sent.

    Raises:
        ApiRefusal: If the API reports an error.
        DecodeError: If the body is not a usable reply.
    """
    return read_fields(make, open_envelope(body, parser_of(make)), body)


def read_fields(make: type[R], fields: dict[str, Any], body: bytes) -> Reply[R]:
    """Reads a reply whose envelope was looked at.

    Args:
        make: The class of the reply.
        fields: The fields of the whole as one of the quick parsers gives them.
        body: What they were parsed from, by which a report shows what was there.

    Raises:
        DecodeError: If an identity is missing.
    """
    try:
        return _read(make, fields, Reader(body))
    except Unsure:
        return _read(make, parse_exactly(body), Reader(body, is_exact=True))


def read_raw(fields: dict[str, Any], body: bytes) -> dict[str, Any]:
    """The fields of a reply as plain values, without its envelope. Arguments are as those of `read_fields`."""
    if has_minus_zero(body):
        fields = parse_exactly(body)
    reply: dict[str, Any] = read_json(_content(fields))
    return reply


def _read(make: type[R], fields: dict[str, Any], reader: Reader) -> Reply[R]:
    value = object_reader(make)(reader, _content(fields))
    return Reply(value, reader.mismatches(), reader.unlisted)


def _content(fields: dict[str, Any]) -> dict[str, Any]:
    """What is in an envelope."""
    return {key: value for key, value in fields.items() if key not in ENVELOPE}


def open_envelope(body: bytes, parse: Callable[[bytes], Any]) -> dict[str, Any]:
    """The fields of a reply, those of the API's envelope included.

    Args:
        body: The reply as it was sent.
        parse: What is to parse it: `parse`, or what `parser_of` gives.

    Raises:
        ApiRefusal: If the API reports an error.
        DecodeError: If the body is not a reply.
    """
    fields = _object(body, parse)
    status, code, message = (_text(fields.get(key)) for key in ENVELOPE)
    if status == "ERROR":
        raise ApiRefusal(code, message)
    if status != "SUCCESS":
        known = "its status is neither SUCCESS nor ERROR" if status else "it has no status: is this the API's endpoint?"
        raise DecodeError("", known, text_of(body))
    return fields


def _object(body: bytes, parse: Callable[[bytes], Any]) -> dict[str, Any]:
    text = text_of(body).lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        fields: dict[str, Any] = parse(body)
        return fields
    if not text:
        what = "it is empty"
    elif text.startswith("<"):
        what = "it is HTML or XML instead of JSON: is this the API's endpoint?"
    else:
        what = "it is not an object with a status"
    raise DecodeError("", what, text)


def _text(value: Any) -> str:
    text = read_text(value)
    return str(value) if text is UNSURE else text if isinstance(text, str) else ""
