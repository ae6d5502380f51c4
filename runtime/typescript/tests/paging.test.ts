/** Reading pages, following and calling in parts: what a server answers, against what comes out and which calls were made. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { callInBatches } from "../src/batch.js";
import { Client } from "../src/client.js";
import { DecodeError, RefusedError } from "../src/errors.js";
import { follow } from "../src/follow.js";
import type { BatchedRequest, FollowedRequest, PagedRequest } from "../src/info.js";
import { object } from "../src/json/object.js";
import { list } from "../src/json/parts.js";
import { int } from "../src/json/scalars.js";
import { items, pages } from "../src/paging.js";
import { NO_RETRY } from "../src/retry.js";
import type { HttpRequest, HttpResponse, Transport } from "../src/transport.js";
import { API, inTime, MINUTE, SECOND } from "./fake.js";

interface Listed {
  items: number[];
}

interface Asked {
  readonly from?: number;
  readonly page?: number;
  readonly items?: number[];
}

const reply = object<Listed>(() => ({ items: list(int) }));
const read = { access: "read", reply } as const;
const listed = ({ items }: Listed): number[] => items;
const params = object(() => ({ from: int, page: int, items: list(int) }));

function byId(start: 0 | 1, from?: number): FollowedRequest<Listed, number> {
  const size = start === 1 ? { size: 2 } : {};
  const paging = { param: "from", items: listed, position: (item: number) => item, start, ...size };
  return { method: { ...read, name: "getById", params, paging }, params: { from } };
}

function byPage(): PagedRequest<Listed, number> {
  return {
    method: { ...read, name: "getByPage", params, paging: { param: "page", items: listed, start: 1, size: 2 } },
    params: {},
  };
}

function put(items: number[]): BatchedRequest<Listed> {
  return {
    method: { name: "put", access: "write", params, reply, batch: { param: "items", max: 2 } },
    params: { items },
  };
}

/** Answers with these lists, one after another; what is no JSON is sent as it is. */
class Server implements Transport {
  readonly asked: Asked[] = [];
  readonly #answers: string[];

  constructor(...lists: string[]) {
    this.#answers = lists.map((answer) => (/^[["]/.test(answer) ? `{"status":"SUCCESS","items":${answer}}` : answer));
  }

  get client(): Client {
    return new Client(API, "test", { token: "1-23-PAGES", transport: this, retry: NO_RETRY, callsPerMinute: 1e6 });
  }

  /** The cursor or page number of each call, `-` for none. */
  get cursors(): string {
    return this.asked.map(({ from, page }) => (from ?? page ?? "-").toString()).join(" ");
  }

  send({ body }: HttpRequest): Promise<HttpResponse> {
    const parameters = new URLSearchParams(body).get("parameters");
    this.asked.push(JSON.parse(parameters ?? "") as Asked);
    const answer = this.#answers.shift();
    assert.ok(answer !== undefined, "one call too many");
    return Promise.resolve({ status: 200, body: answer });
  }
}

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

test(
  "what appears later is followed, and each page is handed out in the order of its positions",
  inTime(async (time) => {
    const server = new Server("[2,1]", "[]", "[]", "[5,4]", "no JSON", "[]");
    const all = follow(server.client, byId(0), { intervalMs: MINUTE });
    const next = async (): Promise<unknown> => (await time.until(all.next())).value;
    assert.deepEqual([await next(), all.cursor, await next(), all.cursor], [1, 1, 2, 2]);
    assert.equal(performance.now(), 0);
    assert.equal(await next(), 4);
    assert.equal(performance.now(), 2 * MINUTE);
    assert.equal(server.cursors, "0 2 2 2");
    const rest = await time.until(all.nextPage());
    assert.deepEqual(rest.value?.value, [5]);
    assert.equal(all.cursor, 5);
    // An error may last, so it is followed by a wait too.
    assert.ok((await time.error(all.next())) instanceof DecodeError);
    assert.equal(performance.now(), 2 * MINUTE);
    const waiting = all.next();
    await time.pass(MINUTE + SECOND);
    assert.equal(server.asked.length, 6);
    await all.return();
    assert.deepEqual(await time.until(waiting), { done: true, value: undefined });
    await time.pass(10 * MINUTE);
    assert.equal(server.asked.length, 6);
  }),
);

test("many items are sent in parts", async () => {
  const server = new Server("[]", "[]", "[]");
  const { replies, failure } = await callInBatches(server.client, put([1, 2, 3, 4, 5]));
  assert.equal(replies.length, 3);
  assert.equal(failure, undefined);
  assert.deepEqual(
    server.asked.map(({ items }) => items),
    [[1, 2], [3, 4], [5]],
  );
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
