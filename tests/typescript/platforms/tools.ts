/** What the platforms need: their programs, which npm has installed, and a folder for what they leave behind. */

import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import type { AddressInfo, Server } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { build } from "esbuild";

/** Where all packages are installed. */
const MODULES = new URL("../../../../node_modules/", import.meta.url);

/** A new folder for what a platform writes, below the one of these tests. */
export function scratch(platform: string): string {
  return mkdtempSync(fileURLToPath(new URL(`${platform}-`, import.meta.url)));
}

/** The path of something that npm installed. */
export function installed(path: string): string {
  return fileURLToPath(new URL(path, MODULES));
}

/** What a program of npm prints, as JSON. */
export async function printed(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
  const { stdout } = await promisify(execFile)(installed(`.bin/${name}`), args, { env: { ...process.env, ...env } });
  return JSON.parse(stdout) as unknown;
}

/** Has a server listen on this machine, and tells where. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port.toString()}`;
}

/** A module with everything that it imports, from its source. */
export async function bundle(source: string): Promise<string> {
  const stdin = { contents: source, resolveDir: fileURLToPath(new URL(".", import.meta.url)) };
  const { outputFiles } = await build({ stdin, bundle: true, format: "esm", target: "es2022", write: false });
  return outputFiles[0]?.text ?? "";
}
