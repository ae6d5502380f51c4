/** Events of the journal become purchases and contacts; the mapping. Several events of an order cost one read. */

import { JournalEventType, type JournalLog, type Order, type OrderId, OrderSourceCode } from "baselinker-client";

import { total } from "../src/decimal.js";
import { readOrders } from "../src/orders.js";
import type { Session } from "../src/session.js";
import type { Store } from "../src/store.js";
import type { Finder } from "./address.js";

/** What a run does, in the order of the summary. */
export const COUNTS = [
  "events new",
  "events changed",
  "contacts new",
  "contacts changed",
  "tags added",
  "orders skipped",
  "orders without e-mail",
  "orders gone",
] as const;

/** A run of this program. */
export type MarketingSession = Session<(typeof COUNTS)[number]>;

const UPSERT_CONTACT = `
  INSERT INTO contacts VALUES (:email, :name, :company, :phone, :address, :post_code, :city, :country_code)
  ON CONFLICT DO UPDATE SET (name, company, phone, address, post_code, city, country_code)
    = (:name, :company, :phone, :address, :post_code, :city, :country_code)
  WHERE (name, company, phone, address, post_code, city, country_code)
    IS NOT (:name, :company, :phone, :address, :post_code, :city, :country_code)`;

/** An order has one purchase. A later event finds it, and brings it up to date: an order may be created without products. */
const UPSERT_EVENT = `
  INSERT INTO events VALUES
    (:log_id, :order_id, 'PURCHASE', :email, :phone, :date, :value, :currency, :products, :source)
  ON CONFLICT (order_id) DO UPDATE SET (email, phone, date, value, currency, products, source)
    = (:email, :phone, :date, :value, :currency, :products, :source)
  WHERE (email, phone, date, value, currency, products, source)
    IS NOT (:email, :phone, :date, :value, :currency, :products, :source)`;

/** An order with what its events ask for. */
interface Wanted {
  readonly order: Order;
  readonly email: string | undefined;
  /** The event of its purchase, if it is one. */
  readonly purchase: number | undefined;
}

/** Works on a part of the journal, and stores with the result how far it was read. */
export async function addPurchases(
  session: MarketingSession,
  events: readonly JournalLog[],
  skipShopOrders: boolean,
  finder: Finder,
): Promise<void> {
  const purchases = firstPurchases(events);
  const orders = new Set(events.flatMap(({ orderId }) => orderId ?? []));
  const found = await readOrders(session, orders);
  session.summary.add("orders gone", orders.size - found.length);
  const work: Wanted[] = [];
  for (const order of found) {
    if (skipShopOrders && order.orderSource === OrderSourceCode.Shop) {
      session.summary.add("orders skipped", 1);
      continue;
    }
    const email = await finder.find(order);
    session.summary.add("orders without e-mail", email === undefined ? 1 : 0);
    work.push({ order, email, purchase: purchases.get(order.orderId) });
  }
  const done = session.store.change(() => {
    const last = events.at(-1);
    if (last !== undefined) {
      session.store.setCursor("journal", last.logId);
    }
    return write(session.store, work);
  });
  for (const [name, count] of done) {
    session.summary.add(name, count);
  }
}

/** The first event of each order that tells of a purchase. */
function firstPurchases(events: readonly JournalLog[]): Map<OrderId, number> {
  const purchases = new Map<OrderId, number>();
  for (const { logId, logType, orderId } of events) {
    const isPurchase = logType === JournalEventType.OrderCreated || logType === JournalEventType.OrderConfirmed;
    if (isPurchase && orderId !== undefined && !purchases.has(orderId)) {
      purchases.set(orderId, logId);
    }
  }
  return purchases;
}

function write(store: Store, work: readonly Wanted[]) {
  const contacts = () => store.count("SELECT count(*) FROM contacts");
  const events = () => store.count("SELECT count(*) FROM events");
  const before = { contacts: contacts(), events: events() };
  const written = { contacts: 0, events: 0, tags: 0 };
  for (const { order, email, purchase } of work) {
    if (email !== undefined) {
      written.contacts += writeContact(store, email, order);
      written.tags += writeTag(store, email, order);
    }
    if (purchase !== undefined) {
      written.events += writeEvent(store, purchase, email, order);
    }
  }
  const added = { contacts: contacts() - before.contacts, events: events() - before.events };
  return [
    ["events new", added.events],
    ["events changed", written.events - added.events],
    ["contacts new", added.contacts],
    ["contacts changed", written.contacts - added.contacts],
    ["tags added", written.tags],
  ] as const;
}

function writeContact(store: Store, email: string, order: Order): number {
  // Who pays is the contact; the parcel may go to somebody else.
  const first = (...texts: (string | undefined)[]) => texts.find((text) => text) ?? "";
  return store.run(UPSERT_CONTACT, {
    email,
    name: first(order.invoiceFullname, order.deliveryFullname),
    company: first(order.invoiceCompany, order.deliveryCompany),
    phone: first(order.phone),
    address: first(order.invoiceAddress, order.deliveryAddress),
    post_code: first(order.invoicePostcode, order.deliveryPostcode),
    city: first(order.invoiceCity, order.deliveryCity),
    country_code: first(order.invoiceCountryCode, order.deliveryCountryCode),
  });
}

function writeTag(store: Store, email: string, order: Order): number {
  if (order.orderSource === undefined) {
    return 0;
  }
  const tag = `BASELINKER_${order.orderSource.toUpperCase()}`;
  return store.run("INSERT INTO contact_tags VALUES (?, ?) ON CONFLICT DO NOTHING", [email, tag]);
}

function writeEvent(store: Store, logId: number, email: string | undefined, order: Order): number {
  return store.run(UPSERT_EVENT, {
    log_id: logId,
    order_id: order.orderId,
    email: email ?? "",
    phone: order.phone ?? "",
    date: order.dateConfirmed ?? order.dateAdd ?? null,
    value: total(order.products.map((line) => [line.priceBrutto ?? "0", line.quantity ?? 0])),
    currency: order.currency ?? "",
    products: order.products.map(({ sku, productId }) => ((sku ?? "") === "" ? (productId ?? "") : sku)).join(","),
    source: order.orderSource ?? "",
  });
}
