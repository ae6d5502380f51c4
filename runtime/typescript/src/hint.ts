/** How long a block lasts. The API says until when, in a time zone that it does not name, so that is a hint at most. */

import { someOf } from "./clock.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How far the clocks may be apart. */
const SKEW = 5 * MINUTE;

/** The shortest wait. It doubles each time that it was too short. */
const LEAST = SECOND;

/** What is added at most, as a part of the wait and in all, so that processes do not come back together. */
const JITTER_PART = 10;
const JITTER = 10 * SECOND;

/** How to read the time at which a block ends. */
export interface BlockClock {
  /**
   * How many minutes the API's clock is ahead of UTC. Unless set, only minutes and seconds are read: zones are whole
   * hours apart, and blocks shorter.
   */
  readonly utcOffsetMinutes: number | undefined;
  /** The longest wait, in milliseconds. */
  readonly longest: number;
}

/** How long to wait from now on, in milliseconds, if so many waits before this one were too short. */
export function blockWait(clock: BlockClock, until: string | undefined, refused: number): number {
  const wait = exactWait(clock, until, Date.now(), refused);
  return wait + someOf(Math.min(wait / JITTER_PART, JITTER));
}

/** The same without chance. */
export function exactWait(clock: BlockClock, until: string | undefined, now: number, refused: number): number {
  const end = until === undefined ? Number.NaN : Date.parse(`${until.replace(" ", "T")}Z`);
  const left = end - Math.floor(now / SECOND) * SECOND;
  const stated =
    clock.utcOffsetMinutes === undefined ? minutesOf(left) : Math.max(0, left - clock.utcOffsetMinutes * MINUTE);
  const wait = Number.isNaN(stated) ? clock.longest : stated;
  return Math.min(Math.max(wait, LEAST * 2 ** refused), clock.longest);
}

/** The part of an hour that is left; nothing if the time has just passed. */
function minutesOf(left: number): number {
  const rest = ((left % HOUR) + HOUR) % HOUR;
  return rest >= HOUR - SKEW ? 0 : rest;
}

/** The first `YYYY-MM-DD HH:MM:SS` in a text. */
export function dateAndTime(text: string): string | undefined {
  return /\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/.exec(text)?.[0];
}
