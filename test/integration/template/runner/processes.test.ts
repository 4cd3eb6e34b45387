import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";

import { repositoryRoot } from "../../../../scripts/lab/folders";
import { identityOf, isRunning, parentOf, principals } from "../../../../template/runner/processes";
import { eventually, startProcess, type TestProcess } from "../../../support/processes";
import { folderForEachTest, writeFiles } from "../../../support/temporaryFolder";

const tsx = ["--import", "tsx", join(repositoryRoot, "test/fixtures/template/runner/lifeline.ts")];

describe("the processes of the system", () => {
  let folder: string;
  const started: TestProcess[] = [];

  folderForEachTest((made) => (folder = made));

  afterEach(() => {
    for (const process of started.splice(0)) process.kill();
  });

  function start(command: string, ...parameters: readonly string[]): TestProcess {
    const process = startProcess(command, parameters);
    started.push(process);
    return process;
  }

  /** A program of that name. */
  function program(name: string, script: string): string {
    writeFiles(folder, { [name]: `#!/bin/sh\n${script}\n` });
    chmodSync(join(folder, name), 0o755);
    return join(folder, name);
  }

  /** A program of that name that runs what it is given, and waits for it. */
  const waiting = (name: string): string => program(name, 'sh -c "$1" &\nwait');

  it("have an identity that stays the same while they run", () => {
    const identity = identityOf(process.pid);
    assert.ok(identity && isRunning(identity));
    assert.equal(identity.processId, process.pid);
    assert.deepEqual(identityOf(process.pid), identity);
    assert.equal(parentOf(process.pid), process.ppid);
  });

  it("are not running under the number alone, and have no identity when they do not exist", () => {
    // Another process may have the number by now.
    assert.equal(isRunning({ processId: process.pid, started: "long ago" }), false);
    assert.equal(isRunning({ processId: 4_194_305, started: "1" }), false);
    assert.equal(identityOf(4_194_305), undefined);
    assert.equal(parentOf(4_194_305), undefined);
  });

  it("are not running any more when they have ended, even if nobody waits for that", async () => {
    const child = start("sleep", "30");
    const identity = identityOf(child.processId)!;
    assert.equal(isRunning(identity), true);
    child.kill();
    await child.ended;
    assert.equal(isRunning(identity), false);
    // The shell becomes a program that never asks after its child.
    const parent = start("sh", "-c", "sleep 0.2 & echo $!; exec sleep 30");
    const zombie = identityOf(Number(await parent.nextLine()))!;
    assert.equal(isRunning(zombie), true);
    assert.ok(await eventually(() => !isRunning(zombie)));
    process.kill(zombie.processId, 0);
  });

  it("may have names that look like something else", async () => {
    const parent = start(waiting("a) R 1 (b"), "echo $PPID; sleep 30");
    const named = Number(await parent.nextLine());
    assert.deepEqual([named, parentOf(named)], [parent.processId, process.pid]);
    assert.ok(isRunning(identityOf(named)!));
  });

  for (const [name, nested, whom] of [
    [
      "pulumi",
      "sh -c 'sh -c \"sleep 30 & echo \\$! \\$PPID \\$\\$; wait\"; true'; true",
      "the engine",
    ],
    ["pulumi-of-others", "sh -c 'sleep 30 & echo $! $PPID $$; wait'; true", "their three nearest"],
  ] as const) {
    it(`work for ${whom} when the program is called ${name}`, async () => {
      const engine = start(waiting(name), nested);
      const [worker = 0, outer, inner] = (await engine.nextLine()).split(" ").map(Number);
      const found = principals(worker);
      const ids = found.map(({ processId }) => processId);
      assert.deepEqual(ids.slice(0, 2), [inner, outer]);
      assert.equal(ids.at(-1), engine.processId);
      assert.equal(ids.length, name === "pulumi" ? 4 : 3);
      assert.ok(found.every(isRunning));
    });
  }

  describe("end a run", () => {
    /** A run whose launcher is this process. */
    async function ownRun(): Promise<TestProcess> {
      const run = start(process.execPath, ...tsx, String(process.pid), String(process.ppid));
      await run.nextLine();
      return run;
    }

    for (const [what, reason, act] of [
      ...(["SIGINT", "SIGTERM", "SIGHUP"] as const).map(
        (signal) =>
          [
            `with ${signal}`,
            `it was interrupted (${signal})`,
            (run: TestProcess) => run.child.kill(signal),
          ] as const,
      ),
      [
        "when the launcher is gone, whose end of the pipe closes",
        "the command was killed",
        (run: TestProcess) => run.child.stdin?.destroy(),
      ],
    ] as const) {
      it(`${what}, and let it finish by itself`, async () => {
        const run = await ownRun();
        act(run);
        assert.equal(await run.nextLine(), reason);
        assert.equal(await run.ended, 0);
      });
    }

    it("whose launcher lost its parent before the run looked", async () => {
      const run = start(process.execPath, ...tsx, String(process.pid), String(process.pid));
      const lines = [await run.nextLine(), await run.nextLine()];
      assert.ok(lines.includes("Pulumi ended it"), lines.join());
      assert.equal(await run.ended, 0);
    });

    for (const victim of ["engine", "plugin", "shell"] as const) {
      it(`whose ${victim} is killed, which notifies nobody`, async () => {
        // As with Pulumi: the engine, its plugin, a shell, the launcher, and the run in a session of its own.
        const node = [process.execPath, ...tsx].map((word) => `'${word}'`).join(" ");
        program("pulumi-plugin-launcher", `echo $PPID; sleep 30 | setsid ${node} $$ $PPID`);
        program("pulumi-plugin", 'echo $$\nsh -c "sh $0-launcher; true" &\nwait');
        const engine = start(program("pulumi", 'echo $$\n"$0-plugin" &\nwait'));
        const ids = {
          engine: Number(await engine.nextLine()),
          plugin: Number(await engine.nextLine()),
          shell: Number(await engine.nextLine()),
        };
        const [, run] = (await engine.nextLine()).split(" ");
        assert.equal(ids.engine, engine.processId);
        try {
          process.kill(ids[victim], "SIGKILL");
          assert.equal(await engine.nextLine(), "Pulumi ended it");
        } finally {
          endSession(Number(run));
        }
      });
    }
  });
});

/** Ends a run that has a session of its own, if it is still there. */
function endSession(processId: number): void {
  try {
    process.kill(processId, "SIGKILL");
  } catch {
    // It has ended.
  }
}
