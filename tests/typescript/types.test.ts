/** What the compiler must take, and what it must refuse: each line under `@ts-expect-error` is an error, or this is one. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  callInBatches,
  type Client,
  createClient,
  deleteOrders,
  follow,
  getInventoryProductsList,
  getJournalList,
  getOrderStatusList,
  type GetOrdersReply,
  getOrders,
  type InventoryId,
  items,
  maxItems,
  type Order,
  type OrderId,
  type OrderSourceCode,
  pageSize,
  type Reply,
  setOrderFields,
} from "baselinker-client";

/** Never called: it is here to be compiled. */
export function compiled(client: Client, order: OrderId, inventory: InventoryId): void {
  getOrders({ orderId: 5 });
  getOrders({ orderId: order, idFrom: undefined });
  // @ts-expect-error another kind of identifier
  getOrders({ orderId: inventory });
  // @ts-expect-error a text is no number
  getOrders({ orderId: "5" });
  // @ts-expect-error a parameter that the API would ignore
  getOrders({ order_id: 5 });
  // @ts-expect-error a parameter that must be given
  setOrderFields({});
  const known: OrderSourceCode = "shop";
  const unknown: OrderSourceCode = "a new one";
  getOrders({ filterOrderSource: known });
  getOrders({ filterOrderSource: unknown });

  items(client, getOrders());
  items(client, getInventoryProductsList({ inventoryId: 1 }));
  // @ts-expect-error it has no pages
  items(client, getOrderStatusList());
  follow(client, getJournalList({ lastLogId: 0 }), { intervalMs: 1000 });
  // @ts-expect-error numbered pages cannot be followed
  follow(client, getInventoryProductsList({ inventoryId: 1 }), { intervalMs: 1000 });
  void callInBatches(client, deleteOrders({ orderIds: [1, 2] }));
  // @ts-expect-error it takes no list of items
  void callInBatches(client, getOrders());
  // @ts-expect-error it takes no list of items
  maxItems(getOrders);
  // @ts-expect-error it has no pages
  pageSize(getOrderStatusList);
}

/** The types of replies can be named. */
export function ordersOf({ value }: Reply<GetOrdersReply>): Order[] {
  return value.orders;
}

/** What a reply gives is typed to the last field. */
export async function read(client: Client): Promise<[number, string | undefined, OrderId | undefined]> {
  const { value } = await client.call(getOrders());
  const [order] = value.orders;
  // @ts-expect-error a payment may be missing
  const paid: string = order?.paymentDone;
  return [value.orders.length, paid, order?.orderId];
}

test("limits are known before any request", () => {
  assert.equal(maxItems(deleteOrders), 1000);
  assert.equal(pageSize(getOrders), 100);
  assert.equal(pageSize(getJournalList), undefined);
});

test("a client is made of a token", () => {
  assert.equal(typeof createClient({ token: "1-2-3" }).call, "function");
});
