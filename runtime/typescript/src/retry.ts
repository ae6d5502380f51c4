/** When a call is sent again, and after how long. The runtimes of all languages have this rule and these numbers. */

import { someOf } from "./clock.js";
import type { TransportReason } from "./errors.js";
import type { Method } from "./info.js";

/**
 * How often a call is sent, and how long it may take in all.
 *
 * What only reads is sent again when there was no connection, no answer in time, a broken one, a server error (5xx) or
 * something that is no reply. What changes something is sent again only when it certainly was not sent, unless `repeat`
 * says otherwise. Whatever was refused because the token is blocked had no effect, and is sent again after the block. No
 * other error is worth it.
 */
export interface RetryPolicy {
  /** How often a call is sent at most; refusals of a blocked token do not count. 5 unless set. */
  readonly attempts: number;
  /**
   * The longest delay before the second attempt, in milliseconds; it doubles with each one after that. The delay itself is
   * a random part of it, so that callers who failed together do not come back together. 500 unless set.
   */
  readonly firstDelayMs: number;
  /** How far the longest delay may grow, in milliseconds. 30,000 unless set. */
  readonly greatestDelayMs: number;
  /**
   * How long a call may take in all, in milliseconds: waiting for its turn, for the end of a block, and all attempts.
   * 15 minutes unless set, which is longer than a block.
   */
  readonly deadlineMs: number;
  /** Whether a call waits while the token is blocked, if its deadline allows. Otherwise it fails at once. */
  readonly waitOutBlocks: boolean;
  /** What is sent again although it may have taken effect. `"reads"` unless set. */
  readonly repeat: Repeat;
}

/**
 * What is sent again when nobody knows whether it took effect: after no answer, a server error, or something that is no
 * reply.
 *
 * - `"reads"`: what only reads.
 * - `"idempotent"`: that, and what does no more when it is done twice, such as setting a status: each method says which it
 *   is, a raw call does not. It is for programs that alone write what they write; a value that somebody else wrote meanwhile
 *   would be lost.
 * - `"anything"`: any call. It is for single calls of which the program knows that they do no harm twice.
 */
export type Repeat = "reads" | "idempotent" | "anything";

/** Some numbers of a policy; the others stay. */
export type RetryChanges = { readonly [Key in keyof RetryPolicy]?: RetryPolicy[Key] | undefined };

/** What clients do unless told otherwise. */
export const USUAL_RETRY: RetryPolicy = {
  attempts: 5,
  firstDelayMs: 500,
  greatestDelayMs: 30_000,
  deadlineMs: 900_000,
  waitOutBlocks: true,
  repeat: "reads",
};

/** A call is sent once at most, and not at all while the token is blocked. It still waits for its turn. */
export const NO_RETRY: RetryPolicy = { ...USUAL_RETRY, attempts: 1, waitOutBlocks: false };

/** How long to wait after so many attempts that failed. */
export function delay(policy: RetryPolicy, failures: number): number {
  return someOf(Math.min(policy.firstDelayMs * 2 ** (failures - 1), policy.greatestDelayMs));
}

/** What is known of a call that failed: it was not sent, it may have taken effect, or it would fail again. */
export type Fault = "notSent" | "unclear" | "lasting";

/** May a call that failed so be sent again? */
export function allowsRepeating(fault: Fault, repeat: Repeat, method: Method<unknown>): boolean {
  return fault === "notSent" || (fault === "unclear" && mayComeTwice(repeat, method));
}

function mayComeTwice(repeat: Repeat, { access, isIdempotent = false }: Method<unknown>): boolean {
  return repeat === "anything" || access === "read" || (repeat === "idempotent" && isIdempotent);
}

/** What a call that got no answer may have done. */
export function faultOf(reason: TransportReason): Fault {
  return reason === "connect" ? "notSent" : reason === "tls" || reason === "tooLarge" ? "lasting" : "unclear";
}
