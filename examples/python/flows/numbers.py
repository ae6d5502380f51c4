"""Decimals as the tables have them: exact, and the same text for the same number."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from .summary import FlowError


def text(decimal: Decimal | int | None) -> str | None:
    """A decimal without needless zeros and exponents; `None` stays what it is."""
    if decimal is None:
        return None
    # `normalize` would round to the 28 digits of the context.
    digits = format(Decimal(decimal), "f")
    short = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if short == "-0" else short


def number(digits: str, what: str) -> Decimal:
    """Reads a decimal of a table.

    Raises:
        FlowError: If it is none; `what` says what it should have been.
    """
    try:
        decimal = Decimal(digits)
    except InvalidOperation:
        decimal = Decimal("NaN")
    if not decimal.is_finite():
        raise FlowError(f"`{digits}` is no {what}")
    return decimal
