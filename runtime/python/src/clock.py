"""Time, in one place: what it is, and how to wait for it. Tests put their own in the place of these functions."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio
    import threading


def monotonic() -> float:
    """Seconds that never go back, for waits and deadlines."""
    return time.monotonic()


def wall() -> float:
    """Seconds since 1970 by the clock of this machine."""
    return time.time()


def wait(event: threading.Event, seconds: float | None) -> None:
    """Waits in a thread for an event, and so many seconds at most."""
    event.wait(None if seconds is None else min(seconds, _LONGEST))


async def wait_async(event: asyncio.Event, seconds: float | None) -> None:
    """Waits in async code for an event, and so many seconds at most."""
    import asyncio  # noqa: PLC0415 (as in `drive`)

    if seconds is not None and seconds <= 0:
        # Others get their turn all the same.
        await asyncio.sleep(0)
        return
    with contextlib.suppress(asyncio.TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)


_LONGEST = 24 * 3600.0
"""Threads cannot wait for ever so long; who waits looks at the time afterwards, and waits again."""
