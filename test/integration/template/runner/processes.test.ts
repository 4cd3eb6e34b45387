import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";

import { identityOf, isRunning, parentOf, principals } from "../../../../template/runner/processes";
import { eventually, startProcess, type TestProcess } from "../../../support/processes";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";

describe("the processes of the system", () => {
  let folder: string;
  const started: TestProcess[] = [];

  beforeEach(() => {
    folder = temporaryFolder();
  });

  afterEach(() => {
    for (const process of started.splice(0)) process.kill();
    removeFolder(folder);
  });

  function start(command: string, ...parameters: string[]): TestProcess {
    const process = startProcess(command, parameters);
    started.push(process);
    return process;
  }

  /** A program of that name, which runs what it is given and waits for it. */
  function program(name: string): string {
    writeFiles(folder, { [name]: '#!/bin/sh\nsh -c "$1" &\nwait\n' });
    chmodSync(join(folder, name), 0o755);
    return join(folder, name);
  }

  it("have an identity that stays the same while they run", () => {
    const identity = identityOf(process.pid);
    assert.ok(identity);
    assert.equal(identity.processId, process.pid);
    assert.deepEqual(identityOf(process.pid), identity);
    assert.equal(isRunning(identity), true);
    assert.equal(parentOf(process.pid), process.ppid);
  });

  it("are not running under the number alone: another process may have it by now", () => {
    assert.equal(isRunning({ processId: process.pid, started: "long ago" }), false);
  });

  it("have no identity when they do not exist", () => {
    assert.equal(identityOf(4_194_305), undefined);
    assert.equal(parentOf(4_194_305), undefined);
    assert.equal(isRunning({ processId: 4_194_305, started: "1" }), false);
  });

  it("are not running any more when they have ended", async () => {
    const child = start("sleep", "30");
    const identity = identityOf(child.processId)!;
    assert.equal(isRunning(identity), true);
    child.kill();
    await child.ended;
    assert.equal(isRunning(identity), false);
  });

  it("are not running any more when nobody has waited for their end", async () => {
    // The shell becomes a program that never asks after its child.
    const parent = start("sh", "-c", "sleep 0.2 & echo $!; exec sleep 30");
    const child = identityOf(Number(await parent.nextLine()))!;
    assert.equal(isRunning(child), true);
    assert.ok(await eventually(() => !isRunning(child)));
    process.kill(child.processId, 0);
  });

  it("may have names that look like something else", async () => {
    const parent = start(program("a) R 1 (b"), "echo $PPID; sleep 30");
    const named = Number(await parent.nextLine());
    assert.equal(named, parent.processId);
    assert.equal(parentOf(named), process.pid);
    assert.ok(isRunning(identityOf(named)!));
  });

  it("work for the engine and what is between, as far as it is among their parents", async () => {
    const engine = start(program("pulumi"), "sh -c 'sleep 30 & echo $! $PPID $$; wait'; true");
    const [worker, outer, inner] = (await engine.nextLine()).split(" ").map(Number);
    assert.deepEqual(
      principals(worker!).map(({ processId }) => processId),
      [inner, outer, engine.processId],
    );
    assert.ok(principals(worker!).every(isRunning));
  });

  it("work for the three nearest where no engine is among their parents", async () => {
    const other = start(
      program("pulumi-of-others"),
      "sh -c 'sleep 30 & echo $! $PPID $$; wait'; true",
    );
    const [worker, outer, inner] = (await other.nextLine()).split(" ").map(Number);
    assert.deepEqual(
      principals(worker!).map(({ processId }) => processId),
      [inner, outer, other.processId],
    );
  });
});
