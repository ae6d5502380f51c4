/** A call as it is told to those who watch. */

import { now } from "./clock.js";
import type { BaseLinkerError } from "./errors.js";
import type { Block } from "./gate.js";
import type { Access } from "./info.js";
import type { CallInfo, Observer } from "./observer.js";

/** Tells the observers of one call. */
export class Told {
  readonly begun = now();
  readonly #observers: readonly Observer[];
  readonly #method: string;
  readonly #access: Access;
  #attempt = 0;
  #waited = 0;
  /** When the last block that was told of should be over. */
  #block: number | undefined;

  constructor(observers: readonly Observer[], method: string, access: Access) {
    this.#observers = observers;
    this.#method = method;
    this.#access = access;
    this.#each((observer, call) => observer.beforeCall?.(call));
  }

  waiting(): void {
    this.#each((observer, call) => observer.waiting?.(call));
  }

  hasWaited(since: number): void {
    this.#waited += now() - since;
  }

  blocked(block: Block): void {
    if (this.#block !== block.opens) {
      this.#block = block.opens;
      const info = { until: block.until, retryAfterMs: Math.max(0, block.opens - now()) };
      this.#each((observer, call) => observer.blocked?.(call, info));
    }
  }

  sending(): void {
    this.#attempt += 1;
    this.#each((observer, call) => observer.sending?.(call));
  }

  retrying(error: BaseLinkerError, delayMs: number): void {
    this.#each((observer, call) => observer.retrying?.(call, error, delayMs));
  }

  end(outcome: "answered" | "failed" | "aborted", error?: BaseLinkerError): void {
    const times = { tookMs: now() - this.begun, waitedMs: this.#waited };
    const end = { outcome, ...(error === undefined ? {} : { error }), ...times };
    this.#each((observer, call) => observer.afterCall?.(call, end));
  }

  #each(tell: (observer: Observer, call: CallInfo) => void): void {
    const call = { method: this.#method, access: this.#access, attempt: this.#attempt };
    for (const observer of this.#observers) {
      try {
        tell(observer, call);
      } catch (error) {
        // A write must not look failed because a log was full.
        void Promise.reject(error);
      }
    }
  }
}
