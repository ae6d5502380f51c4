"""Numbers from their digits, so that nothing is rounded on the way: `12.50` keeps its scale, ids keep 64 bits."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

MIN_INT: Final = -(2**63)
MAX_INT: Final = 2**63 - 1

WHITE: Final = " \t\n\r"
"""The white space that JSON knows; no other is taken off."""

MOST_DIGITS: Final = 28
"""The most digits that a decimal holds in every language, whatever they are."""

SHORT: Final = 18
"""So many digits are a number of 64 bits, whatever they are."""

_NUMBER: Final = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")
PLAIN_DECIMAL: Final = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,9})?")
"""Digits of which a decimal can be made as they are."""


class Digits(str):
    """The digits of a JSON number that is no plain integer, as they were sent."""

    __slots__ = ()


def int_of(text: str) -> int | None:
    """Reads a whole number: `5`, `5.0`, `5e2`; `None` if the text is not one, or not of 64 bits."""
    digits = text[1:] if text[:1] == "-" else text
    if len(digits) <= SHORT and digits.isascii() and digits.isdigit():
        return int(text)
    parts = _NUMBER.fullmatch(text)
    if parts is None:
        return None
    sign, whole, fraction, exponent = parts.group(1, 2, 3, 4)
    fraction = fraction or ""
    significant = (whole + fraction).rstrip("0")
    dropped = len(whole) + len(fraction) - len(significant)
    significant = significant.lstrip("0")
    if not significant:
        return 0
    # A negative count means that digits remain behind the point.
    zeros = _exponent(exponent) + dropped - len(fraction)
    if zeros < 0 or zeros + len(significant) > SHORT + 1:
        return None
    number = int(sign + significant + "0" * zeros)
    return number if MIN_INT <= number <= MAX_INT else None


def decimal_of(text: str) -> Decimal | None:
    """Reads a decimal with all its digits: `12.50` keeps both behind the point.

    Returns:
        `None` if the text is not a number, or has over 28 digits.
    """
    if PLAIN_DECIMAL.fullmatch(text):
        return Decimal(text)
    parts = _NUMBER.fullmatch(text)
    if parts is None:
        return None
    sign, whole, fraction, exponent = parts.group(1, 2, 3, 4)
    fraction = fraction or ""
    zeros = _exponent(exponent) - len(fraction)
    digits = (whole + fraction).lstrip("0")
    if len(digits) > MOST_DIGITS or zeros < -MOST_DIGITS:
        return None
    if zeros < 0:
        number = Decimal(f"{digits or '0'}e{zeros}")
    elif digits and len(digits) + zeros > MOST_DIGITS:
        return None
    else:
        number = Decimal((digits + "0" * zeros) if digits else "0")
    return -number if sign == "-" and number else number


def decimal_text(number: Decimal) -> str:
    """Prints a decimal with all its digits, and without an exponent or the sign of a zero."""
    return f"{number or abs(number):f}"


def _exponent(text: str | None) -> int:
    """Reads an exponent; one that is out of all bounds is as good as the largest."""
    if text is None:
        return 0
    digits = text.lstrip("+-").lstrip("0")
    size = int(digits) if digits and len(digits) < 9 else 10**9 if digits else 0
    return -size if text[0] == "-" else size
