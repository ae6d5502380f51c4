/** Decodes replies by the TypeScript package, for the differential test. What is read and printed is said in README.md. */

import { readFileSync } from "node:fs";

import { ApiError, BlockedError, canonical, DecodeError, decodeReply } from "../../target/typescript/package/dist/index.js";
import { EXAMPLES } from "../../target/typescript/package/dist/tests/examples.js";

const lines = readFileSync(process.argv[2], "utf8").split("\n");
for (const line of lines.filter((line) => line !== "")) {
  const { method, reply } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(outcome(EXAMPLES[method], reply))}\n`);
}

function outcome(request, reply) {
  try {
    const { value, mismatches } = decodeReply(request, reply);
    return { value: canonical(request, value), mismatches };
  } catch (error) {
    if (error instanceof ApiError || error instanceof BlockedError) {
      return { api_error: { code: error.code, message: error.apiMessage } };
    }
    if (error instanceof DecodeError) {
      return { error: { path: error.path } };
    }
    throw error;
  }
}
