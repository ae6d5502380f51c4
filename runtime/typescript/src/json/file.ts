/** Files inside JSON: base64, sent with the prefix `data:` and received with or without it. */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The content of a file, such as an invoice, a label or a picture. */
export class FileContent {
  /** The content in base64, without any prefix. */
  readonly base64: string;

  private constructor(base64: string) {
    this.base64 = base64;
  }

  /** A file of these bytes. */
  static fromBytes(bytes: Uint8Array): FileContent {
    let text = "";
    for (let at = 0; at < bytes.length; at += 3) {
      const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
      for (let part = 0; part < 4; part += 1) {
        text += at * 8 + part * 6 < bytes.length * 8 ? ALPHABET.charAt((group >> (18 - part * 6)) & 63) : "=";
      }
    }
    return new FileContent(text);
  }

  /** A file from its base64, with or without a prefix such as `data:` or `data:application/pdf;base64,`. */
  static fromBase64(text: string): FileContent {
    return new FileContent(text.replace(/^data:(?:.*?;base64,)?/s, ""));
  }

  /**
   * The bytes of the file.
   *
   * @throws `Error` if what the API sent is not base64.
   */
  bytes(): Uint8Array {
    if (!BASE64.test(this.base64)) {
      throw new Error("the file's content is not base64");
    }
    const digits = this.base64.replace(/=+$/, "");
    const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
    let bits = 0;
    let at = 0;
    for (let index = 0; index < digits.length; index += 1) {
      bits = (bits << 6) | ALPHABET.indexOf(digits.charAt(index));
      const rest = 6 - 2 * (index % 4);
      if (rest < 6) {
        bytes[at] = (bits >> rest) & 255;
        at += 1;
      }
    }
    return bytes;
  }
}
