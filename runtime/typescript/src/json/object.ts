/**
 * Objects: their fields as data, from which one function reads and one writes. Fields are written by their wire names;
 * the names of properties follow by a rule, and an exception is written beside its field.
 */

import { canonical } from "./parts.js";
import { type Json, put, type Reader } from "./reader.js";
import type { Type } from "./scalars.js";
import type { Writer } from "./writer.js";

/** A field that is more than a name and a type. */
export interface FieldOptions {
  readonly type: Type<unknown>;
  /** Whether a request must have it, and a reply cannot do without. */
  readonly required?: boolean;
  /** Other keys of a reply that mean the same. */
  readonly aliases?: readonly string[];
  /** The property, where the rule gives another one. */
  readonly name?: string;
}

/** Fields by their wire names. */
export type Fields = Record<string, Type<unknown> | FieldOptions>;

/** What else there is to say about an object. */
export interface ObjectOptions {
  /** Whether undocumented keys are sent too. */
  readonly open?: boolean;
  /** Whether lists and maps without anything are absent, because the object is sent as well. */
  readonly sparse?: boolean;
}

/** The property that keeps the undocumented keys of a reply. */
export const EXTRA = "extra";

interface Field extends FieldOptions {
  readonly wire: string;
  readonly property: string;
}

interface Layout {
  readonly fields: readonly Field[];
  /** Keys in the order of the documentation, and other keys behind them. */
  readonly keys: readonly string[];
  readonly byKey: ReadonlyMap<string, Field>;
  readonly properties: ReadonlySet<string>;
}

/** A field without which an object is of no use. */
export function required(type: Type<unknown>, rest?: Omit<FieldOptions, "type" | "required">): FieldOptions {
  return { ...rest, type, required: true };
}

/** The property of a field: `order_id` is `orderId`. */
function camelCase(wire: string): string {
  return wire.replace(/_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function layout(fields: Fields): Layout {
  const all = Object.entries(fields).map(([wire, field]): Field => {
    const options = "type" in field ? field : { type: field };
    return { ...options, wire, property: options.name ?? camelCase(wire) };
  });
  const named = all.map((field): [string, Field] => [field.wire, field]);
  const aliases = all.flatMap((field) => (field.aliases ?? []).map((alias): [string, Field] => [alias, field]));
  // A name wins over another field's alias.
  const byKey = new Map([...aliases, ...named]);
  const keys = [...named, ...aliases].map(([key]) => key);
  return { fields: all, keys, byKey, properties: new Set([EXTRA, ...all.map((field) => field.property)]) };
}

/** An object. Its fields are asked for when they are needed first, so that types may hold themselves. */
export function object<T extends object>(fields: () => Fields): Type<T> {
  return objectWith({}, fields);
}

/** An object of which there is more to say. */
export function objectWith<T extends object>(options: ObjectOptions, fields: () => Fields): Type<T> {
  let known: Layout | undefined;
  const get = (): Layout => {
    known ??= layout(fields());
    return known;
  };
  return {
    read: (reader) => readObject(reader, get(), options) as T | undefined,
    write: (writer, value) => {
      const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
      writeObject(
        writer,
        get(),
        options,
        isObject ? (value as Record<string, unknown>) : writer.refuse("an object", value),
      );
    },
    canonical: (value) => canonicalObject(get(), value as Record<string, unknown>),
    keys: () => get().keys,
  };
}

function readObject(reader: Reader, layout: Layout, options: ObjectOptions): Record<string, unknown> | undefined {
  if (reader.kind() !== "object") {
    return reader.withoutParts("object");
  }
  const { fields, keys, byKey } = layout;
  const value: Record<string, unknown> = {};
  let extra: Record<string, Json> | undefined;
  let next = 0;
  reader.enter("");
  for (let more = reader.reachKey(true); more; more = reader.reachKey(false)) {
    // Keys come in the documented order, so the next one is where to look first.
    let key = keys[next];
    if (key === undefined || !reader.takesKey(key)) {
      key = reader.key();
    }
    const field = byKey.get(key);
    if (field !== undefined) {
      next = fields[next] === field ? next + 1 : fields.indexOf(field) + 1;
      reader.step(key);
      keep(value, field, field.type.read(reader));
    } else if (!(reader.isOutermost() && reader.envelope?.(key) === true)) {
      reader.step("");
      extra ??= {};
      put(extra, key, reader.json());
    }
  }
  reader.leave();
  complete(reader, value, fields, options);
  if (extra !== undefined) {
    value[EXTRA] = extra;
  }
  return value;
}

/** Keeps what was read. The last of doubled keys counts; of names for the same thing, the last that means something. */
function keep(value: Record<string, unknown>, field: Field, found: unknown): void {
  if (found !== undefined) {
    value[field.property] = found;
  } else if (field.aliases === undefined && Object.hasOwn(value, field.property)) {
    // biome-ignore lint/performance/noDelete: doubled keys are too rare to be quick about
    delete value[field.property];
  }
}

function complete(
  reader: Reader,
  value: Record<string, unknown>,
  fields: readonly Field[],
  options: ObjectOptions,
): void {
  for (const { type, property, required, wire } of fields) {
    if (!Object.hasOwn(value, property)) {
      if (required === true) {
        reader.missing(wire);
      }
      if (type.empty !== undefined && options.sparse !== true) {
        reader.grow();
        value[property] = type.empty();
      }
    }
  }
}

function writeObject(writer: Writer, layout: Layout, options: ObjectOptions, value: Record<string, unknown>): void {
  const unknown = Object.keys(value).find((name) => !layout.properties.has(name));
  if (unknown !== undefined) {
    writer.refuseProperty(unknown);
  }
  // Properties of all objects, such as `toString`, are none of this one.
  const isGiven = ({ property }: Field): boolean => Object.hasOwn(value, property) && value[property] !== undefined;
  const given = layout.fields.filter(isGiven);
  const missing = layout.fields.find((field) => field.required === true && !isGiven(field));
  if (missing !== undefined) {
    writer.refuseMissing(missing.wire);
  }
  const parts = given.map(({ wire, type, property }): [string, () => void] => [
    wire,
    () => {
      type.write(writer, value[property]);
    },
  ]);
  const extra = options.open === true ? Object.entries((value[EXTRA] ?? {}) as Record<string, Json>) : [];
  extra.sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, part] of extra) {
    // A field wins over a key of the same name.
    if (!given.some((field) => field.wire === key)) {
      parts.push([
        key,
        () => {
          writer.json(part);
        },
      ]);
    }
  }
  writer.parts("{", "}", parts, ([key, write]) => {
    writer.entry(key, key, write);
  });
}

function canonicalObject(layout: Layout, value: Record<string, unknown>): Record<string, Json> {
  const found: Record<string, Json> = {};
  for (const { wire, type, property } of layout.fields) {
    const isThere = Object.hasOwn(value, property) && value[property] !== undefined;
    const part = isThere ? canonical(type, value[property]) : undefined;
    if (part !== undefined) {
      put(found, wire, part);
    }
  }
  if (value[EXTRA] !== undefined) {
    found[EXTRA] = value[EXTRA] as Json;
  }
  return found;
}
