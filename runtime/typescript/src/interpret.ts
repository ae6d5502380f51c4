/** Tells the API's errors, and answers that are not the API's, apart; and keeps the token out of what is said. */

import { ApiError, BlockedError, type CallError, DecodeError, HttpError } from "./errors.js";
import { dateAndTime } from "./hint.js";
import type { ApiInfo, Method } from "./info.js";
import { Unusable } from "./json/reader.js";
import { type Decoded, Refused, readReply } from "./json/reply.js";
import type { Type } from "./json/scalars.js";
import { veil, veilEnd } from "./token.js";

/** How many characters of a strange answer an error repeats. */
const SNIPPET = 160;

/** Reads a reply, and veils the token in what is reported. What is reported stays as the API sent it otherwise. */
export function readVeiled<T>(type: Type<T>, body: string | Uint8Array, token: string): Decoded<T> {
  try {
    const decoded = readReply(type, body);
    const mismatches = decoded.mismatches.map(({ path, expected, found }) => ({
      path: veilEnd(token, path),
      expected,
      found: veilEnd(token, found),
    }));
    return { ...decoded, mismatches };
  } catch (error) {
    throw failureWithout(token, type, body) ?? error;
  }
}

/**
 * Errors repeat pieces of an answer, and a piece may have a piece of the token. So the answer without the token is read
 * once more; if it now can be read, then the token was a piece of JSON's own syntax, and no secret.
 */
function failureWithout<T>(token: string, type: Type<T>, body: string | Uint8Array): unknown {
  const text = textOf(body);
  if (!text.includes(token)) {
    return undefined;
  }
  try {
    readReply(type, veil(token, text));
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The error of an answer. */
export function replyError(api: ApiInfo, method: Method<unknown>, error: unknown): CallError | undefined {
  if (error instanceof Unusable) {
    return new DecodeError(method.name, error);
  }
  if (!(error instanceof Refused)) {
    return undefined;
  }
  const { code, message } = error;
  return api.blockCodes.includes(code)
    ? new BlockedError(method.name, code, message, dateAndTime(message), api.blockSeconds * 1000)
    : new ApiError(method.name, code, message, advice(api, code, method));
}

/** The error of an answer with a status that the API never sends. */
export function httpError(method: string, status: number, body: string | Uint8Array, token: string): HttpError {
  const words = veil(token, textOf(body))
    .split(/\s+/)
    .filter((word) => word !== "");
  return new HttpError(
    method,
    status,
    Array.from(words.join(" ").slice(0, 2 * SNIPPET))
      .slice(0, SNIPPET)
      .join(""),
  );
}

/** What to do about an error of the API, as a clause; empty if its message has to do. */
function advice({ changelogDate }: ApiInfo, code: string, method: Method<unknown>): string {
  switch (code) {
    case "ERROR_BAD_TOKEN":
    case "ERROR_EMPTY_TOKEN":
      return "make a token in the panel under Account, API, or check that this one is whole";
    case "ERROR_USER_ACCOUNT_BLOCKED":
      return "the account itself is blocked; its owner has to ask the API's support";
    case "ERROR_UNKNOWN_METHOD":
    case "ERROR_EMPTY_METHOD":
      return method.isUnknown === true
        ? `this client, which knows the API of ${changelogDate}, has no such method either; check its name`
        : `the API had it on ${changelogDate}; look for a newer version of this client`;
    default:
      return "";
  }
}

function textOf(body: string | Uint8Array): string {
  return typeof body === "string" ? body : new TextDecoder().decode(body);
}
