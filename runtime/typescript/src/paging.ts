/** Reading all pages of a method: one after another, none before it is wanted, none twice and none lost. */

import type { CallOptions, Client, Reply } from "./client.js";
import { RefusedError } from "./errors.js";
import type { PagedRequest } from "./info.js";
import type { Mismatch } from "./json/reader.js";

/** The smallest position there is. */
const FIRST_POSITION = 1;

/**
 * Reads a method page by page, from the cursor or page number in the parameters on.
 *
 * Nothing is sent before the first page is asked for, and no page before it is wanted. A page that failed is asked for again
 * by `next`.
 */
export function pages<T, Item>(client: Client, request: PagedRequest<T, Item>, options?: CallOptions): Pages<T, Item> {
  return new Pages(client, request, options);
}

/** Reads all items of a method, from the cursor or page number in the parameters on; otherwise as {@link pages}. */
export function items<T, Item>(client: Client, request: PagedRequest<T, Item>, options?: CallOptions): Items<T, Item> {
  return new Items(new Pages(client, request, options));
}

/** How many items a full page of a method has: `pageSize(getOrders)` is 100. Nothing where that is not documented. */
export function pageSize<T, Item>(method: (params: never) => PagedRequest<T, Item>): number | undefined {
  return method({} as never).method.paging.size;
}

/** The pages of a method. */
export class Pages<T, Item> implements AsyncIterableIterator<Reply<Item[]>> {
  readonly #client: Client;
  readonly #request: PagedRequest<T, Item>;
  readonly #options: CallOptions | undefined;
  #cursor: number | undefined;
  /** The greatest position seen. */
  #seen: number | undefined;
  /** The first item of the page before, by which a server that ignores page numbers shows. */
  #before: string | undefined;
  #isDone = false;
  /** The page that is being fetched. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(client: Client, request: PagedRequest<T, Item>, options?: CallOptions) {
    this.#client = client;
    this.#request = request;
    this.#options = options;
    const { param, position, start } = request.method.paging;
    const given = (request.params as Record<string, number | undefined>)[param];
    // Without a cursor the API may sort another way, and a page sorted so would not lead to the next one.
    this.#cursor = given ?? (position !== undefined && start > 0 ? FIRST_POSITION : undefined);
    // Who goes on from a stored cursor has seen all before it, but an API that begins at the cursor sends that again.
    this.#seen = this.#cursor !== undefined && position !== undefined ? this.#cursor - start : undefined;
  }

  /**
   * The cursor or page number of the page that comes next. A program that stores it can go on from there: put it into the
   * parameters again. Nothing before the first page where the API needs none. At the end of numbered pages it is the number
   * of the last one, since more may be added to that: going on repeats it, and loses nothing.
   */
  get cursor(): number | undefined {
    return this.#cursor;
  }

  /**
   * The next page.
   *
   * @throws As `Client.call`, and if the server gives the same page again instead of the next one. Asking again after an
   * error asks for the same page again.
   */
  next(): Promise<IteratorResult<Reply<Item[]>, undefined>> {
    const page = this.#turn.then(() => this.#fetch());
    this.#turn = page.catch(() => undefined);
    return page;
  }

  /** Lets it go on behind the last page, where more may have appeared; whether it was at its end. */
  reopen(): boolean {
    const wasDone = this.#isDone;
    this.#isDone = false;
    return wasDone;
  }

  /** Ends the reading. */
  return(): Promise<IteratorResult<Reply<Item[]>, undefined>> {
    this.#isDone = true;
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  async #fetch(): Promise<IteratorResult<Reply<Item[]>, undefined>> {
    const wasDone = this.#isDone;
    if (!wasDone) {
      const { method, params } = this.#request;
      const cursor = this.#cursor === undefined ? {} : { [method.paging.param]: this.#cursor };
      const reply = await this.#client.call({ method, params: { ...params, ...cursor } }, this.#options);
      const value = this.#advance(reply);
      // The last page is told by being empty only where nothing else tells it, so an empty one is no page.
      if (!this.#isDone || value.length > 0 || reply.mismatches.length > 0) {
        return { done: false, value: { ...reply, value } };
      }
    }
    return { done: true, value: undefined };
  }

  /** What is new on a page, and where the next one begins. */
  #advance({ value, mismatches }: Reply<T>): Item[] {
    const { size, position, start, items } = this.#request.method.paging;
    const found = items(value);
    // A page from which an item was lost is not short.
    const isShort = mismatches.length === 0 && size !== undefined && found.length < size;
    if (position !== undefined) {
      return this.#moveCursor(found, position, start, isShort);
    }
    this.#isDone ||= found.length === 0 || isShort;
    return this.#turnPage(found, start);
  }

  #turnPage(found: Item[], first: number): Item[] {
    const number = this.#cursor ?? first;
    const head = found.length > 0 ? JSON.stringify(found[0]) : undefined;
    if (head !== undefined && head === this.#before) {
      this.#stuck(`page ${number.toString()} is the page before it once more`);
    }
    // More may be added to the last page, which may be the one before this empty one.
    const isBefore = head === undefined && this.#before !== undefined;
    this.#cursor = !this.#isDone ? number + 1 : isBefore ? number - 1 : number;
    this.#before = head;
    return found;
  }

  #moveCursor(found: Item[], position: (item: Item) => number | undefined, step: number, isShort: boolean): Item[] {
    const seen = this.#seen ?? -Infinity;
    const isNew = found.filter((item) => (position(item) ?? Infinity) > seen);
    if (isNew.length === 0 && found.length > 0 && step > 0) {
      this.#isDone ||= isShort;
      this.#stuck(`nothing behind ${(this.#seen ?? 0).toString()} came`);
    }
    this.#isDone ||= isShort || isNew.length === 0;
    const positions = isNew.map(position).filter((place) => place !== undefined);
    if (positions.length > 0) {
      this.#seen = positions.reduce((a, b) => Math.max(a, b));
      this.#cursor = this.#seen + step;
    }
    return isNew;
  }

  /** The error of a page that does not lead on: asking again would go on for ever. */
  #stuck(what: string): never {
    const text = `${what}; the next call would be the same again`;
    throw new RefusedError(this.#request.method.name, "invalidRequest", text);
  }
}

/** The items of all pages of a method. */
export class Items<T, Item> implements AsyncIterableIterator<Item> {
  readonly #pages: Pages<T, Item>;
  #page: Item[] = [];
  #at = 0;
  /** Where the page that is being handed out begins. */
  #cursor: number | undefined;
  #mismatches: Mismatch[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(pages: Pages<T, Item>) {
    this.#pages = pages;
    this.#cursor = pages.cursor;
  }

  /**
   * A cursor from which a program that stores it can go on later: of the page that comes next, or of the page that is being
   * handed out as long as some of its items are not. Going on repeats items of that page, and loses none. At the end it is as
   * for `Pages`.
   */
  get cursor(): number | undefined {
    return this.#at < this.#page.length ? this.#cursor : this.#pages.cursor;
  }

  /** What was not as documented on the pages read so far; it is handed out once. */
  takeMismatches(): Mismatch[] {
    return this.#mismatches.splice(0);
  }

  /**
   * The next item.
   *
   * @throws As `Pages.next`.
   */
  next(): Promise<IteratorResult<Item, undefined>> {
    const item = this.#turn.then(() => this.#step());
    this.#turn = item.catch(() => undefined);
    return item;
  }

  /** Ends the reading. */
  async return(): Promise<IteratorResult<Item, undefined>> {
    this.#page = [];
    await this.#pages.return();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  async #step(): Promise<IteratorResult<Item, undefined>> {
    while (this.#at >= this.#page.length) {
      this.#cursor = this.#pages.cursor;
      const next = await this.#pages.next();
      if (next.done === true) {
        return next;
      }
      this.#mismatches.push(...next.value.mismatches);
      this.#page = next.value.value;
      this.#at = 0;
    }
    const value = this.#page[this.#at] as Item;
    this.#at += 1;
    return { done: false, value };
  }
}
