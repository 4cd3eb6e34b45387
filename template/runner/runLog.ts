import { closeSync, openSync, writeSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";

import type { Redaction } from "../../vcenter";

/** A line is held in memory up to this many characters; a longer one is passed on in pieces. */
const longestHeld = 256 * 1024;

/** Longer than any secret: a piece ends this far before the end of the text so far, so that it never splits a secret. */
const heldBack = 4096;

const keptLines = 400;
const longestKeptLine = 400;
const longestExcerpt = 12;

/** Packer and git explain an error in the lines below it. */
const linesBelow = 4;

/** Words of trouble in the output of git, Packer, its plugin and shell scripts. */
const trouble =
  /\b(error|errors|errored|fatal|failed|failure|denied|refused|timeout|timed out|unable|cannot|could not|not found|unsupported|missing|invalid)\b|^E: /i;

/** Lines that explain nothing. */
const noise = /^\s*$|^==> Wait completed|Destroying VM|Cleanly cancelled|^==> Builds finished/;

/**
 * Splits a program's output into lines without secrets. Copes with any amount: 10 MB without a line break need no more
 * memory than one piece.
 */
export class OutputLines {
  readonly #redaction: Redaction;
  readonly #onLine: (line: string, isWhole: boolean) => void;
  readonly #decoder = new StringDecoder("utf8");
  #rest = "";

  /**
   * @param redaction the secrets to remove
   * @param onLine receives each line without its line break; `isWhole` is false for a piece that the line continues after
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
      const end = clean.length - heldBack;
      // Half a surrogate pair could not be written.
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

/** The complete log of a run in a file, and the lines of it that explain a failure. Contains no secret. */
export class RunLog {
  readonly file: string;
  readonly redaction: Redaction;
  readonly #descriptor: number;
  #recent: string[] = [];

  /**
   * @param file created, readable by its owner alone
   * @param redaction the secrets to remove from what is written
   */
  constructor(file: string, redaction: Redaction) {
    this.file = file;
    this.redaction = redaction;
    this.#descriptor = openSync(file, "w", 0o600);
  }

  /** Writes a remark of the run itself. */
  note(text: string): void {
    this.#write(`# ${this.redaction.clean(text)}\n`);
  }

  /** Starts the output of another program: an excerpt shows lines of the last program only. */
  begin(command: string): void {
    this.#recent = [];
    this.note(`${new Date().toISOString()} ${command}`);
  }

  /** Writes a line of a program, or a piece of one, from which secrets have been removed already. */
  line(text: string, isWhole = true): void {
    this.#write(isWhole ? `${text}\n` : text);
    // Terminal colours have no place in a message.
    const plain = text.slice(0, longestKeptLine).replaceAll(/\u001B\[[\d;]*m/g, "");
    if (noise.test(plain)) return;
    this.#recent.push(text.length > longestKeptLine ? `${plain}…` : plain);
    if (this.#recent.length > 2 * keptLines) this.#recent = this.#recent.slice(-keptLines);
  }

  /** The last lines about trouble with the few lines below each, or else the last lines of all, without repetitions. */
  excerpt(): string[] {
    let last = -Infinity;
    const troubled = this.#recent.filter((line, index) => {
      if (trouble.test(line)) last = index;
      return index - last <= linesBelow;
    });
    const lines = troubled.length > 0 ? troubled : this.#recent;
    return [...new Set(lines)].slice(-longestExcerpt);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #write(text: string): void {
    try {
      writeSync(this.#descriptor, text);
    } catch {
      // A full disk is no reason to abandon a running Packer.
    }
  }
}
