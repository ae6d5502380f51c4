/** The types of single values. At run time they are plain texts and numbers. */

declare const flavour: unique symbol;

/**
 * An identifier: a `number` or `string` that no other kind of identifier fits into, while plain literals do.
 *
 * `const id: OrderId = 5` is fine, and so is `getOrders({ orderId: 5 })`; a `ProductId` in that place is an error.
 */
export type Id<T extends string | number, Name extends string> = T & { readonly [flavour]?: Name };

/** The documented values of an enum, and any others too, since the API adds some every few weeks. */
export type Open<T extends Readonly<Record<string, string | number>>> = T[keyof T] | Undocumented<T[keyof T]>;

/** Keeps editors offering the documented values. */
type Undocumented<T extends string | number> = (T extends string ? string : number) & Record<never, never>;

/**
 * An exact decimal number, for money and measures: its digits as a text, such as `"12.50"`, never with an exponent. A form with
 * one, such as `"1e3"`, is taken when sending, and written out.
 */
export type Decimal = string;

/** A moment: seconds since 1970-01-01 00:00:00 UTC. */
export type Timestamp = number;

/** Moments as dates and back. */
export const Timestamp: {
  /** The moment as a `Date`. */
  toDate(timestamp: Timestamp): Date;
  /** The moment of a `Date`; parts of a second are dropped, towards the past. */
  fromDate(date: Date): Timestamp;
} = {
  toDate: (timestamp) => new Date(timestamp * 1000),
  fromDate: (date) => Math.floor(date.getTime() / 1000),
};

/** A day of the calendar, as `YYYY-MM-DD`. */
export type CalendarDate = string;
