/**
 * What the table of `tests/wire/` cannot say: damage of every kind, hostile sizes and depths, and how much is told of what
 * does not fit.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import { decodeBy } from "../src/decode.js";
import { BaseLinkerError, DecodeError } from "../src/errors.js";
import type { Request } from "../src/info.js";
import { object, required } from "../src/json/object.js";
import { list, map } from "../src/json/parts.js";
import type { Decoded } from "../src/json/reply.js";
import { id, int, type Type, text } from "../src/json/scalars.js";
import { API } from "./fake.js";

interface Node {
  id: number;
  name?: string;
  numbers: number[];
  nodes: Node[];
  byName: Record<string, Node>;
}

const node: Type<Node> = object(() => ({
  id: required(id),
  name: text,
  numbers: list(int),
  nodes: list(node),
  by_name: map(text, node),
}));

/** Objects without an identity, each of which takes far more memory than its two brackets. */
const wide = object<object>(() =>
  Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`list_${at.toString()}`, list(int)])),
);
const many = object<{ items: object[] }>(() => ({ items: list(wide) }));

function of<T>(reply: Type<T>): Request<T> {
  return { method: { name: "getNodes", access: "read", params: object(() => ({})), reply }, params: {} };
}

/** What becomes of the decoding of a reply: anything but a reply or an error of this package is a failure. */
function outcome<T>(type: Type<T>, body: string | Uint8Array): Decoded<T> | BaseLinkerError {
  try {
    return decodeBy(API, of(type), body);
  } catch (error) {
    assert.ok(error instanceof BaseLinkerError, String(error));
    return error;
  }
}

function decoded<T>(type: Type<T>, body: string | Uint8Array): Decoded<T> {
  const found = outcome(type, body);
  assert.ok(!(found instanceof Error), inspect(found));
  return found;
}

test("no damage makes it throw anything else", () => {
  const body = Buffer.from(
    String.raw`{"status":"SUCCESS","id":1,"name":"\u0119\ud83d\ude00","numbers":{"0":"5","1":[1]},` +
      String.raw`"by_name":[{"id":-1.5e3,"k\u0065y":{"a":[null,true,"ż"]}}],"nodes":[{"id":"7"},false]}`,
  );
  assert.equal(decoded(node, body).value.name, "ę😀");
  for (let at = 0; at < body.length; at += 1) {
    assert.ok(outcome(node, body.subarray(0, at)) instanceof Error, `cut at ${at.toString()}`);
    for (const byte of Buffer.from('\0"\\{}[]:,0-eu x\x80\xff', "latin1")) {
      const damaged = Buffer.from(body);
      damaged[at] = byte;
      outcome(node, damaged);
    }
  }
});

test("depth does not exhaust the stack", () => {
  const nests = [
    ["[", "]"],
    ['{"id":1,"nodes":[', "]}"],
    ['{"id":1,"by_name":{"a":', "}}"],
    ['{"x":', "}"],
  ] as const;
  for (const [open, close] of nests) {
    const nest = open.repeat(10_000) + close.repeat(10_000);
    for (const field of ["id", "name", "numbers", "nodes", "by_name", "unknown"]) {
      const found = outcome(node, `{"status":"SUCCESS","id":1,"${field}":${nest}}`);
      assert.ok(found instanceof DecodeError, `${field}: ${open}`);
    }
  }
});

test("mismatches are cut and counted", () => {
  const numbers = Array.from({ length: 3000 }, () => "true").join(",");
  const found = decoded(node, `{"status":"SUCCESS","id":1,"numbers":[${numbers}]}`);
  assert.equal(found.mismatches.length, 1000);
  assert.equal(found.unlisted, 2000);
  assert.equal(found.mismatches[999]?.path, "numbers[999]");
  const long = decoded(node, `{"status":"SUCCESS","id":1,"numbers":"${"😀".repeat(200)}"}`);
  assert.equal(Array.from(long.mismatches[0]?.found ?? "").length, 80);
});

test("memory is bounded by the size of the reply", () => {
  const items = Array.from({ length: 200_000 }, () => "{}").join(",");
  const what = "it would take many times its own size in memory";
  assert.throws(() => decodeBy(API, of(many), `{"status":"SUCCESS","items":[${items}]}`), { what });
  assert.equal(decoded(many, '{"status":"SUCCESS","items":[{},{}]}').value.items.length, 2);
});
