/** The quick start of the package's README, from its very text, against the mock. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { withMock } from "./mock.js";

const PACKAGE = new URL("../../", import.meta.url);

test("the quick start lists orders", async () => {
  const readme = readFileSync(new URL("README.md", PACKAGE), "utf8");
  const program = /```ts\n(.*?)```/s.exec(readme)?.[1];
  assert.ok(program !== undefined);
  // It has no types of its own, so it is JavaScript as it stands.
  const file = new URL("dist/tests/quickstart.mjs", PACKAGE);
  writeFileSync(file, program);
  await withMock([], async (endpoint) => {
    const env = { ...process.env, BASELINKER_TOKEN: "1-2-3", BASELINKER_ENDPOINT: endpoint };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [fileURLToPath(file)], { env });
    assert.equal(stderr, "");
    assert.match(stdout, /^(?:order \d+ of \S+(?: \S+)?, \d+ lines\n)+$/);
  });
});
