/**
 * What the package costs: its size in a bundle, the time of its types in the compiler, reading a page of 100 orders, and a
 * call beside the exchange itself. Run by `cargo xtask bench` in `target/typescript`, where the package is built.
 *
 * All ways to do a thing take turns within one run, and the best time of each counts, so that a busy machine changes little.
 */

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { createClient, decodeReply, getOrders, SlidingWindow } from "./package/dist/index.js";
import { build } from "esbuild";
import { z } from "zod";

const ORDERS = 100;
const ROUNDS = 200;
const CALLS = 300;
const COMPILERS = { "TypeScript 5.9": "typescript", "TypeScript 7": "typescript-7" };

/** One order as the API sends it, a hundred times. */
function page() {
  const order = readFileSync("../../runtime/rust/benches/decode/order.json", "utf8").trim();
  const orders = Array.from({ length: ORDERS }, (_, at) =>
    order.replace('"order_id":1000000', `"order_id":${(1_000_000 + at).toString()}`),
  );
  return Buffer.from(`{"status":"SUCCESS","orders":[${orders.join(",")}]}`);
}

/** A schema of zod for what is there, field by field. */
function schema(value) {
  if (Array.isArray(value)) {
    return z.array(value.length > 0 ? schema(value[0]) : z.unknown());
  }
  if (typeof value === "object" && value !== null) {
    return z.object(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, schema(part)])));
  }
  const types = { number: z.number(), string: z.string(), boolean: z.boolean() };
  return types[typeof value] ?? z.unknown();
}

/** The best times of ways to do a thing, in milliseconds. */
async function times(ways, rounds) {
  const best = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(ways)) {
      const start = performance.now();
      await run();
      best[name] = Math.min(best[name] ?? Infinity, performance.now() - start);
    }
  }
  return best;
}

/** What a bundle of a program of these lines is made of. */
async function bundle(contents) {
  const stdin = { contents, resolveDir: "." };
  const options = { bundle: true, minify: true, format: "esm", target: "es2022", write: false, metafile: true };
  const { outputFiles, metafile } = await build({ ...options, stdin });
  const [{ contents: code }] = outputFiles;
  const [{ inputs }] = Object.values(metafile.outputs);
  return { code, inputs, gzip: gzipSync(code, { level: 9 }).length };
}

/** The parts of the package, by the modules of each. */
const PARTS = {
  "the method and its types": /\/(?:methods|types)\/|\/api\./,
  reading: /\/json\/(?!writer)/,
  writing: /\/json\/writer/,
  "the client, and fetch": /\/(?:client|fetch)\./,
  "limit and block": /\/(?:account|gate|hint|limit)\./,
  "attempts and hooks": /\/(?:clock|exchange|retry|told)\./,
  "errors, without the token": /\/(?:errors|interpret|token)\./,
};

function say(name, text) {
  console.log(`${name.padEnd(44)} ${text}`);
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

async function sizes() {
  const from = 'from "./package/dist/index.js"';
  const methods = readdirSync("package/dist/methods")
    .filter((file) => file.endsWith(".js"))
    .map((file) => file.slice(0, -3));
  const using = (...names) => `import { ${names.join(", ")} } ${from}; globalThis.used = [${names.join(", ")}];`;
  const programs = {
    "the smallest method": using(await smallest(methods, using)),
    getOrders: using("getOrders"),
    "getOrders, to be sent by other means": using("getOrders", "encode", "decodeReply"),
    "getOrders and a client": using("getOrders", "createClient"),
    "all methods and a client": using(...methods, "createClient"),
    everything: `import * as used ${from}; globalThis.used = used;`,
  };
  for (const [name, program] of Object.entries(programs)) {
    const { code, gzip } = await bundle(program);
    say(name, `${kB(gzip)} gzipped, ${kB(code.length)} minified, ${kB(brotliCompressSync(code).length)} by brotli`);
  }
  const { inputs } = await bundle(programs["getOrders and a client"]);
  for (const [part, modules] of Object.entries(PARTS)) {
    const found = Object.entries(inputs).filter(([path]) => modules.test(path));
    say(`  ${part}`, `${kB(found.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0))} minified`);
  }
}

/** The method that costs least. */
async function smallest(methods, using) {
  const costs = await Promise.all(methods.map(async (name) => [(await bundle(using(name))).gzip, name]));
  return costs.sort(([a], [b]) => a - b)[0][1];
}

async function checks() {
  for (const [name, folder] of Object.entries(COMPILERS)) {
    const tsc = (...options) => execFileSync("node", [`node_modules/${folder}/bin/tsc`, ...options]);
    const { check, start } = await times(
      { check: () => tsc("--project", "package", "--noEmit"), start: () => tsc("--version") },
      3,
    );
    say(
      `check of the package, ${name}`,
      `${(check / 1000).toFixed(1)} s, ${(start / 1000).toFixed(1)} s of it to start`,
    );
  }
}

async function decoding() {
  const body = page();
  const decoder = new TextDecoder();
  const parse = () => JSON.parse(decoder.decode(body));
  const strict = schema(parse());
  const ways = {
    "JSON.parse": parse,
    "JSON.parse and zod": () => strict.parse(parse()),
    "this package": () => decodeReply(getOrders(), body),
  };
  if (ways["this package"]().value.orders.length !== ORDERS || ways["this package"]().mismatches.length > 0) {
    throw new Error("the page is not read");
  }
  const found = await times(ways, ROUNDS);
  console.log(`page of ${ORDERS.toString()} orders, ${body.length.toString()} bytes`);
  for (const [name, time] of Object.entries(found)) {
    say(`  ${name}`, `${time.toFixed(2)} ms, ${(time / found["JSON.parse"]).toFixed(1)} times JSON.parse`);
  }
}

/** A call over HTTP on this machine, and what it takes without a client: the same exchange, read in the same way. */
async function calls() {
  const body = page();
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.end(body));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${server.address().port.toString()}/`;
  const client = createClient({ token: "1", endpoint, rateLimiter: new SlidingWindow(1e9) });
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-bltoken": "1" };
  const form = new URLSearchParams({ method: "getOrders", parameters: "{}" }).toString();
  const exchange = async () => {
    const response = await fetch(endpoint, { method: "POST", headers, body: form });
    return new Uint8Array(await response.arrayBuffer());
  };
  const ways = {
    "fetch and JSON.parse": async () => JSON.parse(new TextDecoder().decode(await exchange())),
    "fetch and decodeReply": async () => decodeReply(getOrders(), await exchange()),
    "client.call": () => client.call(getOrders()),
  };
  const found = await times(ways, CALLS);
  server.close();
  server.closeAllConnections();
  console.log("the same page from a server on this machine");
  for (const [name, time] of Object.entries(found)) {
    say(`  ${name}`, `${time.toFixed(2)} ms`);
  }
}

console.log("TypeScript");
await sizes();
await checks();
await decoding();
await calls();
