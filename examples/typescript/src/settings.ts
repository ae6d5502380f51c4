/** The settings that every program has, by flag or by environment, and the client that follows from them. */

import { type Client, createClient, type Observer } from "baselinker-client";

import { milliseconds, type Values, wholeNumber } from "./flags.js";

/** The flags that every program has. */
export const COMMON_FLAGS = {
  token: {
    value: "TOKEN",
    env: "BASELINKER_TOKEN",
    required: true,
    help: "Token of the account; better in the environment, since others on the machine can read arguments",
  },
  endpoint: {
    value: "URL",
    env: "BASELINKER_ENDPOINT",
    help: "Another endpoint than the API's own, such as that of a mock server",
  },
  database: {
    value: "FILE",
    env: "BASELINKER_DATABASE",
    required: true,
    help: "The database, which is made when it is not there",
  },
  "calls-per-minute": {
    value: "CALLS",
    env: "BASELINKER_CALLS_PER_MINUTE",
    usual: "100",
    help: "How many calls a minute this program may make, less than the contract allows if others use the token",
  },
  "dry-run": { help: "Read everything, send and store nothing, and show what would have been done" },
  every: { value: "TIME", help: "Run again and again, once in this time, such as 15m; once only when not given" },
} as const;

/** What every program is told. */
export interface Settings {
  readonly token: string;
  readonly endpoint: string | undefined;
  readonly database: string;
  readonly callsPerMinute: number;
  readonly dryRun: boolean;
  /** Milliseconds from the start of a run to that of the next; nothing to run once. */
  readonly everyMs: number | undefined;
}

/**
 * The settings as the flags say them.
 *
 * @throws `UsageError`, if a number or a time is none.
 */
export function settingsOf(values: Values<typeof COMMON_FLAGS>): Settings {
  return {
    token: values.token,
    endpoint: values.endpoint,
    database: values.database,
    callsPerMinute: wholeNumber("calls-per-minute", values["calls-per-minute"], 1),
    dryRun: values["dry-run"],
    everyMs: values.every === undefined ? undefined : milliseconds("every", values.every),
  };
}

/**
 * A client for an account. In a dry run it refuses whatever does more than read, so that no slip of a program can write.
 *
 * @throws `ConfigError`, if the token or the endpoint cannot be right.
 */
export function connect(settings: Settings, observer: Observer): Client {
  const { token, endpoint, callsPerMinute, dryRun } = settings;
  return createClient({ token, endpoint, callsPerMinute, readOnly: dryRun, observers: [observer] });
}
