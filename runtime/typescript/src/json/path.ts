/** Where in a reply or a request something stands, in wire names: `orders[0].products["5"].sku`. */

/** A step: a field, a position in a list, or the key of a map in a list of its own. An empty field is not shown. */
export type Step = string | number | readonly [string];

/** How many characters of a strange value are repeated. */
const SNIPPET = 80;

/** A path as people read it. */
export function render(path: readonly Step[]): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "string") {
      text += text !== "" && step !== "" ? `.${step}` : step;
    } else {
      text += `[${typeof step === "number" ? step.toString() : JSON.stringify(step[0])}]`;
    }
  }
  return text;
}

/** The beginning of a text, never half a character. */
export function snippet(text: string): string {
  return text.length <= SNIPPET
    ? text
    : Array.from(text.slice(0, 2 * SNIPPET))
        .slice(0, SNIPPET)
        .join("");
}
