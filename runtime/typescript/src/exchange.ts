/** A call under way: prepared once, sent as often as it takes, and answered. */

import type { Account } from "./account.js";
import { firstOf, ignore, Leash, now, sleep } from "./clock.js";
import { BaseLinkerError, BlockedError, RefusedError, TransportError, TransportFailure } from "./errors.js";
import type { Block, Pass } from "./gate.js";
import type { BlockClock } from "./hint.js";
import type { ApiInfo, Method } from "./info.js";
import { httpError, readVeiled, replyError } from "./interpret.js";
import { type Decoded, isReply } from "./json/reply.js";
import type { Permit, RateLimiter } from "./limit.js";
import type { Observer } from "./observer.js";
import { allowsRepeating, delay, type Fault, faultOf, type RetryPolicy } from "./retry.js";
import { Told } from "./told.js";
import { veil } from "./token.js";
import type { HttpResponse, Transport } from "./transport.js";

/** What all calls of a client have in common. */
export interface Shared {
  readonly api: ApiInfo;
  readonly endpoint: string;
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxReplyBytes: number;
  readonly transport: Transport;
  readonly account: Account;
  readonly limiter: RateLimiter;
  readonly clock: BlockClock;
  readonly observers: readonly Observer[];
}

/** What may differ from call to call. */
export interface Limits {
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
}

/** What came of an attempt: a reply, a block that is to be waited out, or a failure. */
type Attempt<T> =
  | { readonly reply: Decoded<T> }
  | "blocked"
  | { readonly error: BaseLinkerError; readonly fault: Fault };

/** One call. */
export class Exchange<T> {
  readonly #shared: Shared;
  readonly #limits: Limits;
  readonly #method: Method<T>;
  readonly #form: string;
  readonly #signal: AbortSignal;
  readonly #told: Told;
  readonly #deadline: number;

  constructor(shared: Shared, limits: Limits, method: Method<T>, parameters: string, signal: AbortSignal) {
    this.#shared = shared;
    this.#limits = limits;
    this.#method = method;
    this.#form = new URLSearchParams({ method: method.name, parameters }).toString();
    this.#signal = signal;
    this.#told = new Told(shared.observers, method.name, method.access);
    this.#deadline = this.#told.begun + limits.retry.deadlineMs;
  }

  /** Makes the call. Throws a `CallError`, or the reason of the signal. */
  async run(): Promise<Decoded<T>> {
    try {
      const reply = await this.#repeat();
      this.#told.end("answered");
      return reply;
    } catch (error) {
      const isFailure = error instanceof BaseLinkerError;
      this.#told.end(isFailure ? "failed" : "aborted", isFailure ? error : undefined);
      throw error;
    }
  }

  /** Makes attempts until there is no reason for another one. */
  async #repeat(): Promise<Decoded<T>> {
    const policy = this.#limits.retry;
    let last: BaseLinkerError | undefined;
    for (let failures = 0; ; ) {
      const attempt = await this.#attempt(last);
      if (attempt === "blocked") {
        continue;
      }
      if ("reply" in attempt) {
        return attempt.reply;
      }
      failures += 1;
      const { error, fault } = attempt;
      const pause = delay(policy, failures);
      const hasTime = pause < this.#deadline - now();
      if (failures >= policy.attempts || !hasTime || !allowsRepeating(fault, policy.repeat, this.#method)) {
        throw this.#end(error, last);
      }
      this.#told.retrying(error, pause);
      last = this.#end(error, last);
      await this.#wait(sleep(pause, this.#signal));
    }
  }

  /** The error that a call ends with: the last one, unless that had no effect and one before it may have had. */
  #end(error: BaseLinkerError, before: BaseLinkerError | undefined): BaseLinkerError {
    const isHidden = this.#method.access !== "read" && error.isWithoutEffect && before?.isWithoutEffect === false;
    return isHidden ? before : error;
  }

  /** Waits for its turn, sends the call once and finds out what the answer is worth. */
  async #attempt(last: BaseLinkerError | undefined): Promise<Attempt<T>> {
    const [pass, permit] = await this.#turn(last);
    let isUnsent = false;
    try {
      this.#told.sending();
      const response = await this.#send();
      permit.release();
      return this.#judge(response, pass);
    } catch (error) {
      if (!(error instanceof TransportFailure)) {
        throw error;
      }
      const { reason, message, cause } = error;
      isUnsent = reason === "connect" || reason === "tls";
      const what = veil(this.#shared.token, message);
      return { error: new TransportError(this.#method.name, reason, what, cause), fault: faultOf(reason) };
    } finally {
      pass.release();
      if (isUnsent) {
        permit.giveBack();
      } else {
        permit.release();
      }
    }
  }

  /** Waits until the token is not blocked and the limiter has a place. */
  async #turn(last: BaseLinkerError | undefined): Promise<[Pass, Permit]> {
    const { gate } = this.#shared.account;
    const deadline = this.#limits.retry.waitOutBlocks ? this.#deadline : undefined;
    for (;;) {
      this.#shared.account.keep();
      const tell = (block: Block): void => {
        this.#told.blocked(block);
      };
      const pass = await this.#wait(gate.pass(deadline, tell, this.#signal));
      if ("opens" in pass) {
        const { code, message, until, opens } = pass;
        const error = new BlockedError(this.#method.name, code, message, until, Math.max(0, opens - now()));
        throw this.#end(error, last);
      }
      try {
        const permit = await this.#permit(pass, last);
        if (permit !== undefined && (pass.isProbe || gate.block === undefined)) {
          return [pass, permit];
        }
        permit?.giveBack();
      } catch (error) {
        pass.release();
        throw error;
      }
      pass.release();
    }
  }

  /** Waits for a place; nothing if the token was blocked meanwhile. */
  async #permit(pass: Pass, last: BaseLinkerError | undefined): Promise<Permit | undefined> {
    const { account, limiter } = this.#shared;
    const stop = new Leash(this.#signal);
    try {
      const asked = limiter.acquire(stop.signal);
      if (!("then" in asked)) {
        return asked;
      }
      this.#told.waiting();
      const late = sleep(this.#deadline - now(), stop.signal).then(() => "late" as const);
      const blocked = pass.isProbe ? late : account.gate.closed(stop.signal).then(() => undefined);
      const got = await this.#wait(firstOf(asked, blocked, late));
      if (got === undefined || got === "late") {
        // It may come too late all the same.
        void asked.then((permit) => {
          permit.giveBack();
        }, ignore);
      }
      if (got === "late") {
        throw last ?? this.#late();
      }
      return got;
    } finally {
      stop.abort();
      stop.release();
    }
  }

  #late(): RefusedError {
    const deadline = (this.#limits.retry.deadlineMs / 1000).toString();
    return new RefusedError(
      this.#method.name,
      "late",
      `its turn did not come within ${deadline} s; make fewer calls at once, or raise \`retry.deadlineMs\``,
    );
  }

  async #send(): Promise<HttpResponse> {
    const { transport, endpoint, headers, maxReplyBytes } = this.#shared;
    const limit = Math.min(this.#limits.timeoutMs, Math.max(0, this.#deadline - now()));
    const leash = new Leash(this.#signal);
    try {
      const { signal } = leash;
      const sent = transport.send({ url: endpoint, headers, body: this.#form, signal, maxReplyBytes });
      const response = await firstOf(
        sent,
        sleep(limit, signal).then(() => undefined),
      );
      if (response === undefined) {
        throw new TransportFailure("timeout", `no whole reply came within ${(limit / 1000).toString()} s`);
      }
      return response;
    } catch (error) {
      this.#signal.throwIfAborted();
      throw error instanceof TransportFailure
        ? error
        : new TransportFailure("other", "the transport failed", { cause: error });
    } finally {
      leash.abort();
      leash.release();
    }
  }

  #judge({ status, body }: HttpResponse, pass: Pass): Attempt<T> {
    const { api, token, clock, limiter } = this.#shared;
    const isSuccess = status >= 200 && status < 300;
    try {
      const reply = readVeiled(this.#method.reply, body, token);
      if (isSuccess) {
        pass.answered();
        return { reply };
      }
    } catch (problem) {
      const error = replyError(api, this.#method, problem);
      if (error?.kind === "blocked") {
        const block = pass.refused(error.code, error.apiMessage, error.until, clock);
        limiter.blocked?.(Math.max(0, block.opens - now()));
        return "blocked";
      }
      if (error === undefined) {
        throw problem;
      }
      // What looks like a reply from end to end would be the same again, however little of use it holds.
      const isLasting = error.kind === "api" || (isSuccess && isReply(body));
      if (isLasting) {
        pass.answered();
      }
      if (isSuccess || error.kind === "api") {
        return { error, fault: isLasting ? "lasting" : "unclear" };
      }
    }
    return { error: httpError(this.#method.name, status, body, token), fault: status >= 500 ? "unclear" : "lasting" };
  }

  async #wait<R>(promise: Promise<R>): Promise<R> {
    const since = now();
    try {
      return await promise;
    } finally {
      this.#told.hasWaited(since);
    }
  }
}
