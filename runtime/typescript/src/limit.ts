/**
 * At most so many calls in any window of a minute, as the server sees it.
 *
 * The server counts a call at some moment between its sending and its answer. So a call keeps its place until a whole
 * window after its answer: however long the network takes, no window of the server has one call too many.
 */

import { Event, now } from "./clock.js";

/** Decides when a call may be sent. One that several processes share, say over Redis, fits in here. */
export interface RateLimiter {
  /**
   * Gives a permit at once, or the promise of one. Callers are served in the order in which they came; the signal gives
   * the place in the queue up.
   */
  acquire(signal: AbortSignal): Permit | Promise<Permit>;
  /**
   * Is told that the API has blocked the token, for this long as far as is known. Clients wait for the end of a block by
   * themselves.
   */
  blocked?(lengthMs: number): void;
}

/** Leave to send one call. One of its functions is called when the call is over. */
export interface Permit {
  /** The call was sent. */
  release(): void;
  /** The call was certainly not sent, so that another one may be. */
  giveBack(): void;
}

/** The window, and how much longer a place is kept as a part of it, because clocks and timers are not exact. */
const MINUTE = 60_000;
const MARGIN = 600;

/** Sends at once what fits into the window, and lets all others wait for their turn in the order in which they came. */
export class SlidingWindow implements RateLimiter {
  #limit: number;
  readonly #kept: number;
  /** Calls under way. */
  #taken = 0;
  /** When the places of calls that are over become free again, soonest first. */
  readonly #freed: number[] = [];
  readonly #queue: (() => void)[] = [];
  readonly #changed = new Event();

  /** A limit for any window, which is a minute unless set. */
  constructor(calls: number, windowMs = MINUTE) {
    this.#limit = calls;
    this.#kept = windowMs + windowMs / MARGIN;
  }

  /** Changes the limit, for those who wait too. */
  setLimit(calls: number): void {
    this.#limit = calls;
    this.#changed.fire();
  }

  /** Does it remember no call that still counts? */
  isIdle(): boolean {
    this.#forget();
    return this.#taken === 0 && this.#freed.length === 0;
  }

  acquire(signal: AbortSignal): Permit | Promise<Permit> {
    return this.#queue.length === 0 && this.#hasPlace() ? this.#take() : this.#wait(signal);
  }

  async #wait(signal: AbortSignal): Promise<Permit> {
    const turn = new Event();
    const wake = (): void => {
      turn.fire();
    };
    this.#queue.push(wake);
    try {
      while (this.#queue[0] !== wake) {
        await turn.wait(Infinity, signal);
      }
      while (!this.#hasPlace()) {
        const next = this.#freed[this.#taken + this.#freed.length - this.#limit] ?? Infinity;
        await this.#changed.wait(next, signal);
      }
      return this.#take();
    } finally {
      const wasFirst = this.#queue[0] === wake;
      this.#queue.splice(this.#queue.indexOf(wake), 1);
      if (wasFirst) {
        this.#queue[0]?.();
      }
    }
  }

  #hasPlace(): boolean {
    this.#forget();
    return this.#taken + this.#freed.length < this.#limit;
  }

  #forget(): void {
    const time = now();
    while (this.#freed[0] !== undefined && this.#freed[0] <= time) {
      this.#freed.shift();
    }
  }

  #take(): Permit {
    this.#taken += 1;
    let isOver = false;
    const end = (wasSent: boolean): void => {
      if (!isOver) {
        isOver = true;
        this.#taken -= 1;
        if (wasSent) {
          this.#freed.push(now() + this.#kept);
        }
        this.#changed.fire();
      }
    };
    return {
      release: () => {
        end(true);
      },
      giveBack: () => {
        end(false);
      },
    };
  }
}
