/** A real HTTP server on this machine that answers as it is told, and a client that calls it. */

import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { after } from "node:test";
import { inspect } from "node:util";

import { Client, type ClientSettings } from "../src/client.js";
import { BaseLinkerError } from "../src/errors.js";
import type { Method, Request } from "../src/info.js";
import { object, required } from "../src/json/object.js";
import { list } from "../src/json/parts.js";
import { decimal, id, int, text } from "../src/json/scalars.js";
import { NO_RETRY } from "../src/retry.js";
import { API } from "./fake.js";

export const TOKEN = "1-23-T0PS3CRET";

/** What `getThings` gives. */
export interface Things {
  things: { thingId: number; stock?: number; weight?: string }[];
}

const getThings: Method<Things> = {
  name: "getThings",
  access: "read",
  params: object(() => ({ name: text, size: decimal, ids: list(int) })),
  reply: object(() => ({ things: list(object(() => ({ thing_id: required(id), stock: int, weight: decimal }))) })),
};

/** What came to the server. */
export interface Seen {
  readonly method: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** How the server answers. */
export type Respond = (response: ServerResponse, seen: Seen) => void;

/** Everything that came to the server, the latest last. */
export const seen: Seen[] = [];
let respond: Respond = ok('{"status":"SUCCESS"}');

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
  });
  request.on("end", () => {
    const one = { method: request.method, headers: request.headers, body: Buffer.concat(chunks).toString() };
    seen.push(one);
    respond(response, one);
  });
});
const port = await listen(server);
after(() => {
  server.close();
  server.closeAllConnections();
});
const endpoint = `http://127.0.0.1:${port}/connector.php`;

/** Lets a server listen on this machine; its port. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port.toString();
}

/** From now on the server answers so. */
export function answer(how: Respond): void {
  respond = how;
}

/** An answer with status 200. */
export function ok(body: string | Uint8Array): Respond {
  return status(200, body);
}

/** An answer with a status. */
export function status(code: number, body: string | Uint8Array): Respond {
  return (response) => {
    response.writeHead(code, code === 302 ? { location: "/elsewhere" } : {}).end(body);
  };
}

/** A client that tries once. */
export function client(settings: Partial<ClientSettings> = {}): Client {
  return new Client(API, "agent/1", { token: TOKEN, endpoint, retry: NO_RETRY, callsPerMinute: 1e6, ...settings });
}

/** A request that lists things. */
export function things(params: object = {}): Request<Things> {
  return { method: getThings, params };
}

/** The error of a call that is answered so. Whatever is shown of it must not have the token. */
export async function failure(how: Respond, settings?: Partial<ClientSettings>): Promise<BaseLinkerError> {
  answer(how);
  try {
    await client(settings).call(things());
  } catch (error) {
    assert.ok(error instanceof BaseLinkerError, inspect(error));
    for (const shown of [error.message, error.stack, inspect(error, { depth: 9 }), JSON.stringify(error)]) {
      assert.ok(!shown?.includes(TOKEN), shown);
    }
    return error;
  }
  throw new Error("it did not fail");
}
