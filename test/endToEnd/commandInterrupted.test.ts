import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import {
  CommandProject,
  endAll,
  isRunning,
  until,
  type KnownProcess,
  type StartedRun,
} from "../support/commandProject";

/** A child of the shell that says which signals it gets, ignores them, and ends when a file appears. */
const stubbornChild = `
const { appendFileSync, existsSync } = require("node:fs");
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => appendFileSync("signals", signal + "\\n"));
}
appendFileSync("child", process.pid + "\\n");
setInterval(() => existsSync("release") && process.exit(0), 20);
`;

/** A child of the shell that writes one line of a million letters, and tells when it is through. */
const wideChild = `
const { appendFileSync, writeFileSync, writeSync } = require("node:fs");
appendFileSync("child", process.pid + "\\n");
writeSync(1, "x".repeat(1e6) + "\\n");
writeFileSync("after", "");
`;

/** How long something that would wait for ever is watched. */
const watchedMilliseconds = 1500;

// What a command of @pulumi/command 1.2.1 meets when pulumi is interrupted.
describe("the command plugin, interrupted,", () => {
  let project: CommandProject;
  let run: StartedRun;
  let shell: KnownProcess;
  let child: KnownProcess;
  let started: KnownProcess[];

  beforeEach(async () => {
    started = [];
    project = await CommandProject.create();
  });

  afterEach(async () => {
    // Without the plugin the engine fails and ends what else it has started.
    await endAll(...started);
    await run.end;
    project.dispose();
  });

  /** Starts an up whose command tells the processes of its shell and its plugin and then runs a child. */
  async function start(script: string): Promise<void> {
    project.write("child.js", script);
    const create = `echo $$ > shell; echo $PPID > plugin; "${process.execPath}" child.js; true`;
    project.program(`new local.Command("waiting", ${JSON.stringify({ create })});`);
    run = project.startUp();
    started.push(await project.process("plugin"));
    shell = await project.process("shell");
    child = await project.process("child");
    started.push(shell, child);
  }

  it("kills the shell alone, and waits until its children have closed the outputs", async () => {
    await start(stubbornChild);
    process.kill(run.processId, "SIGINT");
    await until("end of the shell", () => !isRunning(shell));
    await pause(watchedMilliseconds);
    assert.equal(run.hasEnded(), false);
    assert.equal(isRunning(child), true);
    assert.equal(project.read("signals"), undefined);
    project.write("release", "");
    const { exitCode, output } = await run.end;
    assert.notEqual(exitCode, 0);
    assert.match(output, /signal: killed: running/);
    assert.equal(isRunning(child), false);
  });

  it("leaves children behind after a second interrupt, which they get too", async () => {
    await start(stubbornChild);
    process.kill(run.processId, "SIGINT");
    await until("end of the shell", () => !isRunning(shell));
    process.kill(run.processId, "SIGINT");
    const { exitCode } = await run.end;
    assert.notEqual(exitCode, 0);
    assert.equal(isRunning(child), true);
    assert.equal(project.read("signals"), "SIGINT\n");
    const state = await project.successfully("stack", "export");
    assert.match(state, /"pending_operations": \[\s*\{[^[]*::waiting"/);
  });

  it("hangs at a line of more than 64 KB that is shown, and its command with it, for ever", async () => {
    await start(wideChild);
    await pause(watchedMilliseconds);
    assert.equal(run.hasEnded(), false);
    process.kill(run.processId, "SIGTERM");
    await until("end of the shell", () => !isRunning(shell));
    await pause(watchedMilliseconds);
    assert.equal(run.hasEnded(), false);
    assert.equal(isRunning(child), true);
    assert.equal(project.read("after"), undefined);
  });
});
