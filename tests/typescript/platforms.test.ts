/** One program on every platform that the package is for, against a mock with faults: it tells the same everywhere. */

import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { withMock } from "./mock.js";
import { inBrowser } from "./platforms/browser.js";
import { type Addresses, program } from "./platforms/program.js";
import { listen, printed, scratch } from "./platforms/tools.js";
import { inWorker } from "./platforms/worker.js";

const MAIN = fileURLToPath(new URL("platforms/main.js", import.meta.url));

/** What Deno lets the program do. */
const DENO = ["run", "--no-prompt", "--allow-net=127.0.0.1"];

/** How the program runs on a platform. */
const PLATFORMS: Record<string, (addresses: Addresses) => Promise<unknown>> = {
  "Node.js": program,
  Bun: (addresses) => printed("bun", [MAIN, JSON.stringify(addresses)]),
  Deno: (addresses) => printed("deno", [...DENO, MAIN, JSON.stringify(addresses)], { DENO_DIR: scratch("deno") }),
  "a worker": inWorker,
  "a browser": inBrowser,
};

const EXPECTED = {
  orders: 250,
  comments: "Łódź & ☕ + 100 %",
  price: "12.5",
  refusedByTheApi: "ERROR_MOCK_NOT_FOUND",
  nobodyThere: "transport",
  givenUp: "AbortError",
  tooLate: "transport, too late",
  file: "AH//",
  time: "2026-03-30T08:25:00.000Z",
};

for (const [platform, run] of Object.entries(PLATFORMS)) {
  test(`the same program on ${platform}`, async () => {
    const faults = ["502=0.1", "drop=0.1", "cut-json=0.1"].flatMap((odds) => ["--fault", odds]);
    await withMock(["--limit", "0", "--orders", "250", "--quirks", "2", ...faults], (api) =>
      withSilence(async (silent) => {
        assert.deepEqual(await run({ api, silent, nowhere: await nowhere() }), EXPECTED);
      }),
    );
  });
}

/** Runs something while somebody listens who never answers. */
async function withSilence(run: (address: string) => Promise<void>): Promise<void> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
  });
  try {
    await run(`${await listen(server)}/`);
  } finally {
    server.close();
    sockets.forEach((socket) => socket.destroy());
  }
}

/** An address where nobody listens, though somebody did. */
async function nowhere(): Promise<string> {
  const server = createServer();
  const address = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return `${address}/`;
}
