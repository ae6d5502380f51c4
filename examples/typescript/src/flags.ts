/** Flags of a program, each with an environment variable behind it, and the help that follows from their description. */

import { basename } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";

/** A flag: one that takes a value, or one that is there or not. */
export interface Flag {
  /** What it is for, in a line. */
  readonly help: string;
  /** What stands for its value in the help; nothing if it takes none. */
  readonly value?: string;
  /** The environment variable that counts when the flag is not given. */
  readonly env?: string;
  /** What counts when neither is given. */
  readonly usual?: string;
  /** Whether the program needs it. */
  readonly required?: boolean;
}

/** What flags came to: a text, nothing, or whether one was there. */
export type Values<F extends Readonly<Record<string, Flag>>> = {
  readonly [Name in keyof F]: F[Name] extends { readonly value: string }
    ? F[Name] extends { readonly usual: string } | { readonly required: true }
      ? string
      : string | undefined
    : boolean;
};

/** What is wrong with how a program was started. */
export class UsageError extends Error {}

/** Words by which the environment says no. */
const NO = new Set(["", "0", "f", "false", "n", "no", "off"]);

/**
 * Reads flags and arguments. `--help` shows the flags and ends the program.
 *
 * @throws {@link UsageError}, if something is missing or unknown.
 */
export function readFlags<const F extends Readonly<Record<string, Flag>>>(
  flags: F,
  synopsis = "",
): { values: Values<F>; words: string[] } {
  const { values: given, positionals: words } = parse(flags);
  if (given["help"] === true) {
    process.stdout.write(help(flags, synopsis));
    process.exit(0);
  }
  const values: Record<string, string | boolean | undefined> = {};
  for (const [name, flag] of Object.entries(flags)) {
    const outside = flag.env === undefined ? undefined : process.env[flag.env];
    if (flag.value === undefined) {
      values[name] = given[name] === true || (outside !== undefined && !NO.has(outside.toLowerCase()));
      continue;
    }
    const value = given[name] ?? (outside === "" ? undefined : outside) ?? flag.usual;
    if (value === undefined && flag.required === true) {
      throw new UsageError(`--${name} is missing; give it, or set ${flag.env ?? "it"}`);
    }
    values[name] = value;
  }
  return { values: values as Values<F>, words };
}

function parse(flags: Readonly<Record<string, Flag>>) {
  const options: NonNullable<ParseArgsConfig["options"]> = { help: { type: "boolean", short: "h" } };
  for (const [name, flag] of Object.entries(flags)) {
    options[name] = { type: flag.value === undefined ? "boolean" : "string" };
  }
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    // None of them is given more than once, as far as the program is concerned.
    return { values: values as Record<string, string | boolean | undefined>, positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function help(flags: Readonly<Record<string, Flag>>, synopsis: string): string {
  const lines = Object.entries(flags).map(([name, flag]) => {
    const notes = [
      flag.env === undefined ? [] : [`env: ${flag.env}`],
      flag.usual === undefined ? [] : [`default: ${flag.usual}`],
      flag.required === true ? ["required"] : [],
    ].flat();
    const value = flag.value === undefined ? "" : ` <${flag.value}>`;
    const note = notes.length === 0 ? "" : ` [${notes.join("; ")}]`;
    return `  --${name}${value}\n          ${flag.help}${note}\n`;
  });
  const program = basename(process.argv[1] ?? "", ".js");
  return `Usage: ${program} [FLAGS]${synopsis === "" ? "" : ` ${synopsis}`}\n\n${lines.join("")}`;
}

/** A whole number of a flag that is at least so great. */
export function wholeNumber(name: string, text: string, least = 0): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number < least) {
    throw new UsageError(`--${name}: \`${text}\` is no whole number from ${least.toString()} on`);
  }
  return number;
}

/** The parts of a list with commas between them. */
export function listed(text: string): string[] {
  return text === "" ? [] : text.split(",").map((part) => part.trim());
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The milliseconds of a time such as `90s`, `15m` or `1h 30m`. */
export function milliseconds(name: string, text: string): number {
  if (!/^\s*(?:\d+\s*[smhd]\s*)+$/.test(text)) {
    throw new UsageError(`--${name}: \`${text}\` is no time such as 90s, 15m or 1h`);
  }
  const parts = text.matchAll(/(\d+)\s*([smhd])/g);
  return [...parts].reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNITS[unit] ?? 0), 0);
}
