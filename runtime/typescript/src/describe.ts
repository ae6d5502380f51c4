/** What generated code is made of: how methods and types are described to the runtime. */

export type {
  BatchedMethod,
  BatchedRequest,
  FollowedMethod,
  FollowedRequest,
  Method,
  PagedMethod,
  PagedRequest,
  Request,
} from "./info.js";
export type { FileContent } from "./json/file.js";
export { object, objectWith, required } from "./json/object.js";
export { list, map, numberEntries, textEntries, textOr } from "./json/parts.js";
export type { Json, JsonObject } from "./json/reader.js";
export {
  bool,
  code,
  date,
  decimal,
  file,
  id,
  int,
  json,
  type Type,
  text,
  textCode,
  textId,
  timestamp,
} from "./json/scalars.js";
export type { CalendarDate, Decimal, Id, Open, Timestamp } from "./values.js";
