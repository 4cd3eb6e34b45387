import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { RunFailure } from "../../../../template/runner/failure";
import {
  claim,
  cleanUpAfterOthers,
  recover,
  removeAbandoned,
  claimRecord,
  readRecord,
  removeRecord,
  type RunRecord,
} from "../../../../template/runner/otherRuns";
import { identityOf } from "../../../../template/runner/processes";
import { exampleRun, type ExampleRun } from "../../../support/exampleRun";
import { noPermission } from "../../../support/inMemoryVCenter";
import { folderForEachTest, writeFiles } from "../../../support/temporaryFolder";
import { exampleRequest, exampleTimeouts } from "../../../support/templateImages";
import { thrownBy } from "../../../support/thrownBy";

const templates = "/X1/vm/Templates";
const { name } = exampleRequest;
const suffix = "-0123abcd-building-11111111";
const building = { folder: templates, suffix };
const own = { building: { folder: templates, suffix: "-0123abcd-building-22222222" } };

const living = identityOf(process.ppid)!;
/** The number of a living process, which belonged to another one. */
const dead = { ...living, started: "long ago" };
const record: RunRecord = { run: dead, building };

describe("other runs on this machine", () => {
  let work: string;
  let example: ExampleRun;

  folderForEachTest((made) => {
    work = made;
    example = exampleRun(work);
  });

  afterEach(() => {
    example.end();
  });

  const machines = (): string[] =>
    example.vCenter.machines.paths().map((path) => path.slice(templates.length + 1));
  function add(...names: string[]): void {
    for (const each of names) example.vCenter.machines.addTemplate(`${templates}/${each}`);
  }
  function refuseRemoval(): void {
    example.vCenter.failing = (call) =>
      call.startsWith("destroy") ? noPermission("remove a virtual machine") : undefined;
  }

  describe("let one run alone make a template:", () => {
    /** A run whose patience with others, 30 seconds after their clean-up, ended a millisecond ago. */
    const impatient = (): ExampleRun["run"] => ({
      ...example.run,
      request: { ...example.run.request, timeouts: { ...exampleTimeouts, cleanUp: -30.001 } },
    });

    it("it notes itself and what it will make", async () => {
      const noted = await claim(example.run, own);
      assert.deepEqual(noted, { ...own, run: identityOf(process.pid) });
      assert.deepEqual(readRecord(example.run.folder.record), noted);
      assert.deepEqual(example.vCenter.calls, []);
    });

    it("it takes the place of one that died, and removes what that one had begun", async () => {
      const file = example.run.folder.record;
      claimRecord(file, record);
      add(`x${suffix}`);
      await claim(example.run, own);
      assert.deepEqual(machines(), []);
      assert.deepEqual(readRecord(file)?.building, own.building);
      assert.deepEqual(example.progress(), ["cleaning up after an interrupted run"]);
    });

    it("it waits for one that is still active, and says so", async () => {
      claimRecord(example.run.folder.record, { run: living, building });
      const claiming = claim(example.run, own);
      await new Promise(setImmediate);
      assert.deepEqual(example.progress().slice(-1), [
        `waiting for process ${living.processId}, which is still active`,
      ]);
      removeRecord(example.run.folder.record);
      assert.deepEqual((await claiming).building, own.building);
      assert.deepEqual(example.vCenter.changes(), [], "what the other run makes is its own");
    });

    it("it gives up when the other takes longer than its clean-up, or its record is damaged", async () => {
      const { record: file, path } = example.run.folder;
      for (const [text, who] of [
        [JSON.stringify({ run: living, building }), `process ${living.processId}`],
        ['{"run":', "an unknown process"],
      ] as const) {
        writeFiles(path, { "run.json": text });
        const error = await thrownBy(claim(impatient(), own));
        assert.ok(error instanceof RunFailure);
        assert.equal(error.stage, "cleanUp");
        assert.equal(
          error.message,
          `${templates}/${name}: another run (${who}) has been making this template for more than 0 s: wait for it to ` +
            "finish, and run again; if it were ended, it would lose what it has built. If there is no such process, " +
            `nothing is lost by removing ${file}`,
        );
        assert.ok(existsSync(file));
      }
    });

    it("it stops waiting when it has to end itself", async () => {
      claimRecord(example.run.folder.record, { run: living });
      const reason = new Error("Pulumi ended it");
      example.abort(reason);
      assert.equal(await thrownBy(claim(example.run, own)), reason);
      assert.deepEqual(readRecord(example.run.folder.record)?.run, living);
    });
  });

  describe("leave behind", () => {
    const file = "vcenter.example.com/a@X1/run.json";
    const write = (content: RunRecord, path = file): void =>
      writeFiles(work, { [path]: JSON.stringify(content) });

    it("a machine, temporary files and a record, all of which are removed, and nothing else", async () => {
      writeFiles(work, { "packer-1/socket": "" });
      write(record);
      example.vCenter.machines.add("/X1/vm/Others", "Folder:group-v3");
      example.vCenter.machines.addTemplate(`/X1/vm/Others/ubuntu${suffix}`);
      add(`ubuntu${suffix}`, `ubuntu${suffix}-2`, "ubuntu-0123abcd-building-22222222", name);
      const temporary = join(work, "packer-1");
      await recover(example.run, join(work, file), { ...record, temporary });
      assert.deepEqual(
        example.vCenter.machines.paths(),
        [
          `/X1/vm/Others/ubuntu${suffix}`,
          ...["ubuntu-0123abcd-building-22222222", `ubuntu${suffix}-2`, name].map(
            (each) => `${templates}/${each}`,
          ),
        ].sort(),
      );
      assert.deepEqual([temporary, join(work, file)].filter(existsSync), []);
      assert.ok(example.log().includes(`# removing ${templates}/ubuntu${suffix}\n`));
    });

    it("nothing in a folder that is gone", async () => {
      example.vCenter.machines.remove(templates);
      await recover(example.run, join(work, file), record);
      assert.deepEqual(example.vCenter.changes(), []);
    });

    it("a record that stays while vCenter refuses to remove the machine", async () => {
      write(record);
      add(`ubuntu${suffix}`);
      refuseRemoval();
      await thrownBy(recover(example.run, join(work, file), record));
      await cleanUpAfterOthers(example.run);
      assert.ok(example.log().includes("# an earlier run left something behind: "));
      assert.deepEqual(readRecord(join(work, file)), record);
    });

    it("a record that stays when another run has taken the place in the meantime", async () => {
      write({ run: living });
      await recover(example.run, join(work, file), record);
      assert.deepEqual(readRecord(join(work, file)), { run: living });
    });

    it("machines of this template that are removed once they are older than any build may be", async () => {
      const hours = (count: number): Date =>
        new Date(example.vCenter.now.getTime() - count * 3_600_000);
      const all: readonly (readonly [string, Date?])[] = [
        [`${name}-building-1`, hours(24.01)],
        [`${name}-building-2`, hours(23.99)],
        [`${name}-building-3`],
        [`${name}-building-4`, hours(-1)],
        ["ubuntu-noble-24.04-ffffffff-building-1", hours(100)],
        [name, hours(100)],
        [`our-${name}-building-1`, hours(100)],
      ];
      for (const [each, created] of all) {
        const facts = created === undefined ? {} : { created };
        example.vCenter.machines.addTemplate(`${templates}/${each}`, facts);
      }
      await removeAbandoned(example.run);
      assert.deepEqual(
        machines(),
        all
          .slice(1)
          .map(([each]) => each)
          .sort(),
      );
    });

    it("what every dead run on this vCenter had begun, and only those", async () => {
      const of = (each: string): RunRecord["building"] => ({
        folder: templates,
        suffix: `-building-${each}`,
      });
      write({ run: dead, building: of("a")! });
      write({ run: living, building: of("b")! }, "vcenter.example.com/b@X1/run.json");
      write({ run: dead, building: of("c")! }, "other.example.com/c@X1/run.json");
      add("x-building-a", "x-building-b", "x-building-c");
      await cleanUpAfterOthers(example.run);
      assert.deepEqual(machines(), ["x-building-b", "x-building-c"]);
      assert.ok(!existsSync(join(work, file)));
      assert.ok(existsSync(join(work, "vcenter.example.com/b@X1/run.json")));
    });
  });
});
