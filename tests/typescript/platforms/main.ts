/** The program on platforms that have a command line: JSON in, JSON out. */

import { type Addresses, program } from "./program.js";

const addresses = JSON.parse(process.argv[2] ?? "") as Addresses;
console.log(JSON.stringify(await program(addresses)));
