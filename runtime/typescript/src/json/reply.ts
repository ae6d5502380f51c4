/** The whole of a reply: the API's envelope around it, and what is left to say once it has been read. */

import { Malformed } from "./cursor.js";
import { type Mismatch, Reader, Unusable } from "./reader.js";
import { text, type Type } from "./scalars.js";

/** A reply, with what was not as documented. */
export interface Decoded<T> {
  /** The reply. */
  readonly value: T;
  /** The values that could not be read as documented, and are missing in the reply, in its order; a thousand at most. */
  readonly mismatches: readonly Mismatch[];
  /** How many mismatches more there were. */
  readonly unlisted: number;
}

/** The API's own error. */
export class Refused extends Error {
  /** The API's code. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What the outermost object says beside the reply itself. */
type Envelope = Record<string, string | undefined>;

const ENVELOPE = ["status", "error_code", "error_message"];

/** Reads a value as it stands, without an envelope. Throws `Unusable`. */
export function read<T>(type: Type<T>, body: string | Uint8Array): Decoded<T> {
  return readBy(new Reader(decodeText(body)), type);
}

/** Reads a reply: `{"status":"SUCCESS", ...}`. Throws `Refused` for an error of the API, and `Unusable`. */
export function readReply<T>(type: Type<T>, body: string | Uint8Array): Decoded<T> {
  const reader = new Reader(decodeText(body));
  const start = /[^ \t\n\r\f]/.exec(reader.text)?.[0];
  if (start !== "{") {
    const what =
      start === "<"
        ? "it is HTML or XML instead of JSON: is this the API's endpoint?"
        : "it is not an object with a status";
    throw new Unusable("", start === undefined ? "it is empty" : what, 0, reader.text.trim());
  }
  const envelope: Envelope = {};
  reader.envelope = (key) => {
    const isOne = ENVELOPE.includes(key);
    if (isOne) {
      envelope[key] = text.read(reader);
    }
    return isOne;
  };
  let decoded: Decoded<T>;
  try {
    decoded = readBy(reader, type);
  } catch (error) {
    // Reading stopped early, perhaps before the API's own error, which would explain what is missing.
    throw refusal(reread(reader.text)) ?? error;
  }
  const error = refusal(envelope);
  if (error !== undefined || envelope["status"] === "SUCCESS") {
    if (error !== undefined) {
      throw error;
    }
    return decoded;
  }
  const what =
    envelope["status"] === undefined
      ? "it has no status: is this the API's endpoint?"
      : "its status is neither SUCCESS nor ERROR";
  throw new Unusable("", what, byteLength(reader.text), reader.text.trim());
}

/** Whether a body is JSON from end to end, with the status of a success. */
export function isReply(body: string | Uint8Array): boolean {
  try {
    return reread(decodeText(body))["status"] === "SUCCESS";
  } catch {
    return false;
  }
}

function readBy<T>(reader: Reader, type: Type<T>): Decoded<T> {
  const { mismatches, text } = reader;
  let value: T | undefined;
  try {
    value = type.read(reader);
    reader.finish();
  } catch (error) {
    const failure = error instanceof Malformed ? malformed(reader, error) : error;
    throw failure instanceof Unusable ? inBytes(failure, text) : failure;
  }
  if (value === undefined) {
    const [first] = mismatches;
    throw first === undefined
      ? new Unusable("", "it holds nothing", 0, text.trim())
      : new Unusable("", `expected ${first.expected}`, 0, first.found);
  }
  return { value, mismatches, unlisted: reader.unlisted };
}

function malformed(reader: Reader, error: Malformed): Unusable {
  return reader.unusable(`it is not valid JSON: ${error.message}`, error.offset);
}

/** The same with the offset as people find it in a file: in bytes. */
function inBytes({ path, message, offset, near }: Unusable, text: string): Unusable {
  return new Unusable(path, message, byteLength(text.slice(0, offset)), near);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function refusal(envelope: Envelope): Refused | undefined {
  const { status, error_code: code = "", error_message: message = "" } = envelope;
  return status === "ERROR" ? new Refused(code, message) : undefined;
}

/** Reads nothing but the envelope; an empty one if the text is not JSON from end to end. */
function reread(body: string): Envelope {
  const cursor = new Reader(body);
  const envelope: Envelope = {};
  try {
    for (let key = cursor.nextKey(true); key !== undefined; key = cursor.nextKey(false)) {
      if (ENVELOPE.includes(key)) {
        envelope[key] = text.read(cursor);
      } else {
        cursor.skip();
      }
    }
    cursor.finish();
    return envelope;
  } catch {
    return {};
  }
}

function decodeText(body: string | Uint8Array): string {
  if (typeof body === "string") {
    return body.replace(/^\ufeff/, "");
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    const near = new TextDecoder().decode(body);
    const offset = near.indexOf("\ufffd");
    throw new Unusable(
      "",
      "it is not UTF-8 text",
      byteLength(near.slice(0, offset)),
      near.slice(Math.max(0, offset - 20)),
    );
  }
}
