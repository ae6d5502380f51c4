/**
 * Objects: their fields as data, from which one function reads and one writes. Fields are written by their wire names;
 * the names of properties follow by a rule, and an exception is written beside its field.
 */

import { type Json, put, type Reader } from "./reader.js";
import { json, type Type } from "./scalars.js";
import type { Writer } from "./writer.js";

/** A field that is more than a name and a type. */
export interface FieldOptions {
  /** What it holds. */
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

/** A field with all of its names. */
export interface Field extends FieldOptions {
  /** Its name on the wire. */
  readonly wire: string;
  /** The property. */
  readonly property: string;
  /** Its key and the colon, as they mostly stand in a reply. */
  readonly token: string;
  /** Its place in the order of the documentation. */
  readonly place: number;
}

interface Layout {
  readonly fields: readonly Field[];
  /** The fields that do not simply stay away from a reply. */
  readonly due: readonly Field[];
  readonly byKey: ReadonlyMap<string, Field>;
}

/** A field without which an object is of no use. */
export function required(type: Type<unknown>, rest?: Omit<FieldOptions, "type" | "required">): FieldOptions {
  return { ...rest, type, required: true };
}

/** The property of a field: `order_id` is `orderId`. */
function camelCase(wire: string): string {
  return wire.replace(/_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function layout(described: Fields, { sparse }: ObjectOptions): Layout {
  const fields = Object.entries(described).map(([wire, field], place): Field => {
    const options = "type" in field ? field : { type: field };
    return { ...options, wire, property: options.name ?? camelCase(wire), token: `${JSON.stringify(wire)}:`, place };
  });
  const due = fields.filter(({ required, type }) => required === true || (type.empty !== undefined && sparse !== true));
  const aliases = fields.flatMap((field) => (field.aliases ?? []).map((alias) => [alias, field] as const));
  // A name wins over another field's alias.
  return { fields, due, byKey: new Map([...aliases, ...fields.map((field) => [field.wire, field] as const)]) };
}

/** An object. Its fields are asked for when they are needed first, so that types may hold themselves. */
export function object<T extends object>(fields: () => Fields): Type<T> {
  return objectWith({}, fields);
}

/** An object of which there is more to say. */
export function objectWith<T extends object>(options: ObjectOptions, fields: () => Fields): Type<T> {
  let known: Layout | undefined;
  const get = (): Layout => (known ??= layout(fields(), options));
  return {
    read: (reader) => readObject(reader, get()) as T | undefined,
    write: (writer, value) => {
      writeObject(writer, get().fields, options, writer.object(value));
    },
    fields: () => get().fields,
    isObject: true,
    hasKey: (key) => get().byKey.has(key),
  };
}

function readObject(reader: Reader, { fields, due, byKey }: Layout): Record<string, unknown> | undefined {
  if (reader.kind() !== "object") {
    reader.withoutParts("object");
    return undefined;
  }
  const value: Record<string, unknown> = {};
  let extra: Record<string, Json> | undefined;
  let place = 0;
  reader.enter("");
  for (let isFirst = true; reader.next("object", isFirst); isFirst = false) {
    // Keys come in the documented order, so the next one is where to look first.
    let field = fields[place];
    let key = field?.wire;
    if (field === undefined || key === undefined || !reader.takes(field.token)) {
      key = reader.key();
      field = byKey.get(key);
    }
    if (field !== undefined) {
      place = field.place + 1;
      reader.step(key);
      keep(value, field, field.type.read(reader));
    } else if (!(reader.isOutermost() && reader.envelope?.(key) === true)) {
      reader.step("");
      put((extra ??= {}), key, reader.json());
    }
  }
  reader.leave();
  for (const { type, property, required, wire } of due) {
    if (!Object.hasOwn(value, property)) {
      if (required === true) {
        reader.missing(wire);
      }
      reader.grow();
      value[property] = type.empty?.();
    }
  }
  if (extra !== undefined) {
    value[EXTRA] = extra;
  }
  return value;
}

/** Keeps what was read. The last of doubled keys counts; of names for the same thing, the last that means something. */
function keep(value: Record<string, unknown>, { property, aliases }: Field, found: unknown): void {
  if (found !== undefined) {
    value[property] = found;
  } else if (aliases === undefined && Object.hasOwn(value, property)) {
    Reflect.deleteProperty(value, property);
  }
}

function writeObject(
  writer: Writer,
  fields: readonly Field[],
  { open }: ObjectOptions,
  value: Record<string, unknown>,
): void {
  const unknown = Object.keys(value).find(
    (name) => name !== EXTRA && !fields.some(({ property }) => property === name),
  );
  if (unknown !== undefined) {
    writer.refuseProperty(unknown);
  }
  // Properties of all objects, such as `toString`, are none of this one.
  const isGiven = ({ property }: Field): boolean => Object.hasOwn(value, property) && value[property] !== undefined;
  const missing = fields.find((field) => field.required === true && !isGiven(field));
  if (missing !== undefined) {
    writer.refuseMissing(missing.wire);
  }
  const given = fields.filter(isGiven).map(({ wire, type, property }) => [wire, type, value[property]] as const);
  const extra = open === true ? Object.entries((value[EXTRA] ?? {}) as Record<string, Json>) : [];
  // A field wins over a key of the same name.
  const others = extra.filter(([key]) => !given.some(([wire]) => wire === key)).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [...given, ...others.map(([key, part]) => [key, json, part] as const)];
  writer.parts("{}", parts, ([key, type, part]) => {
    writer.entry(key, key, () => {
      type.write(writer, part);
    });
  });
}
