import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";

import { repositoryRoot } from "../../../../scripts/lab/folders";
import { startProcess, type TestProcess } from "../../../support/processes";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";

const program = join(repositoryRoot, "test/fixtures/template/runner/lifeline.ts");
const node = `'${process.execPath}' --import tsx '${program}'`;

describe("the lifeline of a run", () => {
  let folder: string;
  let started: TestProcess[];

  beforeEach(() => {
    folder = temporaryFolder();
    started = [];
  });

  afterEach(() => {
    for (const each of started) each.kill();
    removeFolder(folder);
  });

  function start(command: string, ...parameters: string[]): TestProcess {
    const process = startProcess(command, parameters);
    started.push(process);
    return process;
  }

  /** A run whose starter is this process. */
  async function ownRun(parent = process.ppid): Promise<TestProcess> {
    const run = start(
      process.execPath,
      ...["--import", "tsx", program, String(process.pid), String(parent)],
    );
    await run.nextLine();
    return run;
  }

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    it(`ends with ${signal}, and lets the run end by itself`, async () => {
      const run = await ownRun();
      run.child.kill(signal);
      assert.equal(await run.nextLine(), `it was interrupted (${signal})`);
      assert.equal(await run.ended, 0);
    });
  }

  it("ends when the program that started it is gone: its end of the pipe closes", async () => {
    const run = await ownRun();
    run.child.stdin?.destroy();
    assert.equal(await run.nextLine(), "the command was killed");
    assert.equal(await run.ended, 0);
  });

  it("ends when its starter had lost its parent before the run looked", async () => {
    const run = start(
      process.execPath,
      ...["--import", "tsx", program, String(process.pid), String(process.pid)],
    );
    const lines = [await run.nextLine(), await run.nextLine()];
    assert.ok(lines.includes("Pulumi has ended it"), lines.join());
    assert.equal(await run.ended, 0);
  });

  for (const victim of ["engine", "plugin", "shell"] as const) {
    it(`ends when the ${victim} is killed, which tells nobody`, async () => {
      // As with Pulumi: the engine, its plugin, a shell, the starter, and the run in a session of its own.
      const starter = `echo $PPID; sleep 30 | setsid ${node} $$ $PPID`;
      writeFiles(folder, {
        pulumi: '#!/bin/sh\necho $$\n"$0-plugin" &\nwait\n',
        "pulumi-plugin": '#!/bin/sh\necho $$\nsh -c "sh $0-starter; true" &\nwait\n',
        "pulumi-plugin-starter": `${starter}\n`,
      });
      for (const name of ["pulumi", "pulumi-plugin"]) chmodSync(join(folder, name), 0o755);
      const engine = start(join(folder, "pulumi"));
      const ids = {
        engine: Number(await engine.nextLine()),
        plugin: Number(await engine.nextLine()),
        shell: Number(await engine.nextLine()),
      };
      const [, run] = (await engine.nextLine()).split(" ");
      assert.equal(ids.engine, engine.processId);
      try {
        process.kill(ids[victim], "SIGKILL");
        assert.equal(await engine.nextLine(), "Pulumi has ended it");
      } finally {
        endSession(Number(run));
      }
    });
  }
});

/** Ends a run that has a session of its own, if it is still there. */
function endSession(processId: number): void {
  try {
    process.kill(processId, "SIGKILL");
  } catch {
    // It has ended.
  }
}
