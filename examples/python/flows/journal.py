"""Reading the journal of orders from where the last run stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from baselinker_client.methods import get_journal_list
from baselinker_client.types import JournalLogId

if TYPE_CHECKING:
    from collections.abc import Sequence

    from baselinker_client import Client
    from baselinker_client.types import JournalEventType, JournalLog

    from .session import Session


@dataclass(frozen=True)
class JournalPage:
    """What happened since the last run."""

    events: list[JournalLog]
    """The events, the oldest first, none of them seen before."""
    last: int | None
    """The last event there is; what to keep as the cursor. `None` if there never was one."""


def read_journal(session: Session, client: Client, cursor: str, types: Sequence[JournalEventType]) -> JournalPage:
    """Reads all events of some types behind the cursor of this name.

    The API keeps events for three days. The first run gets all of them.

    Raises:
        BaseLinkerError: As for the client's own `pages`.
    """
    seen = session.store.cursor(cursor)
    events: list[JournalLog] = []
    # Without a number the API would not say where it begins.
    for page in client.pages(get_journal_list(last_log_id=JournalLogId(seen or 0), logs_types=types)):
        session.show_mismatches("getJournalList", page.mismatches)
        events += page.value
        session.progress.step("events of the journal", len(events))
    # It is not documented whether the cursor itself comes again, and in which order events come.
    new = sorted((event for event in events if seen is None or event.log_id > seen), key=lambda event: event.log_id)
    return JournalPage(new, new[-1].log_id if new else seen)
