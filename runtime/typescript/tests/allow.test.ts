/** Methods that a client may not call are not sent. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { RefusedError } from "../src/errors.js";
import { callByName } from "../src/raw.js";
import { add, Fake, get, inTime } from "./fake.js";

const ACCESS = { get: "read", getOther: "read", add: "write" } as const;

test(
  "only what is allowed is sent",
  inTime(async (time) => {
    const fake = new Fake();
    const client = fake.client("4-allow", { allow: ["get", "getOther"] });
    await time.until(client.call(get));
    await time.until(callByName(client, ACCESS, "getOther", {}));
    for (const call of [() => client.call(add), () => callByName(client, ACCESS, "add", {})]) {
      const error = await time.error(call());
      assert.ok(error instanceof RefusedError && error.why === "notAllowed" && error.isWithoutEffect);
      assert.equal(error.message, "add: not sent, because the client may not call it; name it in `allow`");
    }
    assert.deepEqual(fake.methods, ["get", "getOther"]);
  }),
);

test(
  "a client that only reads sends nothing else, unknown methods included",
  inTime(async (time) => {
    const fake = new Fake();
    const client = fake.client("4-read", { allow: ["add", "get", "getNew"], readOnly: true });
    for (const call of [
      () => client.call(add),
      () => callByName(client, ACCESS, "getNew", {}),
      () => callByName(client, ACCESS, "toString", {}),
    ]) {
      const error = await time.error(call());
      assert.ok(error instanceof RefusedError && error.why === "readOnly", String(error));
    }
    await time.until(client.call(get));
    assert.deepEqual(fake.methods, ["get"]);
  }),
);

test(
  "raw calls have a name and an object",
  inTime(async (time) => {
    const fake = new Fake();
    const client = fake.client("4-raw");
    for (const [name, parameters, what] of [
      ["", {}, "the method has no name"],
      ["get", [], "the parameters are not a JSON object"],
      ["get", { a: Number.NaN }, "a is NaN instead of a number"],
    ] as const) {
      const error = await time.error(callByName(client, ACCESS, name, parameters));
      assert.ok(error instanceof RefusedError && error.why === "invalidRequest");
      assert.equal(error.message, `${name}: not sent, because ${what}`);
    }
    assert.equal(fake.count, 0);
  }),
);
