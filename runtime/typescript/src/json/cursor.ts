/**
 * The place in a JSON text and the steps that can be taken from it. All that is known here is JSON's grammar; numbers
 * stay the digits that they are, since `JSON.parse` would round them.
 */

/** What comes next. */
export type Kind = "null" | "true" | "false" | "number" | "text" | "list" | "object";

/** The text is not JSON: what was expected, and where. */
export class Malformed extends Error {
  /** How many characters came before. */
  readonly offset: number;

  constructor(offset: number, what: string) {
    super(what);
    this.offset = offset;
  }
}

/** How deep the parts of a value that is skipped may lie. */
const MAX_SKIP = 200;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const END_OF_LIST = 93;
const END_OF_OBJECT = 125;

const NUMBER = /-?(?:0(?!\d)|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Kinds by the first character of a value, by its code: `"[{ntf`. Anything from `-` to `9` may be a number. */
const KINDS: Partial<Record<number, Kind>> = {
  34: "text",
  91: "list",
  123: "object",
  110: "null",
  116: "true",
  102: "false",
};

/** A place in a JSON text. */
export class Cursor {
  /** The whole text. */
  readonly text: string;
  /** How many characters of it lie behind. */
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The kind of the value that comes next. */
  kind(): Kind {
    const code = this.peek();
    return KINDS[code] ?? (code >= 45 && code <= 57 ? "number" : this.bad("expected a value"));
  }

  /** Takes a value without parts that is no text: its digits, or its word. */
  plain(kind: Kind): string {
    let word: string | undefined = kind;
    if (kind === "number") {
      NUMBER.lastIndex = this.at;
      word = NUMBER.exec(this.text)?.[0];
    }
    if (word === undefined || !this.takes(word)) {
      this.bad("expected a value");
    }
    return word;
  }

  /** Takes a text and gives what it stands for. */
  string(): string {
    const { text, at: start } = this;
    let isPlain = true;
    for (let at = start + 1; ; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.at = at + 1;
        return isPlain ? text.slice(start + 1, at) : this.unescaped(start);
      }
      if (code === BACKSLASH) {
        isPlain = false;
        at += 1;
        // `NaN`, which is behind the end, is not greater either.
      } else if (!(code >= 32)) {
        this.at = at;
        this.bad("a control character in a text");
      }
    }
  }

  /** Takes any value without keeping it. */
  skip(depth = 0): void {
    const kind = this.kind();
    if (kind === "text") {
      this.string();
    } else if (kind === "list" || kind === "object") {
      if (depth >= MAX_SKIP) {
        this.bad("nested too deep");
      }
      for (let isFirst = true; this.next(kind, isFirst); isFirst = false) {
        if (kind === "object") {
          this.key();
        }
        this.skip(depth + 1);
      }
    } else {
      this.plain(kind);
    }
  }

  /** Enters a list or an object, or goes on to its next item or key; whether there is one. */
  next(kind: Kind, isFirst: boolean): boolean {
    const isObject = kind === "object";
    this.at += isFirst ? 1 : 0;
    let code = this.peek();
    if (code === (isObject ? END_OF_OBJECT : END_OF_LIST)) {
      this.at += 1;
      return false;
    }
    if (!isFirst) {
      if (code !== COMMA) {
        this.bad(`expected a comma or ${isObject ? "}" : "]"}`);
      }
      this.at += 1;
      code = this.peek();
    }
    return (
      (isObject ? code === QUOTE : code !== END_OF_LIST) || this.bad(isObject ? "expected a key" : "expected a value")
    );
  }

  /** Takes these characters if they come next. */
  takes(characters: string): boolean {
    const isNext = this.text.startsWith(characters, this.at);
    this.at += isNext ? characters.length : 0;
    return isNext;
  }

  /** Takes the key that comes next, and the colon. */
  key(): string {
    const key = this.string();
    if (this.peek() !== COLON) {
      this.bad("expected a colon");
    }
    this.at += 1;
    return key;
  }

  /** The key of an object that comes first or next, if there is one. */
  nextKey(isFirst: boolean): string | undefined {
    return this.next("object", isFirst) ? this.key() : undefined;
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

  /** What a text with escapes stands for, which began at a place. */
  private unescaped(start: number): string {
    try {
      const text = JSON.parse(this.text.slice(start, this.at)) as string;
      if (!/\p{Surrogate}/u.test(text)) {
        return text;
      }
    } catch {
      // That is told in the same words.
    }
    this.at = start;
    return this.bad("an escape in a text stands for no character");
  }
}
