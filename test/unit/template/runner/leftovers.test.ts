import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { cleanUpAfterOthers } from "../../../../template/runner/exclusive";
import { recover, removeAbandoned, removeMachines } from "../../../../template/runner/leftovers";
import { identityOf } from "../../../../template/runner/processes";
import { readRecord, type RunRecord } from "../../../../template/runner/runRecord";
import { exampleRun, type ExampleRun } from "../../../support/exampleRun";
import { noPermission } from "../../../support/inMemoryVCenter";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";
import { exampleRequest } from "../../../support/templateImages";
import { thrownBy } from "../../../support/thrownBy";

const templates = "/X1/vm/Templates";
const { name } = exampleRequest;

/** No process has this identity. */
const dead = { processId: 4_194_305, started: "1" };
const suffix = "-0123abcd-building-11111111";
const record: RunRecord = { run: dead, building: { folder: templates, suffix } };

describe("what other runs left", () => {
  let work: string;
  let example: ExampleRun;

  beforeEach(() => {
    work = temporaryFolder();
    example = exampleRun(work);
  });

  afterEach(() => {
    example.end();
    removeFolder(work);
  });

  const machines = (): string[] =>
    example.vCenter.machines.paths().map((path) => path.slice(templates.length + 1));
  function add(...names: string[]): void {
    for (const each of names) example.vCenter.machines.addTemplate(`${templates}/${each}`);
  }

  it("is removed by the end of its name, in its folder alone", async () => {
    example.vCenter.machines.add("/X1/vm/Others", "Folder:group-v3");
    example.vCenter.machines.addTemplate(`/X1/vm/Others/ubuntu${suffix}`);
    add(`ubuntu${suffix}`, `ubuntu${suffix}-2`, "ubuntu-0123abcd-building-22222222", name);
    await removeMachines(example.run, templates, (each) => each.endsWith(suffix));
    assert.deepEqual(
      example.vCenter.machines.paths(),
      [
        `/X1/vm/Others/ubuntu${suffix}`,
        `${templates}/ubuntu-0123abcd-building-22222222`,
        `${templates}/ubuntu${suffix}-2`,
        `${templates}/${name}`,
      ].sort(),
    );
    assert.ok(example.log().includes(`# removing ${templates}/ubuntu${suffix}\n`));
  });

  it("is nothing where the folder is gone", async () => {
    example.vCenter.machines.remove(templates);
    await removeMachines(example.run, templates, () => true);
    assert.deepEqual(example.vCenter.changes(), []);
  });

  it("is removed with the record of a run that died, its temporary files too", async () => {
    const temporary = join(work, "packer-1");
    writeFiles(work, { "packer-1/socket": "", "a@X1/run.json": JSON.stringify(record) });
    add(`ubuntu${suffix}`, `ubuntu${suffix}-of-somebody`, name);
    const file = join(work, "a@X1/run.json");
    await recover(example.run, file, { ...record, temporary });
    assert.deepEqual(machines(), [`ubuntu${suffix}-of-somebody`, name].sort());
    assert.deepEqual([existsSync(temporary), existsSync(file)], [false, false]);
  });

  it("stays on record while vCenter refuses to remove it", async () => {
    writeFiles(work, { "a@X1/run.json": JSON.stringify(record) });
    add(`ubuntu${suffix}`);
    example.vCenter.failing = (call) =>
      call.startsWith("destroy") ? noPermission("remove a virtual machine") : undefined;
    await thrownBy(recover(example.run, join(work, "a@X1/run.json"), record));
    assert.deepEqual(readRecord(join(work, "a@X1/run.json")), record);
  });

  it("does not take away the record of a run that took the place of the dead one meanwhile", async () => {
    const living: RunRecord = { run: identityOf(process.pid)! };
    writeFiles(work, { "a@X1/run.json": JSON.stringify(living) });
    await recover(example.run, join(work, "a@X1/run.json"), record);
    assert.deepEqual(readRecord(join(work, "a@X1/run.json")), living);
  });

  it("of other machines is removed only when it is of this template and older than any build may be", async () => {
    const hours = (count: number): Date =>
      new Date(example.vCenter.now.getTime() - count * 3_600_000);
    const building = `${name}-building-`;
    const all: readonly (readonly [string, Date | undefined])[] = [
      [`${building}1`, hours(24.01)],
      [`${building}2`, hours(23.99)],
      [`${building}3`, undefined],
      [`${building}4`, hours(-1)],
      ["ubuntu-noble-24.04-ffffffff-building-1", hours(100)],
      [name, hours(100)],
      [`our-${building}1`, hours(100)],
    ];
    for (const [each, created] of all) {
      example.vCenter.machines.addTemplate(
        `${templates}/${each}`,
        created === undefined ? {} : { created },
      );
    }
    await removeAbandoned(example.run);
    assert.deepEqual(
      machines(),
      all
        .map(([each]) => each)
        .filter((each) => each !== `${building}1`)
        .sort(),
    );
  });

  it("stands in nobody's way when it cannot be removed, and is tried again next time", async () => {
    const file = "vcenter.example.com/a@X1/run.json";
    writeFiles(work, { [file]: JSON.stringify(record) });
    add(`ubuntu${suffix}`);
    example.vCenter.failing = (call) =>
      call.startsWith("destroy") ? noPermission("remove a virtual machine") : undefined;
    await cleanUpAfterOthers(example.run);
    assert.ok(example.log().includes("# something of an earlier run is left: "));
    assert.deepEqual(readRecord(join(work, file)), record);
  });

  it("is removed after every run on this vCenter that died, and no other", async () => {
    const living = { ...record, run: identityOf(process.pid) };
    const of = (each: string): RunRecord => ({
      ...record,
      building: { folder: templates, suffix: `-building-${each}` },
    });
    writeFiles(work, {
      "vcenter.example.com/a@X1/run.json": JSON.stringify(of("a")),
      "vcenter.example.com/b@X1/run.json": JSON.stringify({
        ...living,
        ...{ building: of("b").building },
      }),
      "other.example.com/c@X1/run.json": JSON.stringify(of("c")),
    });
    add("x-building-a", "x-building-b", "x-building-c");
    await cleanUpAfterOthers(example.run);
    assert.deepEqual(machines(), ["x-building-b", "x-building-c"]);
    assert.ok(!existsSync(join(work, "vcenter.example.com/a@X1/run.json")));
    assert.ok(existsSync(join(work, "vcenter.example.com/b@X1/run.json")));
  });
});
