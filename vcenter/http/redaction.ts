import { visibleLine, visibleText } from "../../findings/text";

/**
 * Takes secrets out of texts that come from outside. vCenter does not echo passwords, but proxies and error pages have
 * been seen to repeat whole requests, and an error text ends up in logs.
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
    // HCL, and so Packer, normalises what it is given to NFC.
    this.#secrets.add(secret.normalize("NFC"));
    this.#secrets.add(utf8.toString("base64"));
    this.#secrets.add(encodeURIComponent(utf8.toString("utf8")));
    this.#secrets.add(JSON.stringify(secret).slice(1, -1));
    this.#secrets.add(escapeForXml(secret, "&quot;", "&apos;"));
    this.#secrets.add(escapeForXml(secret, "&#34;", "&#39;"));
    this.#secrets.add(escapeForXml(secret, '"', "'"));
    this.#pieces.add(secret);
  }

  /** The text with `***` in place of every known secret, and of every piece of one that programs cut into pieces. */
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

/** The longest piece that may be shown, in characters, however long the secret is. */
const longestShown = 7;

/** Shorter pieces than this would be found everywhere. */
const shortestHidden = 4;

/**
 * Where programs cut a text: what stands between the braces of a template or of HCL is named on its own in the error
 * about it (`function "hunter2" not defined`), and lines are printed one by one.
 */
const seam = /\{\{|\}\}|[$%]\{|[\r\n]/;

/**
 * Finds pieces of the secrets that programs cut. Other secrets are left alone: they appear whole, and the words that a
 * weak one consists of are in every log.
 */
class SecretPieces {
  /** All pieces, by their length. */
  readonly #pieces = new Map<number, Set<string>>();

  /** Remembers the pieces of a secret: half of a short one, or eight characters of a long one, are too much to show. */
  add(secret: string): void {
    if (!seam.test(secret)) return;
    const half = Math.ceil(secret.length / 2);
    const length = Math.max(shortestHidden, Math.min(longestShown + 1, half));
    const pieces = this.#pieces.get(length) ?? new Set();
    this.#pieces.set(length, pieces);
    for (let start = 0; start + length <= secret.length; start++) {
      const piece = secret.slice(start, start + length);
      // Nobody could use blanks and the like.
      if (/[\p{L}\p{N}]/u.test(piece)) pieces.add(piece);
    }
  }

  /** The text with `***` in place of each stretch that consists of pieces. */
  clean(text: string): string {
    let cleaned = text;
    for (const [length, pieces] of this.#pieces) cleaned = withoutPieces(cleaned, length, pieces);
    return cleaned;
  }
}

function withoutPieces(text: string, length: number, pieces: ReadonlySet<string>): string {
  let cleaned = "";
  let shown = 0;
  let hiddenUntil = 0;
  for (let start = 0; start + length <= text.length; start++) {
    if (!pieces.has(text.slice(start, start + length))) continue;
    if (start > hiddenUntil || hiddenUntil === 0) cleaned += `${text.slice(shown, start)}***`;
    hiddenUntil = start + length;
    shown = hiddenUntil;
  }
  return cleaned + text.slice(shown);
}
