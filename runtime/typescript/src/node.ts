/**
 * Files to and from disk, for programs that run where there is one: Node.js, Deno and Bun. Nothing half-written ever stands
 * under the name that was asked for.
 */

import { randomBytes } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { FileContent } from "./json/file.js";

/**
 * Reads a file, to be sent.
 *
 * @throws The error of Node.js, which names the path.
 */
export async function readFileContent(path: string | URL): Promise<FileContent> {
  return FileContent.fromBytes(await readFile(path));
}

/**
 * Writes a file that the API sent, such as an invoice or a label, under another name first: whoever looks finds all of it, or
 * what was there before. A file of that name is replaced.
 *
 * @throws `Error`, if what the API sent is not base64, or the error of Node.js, which names the path. The folder is then as it
 * was.
 */
export async function writeFileContent(path: string | URL, content: FileContent): Promise<void> {
  const bytes = content.bytes();
  const target = typeof path === "string" ? path : fileURLToPath(path);
  // A name for the same folder, since only there a rename is one step, and one that nobody else has.
  const draft = join(dirname(target), `.${basename(target)}.${randomBytes(8).toString("hex")}.part`);
  const file = await open(draft, "wx");
  try {
    try {
      await file.writeFile(bytes);
      // A rename may reach the disk before the content does.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
