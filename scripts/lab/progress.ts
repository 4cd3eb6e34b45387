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
        : `  … still running: ${clocks.join(", ")}\n`,
    );
  }
}

/** A duration for people: `0.4 s`, `12 s`, `4 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A duration that is only roughly known: `20 s`, `4 min`. */
export function roughDuration(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds / 10) * 10} s` : `${Math.round(seconds / 60)} min`;
}
