import type { MutantResult } from "@stryker-mutator/api/core" with { "resolution-mode": "import" };

/**
 * What `npm run mutants` says at its end: the mutants that are alive, those that were caught because they did not end,
 * and how many there were in each room.
 *
 * @param results of all mutants
 * @param sourceOf the text of a file before anything was changed in it
 */
export function summaryLines(
  results: readonly MutantResult[],
  sourceOf: (file: string) => string,
): string[] {
  const counted = results.filter(isCounted);
  const rooms = [...new Set(counted.map(roomOf))].sort();
  const lines = (mutants: readonly MutantResult[]): string[] =>
    [...mutants].sort(byPlace).map((mutant) => mutantLine(mutant, sourceOf(mutant.fileName)));
  const endless = results.filter(({ status }) => status === "Timeout");
  const number = (status: string): number =>
    results.filter((mutant) => mutant.status === status).length;
  const atLoading = results.filter((mutant) => mutant.statusReason?.startsWith("Static mutant"));
  return [
    "Alive:",
    ...lines(counted.filter(isAlive)),
    "",
    "Caught because the tests did not end:",
    ...lines(endless),
    "",
    ...rooms.map((room) =>
      countLine(
        room,
        counted.filter((mutant) => roomOf(mutant) === room),
      ),
    ),
    countLine("all", counted),
    "",
    `Of those alive, no test runs the code of ${number("NoCoverage")}.`,
    `Not counted: ${atLoading.length} in what runs only while files are loaded, ${number("RuntimeError")} with which the tests could not run.`,
  ];
}

function isCounted({ status }: MutantResult): boolean {
  return isCaught(status) || status === "Survived" || status === "NoCoverage";
}

function isCaught(status: MutantResult["status"]): boolean {
  return status === "Killed" || status === "Timeout";
}

function isAlive({ status }: MutantResult): boolean {
  return !isCaught(status);
}

/** The first folder of a mutant's file. */
function roomOf({ fileName }: MutantResult): string {
  return fileName.split("/")[0] ?? fileName;
}

function byPlace(one: MutantResult, other: MutantResult): number {
  const byFile = one.fileName.localeCompare(other.fileName, "en");
  const [first, second] = [one.location.start, other.location.start];
  return byFile || first.line - second.line || first.column - second.column;
}

function countLine(name: string, mutants: readonly MutantResult[]): string {
  const alive = mutants.filter(isAlive).length;
  const share = mutants.length === 0 ? 0 : (100 * alive) / mutants.length;
  return `${name}: ${mutants.length} mutants, ${mutants.length - alive} caught, ${alive} alive (${share.toFixed(1)} %)`;
}

/** `file:line original => mutant`, each on one line. */
function mutantLine({ fileName, location, replacement }: MutantResult, source: string): string {
  const { start, end } = location;
  const lines = source.split("\n").slice(start.line - 1, end.line);
  // The end first: on a single line, cutting the start would move it.
  lines.push((lines.pop() ?? "").slice(0, end.column - 1));
  lines[0] = (lines[0] ?? "").slice(start.column - 1);
  return `${fileName}:${start.line} ${onOneLine(lines.join("\n"))} => ${onOneLine(replacement)}`;
}

function onOneLine(code: string): string {
  return code.replaceAll(/\s+/g, " ");
}
