/** What is known of the API and its methods before any call, and what a request is. The generated package fills it in. */

import type { Type } from "./json/scalars.js";

/** What a method does: reads, writes, deletes, or does something outside the account's data such as ordering a courier. */
export type Access = "read" | "write" | "delete" | "action";

/** The API as a whole. */
export interface ApiInfo {
  /** Where calls go, unless a client is told otherwise. */
  readonly endpoint: string;
  /** The header that carries the token. */
  readonly tokenHeader: string;
  /** How many calls a minute a token has. */
  readonly callsPerMinute: number;
  /** For how many seconds a token is blocked that had too many. */
  readonly blockSeconds: number;
  /** The date of the public changelog that this describes, as `YYYY-MM-DD`. */
  readonly changelogDate: string;
  /** The error codes after which any call may be sent again, once the token is no longer blocked. */
  readonly blockCodes: readonly string[];
}

/** A method of the API: its name, and how it is sent and answered. */
export interface Method<Reply> {
  /** The name on the wire. */
  readonly name: string;
  /** What it does. */
  readonly access: Access;
  /** Whether calling it twice does no more than calling it once; of a method that only reads this is not said. */
  readonly isIdempotent?: boolean;
  /** How parameters are sent. */
  readonly params: Type<unknown>;
  /** How a reply is read. */
  readonly reply: Type<Reply>;
  /** Whether it is called by a name that this package does not know. */
  readonly isUnknown?: boolean;
}

/** How one page of a method follows another. */
export interface Paging<Reply, Item> {
  /** The property that takes the cursor or the page number. */
  readonly param: string;
  /** What a reply lists. */
  readonly items: (reply: Reply) => Item[];
  /** What the cursor is made of in an item; absent where pages are numbered. */
  readonly position?: (item: Item) => number | undefined;
  /** The number of the first page; or what is added to the greatest position seen: 0 where the API begins behind it. */
  readonly start: number;
  /** Items on a full page, where documented. */
  readonly size?: number;
}

/** A method whose reply holds only a part. */
export interface PagedMethod<Reply, Item> extends Method<Reply> {
  /** How one page follows another. */
  readonly paging: Paging<Reply, Item>;
}

/** A method that takes a limited number of items a call. */
export interface BatchedMethod<Reply> extends Method<Reply> {
  /** The property that holds the items, and the most that one call takes. */
  readonly batch: { readonly param: string; readonly max: number };
}

/** A call to be made: a method and its parameters. Nothing is sent before a client gets it. */
export interface Request<Reply> {
  /** What is called. */
  readonly method: Method<Reply>;
  /** What it is called with, by the names of this package. */
  readonly params: object;
}

/** A request that `pages` and `items` take. */
export interface PagedRequest<Reply, Item> extends Request<Reply> {
  /** What is called. */
  readonly method: PagedMethod<Reply, Item>;
}

/** How one page follows another where a cursor leads on. */
export interface CursorPaging<Reply, Item> extends Paging<Reply, Item> {
  /** What the cursor is made of in an item. */
  readonly position: (item: Item) => number | undefined;
}

/** A method whose pages follow a cursor. */
export interface FollowedMethod<Reply, Item> extends PagedMethod<Reply, Item> {
  /** How one page follows another. */
  readonly paging: CursorPaging<Reply, Item>;
}

/** A request that `follow` takes too, since what appears later can be asked for from where it ended. */
export interface FollowedRequest<Reply, Item> extends PagedRequest<Reply, Item> {
  /** What is called. */
  readonly method: FollowedMethod<Reply, Item>;
}

/** A request that `callInBatches` takes. */
export interface BatchedRequest<Reply> extends Request<Reply> {
  /** What is called. */
  readonly method: BatchedMethod<Reply>;
}
