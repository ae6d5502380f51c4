/** The client: what a program calls. Settings are checked when it is made, requests when they are given to it. */

import { accountOf } from "./account.js";
import { Leash } from "./clock.js";
import { ConfigError, RefusedError } from "./errors.js";
import { Exchange, type Limits, type Shared } from "./exchange.js";
import { fetchTransport } from "./fetch.js";
import type { ApiInfo, Request } from "./info.js";
import type { Decoded } from "./json/reply.js";
import { Unsendable, Writer } from "./json/writer.js";
import type { RateLimiter } from "./limit.js";
import type { Observer } from "./observer.js";
import { type RetryChanges, type RetryPolicy, USUAL_RETRY } from "./retry.js";
import { tokenFault } from "./token.js";
import type { Transport } from "./transport.js";

/** A reply, with what was not as documented. */
export type Reply<T> = Decoded<T>;

/** What a client is made of. Everything but the token has a usual value. */
export interface ClientSettings {
  /** The token of the account, which a seller makes in the panel under Account, API. It cannot be read back. */
  readonly token: string;
  /** Another endpoint than the API's own, such as a mock: `https://`, or `http://` if it is on this machine. */
  readonly endpoint?: string | undefined;
  /** How long an attempt may take, from its start to the last byte of the reply, in milliseconds. 60,000 unless set. */
  readonly timeoutMs?: number | undefined;
  /** How long a reply may be. 64 MiB unless set. */
  readonly maxReplyBytes?: number | undefined;
  /** Refuses to send whatever does more than read, raw calls of unknown methods included. */
  readonly readOnly?: boolean | undefined;
  /** Refuses to send all methods but these. */
  readonly allow?: Iterable<string> | undefined;
  /** How often a call is sent, and how long it may take in all. */
  readonly retry?: RetryChanges | undefined;
  /**
   * How many calls a minute the token has by its contract, less what other programs need that use it. All clients of the
   * token in this process share the limit, and the last one to set it decides.
   */
  readonly callsPerMinute?: number | undefined;
  /** Asks this limiter when to send, instead of the one that clients of the token share in this process. */
  readonly rateLimiter?: RateLimiter | undefined;
  /**
   * How many minutes the API's clock is ahead of UTC, for the time until which a token is blocked. Unless set, hours do not
   * count: no block is as long as one.
   */
  readonly utcOffsetMinutes?: number | undefined;
  /** Watch the calls of the client. */
  readonly observers?: readonly Observer[] | undefined;
  /** Sends over this instead of `fetch`. */
  readonly transport?: Transport | undefined;
  /** Gives up all calls of the client. */
  readonly signal?: AbortSignal | undefined;
}

/** What may differ from call to call. */
export interface CallOptions {
  /** Gives the call up, which does not undo what the API has done by then. The call then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Another time limit for each attempt, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** Other retries, or another deadline. */
  readonly retry?: RetryChanges | undefined;
}

const TIMEOUT = 60_000;
const MAX_REPLY_BYTES = 64 << 20;

/** Calls the API for one account. */
export class Client {
  readonly #shared: Shared;
  readonly #limits: Limits;
  readonly #readOnly: boolean;
  readonly #allowed: ReadonlySet<string> | undefined;
  readonly #signal: AbortSignal | undefined;

  /** The package of an API has a shorter way to this: `createClient`. */
  constructor(api: ApiInfo, agent: string, settings: ClientSettings) {
    const { token, endpoint = api.endpoint, allow, rateLimiter, transport = fetchTransport() } = settings;
    const fault = tokenFault(token) ?? endpointFault(endpoint);
    if (fault !== undefined) {
      throw new ConfigError(fault);
    }
    const { callsPerMinute, maxReplyBytes = MAX_REPLY_BYTES, observers = [], utcOffsetMinutes } = settings;
    if (callsPerMinute !== undefined && !(callsPerMinute >= 1)) {
      throw new ConfigError("no call a minute is too few");
    }
    const account = accountOf(token, endpoint, api.callsPerMinute);
    if (callsPerMinute !== undefined) {
      account.window.setLimit(callsPerMinute);
    }
    const headers = {
      [api.tokenHeader]: token,
      "content-type": "application/x-www-form-urlencoded",
      "user-agent": agent,
    };
    const limiter = rateLimiter ?? account.window;
    const clock = { utcOffsetMinutes, longest: api.blockSeconds * 1000 };
    this.#shared = { api, endpoint, token, headers, maxReplyBytes, transport, account, limiter, clock, observers };
    this.#limits = { timeoutMs: settings.timeoutMs ?? TIMEOUT, retry: changed(USUAL_RETRY, settings.retry) };
    this.#readOnly = settings.readOnly === true;
    this.#allowed = allow === undefined ? undefined : new Set(allow);
    this.#signal = settings.signal;
  }

  /**
   * Calls a method. The parameters are read at once.
   *
   * @throws {@link CallError}, if the call was refused, got no answer, or got one that is of no use; or the reason of a
   * signal. Single values that are not as documented are no error, but reported in the reply.
   */
  async call<T>(request: Request<T>, options: CallOptions = {}): Promise<Reply<T>> {
    const { method } = request;
    if (this.#readOnly && method.access !== "read") {
      throw new RefusedError(method.name, "readOnly", "the client is read-only; call by one without `readOnly`");
    }
    if (this.#allowed !== undefined && !this.#allowed.has(method.name)) {
      throw new RefusedError(method.name, "notAllowed", "the client may not call it; name it in `allow`");
    }
    const parameters = encode(request);
    const { timeoutMs = this.#limits.timeoutMs, retry } = options;
    const limits = { timeoutMs, retry: changed(this.#limits.retry, retry) };
    const leash = new Leash(this.#signal, options.signal);
    try {
      leash.signal.throwIfAborted();
      return await new Exchange(this.#shared, limits, method, parameters, leash.signal).run();
    } finally {
      leash.release();
    }
  }
}

/**
 * The parameters of a request as the JSON text that is sent.
 *
 * @throws {@link RefusedError}, if there is something in it that cannot be sent.
 */
export function encode({ method, params }: Request<unknown>): string {
  const writer = new Writer();
  try {
    method.params.write(writer, params);
  } catch (error) {
    throw error instanceof Unsendable ? new RefusedError(method.name, "invalidRequest", error.message) : error;
  }
  return writer.text;
}

/** A policy with some of its numbers changed. */
function changed(policy: RetryPolicy, changes: RetryChanges = {}): RetryPolicy {
  const set = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...policy, ...(Object.fromEntries(set) as Partial<RetryPolicy>) };
}

/** What is wrong with an endpoint. */
function endpointFault(endpoint: string): string | undefined {
  const shown = `the endpoint ${JSON.stringify(endpoint)}`;
  if (!URL.canParse(endpoint)) {
    return `${shown} is not a whole URL, such as https://api.example.com/`;
  }
  const { protocol, hostname } = new URL(endpoint);
  if (protocol !== "https:" && protocol !== "http:") {
    return `${shown} begins neither with https:// nor with http://`;
  }
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  return protocol === "https:" || isLoopback
    ? undefined
    : `${shown} would carry the token over the network for all to read; use https://`;
}
