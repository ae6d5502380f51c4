/** Files to and from disk: what is written is what was received, and what cannot be written leaves everything as it was. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import { FileContent } from "../src/json/file.js";
import { readFileContent, writeFileContent } from "../src/node.js";

const FOLDER = mkdtempSync(fileURLToPath(new URL("files-", import.meta.url)));
after(() => {
  rmSync(FOLDER, { recursive: true });
});

function content(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, at) => (at * 7 + Math.floor(at / 251)) % 256);
}

test("what goes to disk comes back", async () => {
  // Base64 has three bytes in four characters.
  for (const size of [0, 1, 2, 3, 1023, 1024, 1_000_001]) {
    const path = join(FOLDER, `żółw ${size.toString()}.pdf`);
    const sent = FileContent.fromBytes(content(size));
    assert.equal(sent.base64, Buffer.from(content(size)).toString("base64"));
    await writeFileContent(path, FileContent.fromBase64(`data:application/pdf;base64,${sent.base64}`));
    assert.ok(readFileSync(path).equals(content(size)), `${size.toString()} bytes are written`);
    assert.deepEqual(await readFileContent(pathToFileURL(path)), sent);
    await writeFileContent(pathToFileURL(path), FileContent.fromBytes(content(1)));
    assert.equal(readFileSync(path).length, 1);
  }
  assert.equal(readdirSync(FOLDER).length, 7);
});

test("what is not base64 leaves the old file", async () => {
  const folder = join(FOLDER, "wrong");
  mkdirSync(folder);
  writeFileSync(join(folder, "label.pdf"), "old");
  for (const wrong of ["no base64!", "aGVsbG8", "aGVsbG8=\n", "aGVsbG8=!", "aGVs bG8="]) {
    const written = writeFileContent(join(folder, "label.pdf"), FileContent.fromBase64(wrong));
    await assert.rejects(written, new Error("the file's content is not base64"));
    assert.equal(readFileSync(join(folder, "label.pdf"), "utf8"), "old");
  }
  assert.deepEqual(readdirSync(folder), ["label.pdf"]);
});

test("a path that cannot be is named, and nothing is left there", async () => {
  const folder = join(FOLDER, "path");
  mkdirSync(join(folder, "taken"), { recursive: true });
  const file = FileContent.fromBytes(content(5));
  const nowhere = join(folder, "no/such/folder.pdf");
  for (const attempt of [() => writeFileContent(nowhere, file), () => readFileContent(nowhere)]) {
    await assert.rejects(attempt, { code: "ENOENT", message: /folder\.pdf/ });
  }
  await assert.rejects(writeFileContent(join(folder, "taken"), file), /taken/);
  assert.deepEqual(readdirSync(folder), ["taken"]);
});
