/** The one form of a reply that all languages agree on. */

import { FileContent } from "./file.js";
import { EXTRA } from "./object.js";
import { type Json, put } from "./reader.js";
import type { Type } from "./scalars.js";

/** A value in its canonical form; nothing for lists and maps without anything. */
export function canonical(type: Type<unknown>, value: unknown): Json | undefined {
  const { fields, item } = type;
  if (typeof value !== "object" || value === null || (fields ?? item) === undefined) {
    return value instanceof FileContent ? value.base64 : (value as Json | undefined);
  }
  if (Array.isArray(value)) {
    const items = value.map((part) => item && canonical(item, part)).filter((part) => part !== undefined);
    return items.length > 0 ? items : undefined;
  }
  const found: Record<string, Json> = {};
  const keep = (key: string, part: Json | undefined): void => {
    if (part !== undefined) {
      put(found, key, part);
    }
  };
  if (fields === undefined) {
    for (const [key, part] of Object.entries(value)) {
      keep(key, item && canonical(item, part));
    }
    return Object.keys(found).length > 0 ? found : undefined;
  }
  const properties = new Map<string, unknown>(Object.entries(value));
  for (const { wire, type: part, property } of fields()) {
    keep(wire, canonical(part, properties.get(property)));
  }
  keep(EXTRA, properties.get(EXTRA) as Json | undefined);
  return found;
}
