import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { BuildDurations } from "../../../../template/runner/durations";
import { builtMachine } from "../../../../template/runner/manifest";
import {
  newLogFile,
  runFolder,
  vCenterFolder,
  workFolder,
} from "../../../../template/runner/workFolder";
import { builtinRecipe } from "../../../support/templateImages";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";

describe("the folder of what runs keep", () => {
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
  });

  afterEach(() => {
    removeFolder(folder);
  });

  it("is in the repository, or where the environment says", () => {
    assert.equal(workFolder("/ours", {}), "/ours/.template-images");
    const environment = { DECKHOUSE_VSPHERE_TEMPLATE_FOLDER: "/var/templates" };
    assert.equal(workFolder("/ours", environment), "/var/templates");
    assert.equal(
      workFolder("/ours", { DECKHOUSE_VSPHERE_TEMPLATE_FOLDER: "" }),
      "/ours/.template-images",
    );
  });

  it("is a full path, wherever a run's program then works", () => {
    const environment = { DECKHOUSE_VSPHERE_TEMPLATE_FOLDER: "kept/templates" };
    assert.equal(workFolder("/ours", environment), "/ours/kept/templates");
    const above = { DECKHOUSE_VSPHERE_TEMPLATE_FOLDER: "../templates" };
    assert.equal(workFolder("/ours/here", above), "/ours/templates");
  });

  it("has a folder for each template in each datacenter of each vCenter", () => {
    const { path, ...places } = runFolder("/w", "vcenter.example.com:8443", {
      ...{ name: "ubuntu-0123abcd", datacenter: "/europe/X1" },
    });
    assert.equal(path, "/w/vcenter.example.com_8443/ubuntu-0123abcd@europe_X1");
    assert.deepEqual(places, {
      source: join(path, "source"),
      record: join(path, "run.json"),
      progress: join(path, "progress"),
    });
    assert.equal(vCenterFolder("/w", "[::1]/a"), "/w/___1__a");
  });

  it("keeps ten logs, named by the time, and removes the oldest", () => {
    const own = runFolder(folder, "vcenter", { name: "t", datacenter: "/X1" });
    const start = Date.parse("2026-01-02T03:04:05.678Z");
    for (let minute = 0; minute < 12; minute++) {
      const file = newLogFile(own, new Date(start + minute * 60_000));
      writeFiles(own.path, { [file.slice(own.path.length + 1)]: "log", "run.json": "{}" });
    }
    const logs = readdirSync(own.path).filter((name) => name.endsWith(".log"));
    assert.equal(logs.length, 10);
    assert.equal(logs.sort()[0], `2026-01-02T03-06-05-${process.pid}.log`);
    assert.ok(readdirSync(own.path).includes("run.json"), "and nothing else");
    assert.equal(statSync(own.path).mode & 0o777, 0o700);
  });

  it("remembers how long builds of each kind took", () => {
    const durations = new BuildDurations(folder);
    const other = { kind: "builtin", ubuntu: "22.04" } as const;
    assert.equal(durations.usual(builtinRecipe.source), undefined);
    durations.remember(builtinRecipe.source, 612.4);
    durations.remember(other, 1);
    durations.remember(builtinRecipe.source, 613.6);
    assert.equal(new BuildDurations(folder).usual(builtinRecipe.source), 614);
    assert.equal(durations.usual(other), 1);
    const directory = { kind: "directory", path: "x", name: "ours", variableFiles: [] } as const;
    durations.remember(directory, 2);
    assert.equal(durations.usual({ ...directory, path: "y" }), 2);
    assert.equal(durations.usual({ ...directory, name: "theirs" }), undefined);
  });

  it("is not spoilt by half a file of durations", () => {
    writeFiles(folder, { "durations.json": '{"builtin 24.04": 6' });
    const durations = new BuildDurations(folder);
    assert.equal(durations.usual(builtinRecipe.source), undefined);
    durations.remember(builtinRecipe.source, 3);
    assert.match(readFileSync(join(folder, "durations.json"), "utf8"), /"builtin 24.04": 3/);
  });
});

describe("Packer's manifest", () => {
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
  });

  afterEach(() => {
    removeFolder(folder);
  });

  const machineIn = (manifest: object | string): string => {
    const text = typeof manifest === "string" ? manifest : JSON.stringify(manifest);
    writeFiles(folder, { "made.json": text });
    return builtMachine(join(folder, "made.json"));
  };

  it("names the machine that was built", () => {
    const build = { builder_type: "vsphere-iso", artifact_id: "ubuntu-x", files: null };
    assert.equal(machineIn({ builds: [build], last_run_uuid: "u" }), "ubuntu-x");
  });

  it("has to tell of one machine", () => {
    for (const builds of [
      undefined,
      [],
      [{ name: "x" }],
      [{ artifact_id: "a" }, { artifact_id: "b" }],
    ]) {
      assert.throws(() => machineIn({ builds }), {
        message: `Packer's manifest tells of ${builds?.length ?? 0} machines, and there has to be one`,
      });
    }
  });

  it("has to be there, and whole", () => {
    assert.throws(() => builtMachine(join(folder, "none.json")), /ENOENT/);
    assert.throws(() => machineIn('{"builds": ['), SyntaxError);
  });
});
