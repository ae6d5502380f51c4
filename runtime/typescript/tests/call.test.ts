/** Calls over real HTTP: what is sent, every way in which an answer can be bad, and the exact text that people read then. */

import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { inspect } from "node:util";

import { Client, type ClientSettings } from "../src/client.js";
import { BaseLinkerError } from "../src/errors.js";
import type { Method, Request } from "../src/info.js";
import { object, required } from "../src/json/object.js";
import { list } from "../src/json/parts.js";
import { decimal, id, int, text } from "../src/json/scalars.js";
import { callByName } from "../src/raw.js";
import { NO_RETRY } from "../src/retry.js";
import { API } from "./fake.js";

const TOKEN = "1-23-T0PS3CRET";

interface Things {
  things: { thingId: number; stock?: number; weight?: string }[];
}

const getThings: Method<Things> = {
  name: "getThings",
  access: "read",
  params: object(() => ({ name: text, size: decimal, ids: list(int) })),
  reply: object(() => ({ things: list(object(() => ({ thing_id: required(id), stock: int, weight: decimal }))) })),
};

interface Seen {
  readonly method: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

type Respond = (response: ServerResponse, seen: Seen) => void;

const seen: Seen[] = [];
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
await new Promise<void>((resolve) => {
  server.listen(0, "127.0.0.1", resolve);
});
after(() => {
  server.close();
  server.closeAllConnections();
});
const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port.toString()}/connector.php`;

function ok(body: string | Uint8Array): Respond {
  return status(200, body);
}

function status(code: number, body: string | Uint8Array): Respond {
  return (response) => {
    response.writeHead(code, code === 302 ? { location: "/elsewhere" } : {}).end(body);
  };
}

function client(settings: Partial<ClientSettings> = {}): Client {
  return new Client(API, "agent/1", { token: TOKEN, endpoint, retry: NO_RETRY, callsPerMinute: 1e6, ...settings });
}

function things(params: object = {}): Request<Things> {
  return { method: getThings, params };
}

/** The error of a call that is answered so. Whatever is shown of it must not have the token. */
async function failure(answer: Respond, settings?: Partial<ClientSettings>): Promise<BaseLinkerError> {
  respond = answer;
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

test("a call is a form with the token in a header", async () => {
  seen.length = 0;
  respond = ok('{"status":"SUCCESS","things":[{"thing_id":"5","weight":12.50}],"new":1}');
  const reply = await client().call(things({ name: 'ż "&+=\n\u0001', size: "12.50", ids: [1, 2] }));
  assert.deepEqual(reply, {
    value: { things: [{ thingId: 5, weight: "12.50" }], extra: { new: 1 } },
    mismatches: [],
    unlisted: 0,
  });
  const [{ method, headers, body } = assert.fail()] = seen;
  assert.equal(method, "POST");
  assert.equal(headers["x-bltoken"], TOKEN);
  assert.equal(headers["content-type"], "application/x-www-form-urlencoded");
  assert.equal(headers["user-agent"], "agent/1");
  const form = new URLSearchParams(body);
  assert.deepEqual([...form.keys()], ["method", "parameters"]);
  assert.equal(form.get("method"), "getThings");
  assert.equal(form.get("parameters"), '{"name":"ż \\"&+=\\n\\u0001","size":12.50,"ids":[1,2]}');
});

const BLOCKED =
  '{"status":"ERROR","error_code":"ERROR_BLOCKED_TOKEN","error_message":"Query limit exceeded, token blocked until 2026-04-20 12:30:05"}';

/** What the server does, and the error of the call. */
const ERRORS: readonly [Respond, string][] = [
  [
    ok('{"status":"ERROR","error_code":"ERROR_BAD_TOKEN","error_message":"Invalid user token"}'),
    "the API refused the call: ERROR_BAD_TOKEN, Invalid user token (make a token in the panel under Account, API, or check that this one is whole)",
  ],
  [
    ok('{"status":"ERROR","error_code":"ERROR_UNKNOWN_METHOD","error_message":""}'),
    "the API refused the call: ERROR_UNKNOWN_METHOD (the API had it on 2026-04-20; look for a newer version of this client)",
  ],
  [
    ok('{"error_message":"","status":"ERROR","error_code":"ERROR_PARSE_JSON_PARAMETERS"}'),
    "the API refused the call: ERROR_PARSE_JSON_PARAMETERS",
  ],
  [ok('{"status":"ERROR"}'), "the API refused the call and does not say why"],
  [
    ok(BLOCKED),
    "the API refused the call: ERROR_BLOCKED_TOKEN, Query limit exceeded, token blocked until 2026-04-20 12:30:05 (the call had no effect; send it again after 2026-04-20 12:30:05, and send fewer a minute)",
  ],
  [
    status(429, '{"status":"ERROR","error_code":"ERROR_BLOCKED_TOKEN"}'),
    "the API refused the call: ERROR_BLOCKED_TOKEN (the call had no effect; send it again after about 10 minutes, and send fewer a minute)",
  ],
  [ok(""), "cannot decode the reply: it is empty (byte 0) (the call may have taken effect)"],
  [
    ok("null"),
    'cannot decode the reply: it is not an object with a status (byte 0, near "null") (the call may have taken effect)',
  ],
  [
    ok("<html>ok</html>"),
    'cannot decode the reply: it is HTML or XML instead of JSON: is this the API\'s endpoint? (byte 0, near "<html>ok</html>") (the call may have taken effect)',
  ],
  [
    ok('{"things":[]}'),
    'cannot decode the reply: it has no status: is this the API\'s endpoint? (byte 13, near "{\\"things\\":[]}") (the call may have taken effect)',
  ],
  [
    ok('{"status":"SUCCESS","things":['),
    'cannot decode the reply at things[0]: it is not valid JSON: it ends too early (byte 30, near "\\"SUCCESS\\",\\"things\\":[") (the call may have taken effect; `callRaw` asks less of a reply)',
  ],
  [
    ok('{"status":"SUCCESS","things":[{"stock":1}]}'),
    "cannot decode the reply at things[0].thing_id: it is missing, or means nothing (byte 41) (the call may have taken effect; `callRaw` asks less of a reply)",
  ],
  [
    ok('{"status":"SUCCESS","żółw":1,"things":[{"thing_id":"x"}]}'),
    'cannot decode the reply at things[0].thing_id: expected id, found "x" (byte 58) (the call may have taken effect; `callRaw` asks less of a reply)',
  ],
  [
    ok(Buffer.from('{"status":"SUCCESS","a":"\xff"}', "latin1")),
    'cannot decode the reply: it is not UTF-8 text (byte 25, near "tus\\":\\"SUCCESS\\",\\"a\\":\\"\ufffd\\"}") (the call may have taken effect)',
  ],
  [
    status(502, "<html>\r\n <h1>502 Bad Gateway</h1>\r\n</html>"),
    'HTTP 502 instead of a reply (a server is in trouble; the call may have taken effect): "<html> <h1>502 Bad Gateway</h1> </html>"',
  ],
  [status(503, ""), "HTTP 503 instead of a reply (a server is in trouble; the call may have taken effect)"],
  [
    status(404, '{"status":"SUCCESS"}'),
    'HTTP 404 instead of a reply (is this the API\'s endpoint?): "{\\"status\\":\\"SUCCESS\\"}"',
  ],
  [status(302, ""), "HTTP 302 instead of a reply (is this the API's endpoint?)"],
  [
    (response) => {
      response.socket?.destroy();
    },
    "the connection was closed before the reply was complete (the call may have taken effect; look before sending a write again)",
  ],
  [
    (response) => {
      response.writeHead(200, { "content-length": "99" }).write('{"status"');
      setImmediate(() => response.socket?.destroy());
    },
    "the connection was closed before the reply was complete (the call may have taken effect; look before sending a write again)",
  ],
];

for (const [index, [answer, expected]] of ERRORS.entries()) {
  test(`bad answer ${index.toString()}: ${expected.slice(0, 60)}`, async () => {
    const settings = { token: `${TOKEN}-${index.toString()}` };
    assert.equal((await failure(answer, settings)).message, `getThings: ${expected}`);
  });
}

test("no redirect is followed", async () => {
  seen.length = 0;
  await failure(status(302, ""));
  assert.equal(seen.length, 1);
});

test("no connection", async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => {
    closed.listen(0, "127.0.0.1", resolve);
  });
  const host = `127.0.0.1:${(closed.address() as AddressInfo).port.toString()}`;
  await new Promise((resolve) => closed.close(resolve));
  const error = await failure(ok(""), { endpoint: `http://${host}/` });
  assert.ok(error.isWithoutEffect);
  const advice = "(nothing was sent; check the network and the endpoint)";
  assert.equal(error.message, `getThings: no connection to ${host}: ECONNREFUSED ${advice}`);
});

test("a reply that is too long", async () => {
  const error = await failure(ok("x".repeat(5000)), { maxReplyBytes: 4000 });
  const advice = "(the call may have taken effect; raise `maxReplyBytes`)";
  assert.equal(error.message, `getThings: the reply is longer than 4000 bytes ${advice}`);
});

test("a reply that does not come in time, and one that nobody wants any more", async () => {
  const error = await failure(() => undefined, { timeoutMs: 20 });
  assert.ok(error.isTimeout && !error.isWithoutEffect);
  const advice = "(the call may have taken effect; look before sending a write again)";
  assert.equal(error.message, `getThings: no whole reply came within 0.02 s ${advice}`);
  for (const signals of ["call", "client"] as const) {
    const stop = new AbortController();
    respond = () => {
      stop.abort(new Error("enough"));
    };
    const { signal } = stop;
    const call = client(signals === "client" ? { signal } : {}).call(things(), signals === "call" ? { signal } : {});
    await assert.rejects(call, new Error("enough"));
  }
});

test("the token is in no error, even if the answer has it", async () => {
  const echoes = [
    ok(`${TOKEN} is not JSON`),
    ok(`{"status":"ERROR","error_code":"X","error_message":"bad token ${TOKEN}"}`),
    ok(`{"status":"SUCCESS","things":[{"thing_id":"${TOKEN}"}]}`),
    ok(`{"status":"SUCCESS","a":"${"x".repeat(60)}${TOKEN}`),
    status(500, `token ${TOKEN}`),
  ];
  for (const echo of echoes) {
    await failure(echo);
  }
  respond = ok(
    `{"status":"SUCCESS","things":[{"thing_id":1,"stock":"${TOKEN}"},{"thing_id":2,"stock":"${"x".repeat(70)}${TOKEN}"}]}`,
  );
  const { mismatches } = await client().call(things());
  assert.equal(mismatches.length, 2);
  assert.ok(!JSON.stringify(mismatches).includes(TOKEN.slice(0, 6)), JSON.stringify(mismatches));
});

test("a client shows no secret", () => {
  const one = client();
  assert.ok(!`${inspect(one, { depth: 9, showHidden: true })}${JSON.stringify(one)}`.includes(TOKEN));
});

/** Settings that cannot be right, and what is said of them. */
const SETTINGS: readonly [Partial<ClientSettings>, string][] = [
  [{ token: "" }, "the token is empty"],
  [{ token: "1-2 3" }, "the token holds a blank, a line break or another character that no token has"],
  [{ endpoint: "connector.php" }, 'the endpoint "connector.php" is not a whole URL, such as https://api.example.com/'],
  [{ endpoint: "ftp://localhost/" }, 'the endpoint "ftp://localhost/" begins neither with https:// nor with http://'],
  [
    { endpoint: "http://api.example.com/" },
    'the endpoint "http://api.example.com/" would carry the token over the network for all to read; use https://',
  ],
];

test("settings that cannot be right", () => {
  for (const [settings, what] of SETTINGS) {
    assert.throws(() => client(settings), { name: "ConfigError", message: `cannot make a client: ${what}` });
  }
  for (const fine of ["https://api.example.com/", "http://localhost:1/", "http://[::1]/", "http://127.9.9.9/"]) {
    client({ endpoint: fine });
  }
});

/** Parameters that cannot be sent, and what is said of them. */
const PARAMETERS: readonly [object, string][] = [
  [{ nmae: "x" }, 'the call has no property "nmae", which would be ignored'],
  [{ name: 5 }, "name is 5 instead of a text"],
  [{ name: null }, "name is null instead of a text"],
  [{ ids: [1, 2.5] }, "ids[1] is 2.5 instead of a whole number"],
  [{ ids: 1 }, "ids is 1 instead of a list"],
  [{ ids: [2 ** 53] }, "ids[0] is 9007199254740992 instead of a whole number"],
  [{ size: Number.NaN }, "size is NaN instead of a decimal number"],
  [{ size: Number.POSITIVE_INFINITY }, "size is Infinity instead of a decimal number"],
  [{ size: "12,5" }, "size is a string instead of a decimal number"],
];

test("parameters that cannot be sent are refused before anything is sent", async () => {
  seen.length = 0;
  for (const [params, what] of PARAMETERS) {
    await assert.rejects(client().call(things(params)), {
      name: "RefusedError",
      message: `getThings: not sent, because ${what}`,
    });
  }
  assert.equal(seen.length, 0);
});

test("raw calls give the reply without its status", async () => {
  respond = ok('{"status":"SUCCESS","things":[1.50],"__proto__":{"a":1}}');
  const reply = await callByName(client(), {}, "getNew", { a: [true, null, { b: "x" }], big: 12345678901234567890n });
  assert.equal(JSON.stringify(reply), '{"things":[1.5],"__proto__":{"a":1}}');
  const sent = new URLSearchParams(seen.at(-1)?.body).get("parameters");
  assert.equal(sent, '{"a":[true,null,{"b":"x"}],"big":12345678901234567890}');
});
