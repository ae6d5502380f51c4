"""What a run has done, counted by name: the names are fixed from the start, so that what did not happen shows as 0."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from baselinker_client import Observer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from baselinker_client import CallInfo


class FlowError(Exception):
    """What ends a run, said for whoever runs it."""


class CallCount(Observer):
    """Counts the calls of all clients that it watches, each attempt for itself, as the limit does.

    Attributes:
        by_method: How many calls of each method there were.
    """

    def __init__(self) -> None:
        self.by_method: Counter[str] = Counter()

    def sending(self, call: CallInfo) -> None:
        """Counts one."""
        self.by_method[call.method] += 1

    @property
    def calls(self) -> int:
        """How many there were in all."""
        return self.by_method.total()


class Summary:
    """What a run has done.

    Attributes:
        problems: What could not be done, and what the next run tries again.
    """

    def __init__(self, title: str, names: Iterable[str]) -> None:
        self.problems: list[str] = []
        self._title = title
        self._counts = dict.fromkeys(names, 0)

    def add(self, name: str, count: int = 1) -> None:
        """Counts something. What was not named at the start gets a line behind the others."""
        self._counts[name] = self._counts.get(name, 0) + count

    def problem(self, what: str) -> None:
        """Remembers something that could not be done."""
        self.problems.append(what)

    def text(self, *, dry_run: bool, calls: int) -> str:
        """The text for people, and for whoever reads lines of `name: number`."""
        note = " (dry run: nothing was sent or stored)" if dry_run else ""
        counts = {**self._counts, "problems": len(self.problems), "calls": calls}
        return "\n".join([self._title + note, *(f"  {name}: {count}" for name, count in counts.items())])
