/** How lists, maps, objects and texts-or-objects are read in each of the forms they are sent in, and how they are sent. */

import { wholeKey } from "./number.js";
import { put, type Reader } from "./reader.js";
import type { Type } from "./scalars.js";

/** A list of values. */
export function list<T>(item: Type<T>): Type<T[]> {
  return {
    read: (reader) => readList(reader, item),
    write: (writer, value) => {
      const items: readonly unknown[] = Array.isArray(value) ? value : writer.refuse("a list", value);
      writer.parts("[]", items.entries(), ([index, part]) => {
        writer.at(index, () => {
          item.write(writer, part);
        });
      });
    },
    item,
    empty: () => [],
  };
}

function readList<T>(reader: Reader, item: Type<T>): T[] | undefined {
  const kind = reader.kind();
  if (kind !== "list" && kind !== "object") {
    reader.withoutParts("list");
    return undefined;
  }
  const form = kind === "list" ? kind : listForm(reader, item);
  if (form === undefined) {
    reader.reject("list");
    return undefined;
  }
  const isSingle = form === "single";
  if (!isSingle && !reader.next(kind, true)) {
    return undefined;
  }
  const items: T[] = [];
  reader.enter(0);
  let position = 0;
  do {
    if (form === "object") {
      reader.key();
    }
    reader.step(position);
    const value = readPart(reader, item);
    if (value !== undefined) {
      items.push(value);
    }
    position += 1;
  } while (!isSingle && reader.next(kind, false));
  reader.leave();
  return items.length > 0 ? items : undefined;
}

/** How a list is sent that came as an object: as a map with positions for keys, or as its one item. */
function listForm(reader: Reader, item: Type<unknown>): "object" | "single" | undefined {
  const start = reader.at;
  const keys: string[] = [];
  for (let key = reader.nextKey(true); key !== undefined; key = reader.nextKey(false)) {
    keys.push(key);
    reader.skip();
  }
  reader.at = start;
  const numbers = keys.filter((key) => /^\d+$/.test(key)).length;
  if (numbers === keys.length) {
    return "object";
  }
  return numbers === 0 && item.hasKey?.(keys[0] ?? "") === true ? "single" : undefined;
}

/** A map; its keys are properties. */
export function map<T>(key: Type<unknown>, item: Type<T>): Type<Record<string, T>> {
  const isNumber = key.isNumber === true;
  return {
    read: (reader) => readMap(reader, isNumber, item),
    write: (writer, value) => {
      const sent = Object.entries(writer.object(value)).filter(([, part]) => part !== undefined);
      // The order of properties is not that of any other language, so it is made the same for all.
      sent.sort(([a], [b]) => (isNumber ? Number(a) - Number(b) : a < b ? -1 : 1));
      writer.parts("{}", sent, ([name, part]) => {
        const key = isNumber ? (wholeKey(name) ?? writer.refuse("a map with whole numbers for keys", name)) : name;
        writer.entry(key, [name], () => {
          item.write(writer, part);
        });
      });
    },
    item,
    empty: () => ({}),
    hasKey: () => true,
  };
}

function readMap<T>(reader: Reader, isNumber: boolean, item: Type<T>): Record<string, T> | undefined {
  const kind = reader.kind();
  if (kind !== "list" && kind !== "object") {
    reader.withoutParts("map");
    return undefined;
  }
  if (!reader.next(kind, true)) {
    return undefined;
  }
  let found: Record<string, T> | undefined;
  let position = 0;
  reader.enter("");
  do {
    const key = kind === "list" ? position.toString() : reader.key();
    reader.step([key]);
    const name = isNumber ? wholeKey(key) : key;
    if (name === undefined) {
      reader.wrongKey(key);
    } else {
      const value = readPart(reader, item);
      if (value !== undefined) {
        put((found ??= {}), name, value);
      }
    }
    position += 1;
  } while (reader.next(kind, false));
  reader.leave();
  return found;
}

/**
 * Reads what stands in a list or map. Nothing in the place of an object is a mismatch there: something is lost, which who
 * counts the others has to know.
 */
function readPart<T>(reader: Reader, item: Type<T>): T | undefined {
  if (item.isObject === true && reader.kind() !== "object") {
    reader.reject("object");
    return undefined;
  }
  return item.read(reader);
}

/** A text, or something with parts. */
export function textOr<T>(text: Type<string>, { empty: _, ...item }: Type<T>): Type<string | T> {
  return {
    ...item,
    isObject: false,
    read: (reader) => {
      const kind = reader.kind();
      if (kind === "text" || kind === "number") {
        return text.read(reader);
      }
      if (kind !== "true") {
        return item.read(reader);
      }
      reader.reject("text or object");
      return undefined;
    },
    write: (writer, value) => {
      (typeof value === "string" ? text : item).write(writer, value);
    },
  };
}

/** The entries of a map whose keys are numbers. */
export function numberEntries<T>(map: Record<number, T>): [number, T][] {
  return Object.entries(map).map(([key, item]) => [Number(key), item]);
}

/** The entries of a map whose keys are texts. */
export function textEntries<T>(map: Record<string, T>): [string, T][] {
  return Object.entries(map);
}
