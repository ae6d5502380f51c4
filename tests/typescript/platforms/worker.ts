/** The program in a worker, as of Cloudflare: a module without anything of Node.js, that a request starts. */

import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Readable } from "node:stream";

import { firstLine } from "../mock.js";
import type { Addresses } from "./program.js";
import { bundle, scratch } from "./tools.js";

const WORKER = `
  import { program } from "./program.js";
  export default {
    async fetch(request) {
      return Response.json(await program(await request.json()));
    },
  };
`;

/** Workers reach the public network only, unless told otherwise. */
const CONFIG = `
  using Workerd = import "/workerd/workerd.capnp";
  const config :Workerd.Config = (
    services = [
      (name = "main", worker = (
        modules = [(name = "worker.js", esModule = embed "worker.js")],
        compatibilityDate = "2026-11-01",
        globalOutbound = "loopback",
      )),
      (name = "loopback", network = (allow = ["local"])),
    ],
    sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
  );
`;

/** Runs the program in workerd. */
export async function inWorker(addresses: Addresses): Promise<unknown> {
  const folder = scratch("worker");
  writeFileSync(join(folder, "worker.js"), await bundle(WORKER));
  writeFileSync(join(folder, "config.capnp"), CONFIG);
  const { default: program } = createRequire(import.meta.url)("workerd") as { default: string };
  const args = ["serve", "--control-fd=3", join(folder, "config.capnp")];
  const worker = spawn(program, args, { stdio: ["ignore", "inherit", "inherit", "pipe"] });
  try {
    const line = await firstLine(worker, worker.stdio[3] as Readable);
    const { port } = JSON.parse(line) as { port: number };
    const body = JSON.stringify(addresses);
    const answer = await fetch(`http://127.0.0.1:${port.toString()}/`, { method: "POST", body });
    return await answer.json();
  } finally {
    worker.kill();
  }
}
