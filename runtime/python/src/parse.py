"""From bytes to plain values: quickly, or exactly.

The quick parser makes `Decimal` of numbers that are no integers. It forgets how they were written (`1e1` and `10` are the same to it), and
the sign of the integer `-0`. Where that may matter, which is where a text is expected, `Unsure` is raised and the reply is read once
more, from what the exact parser makes of it. Both parsers give the last one of keys that an object has twice.
"""

from __future__ import annotations

import json
import re
from decimal import Context, DecimalException, Inexact, Overflow, Rounded
from typing import Any, Final

import msgspec

from .digits import MOST_DIGITS, Digits
from .report import DecodeError

_BOM: Final = b"\xef\xbb\xbf"
DECIMALS: Final = Context(prec=MOST_DIGITS, Emin=-1, Emax=MOST_DIGITS - 1, clamp=1, traps=[Inexact, Overflow, Rounded])
"""Makes decimals as `decimal_of` does, with all their digits and without an exponent, and refuses those that have too many."""

_DECODER: Final = msgspec.json.Decoder(float_hook=DECIMALS.create_decimal)
_PLACE: Final = re.compile(r" \(byte ([0-9]+)\)")
_MINUS_ZERO: Final = re.compile(rb"-0[\s,}\]]")
"""A zero that has a sign. What looks like one in a text costs time and no more."""

_LONGEST: Final = 4000
"""So many characters of an integer are made a number; from a few more on Python would refuse to."""

_BEFORE: Final = 20
"""How many bytes before a place an error shows."""


class Unsure(Exception):  # noqa: N818 (it is caught where the reply is read again)
    """What is to be read depends on something that the quick parser forgets."""


def parse(body: bytes) -> Any:
    """The value of a JSON text, by the quick parser.

    Raises:
        DecodeError: If it is not JSON.
    """
    body = body.removeprefix(_BOM)
    try:
        return _DECODER.decode(body)
    except (msgspec.ValidationError, DecimalException):
        # A number is too long.
        return parse_exactly(body)
    except msgspec.DecodeError as error:
        raise _malformed(body, str(error)) from None
    except UnicodeDecodeError:
        raise _not_utf8(body) from None
    except RecursionError:
        raise DecodeError("", "its values are nested too deep", text_of(body)) from None


def parse_exactly(body: bytes) -> Any:
    """The value of a JSON text in which numbers that are no plain integers are `Digits`.

    Raises:
        DecodeError: If it is not JSON.
    """
    body = body.removeprefix(_BOM)
    try:
        value = json.loads(body.decode(), parse_int=_whole, parse_float=Digits, parse_constant=_refuse)
        # Half surrogate pairs are no text, which this parser does not mind.
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise DecodeError("", "its values are nested too deep", text_of(body)) from None
    except UnicodeDecodeError:
        raise _not_utf8(body) from None
    except json.JSONDecodeError as error:
        place = len(error.doc[: error.pos].encode())
        raise _malformed(body, f"{error.msg} (byte {place})") from None
    except ValueError as error:
        raise _malformed(body, str(error)) from None
    return value


def has_minus_zero(body: bytes) -> bool:
    """Whether a zero may have a sign."""
    return _MINUS_ZERO.search(body) is not None


def _whole(digits: str) -> Any:
    return Digits(digits) if digits == "-0" or len(digits) > _LONGEST else int(digits)


def _refuse(word: str) -> Any:
    message = f"{word} is no number"
    raise ValueError(message)


def _malformed(body: bytes, said: str) -> DecodeError:
    if "UTF-8" in said:
        # So do newer versions of msgspec put it.
        return _not_utf8(body)
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
