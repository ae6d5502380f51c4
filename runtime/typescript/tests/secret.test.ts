/** The token is in nothing that people read, whatever a server does with it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import { answer, client, failure, ok, status, things, TOKEN } from "./server.js";

test("the token is in no error, even if the answer has it", async () => {
  const echoes = [
    ok(`${TOKEN} is not JSON`),
    ok(`{"status":"ERROR","error_code":"X","error_message":"bad token ${TOKEN}"}`),
    ok(`{"status":"SUCCESS","things":[{"thing_id":"${TOKEN}"}]}`),
    ok(`{"status":"SUCCESS","a":"${"x".repeat(60)}${TOKEN}`),
    status(500, `token ${TOKEN}`),
  ];
  for (const echo of echoes) {
    await failure(echo);
  }
  answer(
    ok(
      `{"status":"SUCCESS","things":[{"thing_id":1,"stock":"${TOKEN}"},{"thing_id":2,"stock":"${"x".repeat(70)}${TOKEN}"}]}`,
    ),
  );
  const { mismatches } = await client().call(things());
  assert.equal(mismatches.length, 2);
  assert.ok(!JSON.stringify(mismatches).includes(TOKEN.slice(0, 6)), JSON.stringify(mismatches));
});

test("a client shows no secret", () => {
  const one = client();
  assert.ok(!`${inspect(one, { depth: 9, showHidden: true })}${JSON.stringify(one)}`.includes(TOKEN));
});
