/** A blocked token: nobody calls until the block is over, then one call goes first. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { CallOptions, Client } from "../src/client.js";
import { BlockedError } from "../src/errors.js";
import { exactWait } from "../src/hint.js";
import { NO_RETRY } from "../src/retry.js";
import { add, blocked, Fake, get, HOUR, inTime, MINUTE, SECOND } from "./fake.js";

/** Fails if a block of so many seconds took less time, or much more. */
function assertWaited(took: number, seconds: number): void {
  // The message has whole seconds, and a few are added at random.
  assert.ok(took >= (seconds - 1) * SECOND && took <= (seconds + 11) * SECOND, `${took.toString()} ms`);
}

/** Makes calls at the same time. */
function calls(client: Client, count: number, options?: CallOptions): Promise<unknown>[] {
  return Array.from({ length: count }, () => client.call(get, options));
}

function gap(times: readonly number[], index: number): number {
  return (times[index] ?? Number.NaN) - (times[index - 1] ?? Number.NaN);
}

test(
  "a block is waited out by reads and writes",
  inTime(async (time) => {
    const fake = new Fake(
      () => blocked(300),
      () => blocked(500),
    );
    await time.until(fake.client("2-waits").call(add));
    assertWaited(gap(fake.times, 1), 300);
    assertWaited(gap(fake.times, 2), 500);
    assert.deepEqual(fake.methods, ["add", "add", "add"]);
  }),
);

test(
  "a block holds all clients of the token, and a probe goes first",
  inTime(async (time) => {
    const fake = Object.assign(
      new Fake(
        () => blocked(120),
        () => blocked(60),
      ),
      { back: 5 * SECOND },
    );
    const tasks = calls(fake.client("2-all"), 1);
    await time.pass(6 * SECOND);
    tasks.push(...calls(fake.client("2-all"), 30));
    // Other tokens go on.
    const other = new Fake().client("2-other").call(get);
    await time.pass(0);
    await other;
    await time.until(Promise.all(tasks));
    assert.equal(fake.count, 33);
    // The first call, the probe that is refused, the probe that is not, and five seconds later all the others.
    assertWaited(gap(fake.times, 1), 120);
    assertWaited(gap(fake.times, 2), 60);
    const opened = (fake.times[2] ?? Number.NaN) + 5 * SECOND;
    assert.ok(fake.times.slice(3).every((at) => at === opened));
  }),
);

test(
  "a deadline that comes first is an error at once",
  inTime(async (time) => {
    const fake = new Fake(() => blocked(600));
    const client = fake.client("2-deadline", { retry: { deadlineMs: MINUTE } });
    const start = performance.now();
    for (let call = 0; call < 3; call += 1) {
      const error = await time.error(client.call(get));
      assert.ok(error instanceof BlockedError && !error.isTimeout && error.isWithoutEffect);
      assert.ok(error.until !== undefined && error.message.includes(`send it again after ${error.until}`));
      assertWaited(error.retryAfterMs, 600);
    }
    assert.equal(performance.now(), start);
    assert.equal(fake.count, 1);
    await time.until(client.call(get, { retry: { deadlineMs: 15 * MINUTE } }));
    assertWaited(performance.now() - start, 600);
  }),
);

test(
  "those who wait for their turn are told",
  inTime(async (time) => {
    const fake = Object.assign(new Fake(() => blocked(600)), { back: 3 * SECOND });
    const client = fake.client("2-queue", { callsPerMinute: 1, retry: { deadlineMs: 5 * MINUTE } });
    const start = performance.now();
    const errors = await time.until(Promise.allSettled(calls(client, 5)));
    assert.ok(errors.every((end) => end.status === "rejected" && end.reason instanceof BlockedError));
    assert.equal(performance.now() - start, 3 * SECOND);
    assert.equal(fake.count, 1);
  }),
);

test(
  "who does not wait out blocks fails at once",
  inTime(async (time) => {
    const fake = new Fake(() => blocked(600));
    const client = fake.client("2-none", { retry: NO_RETRY });
    for (let call = 0; call < 3; call += 1) {
      assert.ok((await time.error(client.call(get))) instanceof BlockedError);
    }
    assert.equal(fake.count, 1);
    await time.pass(612 * SECOND);
    await time.until(client.call(get));
  }),
);

test(
  "a probe that is given up, or gets no answer, leaves it to the next call",
  inTime(async (time) => {
    const fake = Object.assign(new Fake(() => blocked(10), "closed"), { back: 100 * SECOND });
    const client = fake.client("2-probe", { timeoutMs: HOUR });
    await time.error(client.call(get, { retry: NO_RETRY }));
    await time.pass(20 * SECOND);
    const stop = new AbortController();
    const probe = client.call(get, { signal: stop.signal });
    await time.pass(SECOND);
    const others = calls(client, 3);
    await time.pass(SECOND);
    assert.equal(fake.count, 2);
    stop.abort();
    await time.error(probe);
    await time.pass(SECOND);
    assert.equal(fake.count, 3);
    await time.until(Promise.all(others));
    assert.equal(fake.count, 5);
  }),
);

test(
  "a block that should be over is not asked about again and again",
  inTime(async (time) => {
    const fake = new Fake(...Array.from({ length: 10 }, () => () => blocked(-30)));
    const start = performance.now();
    await time.until(fake.client("2-past").call(get, { retry: { deadlineMs: HOUR } }));
    assert.equal(fake.count, 11);
    // 1 + 2 + 4 .. + 512, and a little more.
    const took = (performance.now() - start) / SECOND;
    assert.ok(took >= 1023 && took < 1150, took.toString());
  }),
);

test(
  "a limit set wrongly loses nothing",
  inTime(async (time) => {
    const fake = Object.assign(new Fake(), { limit: 100 });
    const client = fake.client("2-wrong", { callsPerMinute: 130 });
    await time.until(Promise.all(calls(client, 500, { retry: { deadlineMs: 24 * HOUR } })));
    // Whatever was under way when a block began, and nothing during one.
    assert.equal(fake.count - fake.refused, 500);
    assert.ok(fake.refused <= 30 * 4, fake.refused.toString());
  }),
);

/** The time of the message, how far the API is ahead of UTC, how many waits were too short, and the wait in seconds. */
const WAITS: readonly [string | undefined, number | undefined, number, number][] = [
  ["2026-04-20 12:30:05", undefined, 0, 300],
  ["2026-04-20 13:30:05", undefined, 0, 300],
  ["2026-04-20 14:30:05", undefined, 3, 300],
  ["2026-04-20 14:30:05", 120, 0, 300],
  ["2026-04-20 14:30:05", 60, 0, 600],
  ["2026-04-20 12:30:05", 120, 0, 1],
  ["2026-04-20 12:25:00", undefined, 0, 1],
  ["2026-04-20 12:25:00", undefined, 4, 16],
  ["2026-04-20 12:25:00", undefined, 99, 600],
  ["2026-04-20 12:45:00", undefined, 0, 600],
  [undefined, undefined, 0, 600],
];

test("how long a block is waited for", () => {
  const now = Date.parse("2026-04-20T12:25:05Z");
  for (const [until, utcOffsetMinutes, refused, expected] of WAITS) {
    const wait = exactWait({ utcOffsetMinutes, longest: 10 * MINUTE }, until, now, refused);
    assert.equal(wait / SECOND, expected, `${String(until)} ${String(utcOffsetMinutes)} ${refused.toString()}`);
  }
});
