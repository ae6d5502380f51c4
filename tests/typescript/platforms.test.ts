/** One program on every platform that the package is for, against a mock with faults: it tells the same everywhere. */

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { withMock } from "./mock.js";
import { inBrowser } from "./platforms/browser.js";
import { program } from "./platforms/program.js";
import { listen, printed, scratch } from "./platforms/tools.js";
import { inWorker } from "./platforms/worker.js";

const MAIN = fileURLToPath(new URL("platforms/main.js", import.meta.url));

/** How the program runs on a platform, given where the API is, and where nobody listens. */
const PLATFORMS: Record<string, (endpoint: string, nowhere: string) => Promise<unknown>> = {
  "Node.js": program,
  Bun: (...addresses) => printed("bun", [MAIN, ...addresses]),
  Deno: (...addresses) =>
    printed("deno", ["run", "--no-prompt", "--allow-net=127.0.0.1", MAIN, ...addresses], { DENO_DIR: scratch("deno") }),
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
    await withMock(["--limit", "0", "--orders", "250", "--quirks", "2", ...faults], async (endpoint) => {
      assert.deepEqual(await run(endpoint, await nowhere()), EXPECTED);
    });
  });
}

/** An address where nobody listens, though somebody did. */
async function nowhere(): Promise<string> {
  const server = createServer();
  const address = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return `${address}/`;
}
