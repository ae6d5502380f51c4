/** Reading pages and calling in parts: what a server answers, against what comes out and which calls were made. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { callInBatches } from "../src/batch.js";
import { DecodeError, RefusedError } from "../src/errors.js";
import type { PagedRequest } from "../src/info.js";
import { items, pages } from "../src/paging.js";
import { byId, byPage, type Listed, put, Server } from "./listing.js";

/** Pages as JSON lists, what is read of them, and the cursor of each call (`-` for none). */
const CASES: readonly [string, () => PagedRequest<Listed, number>, string[], string, string][] = [
  ["a short page ends it", () => byId(1), ["[1,2]", "[3]"], "1 2 3", "1 3"],
  ["a full last page is followed by an empty one", () => byId(1), ["[1,2]", "[3,4]", "[]"], "1 2 3 4", "1 3 5"],
  ["nothing at all", () => byId(1), ["[]"], "", "1"],
  ["an empty text is an empty page", () => byId(1), ['""'], "", "1"],
  ["a page in any order goes on from the greatest", () => byId(1), ["[9,4]", "[11]"], "9 4 11", "1 10"],
  ["the same page again is an error", () => byId(1), ["[1,2]", "[1,2]"], "1 2 !stuck", "1 3"],
  ["a page that overlaps gives only what is new", () => byId(1), ["[1,2]", "[2,3]", "[]"], "1 2 3", "1 3 4"],
  ["a page that lost an item is not short", () => byId(1), ['[1,"x"]', "[3]"], "1 3", "1 2"],
  ["a cursor that is included", () => byId(0), ["[1,2]", "[2,3]", "[3]"], "1 2 3", "- 2 3"],
  ["a cursor that is not", () => byId(0), ["[1,2]", "[3]", "[]"], "1 2 3", "- 2 3"],
  ["an empty answer keeps the cursor", () => byId(0), ["[5]", "[]"], "5", "- 5"],
  ["a short page by number ends it", byPage, ["[1,2]", "[3]"], "1 2 3", "- 2"],
  ["an empty page by number ends it", byPage, ["[1,2]", "[]"], "1 2", "- 2"],
  ["a server that ignores the number is an error", byPage, ["[1,2]", "[1,2]"], "1 2 !stuck", "- 2"],
];

for (const [name, request, lists, expected, cursors] of CASES) {
  test(name, async () => {
    const server = new Server(...lists);
    const found: string[] = [];
    try {
      for await (const item of items(server.client, request())) {
        found.push(item.toString());
      }
    } catch (error) {
      assert.ok(error instanceof RefusedError);
      assert.match(error.message, /the next call would be the same again$/);
      found.push("!stuck");
    }
    assert.equal(found.join(" "), expected);
    assert.equal(server.cursors, cursors);
  });
}

test("at their end numbered pages go on from the last one", async () => {
  // More may be added to it later.
  const cases: [string[], number][] = [
    [["[1,2]", "[3]"], 2],
    [["[1,2]", "[]"], 1],
    [["[1,2]", '[3,"x"]', "[]"], 2],
    [["[]"], 1],
  ];
  for (const [lists, expected] of cases) {
    const all = items(new Server(...lists).client, byPage());
    while ((await all.next()).done !== true);
    assert.equal(all.cursor, expected, lists.join());
  }
});

test("no page is fetched before it is wanted", async () => {
  const server = new Server("[1,2]", "[3,4]", "[]");
  const all = items(server.client, byId(1));
  assert.equal(server.cursors, "");
  await all.next();
  assert.equal(all.cursor, 1);
  await all.next();
  assert.equal(server.cursors, "1");
  assert.equal(all.cursor, 3);
});

test("reading goes on from a stored cursor, and ends when it is left", async () => {
  const server = new Server("[3,4]");
  const all = items(server.client, byId(1, 3));
  for await (const item of all) {
    assert.equal(item, 3);
    break;
  }
  assert.deepEqual(await all.next(), { done: true, value: undefined });
  assert.equal(server.cursors, "3");
});

test("a page that failed is asked for again", async () => {
  const server = new Server("[1,2]", "no JSON", "[3]");
  const all = pages(server.client, byId(1));
  assert.deepEqual((await all.next()).value?.value, [1, 2]);
  await assert.rejects(all.next(), DecodeError);
  assert.deepEqual((await all.next()).value?.value, [3]);
  assert.equal((await all.next()).done, true);
  assert.equal(server.cursors, "1 3 3");
});

test("those who ask at the same time get one after another", async () => {
  const all = items(new Server("[1,2]", "[3]").client, byId(1));
  const found = await Promise.all([all.next(), all.next(), all.next(), all.next()]);
  assert.deepEqual(
    found.map(({ value }) => value),
    [1, 2, 3, undefined],
  );
});

test("mismatches of pages are handed out once", async () => {
  const all = items(new Server('[1,"x"]', "[2]").client, byId(1));
  await all.next();
  assert.deepEqual(all.takeMismatches(), [{ path: "items[1]", expected: "int", found: '"x"' }]);
  assert.deepEqual(all.takeMismatches(), []);
});

test("many items are sent in parts", async () => {
  const server = new Server("[]", "[]", "[]");
  const { replies, failure } = await callInBatches(server.client, put([1, 2, 3, 4, 5]));
  assert.equal(replies.length, 3);
  assert.equal(failure, undefined);
  assert.deepEqual(
    server.asked.map(({ items }) => items),
    [[1, 2], [3, 4], [5]],
  );
  const exact = new Server("[]", "[]");
  await callInBatches(exact.client, put([1, 2, 3, 4]));
  assert.equal(exact.asked.length, 2, "no part is empty");
});

test("a part that fails ends it, and says what was not sent", async () => {
  const server = new Server("[]", "no JSON");
  const { replies, failure } = await callInBatches(server.client, put([1, 2, 3, 4, 5, 6, 7]));
  assert.equal(replies.length, 1);
  assert.deepEqual(failure?.failed.params, { items: [3, 4] });
  assert.deepEqual(failure.notSent?.params, { items: [5, 6, 7] });
  assert.ok(failure.error instanceof DecodeError);
});

test("nothing is sent for no items", async () => {
  const server = new Server();
  assert.deepEqual(await callInBatches(server.client, put([])), { replies: [] });
  assert.equal(server.cursors, "");
});
