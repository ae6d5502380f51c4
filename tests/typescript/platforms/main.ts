/** The program on platforms that have a command line: addresses in, JSON out. */

import { program } from "./program.js";

const [endpoint = "", nowhere = ""] = process.argv.slice(2);
console.log(JSON.stringify(await program(endpoint, nowhere)));
