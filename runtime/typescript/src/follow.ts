/** What appears in a method, for ever: all pages until nothing is new, then a wait, then the pages behind the cursor. */

import type { CallOptions, Client, Reply } from "./client.js";
import { Leash, now, unlessGivenUp, waitUntil } from "./clock.js";
import type { FollowedRequest } from "./info.js";
import type { Mismatch } from "./json/reader.js";
import { Pages } from "./paging.js";

/** How many mismatches wait to be taken; who never takes any must not run out of memory. */
const MAX_MISMATCHES = 1000;

/** How a method is followed. */
export interface FollowOptions extends CallOptions {
  /** How long to wait after nothing was new, or after an error, in milliseconds. */
  readonly intervalMs: number;
}

/**
 * Reads what is there behind the cursor in the parameters, and what appears later, without an end.
 *
 * What appears before the cursor is not seen, such as an order that has an older number and is confirmed later. The API has
 * journals for that.
 */
export function follow<T, Item>(
  client: Client,
  request: FollowedRequest<T, Item>,
  options: FollowOptions,
): Follow<T, Item> {
  return new Follow(client, request, options);
}

/** How long the next item or page is waited for. */
export interface NextOptions {
  /**
   * Gives the waiting up, by throwing the reason of the signal. What was waited for goes on coming, and whoever asks next
   * gets it: so `AbortSignal.timeout(1000)` is a wait of a second that loses nothing.
   */
  readonly signal?: AbortSignal | undefined;
}

/** What appears in a method, item by item or page by page. The cursor moves only when something is handed out. */
export class Follow<T, Item> implements AsyncIterableIterator<Item> {
  readonly #pages: Pages<T, Item>;
  readonly #position: (item: Item) => number | undefined;
  readonly #step: number;
  readonly #interval: number;
  readonly #leash: Leash;
  /** When the next call may be made. */
  #opens = -Infinity;
  /** The page that is waited for, until somebody has it. */
  #coming: Promise<Reply<Item[]>> | undefined;
  #page: Item[] = [];
  #cursor: number;
  #mismatches: Mismatch[] = [];
  #isOver = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(client: Client, request: FollowedRequest<T, Item>, options: FollowOptions) {
    const { method, params } = request;
    const { param, position, start } = method.paging;
    this.#position = position;
    this.#step = start;
    this.#interval = options.intervalMs;
    this.#leash = new Leash(options.signal);
    // Behind position 0, which no item has.
    this.#cursor = (params as Record<string, number | undefined>)[param] ?? start;
    const from = { method, params: { ...params, [param]: this.#cursor } };
    this.#pages = new Pages(client, from, { ...options, signal: this.#leash.signal });
  }

  /**
   * Where to go on behind what was handed out. A program that stores it puts it into the parameters and follows again: then
   * no item is lost and none comes twice.
   */
  get cursor(): number {
    return this.#cursor;
  }

  /** What was not as documented on the pages read item by item; handed out once. A thousand are kept at most. */
  takeMismatches(): Mismatch[] {
    return this.#mismatches.splice(0);
  }

  /**
   * Waits for the next item. Items of a page come in the order of their positions.
   *
   * @throws As `Pages.next`. Asking again goes on where it was, once the interval is over.
   */
  next(options: NextOptions = {}): Promise<IteratorResult<Item, undefined>> {
    return this.#inTurn(async () => {
      for (;;) {
        const item = this.#page.shift();
        if (item !== undefined) {
          this.#pass(item);
          return item;
        }
        const page = await this.#take(options);
        this.#mismatches.push(...page.mismatches.slice(0, MAX_MISMATCHES - this.#mismatches.length));
        this.#page = page.value;
      }
    });
  }

  /**
   * Waits for the next page, or hands out the rest of the one that was begun. For programs that store what they do with a
   * page together with the `cursor` behind it, so that a crash neither loses nor repeats anything. A page is empty only if it
   * has mismatches.
   *
   * @throws As `next`.
   */
  nextPage(options: NextOptions = {}): Promise<IteratorResult<Reply<Item[]>, undefined>> {
    return this.#inTurn(async () => {
      const rest = this.#page.splice(0);
      const page = rest.length > 0 ? { value: rest, mismatches: [], unlisted: 0 } : await this.#take(options);
      for (const item of page.value) {
        this.#pass(item);
      }
      return page;
    });
  }

  /** Ends it, and gives up the call or wait that is under way. */
  return(): Promise<IteratorResult<Item, undefined>> {
    this.#isOver = true;
    this.#leash.abort();
    this.#leash.release();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** One after another; nothing more once it is over. */
  #inTurn<R>(step: () => Promise<R>): Promise<IteratorResult<R, undefined>> {
    const result = this.#turn.then(async (): Promise<IteratorResult<R, undefined>> => {
      try {
        if (!this.#isOver) {
          return { done: false, value: await step() };
        }
      } catch (error) {
        if (!this.#isOver) {
          throw error;
        }
      }
      return { done: true, value: undefined };
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  /** The page that comes next. Who gives up waiting leaves it to the next one who asks. */
  async #take({ signal }: NextOptions): Promise<Reply<Item[]>> {
    signal?.throwIfAborted();
    const coming = (this.#coming ??= this.#fetch());
    try {
      const page = await unlessGivenUp(coming, signal);
      this.#coming = undefined;
      return page;
    } catch (error) {
      if (signal?.aborted !== true) {
        this.#coming = undefined;
      }
      throw error;
    }
  }

  async #fetch(): Promise<Reply<Item[]>> {
    for (;;) {
      await waitUntil(this.#opens, this.#leash.signal);
      let isAtEnd = true;
      try {
        const page = await this.#pages.next();
        isAtEnd = this.#pages.reopen();
        if (page.done !== true) {
          const place = (item: Item): number => this.#position(item) ?? 0;
          return { ...page.value, value: page.value.value.sort((a, b) => place(a) - place(b)) };
        }
      } finally {
        // An error may last, so it is followed by a wait too.
        this.#opens = isAtEnd ? now() + this.#interval : -Infinity;
      }
    }
  }

  /** Takes note that an item is handed out. */
  #pass(item: Item): void {
    this.#cursor = Math.max(this.#cursor, (this.#position(item) ?? 0) + this.#step);
  }
}
