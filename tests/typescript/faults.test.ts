/** Hundreds of calls through every fault of the mock: reads come whole, and writes are done once at most. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  ApiError,
  addOrder,
  BaseLinkerError,
  type Client,
  createClient,
  getInventoryProductsList,
  getOrders,
  items,
  type Observer,
  RefusedError,
  type Reply,
  type Request,
  SlidingWindow,
} from "baselinker-client";

import { withMock } from "./mock.js";

/** What goes wrong, and how often. Quirks have a test of their own, since they write the digits of a number otherwise. */
const FAULTS =
  "html=0.03 502=0.03 503=0.02 error=ERROR_STORAGE_ID=0.03 drop=0.03 empty=0.03 null=0.03 no-status=0.03 truncated=0.03 cut-json=0.03 slow=1=0.02 drop-after-write=0.05";

const SHOP = ["--limit", "0", "--seed", "20260420", "--orders", "150", "--products", "50"];
const CALLERS = 4;
const ROUNDS = 40;

/** What a caller was told of a write. */
type Told = "done" | "refused" | "unclear";

const readOrders = getOrders({ idFrom: 1 });
const readProducts = getInventoryProductsList({ inventoryId: 307 });

test("through every fault reads come whole, and writes are done once at most", async () => {
  const options = [...SHOP, ...FAULTS.split(" ").flatMap((odds) => ["--fault", odds])];
  await withMock(options, async (endpoint) => {
    const sent = new Map<string, number>();
    const observer: Observer = {
      sending: ({ method }) => {
        sent.set(method, (sent.get(method) ?? 0) + 1);
      },
    };
    const client = createClient({
      token: "1-2-3",
      endpoint,
      rateLimiter: new SlidingWindow(1e6),
      retry: { firstDelayMs: 1, attempts: 30 },
      observers: [observer],
    });
    const orders = await read(client, readOrders);
    const products = await read(client, readProducts);
    assert.equal(orders.value.orders.length, 100);
    assert.equal(Object.keys(products.value.products).length, 50);

    const told = new Map<string, Told>();
    const caller = async (name: number): Promise<void> => {
      for (let round = 0; round < ROUNDS; round += 1) {
        assert.deepEqual(await read(client, readOrders), orders);
        assert.deepEqual(await read(client, readProducts), products);
        const mark = `caller ${name.toString()} round ${round.toString()}`;
        told.set(mark, await write(client, mark));
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, (_, name) => caller(name)));

    assert.equal(sent.get("addOrder"), CALLERS * ROUNDS, "every write is sent, and none is sent twice");
    const done = await written(client);
    for (const [mark, what] of told) {
      const times = done.get(mark) ?? 0;
      assert.ok(times === 1 || (times === 0 && what !== "done"), `${mark} was done ${times.toString()} times`);
      assert.ok(times === 0 || what !== "refused", `${mark} was refused, and done`);
    }
    const outcomes = new Set(told.values());
    assert.ok(outcomes.has("done") && outcomes.has("unclear"), [...outcomes].join(", "));
  });
});

/** Reads as often as it takes: an error of the API is sent again by nobody else. */
async function read<T>(client: Client, request: Request<T>): Promise<Reply<T>> {
  for (;;) {
    try {
      return await client.call(request);
    } catch (error) {
      assert.ok(error instanceof ApiError && error.code === "ERROR_STORAGE_ID", String(error));
    }
  }
}

async function write(client: Client, adminComments: string): Promise<Told> {
  const made = { orderStatusId: 6624, dateAdd: 1_776_000_000, currency: "PLN", products: [], adminComments };
  try {
    await client.call(addOrder(made));
    return "done";
  } catch (error) {
    assert.ok(error instanceof BaseLinkerError, String(error));
    return error instanceof ApiError || error instanceof RefusedError ? "refused" : "unclear";
  }
}

/** How often each write was done, by its mark. */
async function written(client: Client): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const all = items(client, getOrders({ idFrom: 1, getUnconfirmedOrders: true }));
  for (;;) {
    try {
      const { done, value } = await all.next();
      if (done === true) {
        return found;
      }
      const mark = value.adminComments ?? "";
      found.set(mark, (found.get(mark) ?? 0) + 1);
    } catch (error) {
      assert.ok(error instanceof ApiError && error.code === "ERROR_STORAGE_ID", String(error));
    }
  }
}
