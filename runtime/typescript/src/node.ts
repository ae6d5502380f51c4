/** Files to and from disk, for programs that run where there is one: Node.js, Deno and Bun. */

import { readFile, writeFile } from "node:fs/promises";

import { FileContent } from "./json/file.js";

/** Reads a file, to be sent. */
export async function readFileContent(path: string | URL): Promise<FileContent> {
  return FileContent.fromBytes(await readFile(path));
}

/** Writes a file that the API sent, such as an invoice or a label. */
export async function writeFileContent(path: string | URL, content: FileContent): Promise<void> {
  await writeFile(path, content.bytes());
}
