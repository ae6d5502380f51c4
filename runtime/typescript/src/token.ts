/** Keeps the secret of an account out of everything that people read. */

/** How many characters of a token are a piece of it, rather than any text. */
const PIECE = 4;

/** What is wrong with a token that cannot be one. */
export function tokenFault(token: unknown): string | undefined {
  if (typeof token !== "string" || token === "") {
    return "the token is empty";
  }
  return /^[!-~]+$/.test(token)
    ? undefined
    : "the token holds a blank, a line break or another character that no token has";
}

/** A text with asterisks in place of the token, so that every offset stays. */
export function veil(token: string, text: string): string {
  return text.replaceAll(token, "*".repeat(token.length));
}

/** The same, also if the text ends within the token. */
export function veilEnd(token: string, text: string): string {
  const veiled = veil(token, text);
  for (let length = token.length - 1; length >= PIECE; length -= 1) {
    if (veiled.endsWith(token.slice(0, length))) {
      return veiled.slice(0, -length) + "*".repeat(length);
    }
  }
  return veiled;
}
