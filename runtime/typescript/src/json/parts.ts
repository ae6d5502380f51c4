/** How lists, maps, objects and texts-or-objects are read in each of the forms they are sent in, and how they are sent. */

import { int as whole, trim } from "./number.js";
import { type Json, put, type Reader } from "./reader.js";
import type { Type } from "./scalars.js";
import type { Writer } from "./writer.js";

/** A list of values. */
export function list<T>(item: Type<T>): Type<T[]> {
  return {
    read: (reader) => readList(reader, item),
    write: (writer, value) => {
      const items: readonly unknown[] = Array.isArray(value) ? value : writer.refuse("a list", value);
      writer.parts("[", "]", items.entries(), ([index, part]) => {
        writer.at(index, () => {
          item.write(writer, part);
        });
      });
    },
    canonical: (value) => something((value as T[]).map((part) => canonical(item, part)).filter(isThere)),
    empty: () => [],
  };
}

function readList<T>(reader: Reader, item: Type<T>): T[] | undefined {
  const kind = reader.kind();
  if (kind !== "list" && kind !== "object") {
    return reader.withoutParts("list");
  }
  const form = kind === "list" ? "list" : listForm(reader, item);
  if (form === undefined) {
    return reader.reject("list");
  }
  const next = {
    list: (isFirst: boolean) => (isFirst ? reader.firstItem() : reader.nextItem()),
    map: (isFirst: boolean) => (isFirst ? reader.firstKey() : reader.nextKey()) !== undefined,
    single: (isFirst: boolean) => isFirst,
  }[form];
  if (!next(true)) {
    return undefined;
  }
  const items: T[] = [];
  reader.enter(0);
  let position = 0;
  do {
    reader.step(position);
    const value = item.read(reader);
    if (value !== undefined) {
      items.push(value);
    }
    position += 1;
  } while (next(false));
  reader.leave();
  return items.length > 0 ? items : undefined;
}

/** How a list is sent that came as an object: as a map with positions for keys, or as its one item. */
function listForm(reader: Reader, item: Type<unknown>): "map" | "single" | undefined {
  const start = reader.at;
  let first: string | undefined;
  let numbers = 0;
  let names = 0;
  for (let key = reader.firstKey(); key !== undefined; key = reader.nextKey()) {
    first ??= key;
    if (/^\d+$/.test(key)) {
      numbers += 1;
    } else {
      names += 1;
    }
    reader.skip();
  }
  reader.at = start;
  if (names === 0) {
    return "map";
  }
  const isItem = item.isMap === true || item.keys?.().includes(first ?? "") === true;
  return numbers === 0 && isItem ? "single" : undefined;
}

/** A map; its keys are properties. */
export function map<T>(key: Type<unknown>, item: Type<T>): Type<Record<string, T>> {
  const isNumber = key.isNumber === true;
  return {
    read: (reader) => readMap(reader, isNumber, item),
    write: (writer, value) => {
      const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
      const entries = Object.entries(isObject ? value : writer.refuse("an object", value));
      const sent = entries.filter(([, part]) => part !== undefined);
      // The order of properties is not that of any other language, so it is made the same for all.
      sent.sort(([a], [b]) => (isNumber ? Number(a) - Number(b) : a < b ? -1 : 1));
      writer.parts("{", "}", sent, ([name, part]) => {
        writer.entry(isNumber ? wholeKey(writer, name) : name, [name], () => {
          item.write(writer, part);
        });
      });
    },
    canonical: (value) => {
      const entries = Object.entries(value as Record<string, T>)
        .map(([name, part]): [string, unknown] => [name, canonical(item, part)])
        .filter(([, part]) => isThere(part));
      return something(entries) && Object.fromEntries(entries);
    },
    empty: () => ({}),
    isMap: true,
  };
}

function wholeKey(writer: Writer, name: string): string {
  return whole(trim(name))?.toString() ?? writer.refuse("a map with whole numbers for keys", name);
}

function readMap<T>(reader: Reader, isNumber: boolean, item: Type<T>): Record<string, T> | undefined {
  const kind = reader.kind();
  if (kind !== "list" && kind !== "object") {
    return reader.withoutParts("map");
  }
  let position = -1;
  const positions = (more: boolean): string | undefined => (more ? (position += 1).toString() : undefined);
  const first = (): string | undefined => (kind === "list" ? positions(reader.firstItem()) : reader.firstKey());
  const next = (): string | undefined => (kind === "list" ? positions(reader.nextItem()) : reader.nextKey());
  let key = first();
  if (key === undefined) {
    return undefined;
  }
  const found: Record<string, T> = {};
  reader.enter([key]);
  for (; key !== undefined; key = next()) {
    reader.step([key]);
    const name = isNumber ? whole(trim(key))?.toString() : key;
    if (name === undefined) {
      reader.wrongKey(key);
      continue;
    }
    const value = item.read(reader);
    if (value !== undefined) {
      put(found, name, value);
    }
  }
  reader.leave();
  return Object.keys(found).length > 0 ? found : undefined;
}

/** A text, or something with parts. */
export function textOr<T>(text: Type<string>, item: Type<T>): Type<string | T> {
  const { empty: _, ...parts } = item;
  return {
    ...parts,
    read: (reader) => {
      const kind = reader.kind();
      if (kind === "text" || kind === "number") {
        return text.read(reader);
      }
      return kind === "true" ? reader.reject("text or object") : item.read(reader);
    },
    write: (writer, value) => {
      (typeof value === "string" ? text : item).write(writer, value);
    },
    canonical: (value) => (typeof value === "string" ? value : canonical(item, value)),
  };
}

/** A value in the one form that all languages agree on; nothing for lists and maps without anything. */
export function canonical<T>(type: Type<T>, value: unknown): Json | undefined {
  return (type.canonical === undefined ? value : type.canonical(value)) as Json | undefined;
}

/** The entries of a map whose keys are numbers. */
export function numberEntries<T>(map: Record<number, T>): [number, T][] {
  return Object.entries(map).map(([key, item]) => [Number(key), item]);
}

/** The entries of a map whose keys are texts. */
export function textEntries<T>(map: Record<string, T>): [string, T][] {
  return Object.entries(map);
}

function isThere(value: unknown): boolean {
  return value !== undefined;
}

function something<T>(parts: T[]): T[] | undefined {
  return parts.length > 0 ? parts : undefined;
}
