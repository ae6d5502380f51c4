/**
 * Statuses and payments go both ways. Each order remembers on what both sides agreed last, so that it shows which side changed;
 * if both did, BaseLinker wins.
 */

import { JournalEventType, type Order, type OrderId, setOrderPayment, setOrderStatuses } from "baselinker-client";

import { plain } from "../src/decimal.js";
import { readJournal } from "../src/journal.js";
import { again } from "../src/once.js";
import { readOrders } from "../src/orders.js";
import type { Store } from "../src/store.js";
import type { ShopSession, StatusPair } from "./args.js";
import { exact } from "./orders.js";

/** Takes over what changed in BaseLinker. */
export async function takeChanges(session: ShopSession, statuses: readonly StatusPair[]): Promise<void> {
  const { store, summary } = session;
  const types = [JournalEventType.OrderPaid, JournalEventType.StatusChanged];
  const { events, last } = await readJournal(session, "journal", types);
  const rows = store.rows<{ order_id: number }>("SELECT order_id FROM orders WHERE order_id IS NOT NULL");
  const ours = new Set(rows.map((row) => row.order_id));
  const changed = events.flatMap(({ orderId }) => (orderId !== undefined && ours.has(orderId) ? orderId : []));
  const orders = await readOrders(session, changed);
  const taken = store.change(() => {
    if (last !== undefined) {
      store.setCursor("journal", last);
    }
    const counts = { statuses: 0, payments: 0 };
    for (const order of orders) {
      counts.statuses += takeStatus(store, order, statuses);
      counts.payments += takePayment(store, order);
    }
    return counts;
  });
  summary.add("statuses taken", taken.statuses);
  summary.add("payments taken", taken.payments);
}

function takeStatus(store: Store, { orderId, orderStatusId }: Order, statuses: readonly StatusPair[]): number {
  const name = statuses.find(({ id }) => id === orderStatusId)?.name;
  const sql =
    "UPDATE orders SET (status, synced_status) = (:name, :name) WHERE order_id = :id AND synced_status != :name";
  return name === undefined ? 0 : store.run(sql, { name, id: orderId });
}

function takePayment(store: Store, { orderId, paymentDone }: Order): number {
  const sql = "UPDATE orders SET (paid, synced_paid) = (:paid, :paid) WHERE order_id = :id AND synced_paid != :paid";
  return paymentDone === undefined ? 0 : store.run(sql, { paid: plain(paymentDone), id: orderId });
}

/** Sends what changed in the shop. */
export async function sendChanges(session: ShopSession, statuses: readonly StatusPair[]): Promise<void> {
  await sendStatuses(session, statuses);
  await sendPayments(session);
}

/** Orders that go to the same status go in one call. */
async function sendStatuses(session: ShopSession, statuses: readonly StatusPair[]): Promise<void> {
  const { store, summary } = session;
  const sql = `SELECT order_id, status FROM orders
    WHERE order_id IS NOT NULL AND status != synced_status ORDER BY status, order_id`;
  const byStatus = new Map<string, OrderId[]>();
  for (const { order_id, status } of store.rows<{ order_id: number; status: string }>(sql)) {
    byStatus.set(status, [...(byStatus.get(status) ?? []), order_id]);
  }
  for (const [name, orderIds] of byStatus) {
    const statusId = statuses.find((known) => known.name === name)?.id;
    if (statusId === undefined) {
      summary.problem(`no status of BaseLinker is \`${name}\`; add one to --status`);
      continue;
    }
    if (!session.dryRun) {
      await again(session.client, setOrderStatuses({ orderIds, statusId }));
      store.change(() => {
        for (const id of orderIds) {
          store.run("UPDATE orders SET synced_status = ? WHERE order_id = ?", [name, id]);
        }
      });
    }
    summary.add("statuses sent", orderIds.length);
  }
}

async function sendPayments(session: ShopSession): Promise<void> {
  const { store, client, summary } = session;
  const sql = `SELECT order_id, paid, coalesce(paid_at, date) AS at FROM orders
    WHERE order_id IS NOT NULL AND paid != synced_paid ORDER BY 1`;
  for (const { order_id: orderId, paid, at } of store.rows<{ order_id: number; paid: string; at: number }>(sql)) {
    try {
      const paymentDone = exact(paid);
      if (!session.dryRun) {
        await again(client, setOrderPayment({ orderId, paymentDone, paymentDate: at, paymentComment: "" }));
        const done = "UPDATE orders SET (paid, synced_paid) = (:paid, :paid) WHERE order_id = :id";
        store.run(done, { paid: paymentDone, id: orderId });
      }
      summary.add("payments sent", 1);
    } catch (error) {
      session.refused(`payment of order ${orderId.toString()}`, error);
    }
  }
}
