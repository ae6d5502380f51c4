/** The mock server as a process of its own, for as long as a test needs it. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

/** The program, built before the tests. */
const PROGRAM = fileURLToPath(new URL("../../../../debug/baselinker-mock", import.meta.url));

/** Runs something against a mock. */
export async function withMock(options: readonly string[], run: (endpoint: string) => Promise<void>): Promise<void> {
  const mock = spawn(PROGRAM, ["--listen", "127.0.0.1:0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const line = await firstLine(mock, mock.stdout);
    await run(line.slice(line.indexOf("http")));
  } finally {
    mock.kill();
  }
}

/** The first line that a process says, which it may end without. */
export async function firstLine(process: ChildProcess, said: Readable): Promise<string> {
  const ended = once(process, "exit").then(() => Promise.reject(new Error(`${process.spawnfile} ended`)));
  const [line] = (await Promise.race([once(createInterface(said), "line"), ended])) as [string];
  ended.catch(() => undefined);
  return line;
}
