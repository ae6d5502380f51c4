/** A run of a program, from its settings to its summary and its exit status, once or again and again. */

import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { inspect } from "node:util";

import { ApiError, type Client, type Mismatch, type Request } from "baselinker-client";

import { UsageError } from "./flags.js";
import { Progress } from "./progress.js";
import { connect, type Settings } from "./settings.js";
import { Store } from "./store.js";
import { CallCount, Summary } from "./summary.js";

/** Mismatches that are shown; more of the same kind say nothing new. */
const SHOWN_MISMATCHES = 10;

/** What a program is. */
export interface Program<Name extends string> {
  /** The name of the flow. */
  readonly name: string;
  /** What a run does, in the order of the summary. */
  readonly counts: readonly Name[];
  /** The file with its tables. */
  readonly schema: URL;
  /** Reads the flags; gives the settings, and the work of a run. */
  start(): { settings: Settings; work: (session: Session<Name>) => Promise<void> };
}

/** Everything that a run works with. */
export class Session<Name extends string = string> {
  readonly client: Client;
  readonly store: Store;
  /** Whether to read only, and count what would be done. */
  readonly dryRun: boolean;
  readonly summary: Summary<Name>;
  readonly progress = new Progress();
  readonly #count = new CallCount();

  constructor(settings: Settings, schema: string, summary: Summary<Name>) {
    this.client = connect(settings, this.#count);
    this.store = new Store(settings.database, schema, settings.dryRun);
    this.dryRun = settings.dryRun;
    this.summary = summary;
  }

  /** Calls a method and gives its reply alone; what is not as documented is shown. */
  async call<T>(request: Request<T>): Promise<T> {
    const { value, mismatches } = await this.client.call(request);
    this.showMismatches(request, mismatches);
    return value;
  }

  /** Turns the refusal of one thing into a problem, so that the others are still done; any other error ends the run. */
  refused(what: string, error: unknown): void {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    this.summary.problem(`${what}: ${words(error)}`);
  }

  /** Shows values that could not be read and are missing therefore. */
  showMismatches({ method }: Request<unknown>, mismatches: readonly Mismatch[]): void {
    for (const { path, expected, found } of mismatches.slice(0, SHOWN_MISMATCHES)) {
      this.progress.clear();
      console.error(`not as documented: ${method.name}: ${path}: expected ${expected}, found ${found}`);
    }
  }

  /** Shows what was done, and closes the database; whether that was everything. */
  finish(): boolean {
    this.progress.clear();
    console.log(this.summary.text(this.dryRun, this.#count.calls));
    for (const problem of this.summary.problems) {
      console.error(`problem: ${problem}`);
    }
    this.store.close();
    return this.summary.problems.length === 0;
  }
}

/**
 * Runs the work of a program as its settings say. The exit status is 0 when everything was done, 1 when something was not, 2
 * when the program was not started properly.
 */
export async function run<Name extends string>(program: Program<Name>): Promise<void> {
  try {
    const { settings, work } = program.start();
    const schema = readFileSync(program.schema, "utf8");
    for (;;) {
      const started = performance.now();
      const isDone = await once(() => new Session(settings, schema, new Summary(program.name, program.counts)), work);
      if (settings.everyMs === undefined) {
        process.exitCode = isDone ? 0 : 1;
        return;
      }
      await setTimeout(Math.max(0, settings.everyMs - (performance.now() - started)));
    }
  } catch (error) {
    console.error(`error: ${words(error)}`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

/** One run, whose summary is shown also when the rest failed. */
async function once<S extends Session>(open: () => S, work: (session: S) => Promise<void>): Promise<boolean> {
  try {
    const session = open();
    let isDone = false;
    try {
      await work(session);
    } finally {
      isDone = session.finish();
    }
    return isDone;
  } catch (error) {
    console.error(`error: ${words(error)}`);
    return false;
  }
}

/** What went wrong, from the outermost word on. Errors of the client tell of their causes already. */
function words(error: unknown): string {
  let text = "";
  for (let cause = error; cause !== undefined; cause = cause instanceof Error ? cause.cause : undefined) {
    const said = cause instanceof Error ? cause.message : inspect(cause);
    text = text === "" ? said : text.includes(said) ? text : `${text}: ${said}`;
  }
  return text;
}
