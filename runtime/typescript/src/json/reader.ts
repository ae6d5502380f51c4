/**
 * Reads a reply once, from front to back, for the types of its parts: it keeps the path, records what does not fit, and
 * stops for good once the reply turns out to be unusable.
 */

import { Cursor, type Kind } from "./cursor.js";
import { int } from "./number.js";
import { render, type Step, snippet } from "./path.js";

/** Any JSON value, for the few places where the API promises no shape. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** An object of which nothing is promised. */
export interface JsonObject {
  [key: string]: Json;
}

/** A value that is not what the documentation promises, and is missing in the reply. */
export interface Mismatch {
  /** Where it stands, in wire names, such as `orders[0].payment_done`. */
  readonly path: string;
  /** What was expected, such as `int`. */
  readonly expected: string;
  /** The JSON text that was there, cut to 80 characters. */
  readonly found: string;
}

/** What ends the reading of a reply. */
export class Unusable extends Error {
  /** Where, in wire names; empty if it is so as a whole. */
  readonly path: string;
  /** How much came before. */
  readonly offset: number;
  /** What stands there. */
  readonly near: string;

  constructor(path: string, what: string, offset: number, near: string) {
    super(what);
    this.path = path;
    this.offset = offset;
    this.near = snippet(near);
  }
}

/** Stands for a value that does not fit. */
export const WRONG = Symbol("wrong");

/** How deep the parts of a reply may lie; deeper ones could exhaust the stack. */
const MAX_DEPTH = 128;

/** How many mismatches are kept; more of them tell nobody anything new. */
const MAX_MISMATCHES = 1000;

/** What a reply may take in memory: this many times its own length, and the floor below. */
const GROWTH = 8;
const GROWTH_FLOOR = 64 << 20;

/** About how many bytes something with parts takes without any. */
const EMPTY = 48;

/** A reply that is being read. */
export class Reader extends Cursor {
  /** Where it is. */
  readonly path: Step[] = [];
  /** What did not fit. */
  readonly mismatches: Mismatch[] = [];
  /** How many mismatches more there were. */
  unlisted = 0;
  /** Takes the keys of the outermost object that say how the call went; whether the key was one. */
  envelope: ((key: string) => boolean) | undefined;
  private depth = 0;
  /** How much memory may still be taken. */
  private budget: number;

  constructor(text: string) {
    super(text);
    this.budget = text.length * GROWTH + GROWTH_FLOOR;
  }

  /** Reads a value without parts: `undefined` means that there is nothing, `WRONG` that it does not fit. */
  scalar<T>(expected: string, read: (kind: Kind, text: string) => T | undefined | typeof WRONG): T | undefined {
    const kind = this.kind();
    const start = this.at;
    let text = "";
    if (kind === "text") {
      text = this.string();
    } else if (kind === "list" || kind === "object") {
      this.skip();
    } else {
      text = this.plain(kind);
    }
    const found = read(kind, text);
    if (found !== WRONG) {
      return found;
    }
    this.record(expected, this.text.slice(start, this.at));
    return undefined;
  }

  /** Takes a value that stands where one with parts should: some forms mean that there is nothing. */
  withoutParts(expected: string): void {
    const start = this.at;
    this.scalar(expected, (kind, text) => {
      const isEmpty =
        kind === "list" ? /^\[\s*\]$/.test(this.text.slice(start, this.at)) : kind === "text" && text === "";
      return kind === "null" || kind === "false" || isEmpty ? undefined : WRONG;
    });
  }

  /** Takes a value and records that it is not what was expected. */
  reject(expected: string): void {
    this.scalar(expected, () => WRONG);
  }

  /** Goes one level down, to a first step. */
  enter(step: Step): void {
    this.deeper();
    this.path.push(step);
  }

  /** Goes on to another step of the same level. */
  step(step: Step): void {
    this.path[this.path.length - 1] = step;
  }

  /** Goes one level up. */
  leave(): void {
    this.path.pop();
    this.depth -= 1;
  }

  /** Whether the object being read is the outermost of a reply. */
  isOutermost(): boolean {
    return this.depth === 1;
  }

  /** Reads any value. A whole number that a `number` cannot hold is kept as its digits. */
  json(): Json {
    const kind = this.kind();
    if (kind === "list" || kind === "object") {
      return this.jsonParts(kind);
    }
    if (kind === "text") {
      return this.string();
    }
    const text = this.plain(kind);
    return kind === "number" ? jsonNumber(text) : kind === "null" ? null : kind === "true";
  }

  /** Takes the value of a key that is none, and records the key. */
  wrongKey(key: string): void {
    this.skip();
    this.record("key", JSON.stringify(key));
  }

  /** Ends the reading because of a field without which an object is of no use. */
  missing(name: string): never {
    const path = render([...this.path, name]);
    const known = this.mismatches.findLast((mismatch) => mismatch.path === path);
    const what =
      known === undefined ? "it is missing, or means nothing" : `expected ${known.expected}, found ${known.found}`;
    throw new Unusable(path, what, this.at, "");
  }

  /** What ends the reading at a place. */
  unusable(what: string, offset: number): Unusable {
    return new Unusable(render(this.path), what, offset, this.text.slice(Math.max(0, offset - 20)));
  }

  /** Takes note of something with parts, and ends the reading once memory is out of all proportion to the reply. */
  grow(): void {
    this.budget -= EMPTY;
    if (this.budget < 0) {
      throw this.unusable("it would take many times its own size in memory", this.at);
    }
  }

  private record(expected: string, found: string): void {
    if (this.mismatches.length < MAX_MISMATCHES) {
      this.mismatches.push({ path: render(this.path), expected, found: snippet(found) });
    } else {
      this.unlisted += 1;
    }
  }

  private deeper(): void {
    if (this.depth >= MAX_DEPTH) {
      throw this.unusable("its values are nested too deep", this.at);
    }
    this.depth += 1;
    this.grow();
  }

  private jsonParts(kind: "list" | "object"): Json {
    this.deeper();
    const list: Json[] = [];
    const object: JsonObject = {};
    for (let isFirst = true; this.next(kind, isFirst); isFirst = false) {
      if (kind === "object") {
        put(object, this.key(), this.json());
      } else {
        list.push(this.json());
      }
    }
    this.depth -= 1;
    return kind === "object" ? object : list;
  }
}

/** Sets a property, whatever its name: `__proto__` is a key like any other. */
export function put<T>(object: Record<string, T>, key: string, value: T): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

function jsonNumber(digits: string): Json {
  if (/[.eE]/.test(digits)) {
    const number = Number(digits);
    return Number.isFinite(number) ? number : digits;
  }
  return int(digits) ?? digits;
}
