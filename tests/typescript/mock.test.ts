/** The package against the mock: all methods at every quirk level, faults, the limit, and the pages of a shop. */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  ApiError,
  type ClientSettings,
  createClient,
  getOrders,
  items,
  type Observer,
  SlidingWindow,
} from "baselinker-client";

import { EXAMPLES } from "./examples.js";
import { withMock } from "./mock.js";

const quick = { rateLimiter: new SlidingWindow(1e6), retry: { firstDelayMs: 1, attempts: 20 } };

function client(endpoint: string, settings: Partial<ClientSettings> = {}): ReturnType<typeof createClient> {
  return createClient({ token: "1-2-3", endpoint, ...quick, ...settings });
}

for (const level of ["0", "1", "2", "3"]) {
  test(`all methods at quirk level ${level}`, async () => {
    await withMock(["--limit", "0", "--strict", "--quirks", level], async (endpoint) => {
      let read = 0;
      for (const [name, request] of Object.entries(EXAMPLES)) {
        try {
          const { mismatches } = await client(endpoint).call(request);
          assert.deepEqual(mismatches, [], name);
          read += 1;
        } catch (error) {
          // The shop of the mock has not all that the examples name.
          assert.ok(error instanceof ApiError && error.code.startsWith("ERROR_MOCK_"), `${name}: ${String(error)}`);
        }
      }
      assert.ok(read > 100, `only ${read.toString()} methods were read`);
    });
  });
}

test("all orders of a shop come once, whatever the network does", async () => {
  const faults = ["502=0.1", "drop=0.05", "cut-json=0.05"].flatMap((odds) => ["--fault", odds]);
  const shop = ["--limit", "0", "--orders", "1234", "--orders-per-second", "7", "--quirks", "2"];
  await withMock([...shop, ...faults], async (endpoint) => {
    let retries = 0;
    const observer: Observer = {
      retrying: () => {
        retries += 1;
      },
    };
    const seen = new Set<number>();
    for await (const order of items(client(endpoint, { observers: [observer] }), getOrders())) {
      assert.ok(!seen.has(order.orderId), order.orderId.toString());
      seen.add(order.orderId);
    }
    assert.equal(seen.size, 1234);
    assert.ok(retries > 0);
  });
});

test("the limit is not crossed, as the mock counts", async () => {
  // A minute of the mock is a fifth of a second here.
  await withMock(["--limit", "100", "--speed", "300"], async (endpoint) => {
    let blocks = 0;
    const observer: Observer = {
      blocked: () => {
        blocks += 1;
      },
    };
    const settings = { rateLimiter: new SlidingWindow(100, 60_000 / 300), observers: [observer] };
    const one = client(endpoint, settings);
    await Promise.all(Array.from({ length: 500 }, () => one.call(getOrders())));
    assert.equal(blocks, 0);
  });
});
