"""From bytes to plain values, in which numbers that are no integers keep their digits."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import msgspec

from .digits import Digits
from .report import DecodeError

_BOM: Final = b"\xef\xbb\xbf"
_DECODER: Final = msgspec.json.Decoder(float_hook=Digits)
_PLACE: Final = re.compile(r" \(byte ([0-9]+)\)")
_BEFORE: Final = 20
"""How many bytes before a place an error shows."""


def parse(body: bytes) -> Any:
    """The value of a JSON text.

    Raises:
        DecodeError: If it is not JSON.
    """
    body = body.removeprefix(_BOM)
    try:
        return _DECODER.decode(body)
    except msgspec.ValidationError:
        return _parse_slowly(body)
    except msgspec.DecodeError as error:
        raise _malformed(body, str(error)) from None
    except UnicodeDecodeError:
        raise _not_utf8(body) from None
    except RecursionError:
        raise DecodeError("", "its values are nested too deep", text_of(body)) from None


def _parse_slowly(body: bytes) -> Any:
    """Reads a text that has an integer of more digits than Python makes a number of."""

    def refuse(word: str) -> Any:
        raise ValueError(word)

    try:
        return json.loads(body, parse_int=Digits, parse_float=Digits, parse_constant=refuse)
    except RecursionError:
        raise DecodeError("", "its values are nested too deep", text_of(body)) from None
    except ValueError as error:
        raise DecodeError("", "it is not valid JSON", text_of(body)) from error


def _malformed(body: bytes, said: str) -> DecodeError:
    what = said.removeprefix("JSON is malformed: ")
    if "truncated" in what:
        return DecodeError("", "it is not valid JSON: it ends too early", text_of(body[-_BEFORE:]))
    place = _PLACE.search(what)
    at = int(place[1]) if place else 0
    return DecodeError("", f"it is not valid JSON: {what}", text_of(body[max(at - _BEFORE, 0) :]))


def _not_utf8(body: bytes) -> DecodeError:
    try:
        body.decode()
    except UnicodeDecodeError as error:
        what = f"it is not UTF-8 text (byte {error.start})"
        return DecodeError("", what, text_of(body[max(error.start - _BEFORE, 0) :]))
    return DecodeError("", "it is not UTF-8 text")


def text_of(body: bytes) -> str:
    """The beginning of a body as text, whatever it is, for a report."""
    return body[:1000].decode(errors="replace").strip()
