/** Following a method for ever: what a server answers, what comes out, which calls were made, and when. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { DecodeError } from "../src/errors.js";
import { type Follow, follow } from "../src/follow.js";
import { inTime, MINUTE, SECOND, type Time } from "./fake.js";
import { byId, type Listed, Server } from "./listing.js";

/** What is followed, the answers as JSON lists, what is read up to the last one, and the cursor and second of each call. */
const CASES: readonly [string, 0 | 1, string[], string, string][] = [
  ["everything, then what is new", 0, ["[1,2]", "[]", "[3]"], "1 2 3", "0@0 2@0 2@60"],
  ["pages until nothing is new", 0, ["[1,2]", "[3]", "[4]", "[]", "[5]"], "1 2 3 4 5", "0@0 2@0 3@0 4@0 4@60"],
  ["the event at the cursor comes again", 0, ["[1,2]", "[2]", "[2]", "[2,3]"], "1 2 3", "0@0 2@0 2@60 2@120"],
  ["nothing for a long time", 0, ["[]", "[]", '""', "[7]"], "7", "0@0 0@60 0@120 0@180"],
  ["a page in any order comes in order", 0, ["[9,4]", "[11]"], "4 9 11", "0@0 9@0"],
  ["an error waits too, and ends nothing", 0, ["[1]", "no JSON", "[]", "[2]"], "1 ! 2", "0@0 1@0 1@60 1@120"],
  ["an error that lasts", 0, ["no JSON", "no JSON", "[1]"], "! ! 1", "0@0 0@60 0@120"],
  ["a short page waits", 1, ["[1,2]", "[3]", "[4]"], "1 2 3 4", "1@0 3@0 4@60"],
  ["an empty page waits", 1, ["[1,2]", "[]", "[3]"], "1 2 3", "1@0 3@0 3@60"],
  ["the same page again waits", 1, ["[1,2]", "[1,2]", "[3]"], "1 2 ! 3", "1@0 3@0 3@60"],
];

for (const [name, start, lists, expected, calls] of CASES) {
  test(
    `following: ${name}`,
    inTime(async (time) => {
      const server = new Server(...lists);
      const all = follow(server.client, byId(start), { intervalMs: MINUTE });
      const found: string[] = [];
      while (found.length < expected.split(" ").length) {
        found.push(
          await time.until(
            all.next().then(
              ({ value }) => value?.toString() ?? "end",
              () => "!",
            ),
          ),
        );
      }
      assert.equal(found.join(" "), expected);
      assert.equal(server.cursorsAndTimes, calls);
    }),
  );
}

/** The next item, however long it takes. */
async function next(time: Time, all: Follow<Listed, number>): Promise<number | undefined> {
  return (await time.until(all.next())).value;
}

test(
  "no page is fetched before it is wanted, and work counts as waiting",
  inTime(async (time) => {
    const server = new Server("[1,2]", "[]", "[3]");
    const all = follow(server.client, byId(0), { intervalMs: MINUTE });
    assert.equal(server.cursors, "");
    for (const expected of [1, 2]) {
      assert.equal(await next(time, all), expected);
      await time.pass(10 * MINUTE);
    }
    assert.equal(server.cursors, "0");
    const stop = new AbortController();
    const third = all.next({ signal: stop.signal });
    await time.pass(MINUTE / 2);
    stop.abort(new Error("enough"));
    await assert.rejects(third, new Error("enough"));
    await time.pass(MINUTE);
    assert.equal(await next(time, all), 3);
    // The minute began with the empty answer, and was over before the item was wanted again.
    assert.equal(server.cursorsAndTimes, "0@0 2@1200 2@1260");
  }),
);

test(
  "work behind the last page counts as waiting",
  inTime(async (time) => {
    const server = new Server("[1,2]", "[3]", "[4]");
    const all = follow(server.client, byId(1), { intervalMs: MINUTE });
    for (const expected of [1, 2, 3]) {
      assert.equal(await next(time, all), expected);
      await time.pass(MINUTE / 2);
    }
    assert.equal(await next(time, all), 4);
    // The short page came at one minute, and half of the wait behind it was work.
    assert.equal(server.cursorsAndTimes, "1@0 3@60 4@120");
  }),
);

test(
  "going on from the cursor behind any item loses and repeats nothing",
  inTime(async (time) => {
    for (const stop of [0, 1, 2, 3]) {
      const all = follow(new Server("[3,1,2]").client, byId(0), { intervalMs: MINUTE });
      const found: (number | undefined)[] = [];
      for (let count = 0; count < stop; count += 1) {
        found.push(await next(time, all));
      }
      const { cursor } = all;
      // This server begins at the cursor.
      const server = new Server(JSON.stringify([1, 2, 3, 4].filter((id) => id >= cursor)));
      const rest = follow(server.client, byId(0, cursor), { intervalMs: MINUTE });
      while (found.at(-1) !== 4) {
        found.push(await next(time, rest));
      }
      assert.deepEqual(found, [1, 2, 3, 4], `from ${cursor.toString()}`);
      assert.equal(server.cursors, cursor.toString());
    }
  }),
);

test(
  "a page is done with its cursor",
  inTime(async (time) => {
    const server = new Server('[1,2,"x"]', "[3]", "[]", "[6,5,4]");
    const all = follow(server.client, byId(0), { intervalMs: MINUTE });
    const page = async (): Promise<[number[] | undefined, number]> => [
      (await time.until(all.nextPage())).value?.value,
      all.cursor,
    ];
    const first = await time.until(all.nextPage());
    assert.deepEqual([first.value?.value, all.cursor], [[1, 2], 2]);
    assert.equal(first.value?.mismatches.length, 1);
    assert.deepEqual(await page(), [[3], 3]);
    // The rest of a page that was begun item by item is a page too.
    assert.deepEqual([await next(time, all), all.cursor], [4, 4]);
    assert.deepEqual(await page(), [[5, 6], 6]);
    assert.equal(server.cursorsAndTimes, "0@0 2@0 3@0 3@60");
  }),
);

test(
  "giving up waiting loses nothing",
  inTime(async (time) => {
    const server = new Server("[]", "[1,2]", "no JSON", "[3]");
    const all = follow(server.client, byId(0), { intervalMs: MINUTE });
    /** Asks as often as it takes, a second each time; how often nothing came, and what came then. */
    const patiently = async (): Promise<string> => {
      for (let waited = 0; ; waited += 1) {
        const stop = new AbortController();
        const asked = all.next({ signal: stop.signal }).then(({ value }) => value?.toString() ?? "end");
        const told = asked.catch((error: unknown) => (error instanceof DecodeError ? "!" : undefined));
        await time.pass(SECOND);
        stop.abort();
        const found = await told;
        if (found !== undefined) {
          return `${found} after ${waited.toString()} s`;
        }
      }
    };
    assert.deepEqual(
      [await patiently(), await patiently(), await patiently(), await patiently()],
      ["1 after 59 s", "2 after 0 s", "! after 0 s", "3 after 58 s"],
    );
    assert.equal(server.cursorsAndTimes, "0@0 0@60 2@61 2@121");
    const waiting = all.next();
    await all.return();
    assert.deepEqual(await time.until(waiting), { done: true, value: undefined });
    await time.pass(10 * MINUTE);
    assert.equal(server.asked.length, 4);
  }),
);

test(
  "a signal that is over gives up all of it",
  inTime(async (time) => {
    const stop = new AbortController();
    const server = new Server("[]", "[1]");
    const all = follow(server.client, byId(0), { intervalMs: MINUTE, signal: stop.signal });
    const waiting = all.next();
    await time.pass(SECOND);
    stop.abort(new Error("enough"));
    await assert.rejects(waiting, new Error("enough"));
    await assert.rejects(all.next(), new Error("enough"));
    assert.equal(all.cursor, 0);
    assert.equal(server.cursors, "0");
  }),
);

test(
  "mismatches do not fill the memory",
  inTime(async (time) => {
    const server = new Server(...Array.from({ length: 1500 }, () => '["x",1]'));
    const all = follow(server.client, byId(0), { intervalMs: MINUTE });
    assert.equal(await next(time, all), 1);
    const waiting = all.next();
    await time.pass(1400 * MINUTE);
    assert.equal(all.takeMismatches().length, 1000);
    assert.deepEqual(all.takeMismatches(), []);
    await all.return();
    await waiting;
  }),
);
