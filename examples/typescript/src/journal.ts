/** Reading the journal of orders from where the last run stopped. */

import { getJournalList, type JournalEventType, type JournalLog, pages } from "baselinker-client";

import type { Session } from "./session.js";

/** What happened since the last run. */
export interface JournalPage {
  /** The events, the oldest first, none of them seen before. */
  readonly events: JournalLog[];
  /** The last event there is; what to keep as the cursor. Nothing if there never was one. */
  readonly last: number | undefined;
}

/**
 * Reads all events of some types behind the cursor of this name.
 *
 * The API keeps events for three days. The first run gets all of them.
 */
export async function readJournal(
  session: Session,
  cursor: string,
  logsTypes: readonly JournalEventType[],
): Promise<JournalPage> {
  const seen = session.store.cursor(cursor);
  // Without a number the API would not say where it begins.
  const request = getJournalList({ lastLogId: seen ?? 0, logsTypes });
  const events: JournalLog[] = [];
  for await (const { value, mismatches } of pages(session.client, request)) {
    session.showMismatches(request, mismatches);
    events.push(...value);
    session.progress.step("events of the journal", events.length);
  }
  // It is not documented whether the cursor itself comes again, and in which order events come.
  const unseen = events.filter(({ logId }) => seen === undefined || logId > seen);
  unseen.sort((one, other) => one.logId - other.logId);
  return { events: unseen, last: unseen.at(-1)?.logId ?? seen };
}
