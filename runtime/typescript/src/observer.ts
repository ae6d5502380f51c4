/** Hooks: what a program can watch of its calls. They see neither the token nor parameters and replies. */

import type { BaseLinkerError } from "./errors.js";
import type { Access } from "./info.js";

/**
 * Watches calls, for a log or for metrics. They run in the middle of a call, so they should be quick. What one throws does
 * not touch the call: it becomes an unhandled rejection.
 */
export interface Observer {
  /** A call begins. Calls that the client itself refuses do not get here. */
  beforeCall?(call: CallInfo): void;
  /** A call waits for its turn, because too many were sent in the last minute. */
  waiting?(call: CallInfo): void;
  /** A call met a blocked token. It waits for the end of the block, unless its deadline comes first. */
  blocked?(call: CallInfo, block: BlockInfo): void;
  /** A call is sent. Its `attempt` counts how often that was. */
  sending?(call: CallInfo): void;
  /** An attempt failed, and another one is made after a delay. */
  retrying?(call: CallInfo, error: BaseLinkerError, delayMs: number): void;
  /** A call is over. */
  afterCall?(call: CallInfo, end: CallEnd): void;
}

/** A call that is watched. */
export interface CallInfo {
  /** The name of the method. */
  readonly method: string;
  /** What the method does; what is not known counts as a write. */
  readonly access: Access;
  /** How often the call was sent so far. */
  readonly attempt: number;
}

/** A block of the token. */
export interface BlockInfo {
  /** Until when, in the words of the API: `YYYY-MM-DD HH:MM:SS` in a time zone that it does not name. */
  readonly until: string | undefined;
  /** After how long the next call is tried. */
  readonly retryAfterMs: number;
}

/** How a call ended. */
export interface CallEnd {
  /** Whether there is an answer, none or one of no use, or whether the call was given up by its signal. */
  readonly outcome: "answered" | "failed" | "aborted";
  /** The error of a call that failed. */
  readonly error?: BaseLinkerError;
  /** How long it took in all, in milliseconds. */
  readonly tookMs: number;
  /** How long it waited, in milliseconds: for its turn, for the end of a block, and between attempts. */
  readonly waitedMs: number;
}
