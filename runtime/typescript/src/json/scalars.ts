/** What each type without parts accepts on the wire, which forms mean that there is nothing, and how it is sent. */

import type { Kind } from "./cursor.js";
import { FileContent } from "./file.js";
import type { Field } from "./object.js";
import { decimal as exact, int as whole, trim } from "./number.js";
import { type Json, type Reader, WRONG } from "./reader.js";
import type { Writer } from "./writer.js";

/** How values of a type are read and sent. */
export interface Type<T> {
  /** Takes the next value; nothing if it means nothing, or is no such thing (the reader has recorded that). */
  read(reader: Reader): T | undefined;
  /** Writes a value, or refuses it. */
  write(writer: Writer, value: unknown): void;
  /** Whether keys of maps are numbers. */
  readonly isNumber?: boolean;
  /** What the items of a list or a map are. */
  readonly item?: Type<unknown>;
  /** The fields of an object, in the order of the documentation. */
  readonly fields?: () => readonly Field[];
  /** Whether an object with such a key may be one of these. */
  readonly hasKey?: (key: string) => boolean;
  /** Whether it is an object, and nothing else. */
  readonly isObject?: boolean;
  /** What stands for nothing in a reply. */
  readonly empty?: () => T;
}

type Read<T> = (kind: Kind, text: string) => T | undefined | typeof WRONG;

function scalar<T>(expected: string, read: Read<T>, write: Type<T>["write"], rest?: Partial<Type<T>>): Type<T> {
  return { read: (reader) => reader.scalar(expected, read), write, ...rest };
}

/** A number, or a text that is one. An empty text, null and false mean nothing. */
function numeric<T>(parse: (text: string) => T | undefined): Read<T> {
  return (kind, text) => {
    if (kind === "null" || kind === "false") {
      return undefined;
    }
    if (kind !== "number" && kind !== "text") {
      return WRONG;
    }
    const digits = kind === "text" ? trim(text) : text;
    return digits === "" ? undefined : (parse(digits) ?? WRONG);
  };
}

const readInt = numeric(whole);

const readText: Read<string> = (kind, text) => {
  if (kind === "text" || kind === "number") {
    return text;
  }
  return kind === "null" || kind === "false" ? undefined : WRONG;
};

/** A number in which some values mean that there is none. */
function unless(nothing: readonly number[]): Read<number> {
  return (kind, text) => {
    const number = readInt(kind, text);
    return typeof number === "number" && nothing.includes(number) ? undefined : number;
  };
}

function writeInt(writer: Writer, value: unknown): void {
  writer.int(value as number);
}

function writeText(writer: Writer, value: unknown): void {
  writer.string(typeof value === "string" ? value : writer.refuse("a text", value));
}

/** A whole number. */
export const int: Type<number> = /* @__PURE__ */ scalar("int", readInt, writeInt, { isNumber: true });

/** An identifier that is a number; 0 and -1 mean that there is none. */
export const id: Type<number> = /* @__PURE__ */ scalar("id", /* @__PURE__ */ unless([0, -1]), writeInt, {
  isNumber: true,
});

/** A moment, in seconds. */
export const timestamp: Type<number> = /* @__PURE__ */ scalar("timestamp", /* @__PURE__ */ unless([0]), writeInt);

/** A value of an enum of numbers. */
export const code: Type<number> = /* @__PURE__ */ scalar(
  "enum",
  (kind, text) => (kind === "false" ? WRONG : readInt(kind, text)),
  writeInt,
  { isNumber: true },
);

/** A text. */
export const text: Type<string> = /* @__PURE__ */ scalar("text", readText, writeText);

/** An identifier that is a text; an empty one, 0 and -1 mean that there is none. */
export const textId: Type<string> = /* @__PURE__ */ scalar(
  "id",
  (kind, value) =>
    /^(?:0|-1)?$/.test(value) && (kind === "text" || kind === "number") ? undefined : readText(kind, value),
  writeText,
);

/** A value of an enum of texts. */
export const textCode: Type<string> = /* @__PURE__ */ scalar(
  "enum",
  (kind, value) => {
    if (kind === "false") {
      return WRONG;
    }
    return kind === "text" && value === "" ? undefined : readText(kind, value);
  },
  writeText,
);

/** Exact digits. */
export const decimal: Type<string> = /* @__PURE__ */ scalar(
  "decimal",
  /* @__PURE__ */ numeric(exact),
  (writer, value) => {
    writer.decimal(value as string);
  },
);

/** A flag. */
export const bool: Type<boolean> = /* @__PURE__ */ scalar(
  "bool",
  (kind, value) => {
    const word = kind === "text" ? trim(value) : value;
    if (word === "true" || word === "false") {
      return word === "true";
    }
    const number = readInt(kind, value);
    return number === 0 || number === 1 ? number === 1 : number === undefined ? undefined : WRONG;
  },
  (writer, value) => {
    writer.text += typeof value === "boolean" ? value.toString() : writer.refuse("true or false", value);
  },
);

/** A calendar day. */
export const date: Type<string> = /* @__PURE__ */ scalar(
  "date",
  (kind, value) => {
    const day = kind === "text" ? trim(value) : "";
    if (kind === "null" || (kind === "text" && (day === "" || day === "0000-00-00"))) {
      return undefined;
    }
    return isDay(day) ? day : WRONG;
  },
  (writer, value) => {
    writer.string(typeof value === "string" && isDay(value) ? value : writer.refuse("a day such as 2026-04-20", value));
  },
);

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text.startsWith("0000")) {
    return false;
  }
  // A day that no month has becomes one of the next month.
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** The content of a file. */
export const file: Type<FileContent> = /* @__PURE__ */ scalar(
  "file",
  (kind, value) => {
    if (kind === "null" || kind === "false") {
      return undefined;
    }
    const content = FileContent.fromBase64(value);
    return kind !== "text" ? WRONG : content.base64 === "" ? undefined : content;
  },
  (writer, value) => {
    writer.string(value instanceof FileContent ? value.base64 : writer.refuse("a FileContent", value), "data:");
  },
);

/** Anything. */
export const json: Type<Json> = {
  read: (reader) => reader.json() ?? undefined,
  write: (writer, value) => {
    writer.json(value);
  },
};
