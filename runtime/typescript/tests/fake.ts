/** The API in memory, in the time of the test: it counts calls as the real one does, and answers as it is told. */

import { type Clock, install } from "@sinonjs/fake-timers";

import { Client, type ClientSettings } from "../src/client.js";
import { sleep } from "../src/clock.js";
import { TransportFailure, type TransportReason } from "../src/errors.js";
import type { Access, ApiInfo, Method, Request } from "../src/info.js";
import { object } from "../src/json/object.js";
import type { Json } from "../src/json/reader.js";
import type { HttpRequest, HttpResponse, Transport } from "../src/transport.js";

export const API: ApiInfo = {
  endpoint: "https://api.example.com/connector.php",
  tokenHeader: "X-BLToken",
  callsPerMinute: 100,
  blockSeconds: 600,
  changelogDate: "2026-04-20",
  blockCodes: ["ERROR_BLOCKED_TOKEN"],
};

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const OK = '{"status":"SUCCESS"}';

/** What comes back for a call: a body with its status, or a failure. */
export type Answer = readonly [status: number, body: string] | TransportReason;

interface Nothing {
  readonly extra?: Record<string, Json>;
}

function method(name: string, access: Access, isIdempotent = false): Method<Nothing> {
  return { name, access, isIdempotent, params: object(() => ({})), reply: object(() => ({})) };
}

export const get: Request<Nothing> = { method: method("get", "read"), params: {} };
export const add: Request<Nothing> = { method: method("add", "write"), params: {} };
export const set: Request<Nothing> = { method: method("set", "write", true), params: {} };

export function body(text: string): Answer {
  return [200, text];
}

/** A refusal because of too many calls, until so many seconds from now in a time zone two hours ahead of UTC. */
export function blocked(seconds: number): Answer {
  const until = new Date(Date.now() + (2 * 3600 + seconds) * SECOND).toISOString();
  const time = `2026-04-20 ${until.slice(11, 19)}`;
  const message = `Query limit exceeded, token blocked until ${time}`;
  return body(`{"status":"ERROR","error_code":"ERROR_BLOCKED_TOKEN","error_message":"${message}"}`);
}

export class Fake implements Transport {
  /** How long a call is under way before the API counts it, and after. */
  there = 0;
  back = 0;
  /** How many calls a minute it takes before it blocks the token for ten minutes. */
  limit = Infinity;
  /** When the API counted each call, and which method it was. */
  readonly times: number[] = [];
  readonly methods: string[] = [];
  refused = 0;
  readonly #answers: (() => Answer)[];
  #blockedUntil = -Infinity;

  /** Answers with these, one after another, and well after that. */
  constructor(...answers: (Answer | (() => Answer))[]) {
    this.#answers = answers.map((answer) => (typeof answer === "function" ? answer : () => answer));
  }

  client(token: string, settings: Partial<ClientSettings> = {}): Client {
    return new Client(API, "test", { token, transport: this, ...settings });
  }

  get count(): number {
    return this.times.length;
  }

  /** The most calls that any minute had. */
  get busiestMinute(): number {
    const inMinute = (start: number): number =>
      this.times.filter((time) => time >= start && time < start + MINUTE).length;
    return Math.max(...this.times.map(inMinute));
  }

  async send({ body, signal }: HttpRequest): Promise<HttpResponse> {
    await sleep(this.there, signal);
    this.times.push(performance.now());
    this.methods.push(new URLSearchParams(body).get("method") ?? "");
    const answer = this.#refusal() ?? this.#answers.shift()?.() ?? body200(OK);
    await sleep(this.back, signal);
    if (typeof answer === "string") {
      throw new TransportFailure(answer, "it failed");
    }
    return { status: answer[0], body: answer[1] };
  }

  #refusal(): Answer | undefined {
    const now = performance.now();
    if (this.#blockedUntil <= now) {
      const lastMinute = this.times.filter((time) => time + MINUTE > now).length;
      this.#blockedUntil = lastMinute > this.limit ? now + 10 * MINUTE : -Infinity;
    }
    if (this.#blockedUntil <= now) {
      return undefined;
    }
    this.refused += 1;
    return blocked(Math.floor((this.#blockedUntil - now) / SECOND));
  }
}

function body200(text: string): Answer {
  return [200, text];
}

/** Runs a test in a time of its own, which passes only when it waits. */
export function inTime(run: (time: Time) => Promise<void>): () => Promise<void> {
  return async () => {
    const clock = install({
      now: Date.parse("2026-04-20T12:00:00Z"),
      toFake: ["setTimeout", "clearTimeout", "performance", "Date"],
    });
    try {
      await run(new Time(clock));
    } finally {
      clock.uninstall();
    }
  };
}

export class Time {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Lets so much time pass. */
  async pass(length: number): Promise<void> {
    await this.#clock.tickAsync(length);
  }

  /** Lets time pass until something is done. */
  async until<T>(promise: Promise<T>): Promise<T> {
    const state = { isDone: false };
    const end = (): void => {
      state.isDone = true;
    };
    promise.then(end, end);
    await this.#clock.tickAsync(0);
    while (!state.isDone) {
      await this.#clock.nextAsync();
    }
    return await promise;
  }

  /** The error that something ends with. */
  async error(promise: Promise<unknown>): Promise<unknown> {
    return await this.until(
      promise.then(
        () => {
          throw new Error("it did not fail");
        },
        (error: unknown) => error,
      ),
    );
  }
}
