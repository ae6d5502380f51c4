/**
 * The gate before a token: closed for all callers while the API blocks it. When a block should be over, one call goes as
 * a probe and the others wait for what becomes of it.
 */

import { Event, now } from "./clock.js";
import { type BlockClock, blockWait } from "./hint.js";

/** What is known of a block. */
export interface Block {
  readonly code: string;
  readonly message: string;
  /** The time in the message. */
  readonly until: string | undefined;
  /** When the next call may be tried. */
  readonly opens: number;
  /** How many probes in a row were refused. */
  readonly refused: number;
}

/** Leave to pass the gate, for one call. It is released when the call is over, whatever became of it. */
export interface Pass {
  readonly isProbe: boolean;
  /** The API answered something else than that the token is blocked. */
  answered(): void;
  /** The API answered that the token is blocked. Gives the block. */
  refused(code: string, message: string, until: string | undefined, clock: BlockClock): Block;
  /** The call is over. */
  release(): void;
}

/** The gate of one token. */
export class Gate {
  #block: Block | undefined;
  #isProbed = false;
  readonly #changed = new Event();

  /** The block, if the token is blocked. */
  get block(): Block | undefined {
    return this.#block;
  }

  /** Waits until the token is blocked. */
  async closed(signal: AbortSignal): Promise<void> {
    while (this.#block === undefined) {
      await this.#changed.wait(Infinity, signal);
    }
  }

  /**
   * Waits until a call may be sent; gives the block if that is not before the deadline. Without a deadline it never waits.
   */
  async pass(
    deadline: number | undefined,
    blocked: (block: Block) => void,
    signal: AbortSignal,
  ): Promise<Pass | Block> {
    for (;;) {
      signal.throwIfAborted();
      const block = this.#block;
      if (block === undefined) {
        return this.#makePass(false);
      }
      if (block.opens <= now() && !this.#isProbed) {
        this.#isProbed = true;
        return this.#makePass(true);
      }
      blocked(block);
      if (deadline === undefined || block.opens > deadline) {
        return block;
      }
      const isWaitingForTime = block.opens > now();
      await this.#changed.wait(isWaitingForTime ? block.opens : deadline, signal);
      if (!isWaitingForTime && now() >= deadline) {
        return block;
      }
    }
  }

  #makePass(isProbe: boolean): Pass {
    let isOpen = isProbe;
    const end = (): boolean => {
      const wasProbe = isOpen;
      isOpen = false;
      return wasProbe;
    };
    return {
      isProbe,
      answered: () => {
        // Only a probe was sent after the block began; what others hear may be older.
        if (end()) {
          this.#set(undefined, false);
        }
      },
      refused: (code, message, until, clock) => {
        const wasProbe = end();
        const before = this.#block;
        const refused = before === undefined ? 0 : before.refused + (wasProbe ? 1 : 0);
        const soonest = now() + blockWait(clock, until, refused);
        // Calls that were under way when the block began hear of it one after the other.
        const opens = before === undefined || wasProbe ? soonest : Math.max(before.opens, soonest);
        const block = { code, message, until, opens, refused };
        this.#set(block, !wasProbe && this.#isProbed);
        return block;
      },
      // A probe that came to nothing leaves it to the next one.
      release: () => {
        if (end()) {
          this.#set(this.#block, false);
        }
      },
    };
  }

  #set(block: Block | undefined, isProbed: boolean): void {
    this.#block = block;
    this.#isProbed = isProbed;
    this.#changed.fire();
  }
}
