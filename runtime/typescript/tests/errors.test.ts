/** Every way in which an answer can be bad or not come at all, over real HTTP, and the exact text that people read then. */

import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { test } from "node:test";

import { fetchTransport } from "../src/fetch.js";
import { answer, client, failure, listen, ok, type Respond, seen, status, things, TOKEN } from "./server.js";

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

for (const [index, [how, expected]] of ERRORS.entries()) {
  test(`bad answer ${index.toString()}: ${expected.slice(0, 60)}`, async () => {
    const settings = { token: `${TOKEN}-${index.toString()}` };
    assert.equal((await failure(how, settings)).message, `getThings: ${expected}`);
  });
}

test("no redirect is followed", async () => {
  seen.length = 0;
  await failure(status(302, ""));
  assert.equal(seen.length, 1);
});

test("no connection", async () => {
  const closed = createServer();
  const host = `127.0.0.1:${await listen(closed)}`;
  await new Promise((resolve) => closed.close(resolve));
  const error = await failure(ok(""), { endpoint: `http://${host}/` });
  assert.ok(error.isWithoutEffect);
  const advice = "(nothing was sent; check the network and the endpoint)";
  assert.equal(error.message, `getThings: no connection to ${host}: ECONNREFUSED ${advice}`);
});

test("no secure connection", async () => {
  const sent: Buffer[] = [];
  const plain = createServer((socket) => {
    socket.on("data", (chunk) => {
      sent.push(chunk);
      socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    socket.on("error", () => undefined);
  });
  const host = `127.0.0.1:${await listen(plain)}`;
  try {
    const error = await failure(ok(""), { endpoint: `https://${host}/` });
    assert.ok(error.isWithoutEffect && !error.isTimeout);
    const advice = "(nothing was sent; check the endpoint, the clock, and proxies that open connections)";
    assert.match(error.message, /^getThings: no secure connection to 127\.0\.0\.1:\d+: ERR_SSL_\w+ \(/);
    assert.ok(error.message.endsWith(advice), error.message);
    assert.ok(sent.length > 0 && !Buffer.concat(sent).includes(TOKEN));
  } finally {
    plain.close();
  }
});

test("a connection must come in time", async () => {
  // Whoever accepts connections and then says nothing would hold up the TLS handshake for ever.
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket));
  const host = `127.0.0.1:${await listen(silent)}`;
  try {
    const dispatcher = connectingWithin(50);
    const transport = fetchTransport((input, init) => fetch(input, { ...init, dispatcher } as RequestInit));
    const error = await failure(ok(""), { endpoint: `https://${host}/`, transport });
    assert.ok(error.isWithoutEffect);
    const advice = "(nothing was sent; check the network and the endpoint)";
    assert.equal(error.message, `getThings: no connection to ${host}: UND_ERR_CONNECT_TIMEOUT ${advice}`);
    // Without a limit of its own it counts for the attempt as a whole, of which nobody can tell what was sent.
    const late = await failure(ok(""), { endpoint: `https://${host}/`, timeoutMs: 50 });
    assert.ok(late.isTimeout && !late.isWithoutEffect);
  } finally {
    silent.close();
    for (const socket of sockets) {
      socket.destroy();
    }
  }
});

/** What Node.js connects by, of the kind that it has itself, with another limit. */
function connectingWithin(timeout: number): object {
  const known = globalThis as unknown as Record<symbol, object | undefined>;
  // The second is that of Node.js 26, where the first one only wraps it.
  const own = known[Symbol.for("undici.globalDispatcher.2")] ?? known[Symbol.for("undici.globalDispatcher.1")];
  assert.ok(own !== undefined);
  const Agent = own.constructor as new (options: object) => object;
  return new Agent({ connect: { timeout } });
}

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
    answer(() => {
      stop.abort(new Error("enough"));
    });
    const { signal } = stop;
    const call = client(signals === "client" ? { signal } : {}).call(things(), signals === "call" ? { signal } : {});
    await assert.rejects(call, new Error("enough"));
  }
});
