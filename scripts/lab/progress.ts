import { duration } from "./duration";

/** Where progress is shown. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const clearLine = "\r\u001B[K";
const terminalInterval = 1000;
const logInterval = 30_000;

/**
 * Shows that long tasks are still going on: on a terminal by one line with ticking clocks, in a log by a line each half
 * minute. Several tasks may run at a time.
 */
export class Progress {
  readonly #screen: Screen;
  readonly #running = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(screen: Screen = process.stdout) {
    this.#screen = screen;
  }

  /** Runs a task while its clock is shown. Returns its result and how long it took, in words. */
  async during<Result>(
    label: string,
    task: () => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly took: string }> {
    const start = Date.now();
    this.#running.set(label, start);
    this.#timer ??= setInterval(
      () => {
        this.#tick();
      },
      this.#screen.isTTY ? terminalInterval : logInterval,
    );
    if (this.#screen.isTTY) this.#tick();
    try {
      return { result: await task(), took: duration(Date.now() - start) };
    } finally {
      this.#running.delete(label);
      if (this.#running.size === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
      if (this.#screen.isTTY) this.#screen.write(clearLine);
    }
  }

  /** Writes a line that stays. */
  line(text: string): void {
    this.#screen.write(`${this.#screen.isTTY ? clearLine : ""}${text}\n`);
  }

  #tick(): void {
    const clocks = [...this.#running].map(
      ([label, start]) => `${label} ${duration(Math.floor((Date.now() - start) / 1000) * 1000)}`,
    );
    this.#screen.write(
      this.#screen.isTTY
        ? `${clearLine}  … ${clocks.join(", ")}`
        : `  … still at it: ${clocks.join(", ")}\n`,
    );
  }
}
