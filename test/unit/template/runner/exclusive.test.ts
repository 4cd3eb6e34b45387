import assert from "node:assert/strict";
import { existsSync } from "node:fs";

import { claim } from "../../../../template/runner/exclusive";
import { RunFailure } from "../../../../template/runner/failure";
import { identityOf } from "../../../../template/runner/processes";
import { claimRecord, readRecord, removeRecord } from "../../../../template/runner/runRecord";
import { exampleRun, type ExampleRun } from "../../../support/exampleRun";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";
import { exampleTimeouts } from "../../../support/templateImages";
import { thrownBy } from "../../../support/thrownBy";

const living = identityOf(process.ppid)!;
const building = { folder: "/X1/vm/Templates", suffix: "-0123abcd-building-1" };
const own = { building: { ...building, suffix: "-0123abcd-building-2" } };

describe("the one run of a template", () => {
  let work: string;
  let example: ExampleRun;

  beforeEach(() => {
    work = temporaryFolder();
    example = exampleRun(work, {
      // Waiting is given up 30 seconds after the clean-up of the other one: a millisecond ago, here.
      request: { timeouts: { ...exampleTimeouts, cleanUp: -30.001 } },
    });
  });

  afterEach(() => {
    example.end();
    removeFolder(work);
  });

  async function givingUp(): Promise<RunFailure> {
    const error = await thrownBy(claim(example.run, own));
    assert.ok(error instanceof RunFailure);
    return error;
  }

  it("notes itself and what it will make, with nobody there", async () => {
    const record = await claim(example.run, own);
    assert.deepEqual(record, { ...own, run: identityOf(process.pid) });
    assert.deepEqual(readRecord(example.run.folder.record), record);
    assert.deepEqual(example.vCenter.calls, []);
  });

  it("takes the place of one that died, and removes what that had begun", async () => {
    const record = example.run.folder.record;
    // Its number belongs to another process by now.
    claimRecord(record, { run: { ...living, started: "long ago" }, building });
    example.vCenter.machines.addTemplate("/X1/vm/Templates/x-0123abcd-building-1");
    await claim(example.run, own);
    assert.deepEqual(example.vCenter.machines.paths(), []);
    assert.deepEqual(readRecord(record)?.building, own.building);
    assert.deepEqual(example.progress(), ["removing what an interrupted run left"]);
  });

  it("waits for one that is still at it, and says so", async () => {
    const { run } = example;
    const waiting = { ...run, request: { ...run.request, timeouts: exampleTimeouts } };
    claimRecord(run.folder.record, { run: living, building });
    const claiming = claim(waiting, own);
    await new Promise(setImmediate);
    assert.deepEqual(example.progress().slice(-1), [
      `removing what an interrupted run left: waiting for process ${living.processId}, which is still at it`,
    ]);
    removeRecord(run.folder.record);
    assert.deepEqual((await claiming).building, own.building);
    assert.deepEqual(example.vCenter.changes(), [], "what the other makes is its own");
  });

  it("gives up waiting when the other takes longer than its clean-up", async () => {
    const { record } = example.run.folder;
    claimRecord(record, { run: living, building });
    const { stage, message, remedy } = await givingUp();
    assert.equal(stage, "cleanUp");
    assert.equal(
      message,
      `another run (process ${living.processId}) has been making this template for more than 0 s`,
    );
    assert.equal(
      remedy,
      "wait until it is done, and run again; ended, it would lose what it has built. If there is no such process, " +
        `nothing is lost by removing ${record}`,
    );
    assert.deepEqual(readRecord(record)?.run, living);
  });

  it("takes nobody's place whose record it cannot read", async () => {
    writeFiles(example.run.folder.path, { "run.json": '{"run":' });
    const { message } = await givingUp();
    assert.match(message, /^another run \(an unknown process\) has been /);
    assert.ok(existsSync(example.run.folder.record));
  });

  it("stops waiting when it has to end itself", async () => {
    claimRecord(example.run.folder.record, { run: living });
    const reason = new Error("Pulumi has ended it");
    example.abort(reason);
    assert.equal(await thrownBy(claim(example.run, own)), reason);
    assert.deepEqual(readRecord(example.run.folder.record)?.run, living);
  });
});
