"""How many calls a token makes: the seam for limiters, and the one that clients have by default.

At most so many calls go in any window of a minute, as the server sees it. The server counts a call at some moment between its sending
and its answer. So a call keeps its place until a whole window after its answer: however long the network takes, no window of the
server has one call too many.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Final, Protocol

from . import clock

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTE: Final = 60.0
_MARGIN: Final = 600
"""How much longer a place is kept, as a part of the window, because clocks and timers are not exact."""


class Place(Protocol):
    """The place of one call in the queue of a limiter, and then its leave to be sent."""

    def ready(self) -> float | None:
        """Asks whether the call may be sent now. It is asked in the thread or event loop of the call, so it must not block.

        Returns:
            0 if it may; it is not asked again then. Otherwise the seconds after which to ask again, or `None` if it is no use before the
            function `wake` was called.
        """
        ...

    def done(self) -> None:
        """The call is over, whatever became of it."""

    def give_back(self) -> None:
        """The call was certainly not sent, or does not wait any more."""


class RateLimiter(Protocol):
    """Decides when a call may be sent. One that several processes share, say over Redis, fits in here."""

    def enter(self, wake: Callable[[], None]) -> Place:
        """Puts a call at the end of the queue.

        Args:
            wake: To be called, from any thread, when the place should be asked again.
        """
        ...

    def blocked(self, seconds: float) -> None:
        """The API has blocked the token, for this long as far as is known. Clients wait for the end of a block by themselves."""


class SlidingWindow:
    """A limiter that sends at once what fits into the window, and lets all others wait for their turn in the order in which they came.

    It may be shared by threads, event loops and clients.
    """

    def __init__(self, calls: int, window: float = MINUTE) -> None:
        """Allows so many calls in any window of so many seconds."""
        self._lock = threading.Lock()
        self._limit = calls
        self._kept = window + window / _MARGIN
        self._taken = 0
        # When the places of calls that are over become free again, soonest first.
        self._freed: deque[float] = deque()
        self._queue: deque[_Place] = deque()

    def set_limit(self, calls: int) -> None:
        """Changes the limit, for those who wait too."""
        with self._lock:
            self._limit = calls
        self._wake_first()

    def enter(self, wake: Callable[[], None]) -> Place:
        """Puts a call at the end of the queue."""
        place = _Place(self, wake)
        with self._lock:
            self._queue.append(place)
        return place

    def blocked(self, seconds: float) -> None:
        """Clients wait out blocks by themselves, so there is nothing to do."""

    def is_idle(self) -> bool:
        """Does it remember no call that still counts?"""
        with self._lock:
            self._forget(clock.monotonic())
            return not (self._taken or self._freed or self._queue)

    def ask(self, place: _Place) -> float | None:
        """Takes a place if it is the turn of this one and there is one."""
        with self._lock:
            if self._queue[0] is not place:
                return None
            now = clock.monotonic()
            self._forget(now)
            used = self._taken + len(self._freed)
            if used < self._limit:
                self._queue.popleft()
                self._taken += 1
                place.is_taken = True
            elif used - self._limit < len(self._freed):
                return self._freed[used - self._limit] - now
            else:
                return None
        self._wake_first()
        return 0.0

    def leave(self, place: _Place, *, was_sent: bool) -> None:
        """Frees a place, or gives up waiting for one."""
        with self._lock:
            if place.is_taken:
                self._taken -= 1
                if was_sent:
                    self._freed.append(clock.monotonic() + self._kept)
            else:
                self._queue.remove(place)
        self._wake_first()

    def _forget(self, now: float) -> None:
        while self._freed and self._freed[0] <= now:
            self._freed.popleft()

    def _wake_first(self) -> None:
        with self._lock:
            first = self._queue[0] if self._queue else None
        if first is not None:
            first.wake()

    def __repr__(self) -> str:
        """Shows how full it is."""
        return f"SlidingWindow(limit={self._limit}, under_way={self._taken}, waiting={len(self._queue)})"


class _Place:
    """A place in the queue of a sliding window."""

    __slots__ = ("_is_over", "_window", "is_taken", "wake")

    def __init__(self, window: SlidingWindow, wake: Callable[[], None]) -> None:
        self._window = window
        self._is_over = False
        self.is_taken = False
        self.wake = wake

    def ready(self) -> float | None:
        return self._window.ask(self)

    def done(self) -> None:
        self._leave(was_sent=True)

    def give_back(self) -> None:
        self._leave(was_sent=False)

    def _leave(self, *, was_sent: bool) -> None:
        if not self._is_over:
            self._is_over = True
            self._window.leave(self, was_sent=was_sent)
