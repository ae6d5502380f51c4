/** Which calls are sent again after which faults, how often and after how long. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { TransportError } from "../src/errors.js";
import { callByName } from "../src/raw.js";
import { NO_RETRY, type Repeat } from "../src/retry.js";
import { type Answer, add, blocked, body, Fake, get, HOUR, inTime, MINUTE, OK, SECOND, set } from "./fake.js";

const API_ERROR = '{"status":"ERROR","error_code":"ERROR_STORAGE_ID","error_message":""}';

/** A fault, and how often it makes a read and a write be sent if it happens every time. */
const FAULTS: readonly [string, Answer, number, number][] = [
  ["no connection", "connect", 5, 5],
  ["no secure connection", "tls", 1, 1],
  ["no answer in time", "timeout", 5, 1],
  ["a broken connection", "closed", 5, 1],
  ["something strange", "other", 5, 1],
  ["a long reply", "tooLarge", 1, 1],
  ["a server error", [502, "<html>"], 5, 1],
  ["a server error that looks like a reply", [500, OK], 5, 1],
  ["an error of the API with a status", [500, API_ERROR], 1, 1],
  ["a status that is no server error", [404, OK], 1, 1],
  ["HTML", body("<html>"), 5, 1],
  ["nothing", body(""), 5, 1],
  ["null", body("null"), 5, 1],
  ["no status", body('{"orders":[]}'), 5, 1],
  ["an odd status", body('{"status":"MAYBE"}'), 5, 1],
  ["half a reply", body('{"status":"SUCCESS","orders":[{"order_id":1}'), 5, 1],
  ["an error of the API", body(API_ERROR), 1, 1],
  ["a reply", body(OK), 1, 1],
  ["a reply that mentions an error", body('{"status":"SUCCESS","state":"ERROR"}'), 1, 1],
];

for (const [name, answer, reads, writes] of FAULTS) {
  test(
    `what is sent again after ${name}`,
    inTime(async (time) => {
      const fakes = Array.from({ length: 4 }, () => new Fake(...Array.from({ length: 20 }, () => answer)));
      const [first, second, third, fourth] = fakes.map((fake, index) =>
        fake.client(`3-table-${name.replaceAll(" ", "-")}-${index.toString()}`),
      );
      assert.ok(first && second && third && fourth);
      const ends = await time.until(
        Promise.allSettled([
          first.call(get),
          second.call(add),
          callByName(third, { get: "read" }, "get", {}),
          callByName(fourth, { get: "read" }, "getUnknown", {}),
        ]),
      );
      assert.ok(ends.every((end) => (end.status === "fulfilled") === name.startsWith("a reply")));
      assert.deepEqual(
        fakes.map((fake) => fake.count),
        [reads, writes, reads, writes],
      );
    }),
  );
}

test(
  "a read that fails at first",
  inTime(async (time) => {
    const fake = new Fake("connect", [503, ""], () => blocked(60), body("<html>"));
    const start = performance.now();
    await time.until(fake.client("3-mixed").call(get));
    assert.equal(fake.count, 5);
    assert.ok(performance.now() - start < 75 * SECOND);
  }),
);

test(
  "a write that may have taken effect is not sent again, whatever happened before",
  inTime(async (time) => {
    const fake = new Fake("connect", () => blocked(60), "timeout");
    const error = await time.error(fake.client("3-write").call(add));
    assert.ok(error instanceof TransportError && error.isTimeout && !error.isWithoutEffect);
    assert.equal(fake.count, 3);
  }),
);

const REPEATED: readonly [Repeat, readonly number[]][] = [
  ["reads", [5, 1, 1, 1]],
  ["idempotent", [5, 5, 1, 1]],
  ["anything", [5, 5, 5, 5]],
];

for (const [repeat, expected] of REPEATED) {
  test(
    `writes are sent again when asked for ${repeat}`,
    inTime(async (time) => {
      const fakes = expected.map(() => new Fake(...Array.from({ length: 20 }, (): Answer => [502, ""])));
      const [first, second, third, fourth] = fakes.map((fake, index) =>
        fake.client(`3-repeat-${repeat}-${index.toString()}`, { retry: { repeat } }),
      );
      assert.ok(first && second && third && fourth);
      const calls = [first.call(get), second.call(set), third.call(add), callByName(fourth, {}, "setUnknown", {})];
      await time.until(Promise.allSettled(calls));
      assert.deepEqual(
        fakes.map((fake) => fake.count),
        expected,
      );
    }),
  );
}

test(
  "an attempt that may have had an effect is not forgotten",
  inTime(async (time) => {
    const offline = Array.from({ length: 20 }, (): Answer => "connect");
    for (const then of [offline, [() => blocked(500)]]) {
      const fake = new Fake("timeout", ...then);
      const retry = { deadlineMs: MINUTE, repeat: "idempotent" } as const;
      const error = await time.error(fake.client(`3-unclear-${then.length.toString()}`).call(set, { retry }));
      assert.ok(error instanceof TransportError && error.isUnclear && error.isTimeout);
      assert.ok(fake.count > 1);
    }
  }),
);

test(
  "the answer says what is wrong also after retries",
  inTime(async (time) => {
    const fake = new Fake(...Array.from({ length: 20 }, () => body("<html>x")));
    assert.match(String(await time.error(fake.client("3-html").call(get))), /it is HTML or XML instead of JSON/);
  }),
);

test(
  "delays grow and are random",
  inTime(async (time) => {
    const sums = [0, 0, 0];
    for (let round = 0; round < 200; round += 1) {
      const fake = new Fake("closed", "closed", "closed");
      await time.until(fake.client(`3-delay-${round.toString()}`).call(get));
      for (const index of sums.keys()) {
        const delay = (fake.times[index + 1] ?? Number.NaN) - (fake.times[index] ?? Number.NaN);
        // Timers tick in milliseconds.
        assert.ok(delay <= 500 * 2 ** index + 1, delay.toString());
        sums[index] = (sums[index] ?? 0) + delay;
      }
    }
    const means = sums.map((sum, index) => sum / 200 / (250 * 2 ** index));
    assert.ok(
      means.every((mean) => Math.abs(mean - 1) < 0.25),
      means.join(", "),
    );
  }),
);

test(
  "a policy of one's own",
  inTime(async (time) => {
    const fake = new Fake(...Array.from({ length: 20 }, (): Answer => "closed"));
    const client = fake.client("3-own");
    await time.error(client.call(get, { retry: { attempts: 2 } }));
    assert.equal(fake.count, 2);
    await time.error(client.call(get, { retry: NO_RETRY }));
    assert.equal(fake.count, 3);
  }),
);

test(
  "a deadline ends all attempts",
  inTime(async (time) => {
    const fake = Object.assign(new Fake(...Array.from({ length: 1000 }, (): Answer => "closed")), { back: SECOND });
    const start = performance.now();
    await time.error(fake.client("3-deadline", { retry: { attempts: 1000, deadlineMs: MINUTE } }).call(get));
    assert.ok(performance.now() - start <= 61 * SECOND);
    assert.ok(fake.count >= 3 && fake.count < 60, fake.count.toString());
  }),
);

test(
  "a call that is given up is not sent again",
  inTime(async (time) => {
    const fake = new Fake(...Array.from({ length: 20 }, (): Answer => "closed"));
    const retry = { firstDelayMs: HOUR, greatestDelayMs: HOUR, deadlineMs: 9 * HOUR };
    const stop = new AbortController();
    const call = fake.client("3-dropped", { retry }).call(get, { signal: stop.signal });
    await time.pass(10);
    const before = fake.count;
    stop.abort();
    await time.error(call);
    await time.pass(10 * HOUR);
    assert.equal(fake.count, before);
  }),
);

test(
  "no deadline at all",
  inTime(async (time) => {
    const fake = new Fake("closed", () => blocked(60));
    const retry = { deadlineMs: Infinity, greatestDelayMs: Infinity };
    await time.until(fake.client("3-never", { retry }).call(get));
    assert.equal(fake.count, 3);
  }),
);

test(
  "a transport that never answers, and hears no signal",
  inTime(async (time) => {
    let sent = 0;
    const transport = {
      send: (): Promise<never> => {
        sent += 1;
        return new Promise(() => undefined);
      },
    };
    const error = await time.error(new Fake().client("3-silent", { transport, timeoutMs: 5 * SECOND }).call(add));
    assert.ok(error instanceof TransportError && error.isTimeout);
    assert.match(error.message, /^add: no whole reply came within 5 s \(the call may have taken effect/);
    assert.equal(sent, 1);
  }),
);
