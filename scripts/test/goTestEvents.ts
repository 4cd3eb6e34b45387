import type { Counts } from "./step";

/** A line of `go test -json`. */
interface GoTestEvent {
  readonly Action: string;
  readonly Package?: string;
  readonly Test?: string;
  readonly Output?: string;
}

/** What the tests of a Go module came to. */
export interface GoTestReport {
  readonly counts: Counts;
  /** Names of failed tests, and of packages that failed without one. */
  readonly failures: readonly string[];
  /** What the failed ones wrote. */
  readonly output: string;
}

/**
 * Reads the output of `go test -json`. A test that has subtests is not counted beside them; a package that failed
 * without a failed test, for example because it does not compile, counts as one failure.
 */
export function readGoTestEvents(text: string): GoTestReport {
  const events = text.split("\n").flatMap(parseEvent);
  const named = (event: GoTestEvent): string => `${event.Package ?? ""} ${event.Test ?? ""}`.trim();
  const results = events.filter(
    ({ Action, Test }) => Test !== undefined && /^(pass|fail)$/.test(Action),
  );
  // `TestLogin/wrong_password` makes `TestLogin` a parent.
  const parents = new Set(
    results
      .filter(({ Test }) => Test?.includes("/"))
      .map((event) => named(event).replace(/\/[^/]*$/, "")),
  );
  const leaves = results.filter((event) => !parents.has(named(event)));
  const failedTests = leaves.filter(({ Action }) => Action === "fail");
  const failedPackages = events.filter(
    ({ Action, Test, Package }) =>
      Action === "fail" &&
      Test === undefined &&
      !failedTests.some((test) => test.Package === Package),
  );
  const failures = [...failedTests, ...failedPackages].map(named);
  return {
    counts: { passed: leaves.length - failedTests.length, failed: failures.length },
    failures,
    output: outputOf(events, new Set(failures)),
  };
}

function parseEvent(line: string): GoTestEvent[] {
  if (line.trim() === "") return [];
  try {
    return [JSON.parse(line) as GoTestEvent];
  } catch {
    return [{ Action: "output", Output: `${line}\n` }];
  }
}

function outputOf(events: readonly GoTestEvent[], failures: ReadonlySet<string>): string {
  return events
    .filter(({ Action, Package, Test }) => {
      if (!Action.endsWith("output")) return false;
      return Package === undefined || failures.has(`${Package} ${Test ?? ""}`.trim());
    })
    .map(({ Output }) => Output ?? "")
    .join("");
}
