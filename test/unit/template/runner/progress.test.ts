import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import {
  BuildDurations,
  buildSteps,
  Progress,
  shownSeconds,
  usualSeconds,
  type ProgressLine,
} from "../../../../template/runner/progress";
import { FakeClock } from "../../../support/fakeClock";
import { folderForEachTest, writeFiles } from "../../../support/temporaryFolder";
import { builtinRecipe } from "../../../support/templateImages";

describe("the progress of a run", () => {
  const start = Date.parse("2026-01-02T03:04:05Z");
  let clock: FakeClock;
  let folder: string;
  let file: string;
  let progress: Progress;

  folderForEachTest((made) => {
    folder = made;
    clock = new FakeClock(start);
    file = join(folder, "progress");
    progress = new Progress(file, (stage) => usualSeconds[stage]);
  });

  afterEach(() => {
    progress.end();
    clock.restore();
  });

  const lines = (): ProgressLine[] =>
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as ProgressLine);

  it("is empty at first, and readable by its owner alone", () => {
    assert.deepEqual(lines(), []);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it("shows the stage, how long it has taken and how long it usually takes, every five seconds", () => {
    progress.stage("fetch");
    clock.pass(10_000);
    assert.deepEqual(lines(), [
      { at: start, text: "fetching the Packer folder (0 s, usually 1 min)" },
      { at: start + 5000, text: "fetching the Packer folder (5 s, usually 1 min)" },
      { at: start + 10_000, text: "fetching the Packer folder (10 s, usually 1 min)" },
    ]);
    assert.deepEqual([progress.current, progress.seconds], ["fetch", 10]);
  });

  it("starts each stage at zero and without details, and repeats nothing", () => {
    progress.stage("build");
    for (let turn = 0; turn < 2; turn++) {
      progress.detail("waiting for SSH");
      progress.stage("build");
    }
    clock.pass(4000);
    progress.stage("check");
    clock.pass(1000);
    assert.deepEqual(
      lines().map(({ text }) => text),
      [
        "packer build (0 s, usually 20 min)",
        "waiting for SSH (packer build: 0 s, usually 20 min)",
        "checking the template in vCenter (0 s, usually 3 s)",
        "checking the template in vCenter (1 s, usually 3 s)",
      ],
    );
  });

  it("shows nothing after its end", () => {
    progress.stage("look");
    progress.end();
    clock.pass(60_000);
    assert.equal(lines().length, 1);
  });
});

describe("a duration for people", () => {
  const shown: Readonly<Record<string, number>> = {
    ...{ "0 s": 0.4, "1 s": 0.5, "59 s": 59, "1 min": 60, "1 min 1 s": 61, "20 min": 1200 },
    ...{ "59 min 59 s": 3599, "1 h": 3600, "2 h 10 min": 7805 },
  };
  for (const [text, seconds] of Object.entries(shown)) {
    it(`of ${seconds} s is ${text}`, () => {
      assert.equal(shownSeconds(seconds), text);
    });
  }
});

describe("the duration of earlier builds", () => {
  let folder: string;

  folderForEachTest((made) => (folder = made));

  it("is remembered for each kind of source", () => {
    const durations = new BuildDurations(folder);
    const other = { kind: "builtin", ubuntu: "22.04" } as const;
    const directory = { kind: "directory", path: "x", name: "ours", variableFiles: [] } as const;
    assert.equal(durations.usual(builtinRecipe.source), undefined);
    durations.remember(builtinRecipe.source, 612.4);
    durations.remember(other, 1);
    durations.remember(directory, 2);
    durations.remember(builtinRecipe.source, 613.6);
    const { source } = builtinRecipe;
    assert.deepEqual(
      [source, other, { ...directory, path: "y" }, { ...directory, name: "theirs" }].map((each) =>
        new BuildDurations(folder).usual(each),
      ),
      [614, 1, 2, undefined],
    );
  });

  it("starts anew after half a file", () => {
    writeFiles(folder, { "durations.json": '{"builtin 24.04": 6' });
    const durations = new BuildDurations(folder);
    assert.equal(durations.usual(builtinRecipe.source), undefined);
    durations.remember(builtinRecipe.source, 3);
    assert.equal(durations.usual(builtinRecipe.source), 3);
  });
});

describe("what Packer's output says about a build", () => {
  /** The output of a build in order, as Packer 1.16.0 and its vSphere plugin 1.4 and 2.x print it. */
  const steps: readonly (readonly [step: string, ...lines: readonly string[]])[] = [
    [
      "downloading the installer's ISO image",
      "Retrieving ISO",
      "Trying https://releases.ubuntu.com/24.04/u.iso",
      "Trying https://releases.ubuntu.com/24.04/u.iso?checksum=sha256%3Aabc",
    ],
    [
      "uploading the installer's ISO image to the datastore",
      "Uploading u.iso to [x1_root] packer_cache/...",
    ],
    ["creating the virtual machine", "Creating virtual machine..."],
    ["powering on the virtual machine", "Powering on virtual machine...", "Power on VM..."],
    ["waiting for the boot menu", "Waiting 5s for boot..."],
    ["typing the boot command", "Typing boot command..."],
    ["installing the guest system", "Waiting for IP..."],
    [
      "waiting for SSH",
      "Using SSH communicator to connect: 10.20.0.9",
      "Waiting for SSH to become available...",
    ],
    [
      "preparing the guest system",
      "Connected to SSH!",
      "Provisioning with shell script: scripts/install-packages.sh",
    ],
    [
      "shutting down the virtual machine",
      "Running shutdown command...",
      "Shutting down virtual machine...",
      "Please shutdown virtual machine within 10m0s.",
    ],
    [
      "converting it into a template",
      "Converting virtual machine to template...",
      "Convert VM into template...",
    ],
    [
      "cleaning up",
      "Destroying VM...",
      "Cancelling build after receiving interrupt",
      "Build 'vsphere-iso.ubuntu' errored after 3 seconds: Cleanly cancelled builds",
    ],
  ];
  const stepOf = (line: string): string | undefined =>
    buildSteps.find(([pattern]) => pattern.test(line))?.[1];

  for (const [step, ...lines] of steps) {
    it(`is that it is ${step}`, () => {
      for (const line of lines) {
        assert.equal(stepOf(line), step);
        assert.equal(stepOf(`2026-01-02T03:04:05Z: ==> vsphere-iso.ubuntu: ${line}`), step);
      }
    });
  }

  it("goes forward: each step once, in the order of a build", () => {
    assert.deepEqual(
      buildSteps.map(([, step]) => step),
      steps.map(([step]) => step),
    );
  });

  it("is nothing new in other lines", () => {
    for (const line of [
      ...["Customizing hardware...", "Mounting ISO images...", "Setting boot order...", ""],
      ...[
        "Adding configuration parameters...",
        "Ejecting CD-ROM media...",
        "IP address: 10.20.0.9",
      ],
      ...["Serving HTTP requests at http://10.8.0.5:8123/.", "Deleting floppy drives..."],
      ...["Trying boot command again...", "Closing sessions ...."],
    ]) {
      assert.equal(stepOf(line), undefined, line);
    }
  });
});
