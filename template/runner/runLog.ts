import { closeSync, openSync, writeSync } from "node:fs";

import type { Redaction } from "../../vcenter";

const keptLines = 400;
const longestKeptLine = 400;
const longestExcerpt = 12;

/** Packer and git explain in the lines below an error what it is about. */
const linesBelow = 4;

/** What a line of trouble looks like in the outputs of git, Packer, its plugin and shell scripts. */
const trouble =
  /\b(error|errors|errored|fatal|failed|failure|denied|refused|timeout|timed out|unable|cannot|could not|not found|unsupported|missing|invalid)\b|^E: /i;

/** Lines that say nothing by themselves. */
const noise = /^\s*$|^==> Wait completed|Destroying VM|Cleanly cancelled|^==> Builds finished/;

/** The full log of a run in a file, and the lines of it that a failure shows. Holds no secret. */
export class RunLog {
  readonly file: string;
  readonly redaction: Redaction;
  readonly #descriptor: number;
  #recent: string[] = [];

  /**
   * @param file is made, readable by its owner alone
   * @param redaction the secrets to take out of what is written
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

  /** Begins the output of another program: a failure shows only lines of the last one. */
  begin(command: string): void {
    this.#recent = [];
    this.note(`${new Date().toISOString()} ${command}`);
  }

  /** Writes a line of a program, or a piece of one. Its secrets are out already. */
  line(text: string, isWhole = true): void {
    this.#write(isWhole ? `${text}\n` : text);
    // Terminal colours mean nothing in a message.
    const plain = text.slice(0, longestKeptLine).replaceAll(/\u001B\[[\d;]*m/g, "");
    if (noise.test(plain)) return;
    this.#recent.push(text.length > longestKeptLine ? `${plain}…` : plain);
    if (this.#recent.length > 2 * keptLines) this.#recent = this.#recent.slice(-keptLines);
  }

  /** The lines that matter: those that speak of trouble with what is below them, else the last ones; each once. */
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
      // A full disk is no reason to leave Packer with nobody to look after it.
    }
  }
}
