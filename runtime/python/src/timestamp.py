"""Moments, which the API gives in whole unix seconds."""

from __future__ import annotations

import datetime as dt
import math


class Timestamp(int):
    """A moment, in seconds since 1970-01-01 00:00:00 UTC.

    It is an `int`, so moments compare and add as numbers of seconds.

    Example:
        >>> Timestamp(1774859100).datetime
        datetime.datetime(2026, 3, 30, 8, 25, tzinfo=datetime.timezone.utc)
    """

    __slots__ = ()

    @property
    def datetime(self) -> dt.datetime:
        """The moment as an aware `datetime` in UTC.

        Raises:
            OverflowError: If it is before the year 1 or after the year 9999.
        """
        return _EPOCH + dt.timedelta(seconds=int(self))

    @classmethod
    def of(cls, moment: dt.datetime) -> Timestamp:
        """The timestamp of an aware `datetime`. Parts of a second are dropped, towards the past.

        Raises:
            ValueError: If the `datetime` has no time zone, so that nobody knows which moment it is.
        """
        if moment.tzinfo is None:
            message = f"{moment!r} has no time zone; say which, such as tzinfo=datetime.timezone.utc"
            raise ValueError(message)
        return cls(math.floor((moment - _EPOCH) / dt.timedelta(seconds=1)))

    @classmethod
    def now(cls) -> Timestamp:
        """The present moment."""
        return cls.of(dt.datetime.now(tz=dt.timezone.utc))

    def __repr__(self) -> str:
        """Shows the seconds."""
        return f"Timestamp({int(self)})"

    def __str__(self) -> str:
        """The seconds as text."""
        return str(int(self))


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)
