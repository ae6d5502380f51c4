/**
 * Connects a marketing system: orders become purchase events, their buyers become contacts with a tag for the place where
 * they bought. It polls the journal, and may be killed at any moment.
 */

import { JournalEventType, type JournalLog } from "baselinker-client";

import { listed, readFlags } from "../src/flags.js";
import { readJournal } from "../src/journal.js";
import { run } from "../src/session.js";
import { COMMON_FLAGS, settingsOf } from "../src/settings.js";
import { Finder } from "./address.js";
import { addPurchases, COUNTS, type MarketingSession } from "./purchases.js";

const FLAGS = {
  ...COMMON_FLAGS,
  "skip-shop-orders": {
    env: "MARKETING_SKIP_SHOP_ORDERS",
    help: "Leave out orders of connected online shops, which report their purchases themselves",
  },
  "masked-domains": {
    value: "DOMAIN,..",
    env: "MARKETING_MASKED_DOMAINS",
    usual: "allegromail.pl,allegromail.com,user.allegrogroup.pl",
    help: "Domains of addresses behind which a marketplace hides its buyers",
  },
} as const;

const TYPES = [
  JournalEventType.OrderCreated,
  JournalEventType.OrderConfirmed,
  JournalEventType.DeliveryEdited,
  JournalEventType.OrderEdited,
];

/** Orders that are worked on at once; as many as one call gives. */
const ORDERS_AT_ONCE = 100;

await run({
  name: "marketing",
  counts: COUNTS,
  schema: new URL("../../../rust/marketing/schema.sql", import.meta.url),
  start() {
    const { values } = readFlags(FLAGS);
    const masked = listed(values["masked-domains"]);
    return { settings: settingsOf(values), work: (session) => work(session, values["skip-shop-orders"], masked) };
  },
});

async function work(session: MarketingSession, skipShopOrders: boolean, masked: readonly string[]): Promise<void> {
  const { events } = await readJournal(session, "journal", TYPES);
  const finder = new Finder(session, masked);
  for (let done = 0; done < events.length; ) {
    const part = firstPart(events.slice(done));
    await addPurchases(session, part, skipShopOrders, finder);
    done += part.length;
    session.progress.step("events", done, events.length);
  }
}

/** The first events, as long as they have not more orders than are worked on at once. */
function firstPart(events: readonly JournalLog[]): readonly JournalLog[] {
  const orders = new Set<number>();
  const end = events.findIndex(({ orderId }) => orderId !== undefined && orders.add(orderId).size > ORDERS_AT_ONCE);
  return end < 0 ? events : events.slice(0, end);
}
