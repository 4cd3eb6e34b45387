/** How many checks or tests of a step passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** A part of `make test`. */
export interface Step {
  readonly name: string;
  /** Whether it looks at the sources only, without running them. */
  readonly kind: "static" | "test";
  /** Prints what it finds, and counts. A throw counts as one failure. */
  readonly run: () => Promise<Counts>;
}

/** The sum of both. */
export function addCounts(one: Counts, other: Counts): Counts {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}
