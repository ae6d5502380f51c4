/** Hooks see all that happens to a call, and no secret. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { CallInfo, Observer } from "../src/observer.js";
import { callByName } from "../src/raw.js";
import { NO_RETRY } from "../src/retry.js";
import { add, blocked, body, Fake, get, inTime, MINUTE, SECOND } from "./fake.js";

const TOKEN = "5-TOP-S3CR3T";

/** Writes down what it is told. */
function notes(): { lines: string[]; observer: Observer } {
  const lines: string[] = [];
  const note = (what: string, { method, access, attempt }: CallInfo): void => {
    lines.push(`${what} ${method} ${access} ${attempt.toString()}`);
  };
  const observer: Observer = {
    beforeCall: (call) => {
      note("before", call);
    },
    waiting: (call) => {
      note("waiting", call);
    },
    blocked: (call, { retryAfterMs }) => {
      note(`blocked ${Math.round(retryAfterMs / MINUTE).toString()}m`, call);
    },
    sending: (call) => {
      note("sending", call);
    },
    retrying: (call, error) => {
      note(`retrying (${error.message})`, call);
    },
    afterCall: (call, { outcome, error, tookMs, waitedMs }) => {
      assert.ok(waitedMs <= tookMs);
      const why = error === undefined ? "" : ` (${error.message})`;
      note(`after ${Math.round(waitedMs / MINUTE).toString()}m ${outcome}${why}`, call);
    },
  };
  return { lines, observer };
}

test(
  "everything is told",
  inTime(async (time) => {
    const fake = new Fake(body(`${TOKEN} is not JSON`), () => blocked(300));
    const [first, second] = [notes(), notes()];
    const client = fake.client(TOKEN, { callsPerMinute: 2, observers: [first.observer, second.observer] });

    await time.until(client.call(get));
    const expected = [
      "before get read 0",
      "sending get read 1",
      "retrying (get: cannot decode the reply: it is not an object with a status (byte 0, near " +
        '"************ is not JSON") (the call may have taken effect)) get read 1',
      "sending get read 2",
      "blocked 5m get read 2",
      "sending get read 3",
      "after 5m answered get read 3",
    ];
    assert.deepEqual(first.lines.splice(0), expected);
    assert.deepEqual(second.lines.splice(0), expected);

    await time.until(callByName(client, {}, "send", { password: "x" }));
    const sent = ["before send write 0", "sending send write 1", "after 0m answered send write 1"];
    assert.deepEqual(first.lines.splice(0), sent);

    await time.until(client.call(add));
    assert.deepEqual(first.lines, [
      "before add write 0",
      "waiting add write 0",
      "sending add write 1",
      "after 1m answered add write 1",
    ]);
  }),
);

test(
  "calls that fail or are given up are told",
  inTime(async (time) => {
    const fake = Object.assign(new Fake("closed"), { back: 9 * SECOND });
    const { lines, observer } = notes();
    const client = fake.client("5-failed", { retry: NO_RETRY, observers: [observer] });
    await time.error(client.call(get));
    const failed = "get: it failed (the call may have taken effect; look before sending a write again)";
    assert.deepEqual(lines.splice(0), [
      "before get read 0",
      "sending get read 1",
      `after 0m failed (${failed}) get read 1`,
    ]);

    const stop = new AbortController();
    const call = client.call(get, { signal: stop.signal });
    await time.pass(SECOND);
    stop.abort();
    await time.error(call);
    assert.deepEqual(lines.splice(0), ["before get read 0", "sending get read 1", "after 0m aborted get read 1"]);

    await time.error(client.call(get, { signal: AbortSignal.abort() }));
    assert.deepEqual(lines, []);
  }),
);

test(
  "what a hook throws does not touch the call",
  inTime(async (time) => {
    const thrown: unknown[] = [];
    const listener = (reason: unknown): void => {
      thrown.push(reason);
    };
    // The test runner listens too, and would take it for a failure.
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", listener);
    const full = new Error("the log is full");
    const observer: Observer = {
      afterCall: () => {
        throw full;
      },
    };
    await time.until(new Fake().client("5-throws", { observers: [observer] }).call(add));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", listener);
    for (const other of others) {
      process.on("unhandledRejection", other);
    }
    assert.deepEqual(thrown, [full]);
  }),
);
