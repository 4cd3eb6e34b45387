import assert from "node:assert/strict";
import { summaryLines } from "../../../scripts/mutants/summary";

type Mutant = Parameters<typeof summaryLines>[0][number];

const source = "const isSmall = (n: number) =>\n  n < 3 &&\n  n !== -1;\n";

/** A mutant of `source`, from a position to a position, each as `line:column`, counted from 1. */
function mutant(
  fileName: string,
  [from, to]: readonly [string, string],
  replacement: string,
  status: Mutant["status"],
  statusReason?: string,
): Mutant {
  const position = (text: string): Mutant["location"]["start"] => {
    const [line, column] = text.split(":").map(Number);
    return { line: line!, column: column! };
  };
  const location = { start: position(from), end: position(to) };
  const reason = statusReason === undefined ? {} : { statusReason };
  return { id: "1", mutatorName: "X", fileName, location, replacement, status, ...reason };
}

describe("the summary of the mutants", () => {
  const lines = summaryLines(
    [
      mutant("rules/b.ts", ["2:3", "3:11"], "n < 3 ||\n  n !== -1", "Survived"),
      mutant("rules/a.ts", ["3:3", "3:11"], "false", "NoCoverage"),
      mutant("rules/a.ts", ["2:3", "2:8"], "n <= 3", "Survived"),
      mutant("rules/a.ts", ["2:3", "2:8"], "n >= 3", "Killed"),
      mutant("documents/c.ts", ["2:3", "2:8"], "true", "Timeout"),
      mutant("documents/c.ts", ["2:3", "2:8"], "false", "Killed"),
      mutant("documents/d.ts", ["2:3", "2:8"], "n >= 3", "RuntimeError"),
      mutant("documents/d.ts", ["2:3", "2:8"], "n <= 3", "Ignored", "Static mutant (and so on)"),
      mutant("documents/d.ts", ["2:3", "2:8"], "", "Ignored", 'Ignored because of "StringLiteral"'),
    ],
    () => source,
  );

  it("lists what is alive by its place, each on one line, as it was and as it became", () => {
    assert.deepEqual(lines.slice(0, 4), [
      "Alive:",
      "rules/a.ts:2 n < 3 => n <= 3",
      "rules/a.ts:3 n !== -1 => false",
      "rules/b.ts:2 n < 3 && n !== -1 => n < 3 || n !== -1",
    ]);
  });

  it("counts each room and all, without what was left out or could not run", () => {
    assert.deepEqual(lines.slice(4), [
      "",
      "Caught because the tests did not end:",
      "documents/c.ts:2 n < 3 => true",
      "",
      "documents: 2 mutants, 2 caught, 0 alive (0.0 %)",
      "rules: 4 mutants, 1 caught, 3 alive (75.0 %)",
      "all: 6 mutants, 3 caught, 3 alive (50.0 %)",
      "",
      "Of those alive, no test runs the code of 1.",
      "Not counted: 1 in what runs only while files are loaded, 1 with which the tests could not run.",
    ]);
  });
});
