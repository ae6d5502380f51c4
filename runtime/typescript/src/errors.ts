/**
 * What can go wrong with a call. Every text says what happened, to which method, and what to do; none has the token. All
 * errors are of one union, `CallError`, told apart by `kind`.
 */

/** What is known of an error beside its text. */
interface About {
  readonly cause?: unknown;
  readonly isTimeout?: boolean;
  readonly isWithoutEffect?: boolean;
}

/** What all errors of this package have in common. */
export abstract class BaseLinkerError extends Error {
  /** Which error it is. */
  abstract readonly kind: "config" | "refused" | "transport" | "http" | "blocked" | "api" | "decode";
  /** The method that was called; nothing if the client could not even be made. */
  readonly method: string | undefined;
  /** Did it take too long? */
  readonly isTimeout: boolean;
  /** Is it certain that the call had no effect, as far as the API keeps its word? */
  readonly isWithoutEffect: boolean;

  protected constructor(name: string, method: string | undefined, text: string, about: About = {}) {
    const { cause, isTimeout = false, isWithoutEffect = false } = about;
    super(method === undefined ? text : `${method}: ${text}`, cause === undefined ? undefined : { cause });
    Object.defineProperty(this, "name", { value: name });
    this.method = method;
    this.isTimeout = isTimeout;
    this.isWithoutEffect = isWithoutEffect;
  }

  /**
   * Does nobody know whether the call took effect? There was no answer, or one that says nothing: look before a write is sent
   * again. An error of the API is an answer, and counts as a refusal.
   */
  get isUnclear(): boolean {
    return this.kind !== "api" && !this.isWithoutEffect;
  }
}

/** The client cannot be made like this. */
export class ConfigError extends BaseLinkerError {
  override readonly kind = "config";

  constructor(what: string) {
    super("ConfigError", undefined, `cannot make a client: ${what}`, { isWithoutEffect: true });
  }
}

/** Why a call was not sent. */
export type Refusal = "readOnly" | "notAllowed" | "late" | "invalidRequest";

/** The call was not sent. */
export class RefusedError extends BaseLinkerError {
  override readonly kind = "refused";
  /** Why it was not sent. */
  readonly why: Refusal;

  constructor(method: string, why: Refusal, text: string) {
    super("RefusedError", method, `not sent, because ${text}`, { isTimeout: why === "late", isWithoutEffect: true });
    this.why = why;
  }
}

/**
 * What kept an exchange from giving an answer: no connection or no secure one, so that nothing was sent; or too long a
 * wait, a broken connection, too long an answer or something else, after which the call may have taken effect.
 */
export type TransportReason = "connect" | "tls" | "timeout" | "closed" | "tooLarge" | "other";

/** What a transport throws; the message is a clause such as `no connection to api.example.com`. */
export class TransportFailure extends Error {
  /** What kept the exchange from giving an answer. */
  readonly reason: TransportReason;

  constructor(reason: TransportReason, what: string, options?: ErrorOptions) {
    super(what, options);
    this.reason = reason;
  }
}

/** There was no answer. */
export class TransportError extends BaseLinkerError {
  override readonly kind = "transport";
  /** What kept it away. */
  readonly reason: TransportReason;

  constructor(method: string, reason: TransportReason, what: string, cause?: unknown) {
    const about = { cause, isTimeout: reason === "timeout", isWithoutEffect: reason === "connect" || reason === "tls" };
    super("TransportError", method, `${what} (${TRANSPORT_ADVICE[reason] ?? LOOK_FIRST})`, about);
    this.reason = reason;
  }
}

const LOOK_FIRST = "the call may have taken effect; look before sending a write again";

const TRANSPORT_ADVICE: Partial<Record<TransportReason, string>> = {
  connect: "nothing was sent; check the network and the endpoint",
  tls: "nothing was sent; check the endpoint, the clock, and proxies that open connections",
  tooLarge: "the call may have taken effect; raise `maxReplyBytes`",
};

/** Something answered that is not the API, or not well. */
export class HttpError extends BaseLinkerError {
  override readonly kind = "http";
  /** The status of the answer. */
  readonly status: number;
  /** The beginning of the answer. */
  readonly snippet: string;

  constructor(method: string, status: number, snippet: string) {
    const advice =
      status >= 500 ? "a server is in trouble; the call may have taken effect" : "is this the API's endpoint?";
    const shown = snippet === "" ? "" : `: ${JSON.stringify(snippet)}`;
    super("HttpError", method, `HTTP ${status.toString()} instead of a reply (${advice})${shown}`);
    this.status = status;
    this.snippet = snippet;
  }
}

/** The token is blocked after too many calls. This one had no effect, and may be sent again after that time. */
export class BlockedError extends BaseLinkerError {
  override readonly kind = "blocked";
  /** The API's code. */
  readonly code: string;
  /** The API's message. */
  readonly apiMessage: string;
  /** Until when, as `YYYY-MM-DD HH:MM:SS`, if the message says so. It names no time zone. */
  readonly until: string | undefined;
  /** After how long the client itself would send the next call. */
  readonly retryAfterMs: number;

  constructor(method: string, code: string, apiMessage: string, until: string | undefined, retryAfterMs: number) {
    const time = until ?? `about ${Math.round(retryAfterMs / 60_000).toString()} minutes`;
    const advice = `the call had no effect; send it again after ${time}, and send fewer a minute`;
    super("BlockedError", method, `${refusal(code, apiMessage)} (${advice})`, { isWithoutEffect: true });
    this.code = code;
    this.apiMessage = apiMessage;
    this.until = until;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The API refused the call. */
export class ApiError extends BaseLinkerError {
  override readonly kind = "api";
  /** The API's code; the set of codes is open. Empty if the API sent none. */
  readonly code: string;
  /** The API's message, which may be empty. */
  readonly apiMessage: string;

  constructor(method: string, code: string, apiMessage: string, advice: string) {
    super("ApiError", method, refusal(code, apiMessage) + (advice === "" ? "" : ` (${advice})`));
    this.code = code;
    this.apiMessage = apiMessage;
  }
}

function refusal(code: string, message: string): string {
  const said = [code, message].filter((part) => part !== "").join(", ");
  return `the API refused the call${said === "" ? " and does not say why" : `: ${said}`}`;
}

/** The API answered, but nothing usable. */
export class DecodeError extends BaseLinkerError {
  override readonly kind = "decode";
  /** Where the answer is unusable, in wire names; empty if it is so as a whole. */
  readonly path: string;
  /** What is wrong there, as a clause. */
  readonly what: string;
  /** How many bytes of the answer came before. */
  readonly offset: number;

  constructor(method: string, { path, message, offset, near }: Unusable) {
    const at = path === "" ? "" : ` at ${path}`;
    const around = near === "" ? "" : `, near ${JSON.stringify(near)}`;
    const raw = path === "" ? "" : "; `callRaw` asks less of a reply";
    const place = `byte ${offset.toString()}${around}`;
    super(
      "DecodeError",
      method,
      `cannot decode the reply${at}: ${message} (${place}) (the call may have taken effect${raw})`,
    );
    this.path = path;
    this.what = message;
    this.offset = offset;
  }
}

/** What makes a reply unusable, as its reader says it. */
interface Unusable {
  readonly path: string;
  readonly message: string;
  readonly offset: number;
  readonly near: string;
}

/** Any error that a call can end with, but for the reason of an `AbortSignal`. */
export type CallError = ConfigError | RefusedError | TransportError | HttpError | BlockedError | ApiError | DecodeError;
