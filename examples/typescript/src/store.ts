/**
 * The database: one file of SQLite that holds cursors, intents and the tables of the other side, so that what was read and how
 * far it was read are one transaction. A dry run works on a copy in memory; a second program at once is refused.
 *
 * The package has the interface of `node:sqlite`, which came with Node.js 22: there, that is the only line to change.
 */

import { existsSync } from "node:fs";

import { DatabaseSync } from "@photostructure/sqlite";

/** Tables that every program has. */
const COMMON = `
  -- How far something was read: the next order, the last entry of a journal.
  CREATE TABLE IF NOT EXISTS cursors (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  -- Writes that were about to be sent, and of which nobody knows yet whether they arrived.
  CREATE TABLE IF NOT EXISTS intents (kind TEXT, key TEXT, PRIMARY KEY (kind, key)) STRICT;
`;

/**
 * What is committed stays, also when the power fails: an intent that got lost would be a second parcel. The log makes that
 * cheap, and lets the other side read meanwhile.
 */
const DURABLE = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;";

type Db = InstanceType<typeof DatabaseSync>;

/** What a column holds, and what a statement takes. */
export type Value = string | number | null;
/** Values by position, or by the name behind the colon. */
export type Params = readonly Value[] | Readonly<Record<string, Value>>;
/** A row by the names of its columns. */
export type Row = Readonly<Record<string, Value>>;

/** Something about to be sent: what it is, and for what. */
export interface Intent {
  /** What is sent, such as `product`. */
  readonly kind: string;
  /** What it is for, such as an SKU. */
  readonly key: string;
}

/** The database of a program. */
export class Store {
  readonly #db: Db;
  /** Holds others off until it is closed. */
  readonly #lock: Db | undefined;
  readonly #statements = new Map<string, ReturnType<Db["prepare"]>>();

  /** Opens the database, and makes the tables that are not there. */
  constructor(path: string, schema: string, dryRun: boolean) {
    this.#lock = dryRun ? undefined : lock(path);
    try {
      this.#db = dryRun ? copy(path) : new DatabaseSync(path);
      this.#db.exec((dryRun ? "" : DURABLE) + COMMON + schema);
    } catch (error) {
      this.#lock?.close();
      throw new Error(`cannot open the database ${path}`, { cause: error });
    }
  }

  /** All rows of a query. */
  rows<R extends object = Row>(sql: string, params: Params = []): R[] {
    return this.#prepared(sql).all(...given(params)) as R[];
  }

  /** Runs a statement; how many rows it changed. */
  run(sql: string, params: Params = []): number {
    return this.#prepared(sql).run(...given(params)).changes;
  }

  /** The number that a query counts. */
  count(sql: string, params: Params = []): number {
    return Number(Object.values(this.rows(sql, params)[0] ?? {})[0] ?? 0);
  }

  /** Changes several things at once: all of them, or, if the work fails or the program ends, none. */
  change<T>(work: () => T): T {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#db.exec("COMMIT");
      return result;
    } catch (error) {
      this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  /** How far something was read. */
  cursor(name: string): number | undefined {
    return this.rows<{ value: number }>("SELECT value FROM cursors WHERE name = ?", [name])[0]?.value;
  }

  /** Writes down how far something was read, along with what was read. */
  setCursor(name: string, value: number): void {
    const sql = "INSERT INTO cursors (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value";
    this.run(sql, [name, value]);
  }

  /** Writes down that something is about to be sent; whether that was written down before. */
  intend({ kind, key }: Intent): boolean {
    return this.run("INSERT INTO intents (kind, key) VALUES (?, ?) ON CONFLICT DO NOTHING", [kind, key]) === 0;
  }

  /** It was sent, and its result is stored; or it certainly was not. */
  forget({ kind, key }: Intent): void {
    this.run("DELETE FROM intents WHERE kind = ? AND key = ?", [kind, key]);
  }

  /** Lets others in. */
  close(): void {
    this.#statements.clear();
    this.#db.close();
    this.#lock?.close();
  }

  #prepared(sql: string) {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function given(params: Params): (Value | Record<string, Value>)[] {
  return Array.isArray(params) ? [...(params as readonly Value[])] : [params as Record<string, Value>];
}

/** A copy in memory; an empty one when there is no database yet. */
function copy(path: string): Db {
  const db = new DatabaseSync(":memory:");
  if (existsSync(path)) {
    db.prepare("ATTACH ? AS origin").run(path);
    const tables = db.prepare("SELECT name, sql FROM origin.sqlite_schema WHERE type = 'table'").all();
    for (const { name, sql } of tables as { name: string; sql: string }[]) {
      db.exec(`${sql}; INSERT INTO main."${name}" SELECT * FROM origin."${name}"`);
    }
    db.exec("DETACH origin");
  }
  return db;
}

/**
 * Two programs at once would send everything twice, so the first one holds a lock. The system takes it away from a program
 * that ends, however it ends. It is a database of its own, so that others can read and write the tables.
 */
function lock(path: string): Db {
  const held = new DatabaseSync(`${path}.lock`, { timeout: 5000 });
  try {
    held.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return held;
  } catch (error) {
    held.close();
    throw new Error(`another program works on ${path}; wait for it or end it`, { cause: error });
  }
}
