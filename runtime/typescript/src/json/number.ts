/** Numbers from their digits, so that nothing is rounded on the way: `12.50` keeps its scale, and no identifier changes. */

const NUMERIC = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const SHORT_INT = /^-?\d{1,15}$/;
const SHORT_DECIMAL = /^(?:-?[1-9]\d{0,13}|0)(?:\.\d{1,13})?$/;

/** The most digits of a decimal, without leading zeros, and the most of them behind the point. */
const DECIMAL_DIGITS = 28;
/** The most digits of a whole number. */
const INT_DIGITS = 19;

/** Takes off the white space that JSON knows, and no other. */
export function trim(text: string): string {
  return /^[ \t\n\r]|[ \t\n\r]$/.test(text) ? text.replace(/^[ \t\n\r]+|[ \t\n\r]+$/g, "") : text;
}

/** A numeric text in parts. */
interface Parts {
  readonly sign: "" | "-";
  /** All digits, without leading zeros. */
  readonly digits: string;
  /** How many of the digits stand behind the point; less than none means zeros to be added. */
  readonly scale: number;
}

function split(text: string): Parts | undefined {
  const match = NUMERIC.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  return {
    sign: sign === "-" ? "-" : "",
    digits: (whole + fraction).replace(/^0+/, ""),
    scale: fraction.length - Number(exponent),
  };
}

/** A whole number that a `number` holds exactly; nothing if the text is none. */
export function int(text: string): number | undefined {
  if (SHORT_INT.test(text)) {
    // Zero has no sign.
    return Number(text) + 0;
  }
  const parts = split(text);
  if (parts === undefined) {
    return undefined;
  }
  const significant = parts.digits.replace(/0+$/, "");
  if (significant === "") {
    return 0;
  }
  const zeros = parts.digits.length - significant.length - parts.scale;
  if (zeros < 0 || zeros + significant.length > INT_DIGITS) {
    return undefined;
  }
  const number = Number(parts.sign + significant + "0".repeat(zeros));
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The key of a map whose keys are whole numbers; nothing if the text is none. */
export function wholeKey(text: string): string | undefined {
  return int(trim(text))?.toString();
}

/** The digits of a decimal as they are written, without an exponent; nothing if the text is none or is too long. */
export function decimal(text: string): string | undefined {
  if (SHORT_DECIMAL.test(text)) {
    return text;
  }
  const parts = split(text);
  if (parts === undefined || parts.scale > DECIMAL_DIGITS) {
    return undefined;
  }
  const scale = Math.max(parts.scale, 0);
  const zeros = parts.digits === "" ? 0 : scale - parts.scale;
  if (parts.digits.length + zeros > DECIMAL_DIGITS) {
    return undefined;
  }
  const digits = (parts.digits + "0".repeat(zeros)).padStart(scale + 1, "0");
  const point = digits.length - scale;
  const sign = parts.digits === "" ? "" : parts.sign;
  return sign + digits.slice(0, point) + (scale === 0 ? "" : `.${digits.slice(point)}`);
}
