"""The whole of a reply: the API's envelope around it, and the reply in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from .parse import parse, text_of
from .reader import Reader
from .readers import object_reader
from .report import DecodeError, Mismatch
from .scalars import read_text
from .shape import Object

T = TypeVar("T")
R = TypeVar("R", bound=Object)

_ENVELOPE: Final = ("status", "error_code", "error_message")


@dataclass(frozen=True)
class Reply(Generic[T]):
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
    return read_fields(make, open_envelope(body), body)


def read_fields(make: type[R], fields: dict[str, Any], body: bytes) -> Reply[R]:
    """Reads a reply that was taken out of its envelope.

    Args:
        make: The class of the reply.
        fields: Its fields as the parser gives them.
        body: What they were parsed from, by which a report shows what was there.

    Raises:
        DecodeError: If an identity is missing.
    """
    reader = Reader()
    value = object_reader(make)(reader, fields)
    return Reply(value, reader.mismatches(body), reader.unlisted)


def open_envelope(body: bytes) -> dict[str, Any]:
    """The reply in the API's envelope.

    Raises:
        ApiRefusal: If the API reports an error.
        DecodeError: If the body is not a reply.
    """
    fields = _object(body)
    status, code, message = (_text(fields.pop(key, None)) for key in _ENVELOPE)
    if status == "ERROR":
        raise ApiRefusal(code, message)
    if status != "SUCCESS":
        known = "its status is neither SUCCESS nor ERROR" if status else "it has no status: is this the API's endpoint?"
        raise DecodeError("", known, text_of(body))
    return fields


def _object(body: bytes) -> dict[str, Any]:
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
    return text if isinstance(text, str) else ""
