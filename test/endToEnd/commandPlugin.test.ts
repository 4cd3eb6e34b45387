import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { endProcess } from "../../scripts/lab/simulator";
import {
  CommandProject,
  isRunning,
  type KnownProcess,
  type StartedRun,
} from "../support/commandProject";
import { until } from "../support/templateStack";

/** A statement that makes a resource. */
function resource(name: string, inputs: Readonly<Record<string, unknown>>): string {
  return `const ${name} = new local.Command("${name}", ${JSON.stringify(inputs)});`;
}

// What the program relies on of @pulumi/command 1.2.1, good and bad; the Go tests of lab/pulumi-resource-command have the
// rest. With LAB_OFFICIAL=1 this runs on the official plugin. All tests use one stack: each has resources of its own, and
// those of the test before are deleted on the way.
describe("the command plugin", () => {
  let project: CommandProject;

  before(async () => {
    project = await CommandProject.create();
  });

  after(() => {
    project.dispose();
  });

  it("runs no command in a preview, and leaves its outputs unknown", async () => {
    const program = (step: string): void => {
      project.program(
        resource("unseen", { create: `echo ${step} | tee -a unseen` }),
        // Runs only with a value that is known.
        'unseen.stdout.apply((text) => require("node:fs").appendFileSync("known", text + "\\n"));',
      );
    };
    program("one");
    await project.succeed("preview");
    assert.deepEqual([project.read("unseen"), project.read("known")], [undefined, undefined]);
    await project.up();
    program("two");
    await project.succeed("preview");
    assert.deepEqual([project.read("unseen"), project.read("known")], ["one\n", "one\n"]);
  });

  it("runs a command at each step: create, update or create after a change, delete", async () => {
    const commands = (name: string, step: string, ...steps: readonly string[]): string => {
      const inputs = steps.map((each) => [each, `echo ${name}.${each} ${step} >> life`] as const);
      return resource(name, { ...Object.fromEntries(inputs), environment: { STEP: step } });
    };
    const triggered = (step: string): string =>
      resource("replaced", {
        create: `echo replaced.create ${step} >> life`,
        update: "echo replaced.update >> life",
        delete: `echo replaced.delete ${step} >> life`,
        triggers: ["same", step],
      });
    const lines = async (...statements: readonly string[]): Promise<string[]> => {
      project.write("life", "");
      project.program(...statements);
      await project.up();
      return (project.read("life") ?? "").split("\n").slice(0, -1).sort();
    };
    const program = (step: string): string[] => [
      commands("both", step, "create", "update", "delete"),
      commands("one", step, "create"),
      triggered(step),
    ];
    assert.deepEqual(await lines(...program("1")), [
      "both.create 1",
      "one.create 1",
      "replaced.create 1",
    ]);
    assert.deepEqual(await lines(...program("1")), []);
    assert.deepEqual(await lines(...program("2")), [
      "both.update 2",
      "one.create 2",
      "replaced.create 2",
      "replaced.delete 1",
    ]);
    assert.deepEqual(await lines(), ["both.delete 2", "replaced.delete 2"]);
  });

  it("shows all output of a failure, with secrets that are not of the stack's configuration", async () => {
    await project.succeed("config", "set", "--secret", "password", "configured-2b7d");
    project.program(
      'const password = new pulumi.Config().requireSecret("password");',
      'const environment = { ONE: password, OTHER: pulumi.secret("other-91c4") };',
      'const create = "echo one=$ONE; sleep 0.1; echo other=$OTHER >&2; exit 3";',
      'new local.Command("failing", { create, environment, logging: "none" });',
    );
    const output = await project.failingUp();
    assert.match(output, /error: exit status 3: running "echo one=/);
    assert.match(output, /^ +one=\[secret\]\n +other=other-91c4$/m);
    assert.doesNotMatch(output, /configured-2b7d/);
  });

  it("keeps secret inputs secret in the state, and outputs only when they are named", async () => {
    project.program(
      'const environment = { ONE: pulumi.secret("kept-5e02") };',
      'new local.Command("named", { create: "echo named-$ONE", environment, logging: "none" },',
      '  { additionalSecretOutputs: ["stdout"] });',
      'new local.Command("unnamed", { create: "echo unnamed-$ONE", environment, logging: "none" });',
    );
    await project.up();
    const state = await project.succeed("stack", "export");
    assert.equal(state.match(/kept-5e02/g)?.length, 1);
    assert.match(state, /"stdout": "unnamed-kept-5e02"/);
  });
});

/** A child of the shell that says which signals it gets, ignores them, and ends when a file appears. */
const stubbornChild = `
const { appendFileSync, existsSync } = require("node:fs");
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => appendFileSync("signals", signal + "\\n"));
}
appendFileSync("child", process.pid + "\\n");
setInterval(() => existsSync("release") && process.exit(0), 20);
`;

describe("the command plugin, interrupted,", () => {
  let project: CommandProject;
  let run: StartedRun;
  let shell: KnownProcess;
  let child: KnownProcess;
  let started: KnownProcess[];

  beforeEach(async () => {
    started = [];
    project = await CommandProject.create();
    project.write("child.js", stubbornChild);
    const create = `echo $$ > shell; echo $PPID > plugin; "${process.execPath}" child.js; true`;
    project.program(resource("waiting", { create }));
    run = project.startUp();
    started.push(await project.process("plugin"));
    shell = await project.process("shell");
    child = await project.process("child");
    started.push(shell, child);
    process.kill(run.processId, "SIGINT");
    await until("end of the shell", () => !isRunning(shell));
  });

  afterEach(async () => {
    // Without the plugin the engine fails and ends what else it has started.
    for (const known of started) await endProcess(known.processId, () => isRunning(known), 500);
    await run.end;
    project.dispose();
  });

  it("kills the shell alone, and waits until its children have closed the outputs", async () => {
    await pause(1500);
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
    process.kill(run.processId, "SIGINT");
    const { exitCode } = await run.end;
    assert.notEqual(exitCode, 0);
    assert.equal(isRunning(child), true);
    assert.equal(project.read("signals"), "SIGINT\n");
    const state = await project.succeed("stack", "export");
    assert.match(state, /"pending_operations": \[\s*\{[^[]*::waiting"/);
  });
});
