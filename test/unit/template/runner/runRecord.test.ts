import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import {
  allRecords,
  claimRecord,
  readRecord,
  removeRecord,
  removeRecordOf,
  updateRecord,
  type RunRecord,
} from "../../../../template/runner/otherRuns";
import { folderForEachTest, writeFiles } from "../../../support/temporaryFolder";

const one: RunRecord = { run: { processId: 1, started: "10" } };
const other: RunRecord = {
  run: { processId: 2, started: "20" },
  child: { processId: 3, started: "30" },
  building: { folder: "/X1/vm/Templates", suffix: "-0123abcd-building-1" },
};

describe("the record of a run", () => {
  let folder: string;
  let file: string;

  folderForEachTest((made) => {
    folder = made;
    file = join(folder, "run.json");
  });

  it("is claimed by one run alone, updated as a whole, and free once it is removed", () => {
    assert.equal(claimRecord(file, one), true);
    assert.equal(claimRecord(file, other), false);
    assert.deepEqual(readRecord(file), one, "the other run has not touched it");
    updateRecord(file, { ...one, temporary: "/tmp/x" });
    assert.deepEqual(readRecord(file), { ...one, temporary: "/tmp/x" });
    assert.deepEqual(readdirSync(folder), ["run.json"], "no other file is left");
    assert.equal(statSync(file).mode & 0o777, 0o600);
    removeRecord(file);
    assert.equal(claimRecord(file, other), true);
    assert.deepEqual(readRecord(file), other);
  });

  it("that is damaged cannot be read, but is not free either", () => {
    assert.equal(readRecord(file), undefined);
    writeFiles(folder, { "run.json": '{"run": {"proc' });
    assert.equal(readRecord(file), undefined);
    assert.equal(claimRecord(file, one), false);
  });

  it("cannot be claimed where there is no folder", () => {
    assert.throws(() => claimRecord(join(folder, "none", "run.json"), one), /ENOENT/);
  });

  it("of a dead run is removed, but not that of the run that took its place", () => {
    claimRecord(file, other);
    removeRecordOf(file, one);
    removeRecordOf(file, { run: { ...other.run, started: "21" } });
    assert.deepEqual(readRecord(file), other);
    updateRecord(file, { ...other, temporary: "/tmp/x" });
    removeRecordOf(file, other);
    assert.ok(!existsSync(file), "what the run has noted since does not matter");
  });

  it("is found with those of all runs on a vCenter, without what cannot be read", () => {
    writeFiles(folder, {
      "a@X1/run.json": JSON.stringify(one),
      "b@X1/run.json": JSON.stringify(other),
      "c@X1/run.json": "{",
      "d@X1/old.log": "log",
      "durations.json": "{}",
    });
    assert.deepEqual(Object.fromEntries(allRecords(folder)), {
      [join(folder, "a@X1/run.json")]: one,
      [join(folder, "b@X1/run.json")]: other,
    });
    assert.deepEqual(allRecords(join(folder, "none")), []);
  });
});
