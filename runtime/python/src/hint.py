"""How long a block lasts. The API says until when, in a time zone that it does not name, so that is a hint at most."""

from __future__ import annotations

import datetime
import random
import re
from typing import Final

from msgspec import Struct

from . import clock

_HOUR: Final = 3600
_SKEW: Final = 300
"""How far the clocks may be apart."""

_LEAST: Final = 1.0
"""The shortest wait. It doubles each time that it was too short."""

_JITTER_PART: Final = 10
_JITTER: Final = 10.0
"""What is added at most, as a part of the wait and in all, so that processes do not come back together."""

_DATE_AND_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}")


def date_and_time(message: str) -> str | None:
    """The first `YYYY-MM-DD HH:MM:SS` in a message."""
    found = _DATE_AND_TIME.search(message)
    return found and found[0]


class BlockClock(Struct, frozen=True):
    """How to read the time at which a block ends."""

    longest: float
    """The longest wait."""
    utc_offset: int | None = None
    """How many minutes the API's clock is ahead of UTC. Unless set, only minutes and seconds are read: zones are whole hours apart, and
    blocks shorter."""

    def wait(self, until: str | None, refused: int) -> float:
        """How long to wait from now on, if so many waits before this one were too short."""
        wait = self.exact(until, clock.wall(), refused)
        return wait + random.uniform(0, min(wait / _JITTER_PART, _JITTER))  # noqa: S311 (it keeps callers apart, and no secret)

    def exact(self, until: str | None, now: float, refused: int) -> float:
        """The same without what keeps callers apart."""
        least = _LEAST * 2.0 ** min(refused, 64)
        stated = None if until is None else _seconds(until)
        if stated is None:
            wait = self.longest
        elif self.utc_offset is not None:
            wait = stated - int(now) - self.utc_offset * 60
        else:
            rest = (stated - int(now)) % _HOUR
            # It has just passed.
            wait = 0 if rest >= _HOUR - _SKEW else rest
        return min(max(wait, least), self.longest)


def _seconds(text: str) -> int | None:
    """The seconds from 1970 to a `YYYY-MM-DD HH:MM:SS`, as if it were UTC."""
    try:
        moment = datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=datetime.timezone.utc)
    except ValueError:
        return None
    return int(moment.timestamp())
