import { StringDecoder } from "node:string_decoder";

import type { Redaction } from "../../vcenter";

/** A line is held in memory up to this many characters; a longer one is passed on in pieces. */
const longestHeld = 256 * 1024;

/** No secret is longer: a piece ends this far before the end of what came, so that no secret is cut in two. */
const heldBack = 4096;

/**
 * Cuts a program's output into lines without secrets. Takes any amount: 10 MB without a line break need no more memory
 * than one piece.
 */
export class OutputLines {
  readonly #redaction: Redaction;
  readonly #onLine: (line: string, isWhole: boolean) => void;
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  /**
   * @param redaction the secrets to take out
   * @param onLine told each line without its line break; `isWhole` is false for a piece that the line goes on after
   */
  constructor(redaction: Redaction, onLine: (line: string, isWhole: boolean) => void) {
    this.#redaction = redaction;
    this.#onLine = onLine;
  }

  /** Takes the next part of the output. */
  write(chunk: Buffer): void {
    const text = this.#rest + this.#decoder.write(chunk);
    const lines = text.split(/\r?\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    for (const line of lines) this.#onLine(this.#redaction.clean(line), true);
    if (this.#rest.length > longestHeld) {
      const clean = this.#redaction.clean(this.#rest);
      // Half a character would not survive being written.
      const end = clean.length - heldBack;
      const cut = /[\uD800-\uDBFF]/.test(clean[end - 1] ?? "") ? end - 1 : end;
      this.#onLine(clean.slice(0, cut), false);
      this.#rest = clean.slice(cut);
    }
  }

  /** The output has ended. */
  end(): void {
    const last = this.#rest + this.#decoder.end();
    this.#rest = "";
    if (last !== "") this.#onLine(this.#redaction.clean(last), true);
  }
}
