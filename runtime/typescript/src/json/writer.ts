/** Writes the JSON text of a request. There is one form per type, and what does not fit is refused with its place. */

import { decimal } from "./number.js";
import { render, type Step } from "./path.js";

/** A value that cannot be sent; the message is a clause that says where it stands and what is wrong with it. */
export class Unsendable extends Error {}

/** Characters that cannot stand in a text as they are. */
const SPECIAL = /["\\\u0000-\u001f]/g;
const ESCAPES: Record<string, string> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A JSON text that is being written. */
export class Writer {
  /** What was written. */
  text = "";
  /** Where it is. */
  readonly path: Step[] = [];

  /** Refuses a value. */
  refuse(expected: string, value: unknown): never {
    throw new Unsendable(`${this.place()} is ${shown(value)} instead of ${expected}`);
  }

  /** Refuses a property that nothing is known of. */
  refuseProperty(name: string): never {
    throw new Unsendable(`${this.place()} has no property ${JSON.stringify(name)}, which would be ignored`);
  }

  /** Refuses to go on without a value. */
  refuseMissing(name: string): never {
    this.path.push(name);
    throw new Unsendable(`${this.place()} is missing`);
  }

  /** Makes sure that something is an object. */
  object(value: unknown): Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : this.refuse("an object", value);
  }

  /** Writes a text, which may have a beginning that needs no escapes. */
  string(text: string, prefix = ""): void {
    this.text += `"${prefix}${text.replace(SPECIAL, escape)}"`;
  }

  /** Writes a whole number. */
  int(value: number): void {
    this.text += Number.isSafeInteger(value) ? (value + 0).toString() : this.refuse("a whole number", value);
  }

  /** Writes a decimal with all its digits. */
  decimal(value: string | number): void {
    const isNumeric = typeof value === "string" || typeof value === "number";
    this.text += (isNumeric ? decimal(String(value)) : undefined) ?? this.refuse("a decimal number", value);
  }

  /** Writes the parts of something between brackets. */
  parts<T>(brackets: "[]" | "{}", parts: Iterable<T>, write: (part: T) => void): void {
    let before = brackets.slice(0, 1);
    for (const part of parts) {
      this.text += before;
      write(part);
      before = ",";
    }
    this.text += before === "," ? brackets.slice(1) : brackets;
  }

  /** Writes a key and its value, at a step of the path. */
  entry(key: string, step: Step, write: () => void): void {
    this.string(key);
    this.text += ":";
    this.at(step, write);
  }

  /** Writes at a step of the path. */
  at(step: Step, write: () => void): void {
    this.path.push(step);
    write();
    this.path.pop();
  }

  /** Writes any value. What has no value is left out, or null in a list, as `JSON.stringify` does. */
  json(value: unknown): void {
    if (typeof value === "string") {
      this.text += JSON.stringify(value);
    } else if (typeof value === "bigint" || typeof value === "boolean" || value === null) {
      this.text += String(value);
    } else if (typeof value === "number") {
      this.text += Number.isFinite(value) ? JSON.stringify(value) : this.refuse("a number", value);
    } else if (Array.isArray(value)) {
      this.parts("[]", value.entries(), ([index, item]) => {
        this.at(index, () => {
          this.json(item ?? null);
        });
      });
    } else if (typeof value === "object") {
      const entries = Object.entries(value).filter(([, part]) => part !== undefined);
      this.parts("{}", entries, ([key, part]) => {
        this.entry(key, key, () => {
          this.json(part);
        });
      });
    } else {
      this.refuse("JSON", value);
    }
  }

  private place(): string {
    return render(this.path) || "the call";
  }
}

function escape(character: string): string {
  return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A value in a message. Texts may hold data of buyers, and are not repeated. */
function shown(value: unknown): string {
  if (typeof value === "number" || value === null || value === undefined) {
    return String(value);
  }
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}
