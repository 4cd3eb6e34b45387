import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { RunLog } from "../../../../template/runner/runLog";
import { Redaction } from "../../../../vcenter";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";

describe("the log of a run", () => {
  const secret = "hunter2-of-the-builder";
  let folder: string;
  let log: RunLog;

  beforeEach(() => {
    folder = temporaryFolder();
    const redaction = new Redaction();
    redaction.add(secret);
    log = new RunLog(join(folder, "run.log"), redaction);
  });

  afterEach(() => {
    log.close();
    removeFolder(folder);
  });

  const written = (): string => readFileSync(log.file, "utf8");
  const told = (...lines: string[]): string[] => {
    for (const line of lines) log.line(line);
    return log.excerpt();
  };

  it("is readable by its owner alone", () => {
    assert.equal(statSync(log.file).mode & 0o777, 0o600);
  });

  it("has every line whole, those that came in pieces too", () => {
    log.begin("packer build .");
    log.line("one");
    log.line("a", false);
    log.line("b", false);
    log.line("c");
    const long = "x".repeat(1024 * 1024);
    log.line(long);
    assert.match(written(), /^# \d{4}-\d\d-\d\dT[\d:.]+Z packer build \.\none\nabc\nx/);
    assert.ok(written().endsWith(`\n${long}\n`));
  });

  it("has no secret in remarks and commands", () => {
    log.begin(`git fetch https://user:${secret}@example.com`);
    log.note(`the password ${secret} is wrong`);
    assert.ok(!written().includes(secret));
    assert.ok(written().includes("# the password *** is wrong\n"));
  });

  it("shows the lines that speak of trouble, with the few below that explain them", () => {
    const before = Array.from({ length: 30 }, (_, index) => `fine ${index}`);
    assert.deepEqual(told(...before, "Error: no such variable", "  on a.pkr.hcl line 3:", "fine"), [
      "Error: no such variable",
      "  on a.pkr.hcl line 3:",
      "fine",
    ]);
  });

  for (const line of [
    "Error: Failed to prepare build",
    "fatal: couldn't find remote ref",
    "==> ubuntu: error creating virtual machine: Permission to perform this operation was denied",
    "Timeout waiting for SSH.",
    "dial tcp 127.0.0.1:22: connect: connection refused",
    "E: Unable to locate package foo",
    "x509: certificate signed by unknown authority: cannot verify",
    "bash: foo: command not found",
  ]) {
    it(`takes for trouble: ${line}`, () => {
      const fine = Array.from({ length: 20 }, (_, index) => `fine ${index}`);
      assert.deepEqual(told(...fine, line), [line]);
    });
  }

  it("shows the last lines when none speaks of trouble, each once, at most twelve", () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    assert.deepEqual(told(...lines, "line 29"), lines.slice(-12));
  });

  it("shows the last troubles when there are many", () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `error ${index}`);
    assert.deepEqual(told(...lines), lines.slice(-12));
  });

  it("shows nothing of a program before the last one", () => {
    told("error of the first");
    log.begin("another");
    assert.deepEqual(told("fine"), ["fine"]);
  });

  it("shows lines without colours, shortened, and not those that say nothing", () => {
    const shown = told(
      "\u001B[1;31mError\u001B[0m",
      "",
      "==> Wait completed after 3 seconds",
      "==> ubuntu: Destroying VM...",
      "Build 'ubuntu' errored: Cleanly cancelled builds after being interrupted.",
      "==> Builds finished but no artifacts were created.",
      `failed ${"x".repeat(1000)}`,
    );
    assert.equal(shown.length, 2);
    assert.equal(shown[0], "Error");
    assert.equal(shown[1], `failed ${"x".repeat(393)}…`);
  });
});

describe("a log on a full disk", () => {
  it("is no reason to fail: the run has a program to look after", () => {
    const log = new RunLog("/dev/full", new Redaction());
    log.note("begun");
    log.line("Error: lost");
    assert.deepEqual(log.excerpt(), ["Error: lost"]);
    log.close();
  });
});
