/** Reading replies that a program has kept, and the form of a reply that all languages agree on. */

import type { ApiInfo, Request } from "./info.js";
import { replyError } from "./interpret.js";
import { canonical as canonicalOf } from "./json/canonical.js";
import type { Json } from "./json/reader.js";
import { type Decoded, readReply } from "./json/reply.js";

/** Reads the whole text of a reply to a request, envelope included. The package of an API has it as `decodeReply`. */
export function decodeBy<T>(api: ApiInfo, { method }: Request<T>, body: string | Uint8Array): Decoded<T> {
  try {
    return readReply(method.reply, body);
  } catch (error) {
    throw replyError(api, method, error) ?? error;
  }
}

/**
 * The reply to a request in its canonical form: wire names, decimals as texts, undocumented keys under `extra`, and nothing
 * for lists and maps without anything. It is the same in all languages.
 */
export function canonical<T>({ method }: Request<T>, value: T): Json {
  return canonicalOf(method.reply, value) ?? null;
}
