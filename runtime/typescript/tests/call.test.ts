/** Calls over real HTTP: what is sent, which settings and parameters are refused, and what raw calls give. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { type ClientSettings, encode } from "../src/client.js";
import { callByName } from "../src/raw.js";
import { answer, client, ok, seen, things, TOKEN } from "./server.js";

test("a call is a form with the token in a header", async () => {
  seen.length = 0;
  answer(ok('{"status":"SUCCESS","things":[{"thing_id":"5","weight":12.50}],"new":1}'));
  const reply = await client().call(things({ name: 'ż "&+=\n\u0001', size: "12.50", ids: [1, 2] }));
  assert.deepEqual(reply, {
    value: { things: [{ thingId: 5, weight: "12.50" }], extra: { new: 1 } },
    mismatches: [],
    unlisted: 0,
  });
  const [{ method, headers, body } = assert.fail()] = seen;
  assert.equal(method, "POST");
  assert.equal(headers["x-bltoken"], TOKEN);
  assert.equal(headers["content-type"], "application/x-www-form-urlencoded");
  assert.equal(headers["user-agent"], "agent/1");
  const form = new URLSearchParams(body);
  assert.deepEqual([...form.keys()], ["method", "parameters"]);
  assert.equal(form.get("method"), "getThings");
  assert.equal(form.get("parameters"), '{"name":"ż \\"&+=\\n\\u0001","size":12.50,"ids":[1,2]}');
});

/** Settings that cannot be right, and what is said of them. */
const SETTINGS: readonly [Partial<ClientSettings>, string][] = [
  [{ token: "" }, "the token is empty"],
  [{ token: "1-2 3" }, "the token holds a blank, a line break or another character that no token has"],
  [{ endpoint: "connector.php" }, 'the endpoint "connector.php" is not a whole URL, such as https://api.example.com/'],
  [{ endpoint: "ftp://localhost/" }, 'the endpoint "ftp://localhost/" begins neither with https:// nor with http://'],
  [
    { endpoint: "http://api.example.com/" },
    'the endpoint "http://api.example.com/" would carry the token over the network for all to read; use https://',
  ],
];

test("settings that cannot be right", () => {
  for (const [settings, what] of SETTINGS) {
    assert.throws(() => client(settings), { name: "ConfigError", message: `cannot make a client: ${what}` });
  }
  for (const fine of ["https://api.example.com/", "http://localhost:1/", "http://[::1]/", "http://127.9.9.9/"]) {
    client({ endpoint: fine });
  }
});

/** Parameters that cannot be sent, and what is said of them. */
const PARAMETERS: readonly [object, string][] = [
  [{ nmae: "x" }, 'the call has no property "nmae", which would be ignored'],
  [{ name: 5 }, "name is 5 instead of a text"],
  [{ name: null }, "name is null instead of a text"],
  [{ ids: [1, 2.5] }, "ids[1] is 2.5 instead of a whole number"],
  [{ ids: 1 }, "ids is 1 instead of a list"],
  [{ ids: [2 ** 53] }, "ids[0] is 9007199254740992 instead of a whole number"],
  [{ size: Number.NaN }, "size is NaN instead of a decimal number"],
  [{ size: Number.POSITIVE_INFINITY }, "size is Infinity instead of a decimal number"],
  [{ size: "12,5" }, "size is a string instead of a decimal number"],
];

test("parameters that cannot be sent are refused before anything is sent", async () => {
  seen.length = 0;
  for (const [params, what] of PARAMETERS) {
    await assert.rejects(client().call(things(params)), {
      name: "RefusedError",
      message: `getThings: not sent, because ${what}`,
    });
  }
  assert.equal(seen.length, 0);
});

test("decimals are sent with their digits, and without an exponent", () => {
  const sizes = ["12.50", "1e3", "-1.5E-3", 1e21, 1e-7, -0];
  const sent = ["12.50", "1000", "-0.0015", "1000000000000000000000", "0.0000001", "0"];
  assert.deepEqual(
    sizes.map((size) => encode(things({ size }))),
    sent.map((size) => `{"size":${size}}`),
  );
});

test("raw calls give the reply without its status", async () => {
  answer(ok('{"status":"SUCCESS","things":[1.50],"__proto__":{"a":1}}'));
  const reply = await callByName(client(), {}, "getNew", { a: [true, null, { b: "x" }], big: 12345678901234567890n });
  assert.equal(JSON.stringify(reply), '{"things":[1.5],"__proto__":{"a":1}}');
  const sent = new URLSearchParams(seen.at(-1)?.body).get("parameters");
  assert.equal(sent, '{"a":[true,null,{"b":"x"}],"big":12345678901234567890}');
});
