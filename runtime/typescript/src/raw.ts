/** Calls by name, with parameters and a reply that nobody checks. */

import type { CallOptions, Client } from "./client.js";
import { RefusedError } from "./errors.js";
import type { Access, Request } from "./info.js";
import { object } from "./json/object.js";
import type { JsonObject } from "./json/reader.js";
import { json } from "./json/scalars.js";

/** Calls a method by its name. The package of an API, which knows its methods, has it as `callRaw`. */
export async function callByName(
  client: Client,
  methods: Readonly<Record<string, Access>>,
  name: string,
  parameters: object,
  options?: CallOptions,
): Promise<JsonObject> {
  const isObject = typeof parameters === "object" && (parameters as unknown) !== null && !Array.isArray(parameters);
  if (name === "" || !isObject) {
    const what = name === "" ? "the method has no name" : "the parameters are not a JSON object";
    throw new RefusedError(name, "invalidRequest", what);
  }
  const known = Object.hasOwn(methods, name) ? methods[name] : undefined;
  // What is not known is taken for something that changes something.
  const about = known === undefined ? ({ access: "write", isUnknown: true } as const) : { access: known };
  const method = { ...about, name, params: json, reply: object<{ extra?: JsonObject }>(() => ({})) };
  const request: Request<{ extra?: JsonObject }> = { method, params: parameters };
  const { value } = await client.call(request, options);
  return value.extra ?? {};
}
