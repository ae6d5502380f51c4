/** What all clients of a token share within a process: its limit, and whether it is blocked. */

import { now } from "./clock.js";
import { Gate } from "./gate.js";
import { SlidingWindow } from "./limit.js";

/** The state of one token at one endpoint. */
export class Account {
  readonly gate = new Gate();
  readonly window: SlidingWindow;
  readonly #entry: Entry;

  constructor(callsPerMinute: number, entry: Entry) {
    this.window = new SlidingWindow(callsPerMinute);
    this.#entry = entry;
  }

  /** Remembers the account for as long as it has something to remember, even if its clients are gone. */
  keep(): void {
    this.#entry.held = this;
  }

  isIdle(): boolean {
    return this.window.isIdle() && (this.gate.block?.opens ?? 0) <= now();
  }
}

/** An account that is held while it matters, and otherwise only known while a client has it. */
interface Entry {
  held: Account | undefined;
  known: WeakRef<Account> | undefined;
}

const entries = /* @__PURE__ */ new Map<string, Entry>();

/** The account of a token at an endpoint, the same for all who ask. `usual` is its limit if it is new. */
export function accountOf(token: string, endpoint: string, usual: number): Account {
  // Programs that make a client for each call would have no limit if an account were forgotten with its clients.
  for (const [key, entry] of entries) {
    const account = entry.known?.deref();
    if (account === undefined) {
      entries.delete(key);
    } else if (account.isIdle()) {
      entry.held = undefined;
    }
  }
  const key = `${endpoint} ${token}`;
  const found = entries.get(key)?.known?.deref();
  if (found !== undefined) {
    return found;
  }
  const entry: Entry = { held: undefined, known: undefined };
  const account = new Account(usual, entry);
  entry.known = new WeakRef(account);
  entries.set(key, entry);
  return account;
}
