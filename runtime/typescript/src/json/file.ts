/** Files inside JSON: base64, sent with the prefix `data:` and received with or without it. */

/** How many bytes become characters at once, since functions take no more arguments than fit on the stack. */
const PIECE = 8192;

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
    for (let at = 0; at < bytes.length; at += PIECE) {
      text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
    }
    return new FileContent(btoa(text));
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
    const { base64 } = this;
    // `atob` itself passes over white space and missing signs of equality.
    if (base64.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(base64.replace(/={1,2}$/, ""))) {
      throw new Error("the file's content is not base64");
    }
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < bytes.length; at += 1) {
      bytes[at] = text.charCodeAt(at);
    }
    return bytes;
  }
}
