"""Progress on long work: one line on stderr that changes, and nothing at all where stderr is no terminal."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import Final

_PAUSE: Final = 0.1
"""Seconds between two changes: often enough to look alive, seldom enough to cost nothing."""

_CLEAR: Final = "\r\x1b[K"


class Progress:
    """A line that says how far the work is."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()
        self._last: float | None = None

    def step(self, what: str, done: int, of: int | None = None) -> None:
        """Shows how much of something is done."""
        is_due = self._last is None or time.monotonic() - self._last >= _PAUSE
        if self._shown and (is_due or of == done):
            _write(f"{_CLEAR}{what}: {done}" + ("" if of is None else f" of {of}"))
            self._last = time.monotonic()

    def clear(self) -> None:
        """Takes the line away, so that other text can stand in its place."""
        if self._last is not None:
            _write(_CLEAR)
            self._last = None


def _write(text: str) -> None:
    # A terminal that is gone is no reason to stop.
    with contextlib.suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()
