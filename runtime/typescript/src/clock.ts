/** Time: the one clock that everything goes by, and waiting that can be given up. */

/** The longest delay that timers take. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Milliseconds of a clock that never goes back. */
export function now(): number {
  return performance.now();
}

/** A part of a duration that nobody can foresee: from nothing up to all of it. */
export function someOf(length: number): number {
  return Math.random() * length;
}

/** Something that is waited for: until it is set off, until a time, or until the wait is given up. */
export class Event {
  readonly #waiting = new Set<() => void>();

  /** Wakes all who wait. */
  fire(): void {
    for (const wake of [...this.#waiting]) {
      wake();
    }
  }

  /** Waits until the event or the time, whichever is first. Throws the reason of the signal if that is first. */
  async wait(until: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wake!: () => void;
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
      const tick = (): void => {
        const left = until - now();
        if (left <= 0) {
          resolve();
        } else if (left !== Infinity) {
          timer = setTimeout(tick, Math.min(Math.ceil(left), LONGEST_TIMER));
        }
      };
      tick();
    });
    this.#waiting.add(wake);
    signal?.addEventListener("abort", wake);
    try {
      await woken;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(wake);
      signal?.removeEventListener("abort", wake);
    }
    signal?.throwIfAborted();
  }
}

/** Waits for so many milliseconds. Throws the reason of the signal if it is given up. */
export function sleep(length: number, signal?: AbortSignal): Promise<void> {
  return new Event().wait(now() + length, signal);
}

/** Waits until a time, not at all if it is over. Throws the reason of the signal if it is given up. */
export async function waitUntil(time: number, signal?: AbortSignal): Promise<void> {
  if (time > now()) {
    await new Event().wait(time, signal);
  }
}

/** The first of several promises; what becomes of the others does not matter. */
export function firstOf<P extends Promise<unknown>[]>(...promises: P): Promise<Awaited<P[number]>> {
  for (const promise of promises) {
    promise.catch(ignore);
  }
  return Promise.race(promises);
}

/** What a promise gives, or the reason of a signal if that is first. */
export async function unlessGivenUp<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const leash = new Leash(signal);
  try {
    // Sleeping has no end of its own.
    return await firstOf(promise, sleep(Infinity, leash.signal) as Promise<never>);
  } finally {
    leash.abort();
    leash.release();
  }
}

/** What is done about a promise that nobody waits for any more: nothing. */
export function ignore(): void {
  // Whoever waited has its answer.
}

/** A signal that is given up with any of others, and lets go of them when it is no longer needed. */
export class Leash implements Disposable {
  readonly #controller = new AbortController();
  readonly #signals: AbortSignal[];
  readonly #follow = (event: { target: unknown }): void => {
    this.abort((event.target as AbortSignal).reason);
  };

  constructor(...signals: (AbortSignal | undefined)[]) {
    this.#signals = signals.filter((signal) => signal !== undefined);
    for (const signal of this.#signals) {
      if (signal.aborted) {
        this.abort(signal.reason);
      }
      signal.addEventListener("abort", this.#follow);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason?: unknown): void {
    this.#controller.abort(reason);
  }

  release(): void {
    for (const signal of this.#signals) {
      signal.removeEventListener("abort", this.#follow);
    }
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
