/** Sends the typed example calls of the TypeScript package, for the differential test: prints their exact parameters. */

import { encode } from "../../target/typescript/package/dist/index.js";
import { EXAMPLES } from "../../target/typescript/package/dist/tests/examples.js";

for (const method of Object.keys(EXAMPLES).sort()) {
  process.stdout.write(`${JSON.stringify({ method, parameters: encode(EXAMPLES[method]) })}\n`);
}
