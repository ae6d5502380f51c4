/** Decimals are texts; they are counted with as whole numbers of their smallest part, so that no money is rounded. */

import type { Decimal } from "baselinker-client";

/** Which texts are decimals. */
const DECIMAL = /^[+-]?\d+(?:\.\d+)?$/;

/** A decimal as the tables have it: exact, and the same text for the same number. */
export function plain(decimal: Decimal): string {
  return textOf(unitsOf(decimal));
}

/** The same, or nothing if the text is no decimal. */
export function readDecimal(text: string | null | undefined): Decimal | undefined {
  return text != null && DECIMAL.test(text) ? plain(text) : undefined;
}

/** The sum of prices, each times its whole number of pieces. */
export function total(lines: Iterable<readonly [price: Decimal, quantity: number]>): string {
  let sum: Units = { units: 0n, scale: 0 };
  for (const [price, quantity] of lines) {
    const { units, scale } = unitsOf(price);
    sum = add(sum, { units: units * BigInt(quantity), scale });
  }
  return textOf(sum);
}

/** A number as a whole one of its smallest parts, and how many digits stand behind the point. */
interface Units {
  readonly units: bigint;
  readonly scale: number;
}

function unitsOf(decimal: Decimal): Units {
  const [whole = "", fraction = ""] = decimal.split(".");
  return { units: BigInt(whole + fraction), scale: fraction.length };
}

function add(one: Units, other: Units): Units {
  const scale = Math.max(one.scale, other.scale);
  const raised = ({ units, scale: from }: Units) => units * 10n ** BigInt(scale - from);
  return { units: raised(one) + raised(other), scale };
}

function textOf({ units, scale }: Units): string {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
  const point = digits.length - scale;
  const fraction = digits.slice(point).replace(/0+$/, "");
  return sign + digits.slice(0, point) + (fraction === "" ? "" : `.${fraction}`);
}
