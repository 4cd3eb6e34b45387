import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { RunLog } from "../../../../template/runner/runLog";
import { Redaction } from "../../../../vcenter";
import { folderForEachTest } from "../../../support/temporaryFolder";

describe("the log of a run", () => {
  const secret = "hunter2-of-the-builder";
  let folder: string;
  let log: RunLog;

  folderForEachTest((made) => {
    folder = made;
    const redaction = new Redaction();
    redaction.add(secret);
    log = new RunLog(join(folder, "run.log"), redaction);
  });

  afterEach(() => {
    log.close();
  });

  it("is readable by its owner alone, and has every line, those in pieces too, but no secret", () => {
    log.begin(`git fetch https://user:${secret}@example.com`);
    log.line("one");
    log.line("a", false);
    log.line("b", false);
    log.line("c");
    log.note(`the password ${secret} is wrong`);
    log.line("x".repeat(1024 * 1024));
    const [begun, ...lines] = readFileSync(log.file, "utf8").split("\n");
    assert.match(
      begun!,
      /^# \d{4}-\d\d-\d\dT[\d:.]+Z git fetch https:\/\/user:\*\*\*@example\.com$/,
    );
    assert.deepEqual(lines.slice(0, 3), ["one", "abc", "# the password *** is wrong"]);
    assert.deepEqual(lines.slice(3), ["x".repeat(1024 * 1024), ""]);
    assert.equal(statSync(log.file).mode & 0o777, 0o600);
  });

  const numbered = (count: number, word: string): string[] =>
    Array.from({ length: count }, (_, index) => `${word} ${index}`);
  const fine = numbered(30, "fine");
  const explained = ["Error: no such variable", "  on a.pkr.hcl line 3:", "fine"];

  /** What an excerpt has of the lines of a program. */
  const excerpts: Readonly<Record<string, readonly [lines: string[], excerpt: string[]]>> = {
    "trouble, with the few lines below that explain it": [[...fine, ...explained], explained],
    "no more than four lines below": [
      ["error", ...fine],
      ["error", ...fine.slice(0, 4)],
    ],
    "the last lines when there is no trouble, each once, at most twelve": [
      [...fine, "fine 29"],
      fine.slice(-12),
    ],
    "the last of many troubles": [numbered(3000, "error"), numbered(3000, "error").slice(-12)],
    "lines without colours, shortened, and none that explains nothing": [
      [
        "\u001B[1;31mError\u001B[0m",
        "",
        "==> Wait completed after 3 seconds",
        "==> ubuntu: Destroying VM...",
        "Build 'ubuntu' errored: Cleanly cancelled builds after being interrupted.",
        "==> Builds finished but no artifacts were created.",
        `failed ${"x".repeat(1000)}`,
      ],
      ["Error", `failed ${"x".repeat(393)}…`],
    ],
    ...Object.fromEntries(
      [
        "Error: Failed to prepare build",
        "fatal: couldn't find remote ref",
        "==> ubuntu: error creating virtual machine: Permission to perform this operation was denied",
        "Timeout waiting for SSH.",
        "dial tcp 127.0.0.1:22: connect: connection refused",
        "E: Unable to locate package foo",
        "x509: certificate signed by unknown authority: cannot verify",
        "bash: foo: command not found",
      ].map((line) => [line, [[...fine, line], [line]]]),
    ),
  };
  for (const [what, [lines, excerpt]] of Object.entries(excerpts)) {
    it(`has in an excerpt ${what}`, () => {
      log.line("error of the program before");
      log.begin("packer build .");
      for (const line of lines) log.line(line);
      assert.deepEqual(log.excerpt(), excerpt);
    });
  }

  it("is no reason to fail on a full disk: the run has a program to look after", () => {
    const full = new RunLog("/dev/full", new Redaction());
    full.note("begun");
    full.line("Error: lost");
    assert.deepEqual(full.excerpt(), ["Error: lost"]);
    full.close();
  });
});
