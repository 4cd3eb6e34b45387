import { appendFileSync, writeFileSync } from "node:fs";

import { stageTexts, type StageName } from "./stages";

const tickMilliseconds = 5000;

/** One line of the progress file: JSON, so that half a line is never taken for a whole one. */
export interface ProgressLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  /** Whether it is for the user to know also when the run is over. */
  readonly isRemark?: true;
}

/**
 * Writes what a run does, how long it has been at it and how long that usually takes into a file, which the program
 * shows while it waits (components/templateImage/progress.ts). Not on standard error: the engine keeps that in the state.
 */
export class Progress {
  readonly #file: string;
  readonly #usualSeconds: (stage: StageName) => number;
  #stage: StageName = "look";
  #detail = "";
  #started = Date.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string, usualSeconds: (stage: StageName) => number) {
    this.#file = file;
    this.#usualSeconds = usualSeconds;
    writeFileSync(file, "", { mode: 0o600 });
  }

  /** Begins a stage; the one before ends. Nothing happens when it is at it already. */
  stage(name: StageName): void {
    if (name === this.#stage && this.#timer !== undefined) return;
    this.#stage = name;
    this.#detail = "";
    this.#started = Date.now();
    this.#timer ??= setInterval(() => this.#write(), tickMilliseconds).unref();
    this.#write();
  }

  /** Says what the stage is at now. */
  detail(text: string): void {
    if (text === this.#detail) return;
    this.#detail = text;
    this.#write();
  }

  /** Says what the user has to know also when the run is over, a sentence. */
  remark(text: string): void {
    this.#append({ at: Date.now(), text, isRemark: true });
  }

  /** The present stage. */
  get current(): StageName {
    return this.#stage;
  }

  /** How long the present stage has taken, in seconds. */
  get seconds(): number {
    return (Date.now() - this.#started) / 1000;
  }

  /** Ends the clock. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #write(): void {
    const what = stageTexts[this.#stage] + (this.#detail === "" ? "" : `: ${this.#detail}`);
    const usual = this.#usualSeconds(this.#stage);
    this.#append({
      at: Date.now(),
      text: `${what} (${shownSeconds(this.seconds)}, usually ${shownSeconds(usual)})`,
    });
  }

  #append(line: ProgressLine): void {
    try {
      appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
    } catch {
      // A full disk is no reason to leave Packer with nobody to look after it.
    }
  }
}

/** A length of time for people: `12 s`, `4 min 5 s`, `2 h 10 min`. */
export function shownSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours} h${minutes === 0 ? "" : ` ${minutes} min`}`;
  return `${minutes} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`;
}
