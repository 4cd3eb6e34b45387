/**
 * A cap on how many tasks run at the same time; the others wait in order. The connection cap of the
 * HTTP agent alone would not do: the time a call waits for its turn must not count as vCenter being slow.
 */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs the task when a slot is free, and gives its result. */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      // The slot goes straight to the next in line, so that no newcomer overtakes it.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
