/** The usual transport: `fetch`, which every runtime has. What went wrong is told by the codes that Node.js gives. */

import { TransportFailure, type TransportReason } from "./errors.js";
import type { HttpRequest, HttpResponse, Transport } from "./transport.js";

/** Codes of causes after which certainly nothing was sent. */
const UNCONNECTED =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/;
const INSECURE = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$)/;
const BROKEN = /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|HPE_)/;

/**
 * Sends by `fetch`, or by another function that does the same.
 *
 * How long connecting may take is up to that function: in Node.js 10 seconds, or what an `Agent` of undici is told, as in
 * `fetchTransport((url, init) => fetch(url, { ...init, dispatcher: new Agent({ connect: { timeout: 3000 } }) }))`.
 */
export function fetchTransport(send: typeof fetch = (input, init) => fetch(input, init)): Transport {
  return {
    send: async (request) => {
      try {
        const { url, headers, body, signal } = request;
        // "error" is not known everywhere. An answer that points elsewhere is none of the API, and is told as such.
        const response = await send(url, { method: "POST", headers, body, signal, redirect: "manual" });
        return { status: response.status, body: await read(response, request) } satisfies HttpResponse;
      } catch (error) {
        throw error instanceof TransportFailure ? error : failure(error, request.url);
      }
    },
  };
}

async function read(response: Response, { maxReplyBytes }: HttpRequest): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (const reader = response.body?.getReader(); reader !== undefined; ) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    length += value.length;
    if (length > maxReplyBytes) {
      await reader.cancel();
      throw new TransportFailure("tooLarge", `the reply is longer than ${maxReplyBytes.toString()} bytes`);
    }
    chunks.push(value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function failure(error: unknown, url: string): TransportFailure {
  const codes = codesOf(error);
  const reason = (
    Object.entries({ connect: UNCONNECTED, tls: INSECURE, closed: BROKEN }) as [TransportReason, RegExp][]
  )
    .find(([, pattern]) => codes.some((code) => pattern.test(code)))
    ?.at(0) as TransportReason | undefined;
  const what = {
    connect: `no connection to ${new URL(url).host}`,
    tls: `no secure connection to ${new URL(url).host}`,
    closed: "the connection was closed before the reply was complete",
    other: "the exchange failed",
  };
  const why = codes.length > 0 ? `: ${codes.join(", ")}` : "";
  const kind = reason === "connect" || reason === "tls" || reason === "closed" ? reason : "other";
  return new TransportFailure(kind, what[kind] + (kind === "closed" ? "" : why), { cause: error });
}

/** The codes of an error and of what caused it. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== "object" || error === null || depth > 4) {
    return [];
  }
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const inner = [cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  const codes = inner.flatMap((part) => codesOf(part, depth + 1));
  return [...new Set(typeof code === "string" ? [code, ...codes] : codes)];
}
