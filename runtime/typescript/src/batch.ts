/** Calls that take a limited number of items: split, in order, and told apart when one fails. */

import type { CallOptions, Client, Reply } from "./client.js";
import type { BatchedRequest } from "./info.js";

/** What became of a call that was made in parts. */
export interface Batches<T> {
  /** The replies of the parts that succeeded, in order. */
  readonly replies: Reply<T>[];
  /** The first part that failed, if one did; none was sent after it. */
  readonly failure?: BatchFailure<T>;
}

/** The part at which a call in parts ended. */
export interface BatchFailure<T> {
  /** Why it failed: a `CallError`, or the reason of a signal. Whether it took effect is as for any other call. */
  readonly error: unknown;
  /** The part that failed. */
  readonly failed: BatchedRequest<T>;
  /** The items that were not sent, as one request that may be called in parts again. */
  readonly notSent?: BatchedRequest<T>;
}

/**
 * Calls a method with any number of items: as many calls, one after another, as the API needs for them. Without any items
 * nothing is sent.
 *
 * It stops at the first call that fails, and says what was done by then, what failed, and what was not sent.
 */
export async function callInBatches<T>(
  client: Client,
  request: BatchedRequest<T>,
  options?: CallOptions,
): Promise<Batches<T>> {
  const replies: Reply<T>[] = [];
  let rest: BatchedRequest<T> | undefined = request;
  while (rest !== undefined) {
    const [part, behind]: [BatchedRequest<T> | undefined, BatchedRequest<T> | undefined] = split(rest);
    if (part === undefined) {
      break;
    }
    try {
      replies.push(await client.call(part, options));
    } catch (error) {
      const notSent = behind === undefined ? {} : { notSent: behind };
      return { replies, failure: { error, failed: part, ...notSent } };
    }
    rest = behind;
  }
  return { replies };
}

/** How many items a method takes a call: `maxItems(deleteOrders)` is 1000. */
export function maxItems<T>(method: (params: never) => BatchedRequest<T>): number {
  return method({} as never).method.batch.max;
}

/** As many items as one call takes, and the rest. */
function split<T>(request: BatchedRequest<T>): [BatchedRequest<T> | undefined, BatchedRequest<T> | undefined] {
  const { method, params } = request;
  const { param, max } = method.batch;
  const items = (params as Record<string, unknown>)[param];
  const parts = Array.isArray(items) ? (items as unknown[]) : Object.entries(items ?? {});
  const some = (from: number, to?: number): BatchedRequest<T> | undefined => {
    const slice = parts.slice(from, to);
    const taken = Array.isArray(items) ? slice : Object.fromEntries(slice as [string, unknown][]);
    return slice.length > 0 ? { method, params: { ...params, [param]: taken } } : undefined;
  };
  return [some(0, max), some(max)];
}
