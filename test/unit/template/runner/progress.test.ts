import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { Progress, shownSeconds, type ProgressLine } from "../../../../template/runner/progress";
import { stageTexts, usualSeconds } from "../../../../template/runner/stages";
import { FakeClock } from "../../../support/fakeClock";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";

describe("the progress of a run", () => {
  const start = Date.parse("2026-01-02T03:04:05Z");
  let clock: FakeClock;
  let folder: string;
  let file: string;
  let progress: Progress;

  beforeEach(() => {
    clock = new FakeClock(start);
    folder = temporaryFolder();
    file = join(folder, "progress");
    progress = new Progress(file, (stage) => usualSeconds[stage]);
  });

  afterEach(() => {
    progress.end();
    clock.restore();
    removeFolder(folder);
  });

  const lines = (): ProgressLine[] =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as ProgressLine);
  const texts = (): string[] => lines().map(({ text }) => text);

  it("is empty at first, and readable by its owner alone", () => {
    assert.deepEqual(lines(), []);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it("tells the stage, how long it has taken and how long it usually takes, again every five seconds", () => {
    progress.stage("fetch");
    clock.pass(10_000);
    assert.deepEqual(lines(), [
      { at: start, text: "fetching the Packer folder (0 s, usually 1 min)" },
      { at: start + 5000, text: "fetching the Packer folder (5 s, usually 1 min)" },
      { at: start + 10_000, text: "fetching the Packer folder (10 s, usually 1 min)" },
    ]);
    assert.deepEqual([progress.current, progress.seconds], ["fetch", 10]);
  });

  it("begins to count anew with each stage, and forgets what the one before was at", () => {
    progress.stage("build");
    progress.detail("waiting for SSH");
    clock.pass(4000);
    progress.stage("check");
    clock.pass(1000);
    assert.deepEqual(texts(), [
      "packer build (0 s, usually 20 min)",
      "packer build: waiting for SSH (0 s, usually 20 min)",
      "checking the template in vCenter (0 s, usually 3 s)",
      "checking the template in vCenter (1 s, usually 3 s)",
    ]);
  });

  it("says nothing twice", () => {
    progress.stage("cleanUp");
    progress.stage("cleanUp");
    progress.detail("waiting");
    progress.detail("waiting");
    assert.equal(lines().length, 2);
  });

  it("says nothing after its end", () => {
    progress.stage("look");
    progress.end();
    clock.pass(60_000);
    assert.equal(lines().length, 1);
  });

  it("has a text and a usual time for every stage", () => {
    assert.deepEqual(Object.keys(stageTexts), Object.keys(usualSeconds));
  });
});

describe("a length of time for people", () => {
  const shown: Readonly<Record<string, number>> = {
    "0 s": 0.4,
    "1 s": 0.5,
    "59 s": 59,
    "1 min": 60,
    "1 min 1 s": 61,
    "20 min": 1200,
    "59 min 59 s": 3599,
    "1 h": 3600,
    "2 h 10 min": 7805,
  };
  for (const [text, seconds] of Object.entries(shown)) {
    it(`of ${seconds} s is ${text}`, () => {
      assert.equal(shownSeconds(seconds), text);
    });
  }
});
