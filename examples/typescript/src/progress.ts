/** Progress on long work: one line on stderr that changes, and nothing at all where stderr is no terminal. */

/** Milliseconds: often enough to look alive, seldom enough to cost nothing. */
const PAUSE = 100;

const CLEAR = "\r\u001b[K";

/** A line that says how far the work is. */
export class Progress {
  #shownAt: number | undefined;

  /** Shows how much of something is done. */
  step(what: string, done: number, of?: number): void {
    const isDue = this.#shownAt === undefined || performance.now() - this.#shownAt >= PAUSE;
    if (process.stderr.isTTY && (isDue || of === done)) {
      process.stderr.write(`${CLEAR}${what}: ${done.toString()}${of === undefined ? "" : ` of ${of.toString()}`}`);
      this.#shownAt = performance.now();
    }
  }

  /** Takes the line away, so that other text can stand in its place. */
  clear(): void {
    if (this.#shownAt !== undefined) {
      process.stderr.write(CLEAR);
      this.#shownAt = undefined;
    }
  }
}
