import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import {
  runChild,
  type ChildOptions,
  type ChildOutcome,
} from "../../../../template/runner/childProcess";
import { identityOf, isRunning, type ProcessIdentity } from "../../../../template/runner/processes";
import { RunLog } from "../../../../template/runner/runLog";
import { Redaction } from "../../../../vcenter";
import { eventually } from "../../../support/processes";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";

const secret = "hunter2-of-the-builder";

describe("a program that the runner runs", () => {
  let folder: string;
  let log: RunLog;
  let lines: string[];
  let controller: AbortController;
  const left: number[] = [];

  beforeEach(() => {
    folder = temporaryFolder();
    const redaction = new Redaction();
    redaction.add(secret);
    log = new RunLog(join(folder, "run.log"), redaction);
    lines = [];
    controller = new AbortController();
  });

  afterEach(() => {
    for (const processId of left.splice(0)) {
      if (identityOf(processId) !== undefined) process.kill(processId, "SIGKILL");
    }
    log.close();
    removeFolder(folder);
  });

  function shell(script: string, options: Partial<ChildOptions> = {}): Promise<ChildOutcome> {
    return runChild({
      ...{ command: "sh", arguments: ["-c", script], folder, environment: process.env, log },
      ...{ signal: controller.signal, timeout: 30, grace: 30 },
      onLine: (line) => lines.push(line),
      ...options,
    });
  }

  /** The process whose number the program has printed. */
  async function printed(index = 0): Promise<ProcessIdentity> {
    assert.ok(await eventually(() => lines.length > index));
    const processId = Number(lines[index]);
    left.push(processId);
    return identityOf(processId)!;
  }

  it("tells how it ended, and all that it said, in the log too", async () => {
    const outcome = await shell("echo one; echo two >&2; printf three; exit 3");
    assert.deepEqual(outcome, { exitCode: 3, ended: undefined, started: true });
    assert.deepEqual([...lines].sort(), ["one", "three", "two"]);
    const written = readFileSync(log.file, "utf8");
    for (const line of lines) assert.ok(written.includes(`${line}\n`));
    assert.equal((await shell("true")).exitCode, 0);
  });

  it("runs in the folder, with the environment that it is given and nothing to read", async () => {
    await shell('pwd; echo "$X"; cat; env | wc -l', { environment: { X: "x" } });
    assert.equal(lines[0]?.endsWith(folder), true);
    assert.equal(lines[1], "x");
    assert.ok(Number(lines[2]) < 6);
  });

  it("is killed by others: there is no exit code", async () => {
    assert.deepEqual(await shell("kill -9 $$"), {
      ...{ exitCode: null, ended: undefined, started: true },
    });
  });

  it("may not exist at all", async () => {
    const outcome = await shell("", { command: "no-such-program" });
    assert.deepEqual(outcome, { exitCode: null, ended: undefined, started: false });
    assert.match(readFileSync(log.file, "utf8"), /^no-such-program: .*ENOENT/m);
  });

  it("shows no secret, in its lines and in the log", async () => {
    await shell(`echo a ${secret} b; echo ${secret} >&2`);
    assert.deepEqual([...lines].sort(), ["***", "a *** b"]);
    assert.ok(!readFileSync(log.file, "utf8").includes(secret));
  });

  it("does no harm with 10 MB without a line break, and lines of 1 MB", async () => {
    const line = "head -c 1048576 /dev/zero | tr '\\0' x; echo";
    await shell(`head -c 10485760 /dev/zero | tr '\\0' y; echo; ${line}; ${line}; echo end`);
    const written = readFileSync(log.file, "utf8").split("\n").slice(1);
    assert.deepEqual(
      written.map((text) => text.length),
      [10_485_760, 1_048_576, 1_048_576, 3, 0],
    );
    assert.ok(Math.max(...lines.map(({ length }) => length)) < 400_000);
  });

  it("is told as soon as it runs, so that another run can find it", async () => {
    let told: ProcessIdentity | undefined;
    const running = shell("echo $$; sleep 30", { onStart: (child) => (told = child) });
    assert.deepEqual(told, await printed());
    controller.abort();
    await running;
  });

  it("is asked to end, and has time to clean up", async () => {
    const running = shell(
      "trap 'echo cleaning; exit 7' INT; echo ready; while :; do sleep 0.05; done",
    );
    assert.ok(await eventually(() => lines.includes("ready")));
    controller.abort();
    assert.deepEqual(await running, { exitCode: 7, ended: "cancelled", started: true });
    assert.ok(lines.includes("cleaning"));
    assert.match(readFileSync(log.file, "utf8"), /^# cancelled: SIGINT to sh, SIGKILL in 30 s$/m);
  });

  it("is killed with all that it started when it does not end in time", async () => {
    const running = shell(
      "trap '' INT; sh -c 'trap \"\" INT; echo $$; sleep 30' & wait; sleep 30",
      {
        grace: 0.2,
      },
    );
    const grandchild = await printed();
    controller.abort();
    assert.deepEqual(await running, { exitCode: null, ended: "cancelled", started: true });
    assert.ok(await eventually(() => !isRunning(grandchild)));
  });

  it("ends at once when the run has to end already", async () => {
    controller.abort();
    assert.equal((await shell("sleep 30")).ended, "cancelled");
  });

  it("is asked to end when it takes too long", async () => {
    const outcome = await shell("sleep 30", { timeout: 0.1 });
    assert.equal(outcome.ended, "timeout");
    assert.equal(outcome.started, true);
  });

  it("leaves nothing behind that it started, when it ends by itself", async () => {
    assert.equal((await shell("sleep 30 >/dev/null 2>&1 & echo $!")).exitCode, 0);
    const child = Number(lines[0]);
    left.push(child);
    assert.ok(await eventually(() => identityOf(child) === undefined));
  });

  it("does not keep the runner when a child of it holds its output", async () => {
    const start = Date.now();
    assert.equal((await shell("sleep 30 & echo $!")).exitCode, 0);
    left.push(Number(lines[0]));
    assert.ok(Date.now() - start < 10_000);
  });

  it("does not keep the runner when a child that left its group holds its output", async () => {
    const start = Date.now();
    assert.equal((await shell("setsid sleep 30 & echo $!; printf rest")).exitCode, 0);
    left.push(Number(lines[0]));
    assert.ok(Date.now() - start < 10_000);
    assert.equal(lines.at(-1), "rest", "what came without a line break is not lost");
  });
});
