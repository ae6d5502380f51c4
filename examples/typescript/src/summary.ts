/** What a run has done, counted by name: the names are fixed from the start, so that what did not happen shows as 0. */

import type { Observer } from "baselinker-client";

/** What a run has done. */
export class Summary<Name extends string = string> {
  readonly problems: string[] = [];
  readonly #title: string;
  readonly #counts: Map<Name, number>;

  /** Nothing done yet of all that a program does. */
  constructor(title: string, names: readonly Name[]) {
    this.#title = title;
    this.#counts = new Map(names.map((name) => [name, 0]));
  }

  /** Counts something. */
  add(name: Name, count: number): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
  }

  /** Remembers something that could not be done, and that the next run tries again. */
  problem(what: string): void {
    this.problems.push(what);
  }

  /** The text for people, and for whoever reads lines of `name: number`. */
  text(dryRun: boolean, calls: number): string {
    const title = this.#title + (dryRun ? " (dry run: nothing was sent or stored)" : "");
    const counts = [...this.#counts, ["problems", this.problems.length], ["calls", calls]] as const;
    return [title, ...counts.map(([name, count]) => `  ${name}: ${count.toString()}`)].join("\n");
  }
}

/** Counts calls, each attempt for itself, as the limit does. */
export class CallCount implements Observer {
  /** How many there were so far. */
  calls = 0;

  sending(): void {
    this.calls += 1;
  }
}
