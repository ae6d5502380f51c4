/**
 * Sending what changes something. What may be sent twice is simply sent again; what may not is written down first, and looked
 * for before it is sent again.
 */

import { BaseLinkerError, type Client, type Reply, type Request } from "baselinker-client";

import type { Intent, Store } from "./store.js";

/** How often something is sent before it counts as a problem. */
const ATTEMPTS = 5;

/** How something is sent that must not be sent twice. */
export interface Once<T> {
  /** Asks the API for what was meant. */
  readonly look: () => Promise<T | undefined>;
  /** Sends it. */
  readonly send: () => Promise<T>;
  /** Stores the result, in the transaction in which the intent goes. */
  readonly keep: (result: T) => void;
}

/**
 * Sends something once, although the program may be killed at any moment and answers may get lost.
 *
 * The intent is stored before anything is sent, and goes in the transaction that stores the result. So an intent that is
 * there at the start is one of a run that was killed, and nobody knows whether it was carried out: then, and after every
 * answer that is no clear refusal, `look` asks the API for what was meant, and `send` is called only if it finds nothing.
 */
export async function once<T>(store: Store, intent: Intent, { look, send, keep }: Once<T>): Promise<T> {
  const finish = (result: T) =>
    store.change(() => {
      keep(result);
      store.forget(intent);
      return result;
    });
  let unclear = store.intend(intent);
  for (let attempt = 1; ; attempt += 1) {
    const found = unclear ? await look() : undefined;
    if (found !== undefined) {
      return finish(found);
    }
    try {
      return finish(await send());
    } catch (error) {
      if (isUnclear(error) && attempt < ATTEMPTS) {
        unclear = true;
        continue;
      }
      if (isWithoutEffect(error) && !unclear) {
        store.forget(intent);
      }
      throw error;
    }
  }
}

/**
 * Sends something that does no harm when it arrives twice, until it is answered: what is idempotent, or names what it
 * changes, such as `addInventoryProduct` with the number of a product.
 *
 * Clients repeat only reads unless told otherwise, since they cannot know who else writes: here nothing else writes these values.
 */
export async function again<T>(client: Client, request: Request<T>): Promise<Reply<T>> {
  return await client.call(request, { retry: { repeat: "anything" } });
}

function isUnclear(error: unknown): boolean {
  return error instanceof BaseLinkerError && error.isUnclear;
}

function isWithoutEffect(error: unknown): boolean {
  return error instanceof BaseLinkerError && error.isWithoutEffect;
}
