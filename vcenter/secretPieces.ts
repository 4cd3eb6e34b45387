/** So long a piece is not shown, however long the secret. */
const longestShown = 7;

/** A shorter piece than this would be found everywhere. */
const shortestHidden = 4;

/**
 * At these a program cuts a text: what stands between the braces of a template or of HCL is named by itself in the
 * error about it (`function "hunter2" not defined`), and lines are printed one by one.
 */
const seam = /\{\{|\}\}|[$%]\{|[\r\n]/;

/**
 * Finds pieces of secrets that programs print in pieces. Other secrets are left alone: they come as a whole, and the
 * words that a weak one is made of stand in every log.
 */
export class SecretPieces {
  /** By their length, all pieces of that length. */
  readonly #pieces = new Map<number, Set<string>>();

  /** Remembers the pieces of a secret: half of a short one, and eight characters of a long one, are too much to show. */
  add(secret: string): void {
    if (!seam.test(secret)) return;
    const half = Math.ceil(secret.length / 2);
    const length = Math.max(shortestHidden, Math.min(longestShown + 1, half));
    const pieces = this.#pieces.get(length) ?? new Set();
    this.#pieces.set(length, pieces);
    for (let start = 0; start + length <= secret.length; start++) {
      const piece = secret.slice(start, start + length);
      // Blanks and the like are no part that anybody could use.
      if (/[\p{L}\p{N}]/u.test(piece)) pieces.add(piece);
    }
  }

  /** The text with `***` in the place of each stretch that is made of pieces. */
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
