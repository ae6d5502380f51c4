/** Everything that the packages of this runtime offer to programs. */

export { type Batches, type BatchFailure, callInBatches, maxItems } from "./batch.js";
export { type CallOptions, Client, type ClientSettings, encode, type Reply } from "./client.js";
export { canonical } from "./decode.js";
export {
  ApiError,
  BaseLinkerError,
  BlockedError,
  type CallError,
  ConfigError,
  DecodeError,
  HttpError,
  type Refusal,
  RefusedError,
  TransportError,
  TransportFailure,
  type TransportReason,
} from "./errors.js";
export { fetchTransport } from "./fetch.js";
export { Follow, type FollowOptions, follow, type NextOptions } from "./follow.js";
export type { Access, BatchedRequest, FollowedRequest, PagedRequest, Request } from "./info.js";
export { FileContent } from "./json/file.js";
export type { Json, JsonObject, Mismatch } from "./json/reader.js";
export type { Decoded } from "./json/reply.js";
export { type Permit, type RateLimiter, SlidingWindow } from "./limit.js";
export type { BlockInfo, CallEnd, CallInfo, Observer } from "./observer.js";
export { Items, items, Pages, pageSize, pages } from "./paging.js";
export { NO_RETRY, type Repeat, type RetryChanges, type RetryPolicy } from "./retry.js";
export type { HttpRequest, HttpResponse, Transport } from "./transport.js";
export { type CalendarDate, type Decimal, type Id, type Open, Timestamp } from "./values.js";
