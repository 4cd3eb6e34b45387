interface Interval {
  readonly milliseconds: number;
  readonly task: () => void;
  due: number;
}

/** Takes the place of the clock and of intervals until it is restored: time passes when a test says so. */
export class FakeClock {
  #now: number;
  readonly #intervals = new Set<Interval>();
  readonly #real = {
    now: Date.now,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
  };

  /** @param now milliseconds since 1970 */
  constructor(now: number) {
    this.#now = now;
    Date.now = () => this.#now;
    const set = (task: () => void, milliseconds: number): object => {
      const interval: Interval & { unref(): object } = {
        ...{ milliseconds, task, due: this.#now + milliseconds },
        unref: () => interval,
      };
      this.#intervals.add(interval);
      return interval;
    };
    globalThis.setInterval = set as unknown as typeof setInterval;
    globalThis.clearInterval = (interval?: unknown) => {
      this.#intervals.delete(interval as Interval);
    };
  }

  /** How many intervals are running. */
  get running(): number {
    return this.#intervals.size;
  }

  /** Lets time pass, and does what is due at its time. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#intervals]
        .filter(({ due }) => due <= end)
        .sort((one, other) => one.due - other.due);
      if (next === undefined) break;
      this.#now = next.due;
      next.due += next.milliseconds;
      next.task();
    }
    this.#now = end;
  }

  restore(): void {
    Date.now = this.#real.now;
    globalThis.setInterval = this.#real.setInterval;
    globalThis.clearInterval = this.#real.clearInterval;
  }
}
