import { SecretPieces } from "./secretPieces";
import { visibleLine, visibleText } from "../findings/text";

/**
 * Takes secrets out of texts that come from outside. vCenter does not echo passwords, but proxies and
 * error pages have been seen to repeat whole requests, and an error text ends in logs.
 */
export class Redaction {
  readonly #secrets = new Set<string>();
  readonly #pieces = new SecretPieces();

  /** Remembers a secret in every form it travels in. Empty texts are ignored. */
  add(secret: string): void {
    if (secret === "") return;
    const utf8 = Buffer.from(secret, "utf8");
    this.#secrets.add(secret);
    this.#secrets.add(visibleText(secret));
    this.#secrets.add(visibleLine(secret));
    // HCL, and so Packer, composes what it is given.
    this.#secrets.add(secret.normalize("NFC"));
    this.#secrets.add(utf8.toString("base64"));
    this.#secrets.add(encodeURIComponent(utf8.toString("utf8")));
    this.#secrets.add(JSON.stringify(secret).slice(1, -1));
    this.#secrets.add(escapeForXml(secret, "&quot;", "&apos;"));
    this.#secrets.add(escapeForXml(secret, "&#34;", "&#39;"));
    this.#secrets.add(escapeForXml(secret, '"', "'"));
    this.#pieces.add(secret);
  }

  /** The text with every known secret replaced by `***`, and every piece of one that programs tear to pieces. */
  clean(text: string): string {
    let cleaned = text;
    // Longest first: a secret may be a part of another one's encoded form.
    for (const secret of [...this.#secrets].sort((a, b) => b.length - a.length)) {
      cleaned = cleaned.replaceAll(secret, "***");
    }
    return this.#pieces.clean(cleaned);
  }
}

function escapeForXml(text: string, quote: string, apostrophe: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', quote)
    .replaceAll("'", apostrophe);
}
