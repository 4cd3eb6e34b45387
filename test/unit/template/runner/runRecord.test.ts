import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  allRecords,
  claimRecord,
  readRecord,
  removeRecord,
  removeRecordOf,
  updateRecord,
  type RunRecord,
} from "../../../../template/runner/runRecord";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";

const one: RunRecord = { run: { processId: 1, started: "10" } };
const other: RunRecord = {
  run: { processId: 2, started: "20" },
  child: { processId: 3, started: "30" },
  building: { folder: "/X1/vm/Templates", suffix: "-0123abcd-building-1" },
};

describe("the record of a run", () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder, "run.json");
  });

  afterEach(() => {
    removeFolder(folder);
  });

  it("is claimed by one run alone, until it is removed", () => {
    assert.equal(claimRecord(file, one), true);
    assert.equal(claimRecord(file, other), false);
    assert.deepEqual(readRecord(file), one, "and the other's is untouched");
    removeRecord(file);
    assert.equal(claimRecord(file, other), true);
    assert.deepEqual(readRecord(file), other);
  });

  it("leaves no other file, and is readable by its owner alone", () => {
    claimRecord(file, one);
    claimRecord(file, other);
    updateRecord(file, other);
    assert.deepEqual(readdirSync(folder), ["run.json"]);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it("is updated as a whole", () => {
    claimRecord(file, one);
    updateRecord(file, other);
    assert.deepEqual(readRecord(file), other);
  });

  it("is none when there is none, or half of one", () => {
    assert.equal(readRecord(file), undefined);
    writeFileSync(file, '{"run": {"proc');
    assert.equal(readRecord(file), undefined);
    assert.equal(claimRecord(file, one), false, "it is there all the same");
  });

  it("cannot be claimed where there is no folder", () => {
    assert.throws(() => claimRecord(join(folder, "none", "run.json"), one), /ENOENT/);
  });

  it("of a run that died is removed, and not that of the run which took its place", () => {
    claimRecord(file, one);
    removeRecordOf(file, one);
    assert.ok(!existsSync(file));
    claimRecord(file, other);
    removeRecordOf(file, one);
    removeRecordOf(file, { run: { ...other.run, started: "21" } });
    assert.deepEqual(readRecord(file), other);
    updateRecord(file, { ...other, temporary: "/tmp/x" });
    removeRecordOf(file, other);
    assert.ok(!existsSync(file), "what it noted since does not matter");
  });

  it("is found beside those of all runs on a vCenter, without what cannot be read", () => {
    writeFiles(folder, {
      "a@X1/run.json": JSON.stringify(one),
      "b@X1/run.json": JSON.stringify(other),
      "c@X1/run.json": "{",
      "d@X1/old.log": "log",
      "durations.json": "{}",
    });
    assert.deepEqual(
      new Map(allRecords(folder)),
      new Map([
        [join(folder, "a@X1/run.json"), one],
        [join(folder, "b@X1/run.json"), other],
      ]),
    );
    assert.deepEqual(allRecords(join(folder, "none")), []);
  });
});
