import { driftText, type Part } from "../../findings/change";
import { plainText } from "../../findings/words";
import type { Diagnostic } from "./events";
import type { Said } from "./model";

/** What the engine puts in front of the message of a check that failed. */
const enginesWords = /^\S+ resource '[^']*' has a problem: /;

/** What a provider says of a pair that will be detached; it is among the changes. */
const announcement =
  /: it does not belong there, and the state does not say that this stack attached it$/;

/**
 * Sorts what was said in a preview.
 *
 * @param drift sentences that are told as drift
 * @param intent what is told of the changes: the providers say the same, with more words after it
 */
export function saidIn(
  diagnostics: readonly Diagnostic[],
  drift: ReadonlySet<string>,
  intent: Part,
): Said {
  const isTold = toldAlready(drift, intent);
  const lines = diagnostics.flatMap(({ severity, message }) =>
    severity === "error"
      ? [{ severity, text: message.replace(enginesWords, "") }]
      : message.split("\n").map((text) => ({ severity, text: text.trim() })),
  );
  const told = distinct(
    withoutTold(
      lines.filter(({ text }) => text !== ""),
      isTold,
    ),
  );
  const of = (holds: (line: Diagnosed) => boolean): string[] =>
    told.filter(holds).map(({ text }) => text.replace(/^warning: /, ""));
  const checked = told.find(({ text }) => isCount(text));
  return {
    errors: of(({ severity }) => severity === "error"),
    warnings: of(isWarning),
    ...(checked !== undefined && { checked: checked.text }),
    notes: of(
      (line) =>
        line.severity !== "error" &&
        !isWarning(line) &&
        !isCount(line.text) &&
        !announcement.test(line.text),
    ),
  };
}

/** Whether a line says what the review tells in a place of its own. */
function toldAlready(
  drift: ReadonlySet<string>,
  { sentences, dangers }: Part,
): (text: string) => boolean {
  const whole = new Set([...drift].flatMap((sentence) => [sentence, driftText(sentence)]));
  const starts = [
    ...sentences.map(plainText),
    ...dangers.map(({ words }) => `warning: ${plainText(words)}`),
  ];
  for (const start of starts) whole.add(start);
  return (text) =>
    whole.has(text) || total.test(text) || starts.some((start) => text.startsWith(`${start}: `));
}

/** What is said before a first `up`: the tree of changes has it all. */
const total = /^(?:region \S+: datacenter |zone \S+: cluster .*, [\d,]+ datastores?$)/;

/** The line below sentences of one kind, when some of them are left out. */
const countOfMore = /^and [\d,]+ more of this kind$/;

/**
 * Drops what is told already. The number of sentences that were left out goes the way of the last one of their kind, below
 * which it stands.
 */
function withoutTold(lines: readonly Diagnosed[], isTold: (text: string) => boolean): Diagnosed[] {
  const kept: Diagnosed[] = [];
  let isAboveTold = false;
  for (const line of lines) {
    const last = kept.at(-1);
    if (!countOfMore.test(line.text)) {
      isAboveTold = isTold(line.text);
      if (!isAboveTold) kept.push(line);
    } else if (!isAboveTold && last !== undefined) {
      kept.splice(-1, 1, { ...last, text: `${last.text}; ${line.text}` });
    }
  }
  return kept;
}

interface Diagnosed {
  readonly severity: string;
  readonly text: string;
}

function isWarning({ severity, text }: Diagnosed): boolean {
  return severity === "warning" || (severity !== "error" && text.startsWith("warning: "));
}

/** Whether a warning is about the rights of the account that looks. */
export function isAboutTheAccount(text: string): boolean {
  return /^vsphere:user: found "[^"]*": it lacks /.test(text);
}

/** The line with which the preflight ends. */
function isCount(text: string): boolean {
  return / facts of vCenter checked: /.test(text);
}

function distinct(lines: readonly Diagnosed[]): Diagnosed[] {
  return [...new Map(lines.map((line) => [line.text, line])).values()];
}
