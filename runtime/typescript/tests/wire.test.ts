/** Runs the table of `tests/wire/` against this runtime. What the files mean is said in the README beside them. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { canonical } from "../src/json/canonical.js";
import { object, objectWith, required } from "../src/json/object.js";
import { list, map, textOr } from "../src/json/parts.js";
import { type Mismatch, Unusable } from "../src/json/reader.js";
import { Refused, read, readReply } from "../src/json/reply.js";
import * as scalars from "../src/json/scalars.js";
import type { Type } from "../src/json/scalars.js";

const { bool, code, date, decimal, file, id, int, json, text, textCode, textId, timestamp } = scalars;

const FOLDER = new URL("../../../../../tests/wire/", import.meta.url);

const line: Type<object> = object(() => ({
  line_id: required(id),
  name: text,
  quantity: decimal,
  tags: list(text),
  prices: map(id, decimal),
  pick_state: { type: int, aliases: ["pick_status"] },
  lines: list(line),
}));

const page: Type<object> = object(() => ({ lines: list(line) }));

/** The types that the table names. */
const TYPES: Record<string, Type<unknown>> = {
  int,
  id,
  text_id: textId,
  decimal,
  money: decimal,
  bool,
  text,
  timestamp,
  date,
  file,
  json,
  "enum(Star)": code,
  "enum(Source)": textCode,
  Line: line,
  "text_or(Line)": textOr(text, line),
  "list(text_or(Line))": list(textOr(text, line)),
  "list(int)": list(int),
  "list(text)": list(text),
  "list(Line)": list(line),
  "list(map(text, int))": list(map(text, int)),
  "list(list(int))": list(list(int)),
  "map(text, int)": map(text, int),
  "map(id, decimal)": map(id, decimal),
  "map(id, Line)": map(id, line),
  "map(text, map(text, int))": map(text, map(text, int)),
};

interface Outcome {
  value?: unknown;
  mismatches?: readonly Mismatch[];
  error?: { path: string | null };
  api_error?: { code: string; message: string };
}

interface Case extends Outcome {
  name: string;
  type?: string;
  wire: string;
  exact_integers?: boolean;
}

for (const name of readdirSync(FOLDER).filter((file) => file.endsWith(".json"))) {
  const file = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as { type: string; cases: Case[] };
  test(`the table, ${name}`, async (context) => {
    assert.ok(file.cases.length > 0);
    for (const [index, one] of file.cases.entries()) {
      await context.test(`${index.toString()} ${one.name}`, () => {
        const found = outcome(one.type ?? file.type, one.wire);
        const expected = expectation(one, one.type ?? file.type);
        if (expected.error?.path === null && found.error !== undefined) {
          found.error.path = null;
        }
        assert.deepEqual(found, expected, one.wire);
      });
    }
  });
}

/** What a case should give here. */
function expectation({ name: _, type: __, wire, exact_integers: isExact, ...expected }: Case, type: string): Outcome {
  if (isExact !== true) {
    return expected;
  }
  return type === "json"
    ? { value: wire }
    : { value: null, mismatches: [{ path: "value", expected: type, found: wire }] };
}

function outcome(name: string, wire: string): Outcome {
  try {
    if (name === "Page") {
      const { value, mismatches } = readReply(page, wire);
      return success(page, value, mismatches);
    }
    const type = TYPES[name];
    assert.ok(type !== undefined, `${name} is not a type of this runner: add it`);
    const probe = objectWith<{ value?: unknown }>({ sparse: true }, () => ({ value: type }));
    const { value, mismatches } = read(probe, `{"value":${wire}}`);
    return success(type, value.value, mismatches);
  } catch (error) {
    if (error instanceof Refused) {
      return { api_error: { code: error.code, message: error.message } };
    }
    if (error instanceof Unusable) {
      return { error: { path: error.path } };
    }
    throw error;
  }
}

function success(type: Type<unknown>, value: unknown, mismatches: readonly Mismatch[]): Outcome {
  const plain = value === undefined ? null : (canonical(type, value) ?? null);
  const list = mismatches.length > 0 ? { mismatches } : {};
  return { value: JSON.parse(JSON.stringify(plain)) as unknown, ...list };
}
