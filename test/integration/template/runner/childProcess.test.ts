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
import { folderForEachTest } from "../../../support/temporaryFolder";

const secret = "hunter2-of-the-builder";

describe("a program that the runner runs", () => {
  let folder: string;
  let log: RunLog;
  let lines: string[];
  let controller: AbortController;
  const left: number[] = [];

  folderForEachTest((made) => {
    folder = made;
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
  });

  const written = (): string => readFileSync(log.file, "utf8");
  function shell(script: string, options: Partial<ChildOptions> = {}): Promise<ChildOutcome> {
    return runChild({
      command: "sh",
      arguments: ["-c", script],
      folder,
      environment: process.env,
      log,
      signal: controller.signal,
      timeout: 30,
      grace: 30,
      onLine: (line) => lines.push(line),
      ...options,
    });
  }

  /** The process whose number the program has printed first. */
  async function printed(): Promise<ProcessIdentity> {
    assert.ok(await eventually(() => lines.length > 0));
    const processId = Number(lines[0]);
    left.push(processId);
    return identityOf(processId)!;
  }

  const outcomes: readonly (readonly [
    what: string,
    script: string,
    outcome: Partial<ChildOutcome>,
    options?: Partial<ChildOptions>,
  ])[] = [
    ["has an exit code", "exit 3", { exitCode: 3 }],
    ["has none when others kill it", "kill -9 $$", { exitCode: null }],
    ["is asked to end when it takes too long", "sleep 30", { ended: "timeout" }, { timeout: 0.1 }],
    ["may not exist", "", { exitCode: null, started: false }, { command: "no-such-program" }],
  ];
  for (const [what, script, outcome, options] of outcomes) {
    it(what, async () => {
      const { exitCode, ...rest } = await shell(script, options);
      const expected = { exitCode: null, ended: undefined, started: true, ...outcome };
      // A shell that gets SIGINT while it waits for a child may end by itself.
      const shown = expected.ended === undefined ? exitCode : null;
      assert.deepEqual({ exitCode: shown, ...rest }, expected);
    });
  }

  it("has its output in the log, without secrets, and the reason why it could not start", async () => {
    await shell(`echo a ${secret} b; echo ${secret} >&2; printf three`);
    assert.deepEqual([...lines].sort(), ["***", "a *** b", "three"]);
    await shell("", { command: "no-such-program" });
    for (const line of lines) assert.ok(written().includes(`${line}\n`));
    assert.ok(!written().includes(secret));
    assert.match(written(), /^no-such-program: .*ENOENT/m);
  });

  it("runs in the folder, with the environment that it is given and nothing to read", async () => {
    await shell('pwd; echo "$X"; cat; env | wc -l', { environment: { X: "x" } });
    assert.equal(lines[0]?.endsWith(folder), true);
    assert.equal(lines[1], "x");
    assert.ok(Number(lines[2]) < 6);
  });

  it("does no harm with 10 MB without a line break, and lines of 1 MB", async () => {
    const line = "head -c 1048576 /dev/zero | tr '\\0' x; echo";
    await shell(`head -c 10485760 /dev/zero | tr '\\0' y; echo; ${line}; ${line}; echo end`);
    const lengths = written()
      .split("\n")
      .map(({ length }) => length);
    assert.deepEqual(lengths.slice(1), [10_485_760, 1_048_576, 1_048_576, 3, 0]);
    assert.ok(Math.max(...lines.map(({ length }) => length)) < 400_000);
  });

  it("is known as soon as it runs, so that another run can find it", async () => {
    let known: ProcessIdentity | undefined;
    const running = shell("echo $$; sleep 30", { onStart: (child) => (known = child) });
    assert.deepEqual(known, await printed());
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
    assert.match(written(), /^# cancelled: SIGINT to sh, SIGKILL in 30 s$/m);
  });

  it("is killed with all that it started when it does not end in time", async () => {
    const child = "trap '' INT; sh -c 'trap \"\" INT; echo $$; sleep 30' & wait; sleep 30";
    const running = shell(child, { grace: 0.2 });
    const grandchild = await printed();
    controller.abort();
    assert.deepEqual(await running, { exitCode: null, ended: "cancelled", started: true });
    assert.ok(await eventually(() => !isRunning(grandchild)));
  });

  it("ends at once when the run has to end already", async () => {
    controller.abort();
    assert.equal((await shell("sleep 30")).ended, "cancelled");
  });

  it("leaves nothing running that it started when it ends by itself", async () => {
    assert.equal((await shell("sleep 30 >/dev/null 2>&1 & echo $!")).exitCode, 0);
    const child = Number(lines[0]);
    left.push(child);
    assert.ok(await eventually(() => identityOf(child) === undefined));
  });

  for (const [what, command] of [
    ["a child of it", "sleep 30"],
    ["a child that left its process group", "setsid sleep 30"],
  ] as const) {
    it(`does not keep the runner waiting when ${what} holds its output, and loses nothing`, async () => {
      const start = Date.now();
      assert.equal((await shell(`${command} & echo $!; printf rest`)).exitCode, 0);
      left.push(Number(lines[0]));
      assert.ok(Date.now() - start < 10_000);
      assert.equal(lines.at(-1), "rest", "what came without a line break");
    });
  }
});
