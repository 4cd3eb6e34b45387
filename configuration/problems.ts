import { visibleLine } from "../vcenter/visibleText";

/** One fault of the configuration, in the four parts a user needs. */
export interface Problem {
  /** Where: `regions[0].zones[1].name`. */
  readonly path: string;
  /** What stands there, shortened, with secrets hidden; `nothing` for a missing key. */
  readonly found: string;
  /** What is wrong with it, and what would have happened. */
  readonly wrong: string;
  /** What to do about it. */
  readonly remedy: string;
}

const longestValue = 60;
const secretPath = /password|passphrase|secret|token|docker_?cfg/i;

/**
 * Shows a value for a message: text in quotes, shortened to 60 characters; lists and objects by kind only.
 * A value at a path that speaks of a password, and a private key anywhere, is `<hidden>`.
 *
 * @param path where the value stands
 * @param value any value of the configuration
 */
export function shownValue(path: string, value: unknown): string {
  if (value === undefined || value === null) {
    return "nothing";
  }
  if (secretPath.test(path) || (typeof value === "string" && value.includes("PRIVATE KEY"))) {
    return "<hidden>";
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  }
  if (typeof value === "object") {
    return "an object";
  }
  if (typeof value !== "string") {
    return typeof value === "number" || typeof value === "boolean" ? String(value) : typeof value;
  }
  const characters = Array.from(value);
  return JSON.stringify(
    characters.length > longestValue ? `${characters.slice(0, longestValue - 1).join("")}…` : value,
  );
}

/**
 * Makes a problem out of a value.
 *
 * @param path where the value stands
 * @param value the value itself; it is shown by {@link shownValue}
 * @param wrong what is wrong with it, and what would have happened
 * @param remedy what to do
 */
export function problem(path: string, value: unknown, wrong: string, remedy: string): Problem {
  return { path, found: shownValue(path, value), wrong, remedy };
}

/**
 * Writes a problem as the one line a user sees: `path: found value: what is wrong: what to do`. Nothing in it can
 * disguise it.
 *
 * @param fault the problem
 */
export function problemLine(fault: Problem): string {
  return visibleLine(`${fault.path}: found ${fault.found}: ${fault.wrong}: ${fault.remedy}`);
}

/** A step into the configuration: a key, or an index of a list. */
export type PathSegment = PropertyKey;

/**
 * Writes a path as `pulumi config set --path` takes it: `regions[0].name`, and `labels["a.b/c"]` for a key
 * that is not a plain word.
 *
 * @param segments keys and indexes from the top
 */
export function pathText(segments: readonly PathSegment[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === "number") {
      return `${path}[${segment}]`;
    }
    const key = String(segment);
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
      return `${path}[${JSON.stringify(key)}]`;
    }
    return path === "" ? key : `${path}.${key}`;
  }, "");
}

/**
 * Sorts problems by path, numbers in it as numbers, then by their text, and drops repetitions: the same
 * faults always give the same message.
 *
 * @param problems problems in any order
 */
export function sortedProblems(problems: readonly Problem[]): Problem[] {
  const lines = new Map(problems.map((fault) => [problemLine(fault), fault]));
  return [...lines.entries()]
    .sort(
      ([leftLine, left], [rightLine, right]) =>
        compareNaturally(left.path, right.path) || compareText(leftLine, rightLine),
    )
    .map(([, fault]) => fault);
}

function compareNaturally(left: string, right: string): number {
  const leftParts = left.split(/(\d+)/);
  const rightParts = right.split(/(\d+)/);
  for (let index = 0; index < Math.max(leftParts.length, rightParts.length); index++) {
    const one = leftParts[index] ?? "";
    const other = rightParts[index] ?? "";
    const order = index % 2 === 1 ? Number(one) - Number(other) : compareText(one, other);
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * The user's mistake, all faults at once. Its message has a heading and one line for each fault; it carries
 * no stack trace, because the user has no use for one, and Pulumi prints the message alone.
 */
export class ConfigurationError extends Error {
  /** Every fault that was found, sorted by path. */
  readonly problems: readonly Problem[];

  /** What `pulumi.RunError.isInstance` looks for: the engine then prints the message alone. */
  readonly __pulumiRunError = true;

  /**
   * @param problems at least one fault, in any order
   */
  constructor(problems: readonly Problem[]) {
    const sorted = sortedProblems(problems);
    const count = sorted.length === 1 ? "1 fault" : `${sorted.length} faults`;
    super(
      [
        `The stack configuration has ${count}; nothing was done in vCenter:`,
        ...sorted.map(problemLine),
      ].join("\n"),
    );
    this.name = "ConfigurationError";
    this.problems = sorted;
    this.stack = `${this.name}: ${this.message}`;
  }
}
