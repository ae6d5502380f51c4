"""Lists the integrations of Base Connect and who takes part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from baselinker_client.methods import get_connect_integration_contractors, get_connect_integrations

if TYPE_CHECKING:
    from flows import Session


def read(session: Session) -> None:
    """Reads all of it, and replaces what the tables have."""
    found = session.call(get_connect_integrations()).integrations
    if found is None:
        return
    integrations = [
        (integration.connect_integration_id, integration.name or "", is_own)
        for is_own, side in ((True, found.own_integrations), (False, found.connected_integrations))
        for integration in side
    ]
    contractors: list[tuple[int, int, str]] = []
    for integration, _, _ in integrations:
        reply = session.call(get_connect_integration_contractors(connect_integration_id=integration))
        # The keys of the map look like numbers of contractors, and are not.
        for _, contractor in sorted(reply.contractors.items()):
            contractors.append((contractor.connect_contractor_id, integration, contractor.name or ""))
    with session.store.change() as change:
        change.execute("DELETE FROM integrations")
        change.execute("DELETE FROM contractors")
        change.executemany("INSERT INTO integrations VALUES (?, ?, ?)", integrations)
        change.executemany("INSERT INTO contractors VALUES (?, ?, ?) ON CONFLICT DO NOTHING", contractors)
    session.summary.add("integrations", len(integrations))
    session.summary.add("contractors", len(contractors))
