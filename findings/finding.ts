import { pointed } from "./pointers";
import { visibleLine, compareNaturally, compareText } from "./text";

/** Something that a user should know: of the configuration, of vCenter, or of a run. It is told in one sentence. */
export interface Finding {
  /** Whether nothing goes on with it, or something may go wrong. */
  readonly severity: "error" | "warning";
  /** Where: `regions[0].zones[1].name`, `/X1/datastore/x1_lun_1`. */
  readonly where: string;
  /** What stands there, shortened, with secrets hidden; `nothing` for a missing key. Absent when there is no value to show. */
  readonly found?: string | undefined;
  /** What is wrong with it. */
  readonly wrong: string;
  /** What would happen, or would have happened, where `wrong` does not say it. */
  readonly consequence?: string | undefined;
  /** What to do about it. */
  readonly remedy: string;
  /** The same for findings that one line can stand for, where place and words alone do not tell. It is not shown. */
  readonly kind?: string | undefined;
  /** The heading of docs/troubleshooting.md that says more about it (findings/pointers.ts). */
  readonly topic?: string | undefined;
}

const longestValue = 60;
/** An address that has a login in it, also one that is badly written. */
const proxyLogin = (path: string, value: unknown): boolean =>
  /proxy$/i.test(path) && typeof value === "string" && value.includes("@");
const secretPath = /password|passphrase|secret|token|docker_?cfg/i;

/**
 * Shows a value for a message: text in quotes, shortened to 60 characters; lists and objects by kind only.
 * A value at a path that speaks of a password, the address of a proxy with a login, and a private key anywhere, is
 * `<hidden>`.
 *
 * @param path where the value stands
 * @param value any value of the configuration
 */
export function shownValue(path: string, value: unknown): string {
  if (value === undefined || value === null) {
    return "nothing";
  }
  if (
    secretPath.test(path) ||
    proxyLogin(path, value) ||
    (typeof value === "string" && value.includes("PRIVATE KEY"))
  ) {
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
 * Makes an error out of a value.
 *
 * @param value what stands at `where`; it is shown by {@link shownValue}
 * @param wrong what is wrong with it, and what would have happened
 */
export function finding(where: string, value: unknown, wrong: string, remedy: string): Finding {
  return { severity: "error", where, found: shownValue(where, value), wrong, remedy };
}

/** Makes a warning, which shows no value. */
export function warning(where: string, wrong: string, remedy: string): Finding {
  return { severity: "warning", where, wrong, remedy };
}

/**
 * Writes a finding as the one line a user sees: `where: found this: what is wrong, what would happen: what to do`. Nothing
 * in it can disguise it.
 */
export function findingText({ where, found, wrong, consequence, remedy }: Finding): string {
  const parts = [
    where,
    ...(found === undefined ? [] : [`found ${found}`]),
    consequence === undefined ? wrong : `${wrong}, ${consequence}`,
    remedy,
  ];
  return visibleLine(parts.join(": "));
}

/** The sentence of a finding that is told alone, with where to read on. */
export function soleFindingText(finding: Finding): string {
  return pointed(findingText(finding), finding.topic);
}

/** The findings with a topic, where they have none of their own. Remedies are worked out here: none may be costly. */
export function onTopic(topic: string, findings: Iterable<Finding>): Finding[] {
  return Array.from(findings, (each) => ({ topic, ...each }));
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
 * Sorts findings by where they are, numbers in it as numbers, then by their text, and drops repetitions: the same
 * findings always give the same message.
 */
function sortedFindings(findings: readonly Finding[]): Finding[] {
  const lines = new Map(findings.map((each) => [findingText(each), each]));
  return [...lines.entries()]
    .sort(
      ([leftLine, left], [rightLine, right]) =>
        compareNaturally(left.where, right.where) || compareText(leftLine, rightLine),
    )
    .map(([, each]) => each);
}

/** Findings with the same words at the same key, in whichever entries of the lists above it, are of one kind. */
export function kindOf({ kind, where, wrong }: Finding): string {
  return kind ?? `${wording(where)}: ${wording(wrong)}`;
}

/**
 * The sentences of findings, folded where many are of one kind. The first of each topic says where to read on.
 *
 * @param topic of those that have none of their own
 */
export function findingTexts(findings: readonly Finding[], topic?: string): string[] {
  return folded(
    findings.map((each) => ({
      kind: kindOf(each),
      about: each.where,
      topic: each.topic ?? topic,
      text: () => findingText(each),
    })),
  );
}

/**
 * The user's mistakes, all at once, a line each. It carries no stack trace, because the user has no use for one, and
 * Pulumi prints the message alone.
 */
export class FindingsError extends Error {
  /** Every finding, sorted by where it is. */
  readonly findings: readonly Finding[];

  /** What `pulumi.RunError.isInstance` looks for: the engine then prints the message alone. */
  readonly __pulumiRunError = true;

  /**
   * @param findings at least one, in any order
   * @param headingOf what stands above them, by their number
   */
  constructor(findings: readonly Finding[], headingOf?: (count: number) => string) {
    const sorted = sortedFindings(findings);
    const heading = headingOf === undefined ? [] : [headingOf(sorted.length)];
    super([...heading, ...findingTexts(sorted)].join("\n"));
    this.name = "FindingsError";
    this.findings = sorted;
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** What is wrong with the stack configuration, found before anything is done in vCenter. */
export class ConfigurationError extends FindingsError {
  constructor(findings: readonly Finding[]) {
    super(findings, (count) => {
      const faults = count === 1 ? "1 fault" : `${count.toLocaleString("en-US")} faults`;
      return `The stack configuration has ${faults}; nothing was done in vCenter:`;
    });
    this.name = "ConfigurationError";
  }
}

/** How many findings of one kind are told one by one: enough to find the cause, and no more than a screen. */
export const mostOfAKind = 20;

/** One finding among many that may be alike. */
export interface Foldable {
  /** The same for all findings that one line can stand for. It is not shown. */
  readonly kind: string;
  /** What the finding is about, mostly a path. By it the findings of a kind are sorted when some are left out. */
  readonly about: string;
  /** The sentence. Only made when it is shown: looking for names that were meant takes long among thousands. */
  readonly text: () => string;
  /** The heading of docs/troubleshooting.md that says more about it. */
  readonly topic?: string | undefined;
}

/**
 * The sentences of findings. A kind with more than {@link mostOfAKind} is told together, the first of them in full and
 * then how many there are beside: one mistake in a long list neither fills the screen nor hides what else is wrong.
 *
 * @param findings in the order in which to tell them
 */
export function folded(findings: readonly Foldable[]): string[] {
  const kinds = new Map<string, Foldable[]>();
  for (const finding of findings) {
    const alike = kinds.get(finding.kind);
    if (alike === undefined) {
      kinds.set(finding.kind, [finding]);
    } else {
      alike.push(finding);
    }
  }
  const topics = new Set<string>();
  const told = ({ text, topic }: Foldable): string => {
    const isFirst = topic !== undefined && !topics.has(topic);
    if (isFirst) topics.add(topic);
    return isFirst ? pointed(text(), topic) : text();
  };
  return findings.flatMap((finding) => {
    const alike = kinds.get(finding.kind) ?? [];
    if (alike.length <= mostOfAKind) {
      return [told(finding)];
    }
    return finding === alike[0] ? [...firstOf(alike).map(told), ...moreOfAKind(alike.length)] : [];
  });
}

/**
 * The line after the findings of a kind that are told, for all others.
 *
 * @param count how many findings there are in all
 * @returns `and 9,980 more of this kind`; nothing when all are told
 */
function moreOfAKind(count: number): string[] {
  const rest = count - mostOfAKind;
  return rest > 0 ? [`and ${rest.toLocaleString("en-US")} more of this kind`] : [];
}

/**
 * What is left of a sentence that was made for one object when everything is taken out that differs from object to
 * object: quoted text, inventory paths and numbers. Sentences that leave the same are of one kind.
 */
export function wording(sentence: string): string {
  return sentence
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    .replaceAll(/\/[^\s:,]*/g, "/")
    .replaceAll(/\d+/g, "0");
}

function firstOf(alike: readonly Foldable[]): Foldable[] {
  return [...alike]
    .sort((one, other) => compareNaturally(one.about, other.about))
    .slice(0, mostOfAKind);
}
