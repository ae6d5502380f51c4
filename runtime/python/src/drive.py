"""Drives calls: in the thread of the caller, or in its event loop. The call itself is the same."""

from __future__ import annotations

import contextlib
import math
import threading
from typing import TYPE_CHECKING, TypeVar

from . import clock
from .steps import Unanswered, Wait
from .transport import late, send, send_async

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from .steps import Response, Send, Steps

T = TypeVar("T")


def drive(make: Callable[[Callable[[], None]], Steps[T]], transport: httpx.BaseTransport) -> T:
    """Makes a call in this thread.

    Args:
        make: Gives the steps, and is given what wakes the thread.
        transport: Carries requests.
    """
    woken = threading.Event()
    steps = make(woken.set)
    with contextlib.closing(steps):
        try:
            step = next(steps)
            while True:
                if isinstance(step, Wait):
                    clock.wait(woken, _rest(step))
                    woken.clear()
                    step = next(steps)
                    continue
                try:
                    response = send(transport, step)
                except Unanswered as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(response)
        except StopIteration as end:
            made: T = end.value
            return made


async def drive_async(make: Callable[[Callable[[], None]], Steps[T]], transport: httpx.AsyncBaseTransport) -> T:
    """Makes a call in this event loop. Cancelling it gives the call up, which does not undo what the API has done by then.

    Args:
        make: Gives the steps, and is given what wakes the task; that may be called from any thread.
        transport: Carries requests.
    """
    import asyncio  # noqa: PLC0415 (it takes as long as all the rest, and programs without an event loop need none)

    woken, loop = asyncio.Event(), asyncio.get_running_loop()

    def wake() -> None:
        # A loop that was closed has nobody to wake.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(woken.set)

    steps = make(wake)
    with contextlib.closing(steps):
        try:
            step = next(steps)
            while True:
                if isinstance(step, Wait):
                    await clock.wait_async(woken, _rest(step))
                    woken.clear()
                    step = next(steps)
                    continue
                try:
                    response = await _in_time(transport, step)
                except Unanswered as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(response)
        except StopIteration as end:
            made: T = end.value
            return made


async def _in_time(transport: httpx.AsyncBaseTransport, step: Send) -> Response:
    """Sends a request, within the time that the whole exchange may take."""
    import asyncio  # noqa: PLC0415 (it takes as long as all the rest, and programs without an event loop need none)

    try:
        return await asyncio.wait_for(send_async(transport, step), step.timeout)
    except asyncio.TimeoutError:
        raise late(step) from None


def _rest(step: Wait) -> float | None:
    """For how many seconds to wait."""
    if step.until is None or step.until == math.inf:
        return None
    return max(step.until - clock.monotonic(), 0.0)
