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
 */
export function saidIn(diagnostics: readonly Diagnostic[], drift: ReadonlySet<string>): Said {
  const lines = diagnostics.flatMap(({ severity, message }) =>
    severity === "error"
      ? [{ severity, text: message.replace(enginesWords, "") }]
      : message.split("\n").map((text) => ({ severity, text: text.trim() })),
  );
  const told = distinct(lines.filter(({ text }) => text !== "" && !drift.has(text)));
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
