/**
 * The place in a JSON text and the steps that can be taken from it. All that is known here is JSON's grammar; numbers
 * stay the digits that they are, since `JSON.parse` would round them.
 */

/** What comes next. */
export type Kind = "null" | "true" | "false" | "number" | "text" | "list" | "object";

/** The text is not JSON: what was expected, and where. */
export class Malformed extends Error {
  readonly offset: number;

  constructor(offset: number, what: string) {
    super(what);
    this.offset = offset;
  }
}

/** How deep the parts of a value that is skipped may lie. Skipping takes no stack, so this only bounds what is sensible. */
const MAX_SKIP = 200;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const END_OF_LIST = 93;
const END_OF_OBJECT = 125;

const NUMBER = /-?(?:0(?!\d)|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const HEX = /[0-9a-fA-F]{4}/y;
const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", "/": "/", "\\": "\\", '"': '"' };

/** Kinds by the first character of a value. */
const KINDS: (Kind | undefined)[] = [];
for (const [characters, kind] of [
  ["-0123456789", "number"],
  ['"', "text"],
  ["[", "list"],
  ["{", "object"],
  ["n", "null"],
  ["t", "true"],
  ["f", "false"],
] as const) {
  for (const character of characters) {
    KINDS[character.charCodeAt(0)] = kind;
  }
}

/** A place in a JSON text. */
export class Cursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The kind of the value that comes next. */
  kind(): Kind {
    return KINDS[this.peek()] ?? this.bad("expected a value");
  }

  /** Takes a value without parts that is no text: its digits, or its word. */
  plain(kind: Kind): string {
    return kind === "number" ? this.number() : this.word(kind);
  }

  /** Takes a text and gives what it stands for. */
  string(): string {
    const start = this.at + 1;
    const end = this.run(start);
    if (this.text.charCodeAt(end) === QUOTE) {
      this.at = end + 1;
      return this.text.slice(start, end);
    }
    return this.escaped(start, end);
  }

  /** Takes any value without keeping it. */
  skip(): void {
    const open: boolean[] = [];
    for (;;) {
      const kind = this.kind();
      if (kind === "list" || kind === "object") {
        const isList = kind === "list";
        if (isList ? this.firstItem() : this.firstKey() !== undefined) {
          open.push(isList);
          if (open.length > MAX_SKIP) {
            this.bad("nested too deep");
          }
          continue;
        }
      } else if (kind === "text") {
        this.string();
      } else {
        this.plain(kind);
      }
      while (open.length > 0 && !(open.at(-1) === true ? this.nextItem() : this.nextKey() !== undefined)) {
        open.pop();
      }
      if (open.length === 0) {
        return;
      }
    }
  }

  /** Enters a list; whether it has items. */
  firstItem(): boolean {
    this.at += 1;
    if (this.peek() !== END_OF_LIST) {
      return true;
    }
    this.at += 1;
    return false;
  }

  /** Goes on to the next item; whether there is one. */
  nextItem(): boolean {
    const next = this.peek();
    if (next === COMMA) {
      this.at += 1;
      return this.peek() === END_OF_LIST ? this.bad("a comma before the end") : true;
    }
    if (next !== END_OF_LIST) {
      this.bad("expected a comma or ]");
    }
    this.at += 1;
    return false;
  }

  /** Moves before the next key of an object; whether there is one. */
  reachKey(isFirst: boolean): boolean {
    if (isFirst) {
      this.at += 1;
    }
    const next = this.peek();
    if (next === END_OF_OBJECT) {
      this.at += 1;
      return false;
    }
    if (isFirst && next === QUOTE) {
      return true;
    }
    if (isFirst || next !== COMMA) {
      this.bad("expected a comma or }");
    }
    this.at += 1;
    return this.peek() === QUOTE || this.bad("expected a key");
  }

  /** Takes the key that comes next if it is this one. */
  takesKey(name: string): boolean {
    const end = this.at + 1 + name.length;
    if (this.text.charCodeAt(end) !== QUOTE || !this.text.startsWith(name, this.at + 1)) {
      return false;
    }
    this.at = end + 1;
    this.colon();
    return true;
  }

  /** Takes the key that comes next, and the colon. */
  key(): string {
    const key = this.string();
    this.colon();
    return key;
  }

  /** Enters an object; its first key, if it has one. */
  firstKey(): string | undefined {
    return this.reachKey(true) ? this.key() : undefined;
  }

  /** Goes on to the next key, if there is one. */
  nextKey(): string | undefined {
    return this.reachKey(false) ? this.key() : undefined;
  }

  /** Makes sure that nothing follows. */
  finish(): void {
    if (!Number.isNaN(this.peek())) {
      this.bad("something follows the value");
    }
  }

  /** The first character after white space, by its code; `NaN` at the end. */
  private peek(): number {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) {
        return code;
      }
      this.at += 1;
    }
  }

  private bad(what: string): never {
    throw new Malformed(this.at, this.at >= this.text.length ? "it ends too early" : what);
  }

  private colon(): void {
    if (this.peek() !== COLON) {
      this.bad("expected a colon");
    }
    this.at += 1;
  }

  private word(word: string): string {
    if (!this.text.startsWith(word, this.at)) {
      this.bad("expected a value");
    }
    this.at += word.length;
    return word;
  }

  private number(): string {
    NUMBER.lastIndex = this.at;
    const digits = NUMBER.exec(this.text)?.[0];
    if (digits === undefined) {
      return this.bad("expected a number");
    }
    this.at += digits.length;
    return digits;
  }

  /** The place of the quote or backslash that ends a run of plain characters. */
  private run(start: number): number {
    let at = start;
    for (;;) {
      const code = this.text.charCodeAt(at);
      if (code === QUOTE || code === BACKSLASH) {
        return at;
      }
      // `NaN`, which is behind the end, is not greater either.
      if (!(code >= 32)) {
        this.at = at;
        this.bad("a control character in a text");
      }
      at += 1;
    }
  }

  private escaped(start: number, firstEnd: number): string {
    let text = "";
    let from = start;
    let end = firstEnd;
    while (this.text.charCodeAt(end) === BACKSLASH) {
      text += this.text.slice(from, end);
      this.at = end + 1;
      text += this.escape();
      from = this.at;
      end = this.run(from);
    }
    this.at = end + 1;
    return text + this.text.slice(from, end);
  }

  private escape(): string {
    const letter = this.text.charAt(this.at);
    const plain = ESCAPES[letter];
    if (plain !== undefined) {
      this.at += 1;
      return plain;
    }
    if (letter !== "u") {
      this.bad("an unknown escape");
    }
    const first = this.hex();
    if (first < 0xd800 || first > 0xdfff) {
      return String.fromCharCode(first);
    }
    const isPair = first < 0xdc00 && this.text.startsWith("\\u", this.at);
    this.at += isPair ? 1 : 0;
    const second = isPair ? this.hex() : 0;
    if (second < 0xdc00 || second > 0xdfff) {
      this.bad("half a surrogate pair");
    }
    return String.fromCharCode(first, second);
  }

  /** Takes a `u` and four digits. */
  private hex(): number {
    HEX.lastIndex = this.at + 1;
    const digits = HEX.exec(this.text)?.[0];
    if (digits === undefined) {
      return this.bad("an unknown escape");
    }
    this.at += 5;
    return Number.parseInt(digits, 16);
  }
}
