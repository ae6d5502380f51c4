/** No minute has more calls than allowed, as the API counts them; and hardly fewer, if there are enough. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Client } from "../src/client.js";
import { RefusedError } from "../src/errors.js";
import { Fake, get, HOUR, inTime, MINUTE, SECOND, type Time } from "./fake.js";

const patient = { retry: { deadlineMs: 24 * HOUR } };

/** Makes calls from many tasks at once; how long it took. */
async function run(time: Time, clients: readonly Client[], calls: number): Promise<number> {
  const start = performance.now();
  const task = async (client: Client): Promise<void> => {
    for (let call = 0; call < 10; call += 1) {
      await client.call(get, patient);
    }
  };
  const each = Math.floor(calls / clients.length / 10);
  const tasks = clients.flatMap((client) => Array.from({ length: each }, () => task(client)));
  await time.until(Promise.all(tasks));
  return performance.now() - start;
}

for (const [there, back] of [
  [0, 1],
  [50, 250],
  [300, 0],
  [0, 450],
] as const) {
  test(
    `a thousand calls at the rate that is allowed, ${there.toString()} ms there and ${back.toString()} ms back`,
    inTime(async (time) => {
      const fake = Object.assign(new Fake(), { there, back });
      const took = await run(time, [fake.client(`1-rate-${there.toString()}-${back.toString()}`)], 1000);
      assert.equal(fake.count, 1000);
      assert.equal(fake.busiestMinute, 100);
      // The first hundred go at once, and the tenth hundred nine minutes later.
      assert.ok(took >= 9 * MINUTE && took < (9 * MINUTE) / 0.99, took.toString());
    }),
  );
}

test(
  "a network that gets faster does not squeeze calls together",
  inTime(async (time) => {
    const fake = Object.assign(new Fake(), { there: 20 * SECOND });
    const client = fake.client("1-squeeze");
    await run(time, [client], 100);
    fake.there = 0;
    await run(time, [client], 200);
    assert.equal(fake.count, 300);
    assert.equal(fake.busiestMinute, 100);
  }),
);

test(
  "clients of a token share its limit, and tokens do not hold each other up",
  inTime(async (time) => {
    const fake = new Fake();
    const took = await run(
      time,
      Array.from({ length: 8 }, () => fake.client("1-shared")),
      800,
    );
    assert.equal(fake.busiestMinute, 100);
    assert.ok(took < (7 * MINUTE) / 0.99, took.toString());
    const others = ["1-one", "1-two", "1-three"].map((token) => fake.client(token));
    assert.ok((await run(time, others, 300)) < SECOND);
  }),
);

test(
  "limits up and down",
  inTime(async (time) => {
    for (const callsPerMinute of [1, 37, 250]) {
      const fake = new Fake();
      const client = fake.client("1-up", { callsPerMinute });
      // What was sent under the limit before still counts.
      await time.pass(2 * MINUTE);
      await run(time, [client], 300);
      assert.equal(fake.busiestMinute, callsPerMinute);
    }
    assert.throws(() => new Fake().client("1-none", { callsPerMinute: 0 }), {
      message: "cannot make a client: no call a minute is too few",
    });
  }),
);

test(
  "who waits longest goes first",
  inTime(async (time) => {
    const client = new Fake().client("1-fair", { callsPerMinute: 1 });
    const order: number[] = [];
    const calls = Array.from({ length: 20 }, async (_, number) => {
      await client.call(get, patient);
      order.push(number);
    });
    await time.until(Promise.all(calls));
    assert.deepEqual(
      order,
      Array.from({ length: 20 }, (_, number) => number),
    );
  }),
);

test(
  "a call that is given up while it waits gives its place in the queue back",
  inTime(async (time) => {
    const fake = new Fake();
    const client = fake.client("1-dropped", { callsPerMinute: 1 });
    await time.until(client.call(get));
    const start = performance.now();
    const stop = new AbortController();
    const givenUp = Array.from({ length: 5 }, () => client.call(get, { signal: stop.signal }));
    await time.pass(SECOND);
    const kept = client.call(get);
    await time.pass(SECOND);
    stop.abort(new Error("enough"));
    const ends = await time.until(Promise.allSettled(givenUp));
    assert.ok(ends.every((end) => end.status === "rejected" && end.reason === stop.signal.reason));
    await time.until(kept);
    assert.ok(performance.now() - start < MINUTE + SECOND);
    assert.equal(fake.count, 2);
  }),
);

test(
  "a call that was not sent gives its place back",
  inTime(async (time) => {
    const start = performance.now();
    await time.until(new Fake("connect").client("1-unsent", { callsPerMinute: 1 }).call(get));
    assert.ok(performance.now() - start < SECOND);
  }),
);

test(
  "a turn that comes too late",
  inTime(async (time) => {
    const fake = new Fake();
    const client = fake.client("1-late", { callsPerMinute: 1, retry: { deadlineMs: 30 * SECOND } });
    await time.until(client.call(get));
    const start = performance.now();
    const error = await time.error(client.call(get));
    assert.equal(performance.now() - start, 30 * SECOND);
    assert.ok(error instanceof RefusedError && error.why === "late" && error.isTimeout && error.isWithoutEffect);
    const text = "get: not sent, because its turn did not come within 30 s; make fewer calls at once, or raise ";
    assert.equal(error.message, `${text}\`retry.deadlineMs\``);
    assert.equal(fake.count, 1);
  }),
);
