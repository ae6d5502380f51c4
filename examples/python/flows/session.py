"""A run of a program, from its settings to its summary and its exit status, once or again and again."""

from __future__ import annotations

import signal
import sqlite3
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from baselinker_client import ApiError, BaseLinkerError, BlockedError, Object

from .progress import Progress
from .settings import Settings, connect
from .store import Store
from .summary import CallCount, FlowError, Summary

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from baselinker_client import Client, Mismatch, Request

R = TypeVar("R", bound=Object)

_SHOWN_MISMATCHES: Final = 10
"""More of the same kind say nothing new."""


class Session:
    """Everything that a run works with.

    Attributes:
        settings: What was chosen.
        calls: How many calls there were so far.
        client: Calls the API.
        store: The database.
        summary: What was done so far.
        progress: Where the work is.
    """

    def __init__(self, settings: Settings, schema: str, summary: Summary) -> None:
        """Opens the database and makes a client; nothing is sent yet."""
        self.settings = settings
        self.calls = CallCount()
        self.client = connect(settings, settings.token, settings.endpoint, self.calls)
        self.store = Store(settings.database, schema, dry_run=settings.dry_run)
        self.summary = summary
        self.progress = Progress()

    @property
    def dry_run(self) -> bool:
        """Whether to read only, and count what would be done."""
        return self.settings.dry_run

    def call(self, request: Request[R], by: Client | None = None) -> R:
        """Calls a method, by the client of another account if one is given, and gives its reply alone; what is not as documented is shown.

        Raises:
            BaseLinkerError: As for the client's own `call`.
        """
        reply = (by or self.client).call(request)
        self.show_mismatches(request.method.name, reply.mismatches)
        return reply.value

    @contextmanager
    def trying(self, what: str) -> Generator[None, None, None]:
        """Turns the refusal of one thing into a problem, so that the others are still done; any other error ends the run."""
        try:
            yield
        except BlockedError:
            raise
        except ApiError as error:
            self.summary.problem(f"{what}: {error}")

    def show_mismatches(self, method: str, mismatches: Iterable[Mismatch]) -> None:
        """Shows values that could not be read and are missing therefore."""
        for mismatch in list(mismatches)[:_SHOWN_MISMATCHES]:
            self.progress.clear()
            _say(f"not as documented: {method}: {mismatch}")

    def report(self) -> None:
        """Shows what was done."""
        self.progress.clear()
        print(self.summary.text(dry_run=self.dry_run, calls=self.calls.calls), flush=True)
        for problem in self.summary.problems:
            _say(f"problem: {problem}")

    def close(self) -> None:
        """Closes connections and database."""
        self.client.close()
        self.store.close()


def run(settings: Settings, schema: str, summary: Callable[[], Summary], work: Callable[[Session], None]) -> int:
    """Runs the work of a program as its settings say: prints the summary to stdout and problems to stderr.

    Returns:
        The exit status: 0 when everything was done, 1 when something was not.
    """
    # It may be ended at any moment, so Ctrl-C needs no more ado than any other end.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    while True:
        started = time.monotonic()
        status = _run_once(settings, schema, summary(), work)
        if settings.every is None:
            return status
        time.sleep(max(0.0, started + settings.every - time.monotonic()))


def _run_once(settings: Settings, schema: str, summary: Summary, work: Callable[[Session], None]) -> int:
    try:
        session = Session(settings, schema, summary)
        try:
            work(session)
        finally:
            # What was done is shown also when the rest failed.
            session.report()
            session.close()
    except (BaseLinkerError, FlowError, sqlite3.Error, OSError) as error:
        _say(f"error: {error}")
        return 1
    return 1 if summary.problems else 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
