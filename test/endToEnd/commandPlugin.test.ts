import assert from "node:assert/strict";
import { usesOfficialEngine } from "../../scripts/lab/official";
import { CommandProject } from "../support/commandProject";

/** A statement that makes a resource. */
function resource(name: string, inputs: Readonly<Record<string, unknown>>, options = "{}"): string {
  return `const ${name} = new local.Command("${name}", ${JSON.stringify(inputs)}, ${options});`;
}

/** A statement that exports outputs of resources, `{a: "one.stdout"}`. */
function exported(outputs: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(outputs).map(([name, value]) => `${name}: ${value}`);
  return `module.exports = { ${pairs.join(", ")} };`;
}

// What @pulumi/command 1.2.1 does, good and bad. All tests use one stack: each has resources of its own, and those of
// the test before are deleted on the way.
describe("the command plugin", () => {
  let project: CommandProject;

  before(async () => {
    project = await CommandProject.create();
  });

  after(() => {
    project.dispose();
  });

  it("runs no resource's command in a preview, and leaves its outputs unknown", async () => {
    const program = (step: string): void => {
      project.program(
        resource("unseen", { create: `echo ${step} | tee -a unseen` }),
        // Runs only with a value that is known.
        'const note = (value) => require("node:fs").appendFileSync("known", value + "\\n");',
        "unseen.stdout.apply(note);",
        'unseen.stderr.apply(() => note("stderr"));',
      );
    };
    program("one");
    await project.preview();
    assert.equal(project.read("unseen"), undefined);
    assert.equal(project.read("known"), undefined);
    await project.up();
    assert.deepEqual(project.read("known")?.trim().split("\n").sort(), ["one", "stderr"]);
    program("two");
    project.write("known", "");
    await project.preview();
    assert.equal(project.read("unseen"), "one\n");
    assert.equal(project.read("known"), "");
  });

  it("runs the function's command in each preview and each up", async () => {
    project.program(
      'const ran = local.runOutput({ command: "echo called | tee -a calls" });',
      exported({ ran: "ran.stdout" }),
    );
    assert.match(await project.preview(), /\bran *: "called"$/m);
    assert.equal(project.read("calls"), "called\n");
    await project.up();
    assert.equal(project.read("calls"), "called\ncalled\n");
  });

  it("runs create, then update or create when an input changes, and delete at the end", async () => {
    const commands = { delete: "echo both.delete >> life" };
    const both = (step: string): string =>
      resource("both", {
        ...commands,
        create: "echo both.create >> life",
        update: "echo both.update >> life",
        environment: { STEP: step },
      });
    const one = (step: string): string =>
      resource("one", { create: "echo one.create >> life", environment: { STEP: step } });
    const lines = (): string[] => {
      const text = project.read("life") ?? "";
      project.write("life", "");
      return text.trim().split("\n").sort();
    };
    project.program(both("1"), one("1"));
    await project.up();
    assert.deepEqual(lines(), ["both.create", "one.create"]);
    await project.up();
    assert.deepEqual(lines(), [""]);
    project.program(both("2"), one("2"));
    await project.up();
    assert.deepEqual(lines(), ["both.update", "one.create"]);
    project.program();
    await project.up();
    assert.deepEqual(lines(), ["both.delete"]);
  });

  it("replaces a resource whose trigger changes, by create and then delete", async () => {
    const triggered = (trigger: string): string =>
      resource("triggered", {
        create: `echo create ${trigger} >> replaced`,
        update: "echo update >> replaced",
        delete: `echo delete ${trigger} >> replaced`,
        triggers: ["same", trigger],
      });
    project.program(triggered("1"));
    await project.up();
    project.program(triggered("2"));
    assert.match(await project.up(), /created replacement/);
    assert.equal(project.read("replaced"), "create 1\ncreate 2\ndelete 1\n");
  });

  it("gives both outputs whole, without their last line break", async () => {
    const script = 'process.stdout.write("x\\n".repeat(1e6)); process.stderr.write("a\\nb\\n\\n");';
    project.write("large.js", script);
    project.program(
      resource("large", { create: `"${process.execPath}" large.js`, logging: "none" }),
      exported({ stdout: "large.stdout", stderr: "large.stderr" }),
    );
    await project.up();
    const { stdout, stderr } = await project.outputs();
    assert.equal(stdout, "x\n".repeat(1e6).slice(0, -1));
    assert.equal(stderr, "a\nb\n");
  });

  it("hands the previous outputs to the next command unless told otherwise, and fails if they are long", async () => {
    const command = (name: string, more: object, create: string, update: string): string =>
      resource(name, { ...more, create, update });
    const show = 'echo "$PULUMI_COMMAND_STDOUT,$PULUMI_COMMAND_STDERR"';
    const long = "head -c 160000 /dev/zero | tr '\\0' x";
    const off = { addPreviousOutputInEnv: false };
    const program = (step: string): void => {
      const environment = { STEP: step };
      project.program(
        command("told", { environment }, "echo out; echo err >&2", `${show} > told`),
        command("untold", { ...off, environment }, "echo out; echo err >&2", `${show} > untold`),
        command("toldLong", { logging: "none", environment }, long, "touch toldLong"),
        command("untoldLong", { ...off, logging: "none", environment }, long, "touch untoldLong"),
      );
    };
    program("1");
    await project.up();
    program("2");
    assert.match(await project.failingUp(), /\(toldLong\):\n.*argument list too long/);
    const files = ["told", "untold", "toldLong", "untoldLong"].map((name) => project.read(name));
    assert.deepEqual(files, ["out,err\n", ",\n", undefined, ""]);
  });

  it("shows lines of the chosen outputs for the moment, both when nothing is chosen", async () => {
    const values = { unset: undefined, out: "stdout", err: "stderr", all: "stdoutAndStderr" };
    const names = Object.entries({ ...values, nothing: "none" });
    project.program(
      ...names.map(([name, logging]) =>
        resource(name, { create: `echo ${name}-1; sleep 0.1; echo ${name}-2 >&2`, logging }),
      ),
    );
    const output = await project.up();
    const shown = names.map(([name]) =>
      [1, 2].filter((line) => output.includes(`${name} creating (0s) ${name}-${line}\n`)),
    );
    assert.deepEqual(shown, [[1, 2], [1], [2], [1, 2], []]);
    assert.doesNotMatch(output, /Diagnostics/);
    assert.doesNotMatch(output, /nothing-/);
  });

  it("takes a line of any length when nothing is shown", async () => {
    project.program(
      resource("wide", { create: "head -c 200000 /dev/zero | tr '\\0' x", logging: "none" }),
      exported({ stdout: "wide.stdout" }),
    );
    await project.up();
    assert.equal((await project.outputs())["stdout"], "x".repeat(200_000));
  });

  it("shows the whole command and all its output when it fails, also when nothing is shown", async () => {
    const create = "echo first; sleep 0.1; echo second >&2; sleep 0.1; echo third; exit 3";
    project.program(resource("failing", { create, logging: "none" }));
    const output = await project.failingUp();
    assert.ok(output.includes(`error: exit status 3: running "${create}":\n`), output);
    assert.match(output, /^ +first\n +second\n +third$/m);
  });

  it("shows secrets in such an error, but for those of the stack's configuration", async () => {
    await project.successfully("config", "set", "--secret", "password", "configured-2b7d");
    project.program(
      'const password = new pulumi.Config().requireSecret("password");',
      'const environment = { ONE: password, OTHER: pulumi.secret("other-91c4") };',
      'const create = "echo one=$ONE; echo other=$OTHER; exit 1";',
      'new local.Command("leaking", { create, environment, logging: "none" });',
    );
    const output = await project.failingUp();
    assert.match(output, /one=\[secret\]/);
    assert.match(output, /other=other-91c4/);
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
    const state = await project.successfully("stack", "export");
    assert.equal(state.match(/kept-5e02/g)?.length, 1);
    assert.match(state, /"stdout": "unnamed-kept-5e02"/);
  });

  it("runs a shell in the program's folder, or what interpreter, dir, stdin and environment say", async () => {
    const script = "process.stdin.pipe(process.stdout); console.log(process.argv.at(-1))";
    project.program(
      resource("plain", { create: "echo $0; pwd -P; cat" }),
      resource("chosen", {
        create: "a command",
        interpreter: [process.execPath, "-e", script, "--"],
        stdin: "input",
      }),
      resource("elsewhere", { create: "pwd -P; echo $ONE", dir: "/", environment: { ONE: "1" } }),
      exported({ plain: "plain.stdout", chosen: "chosen.stdout", elsewhere: "elsewhere.stdout" }),
    );
    await project.up();
    assert.deepEqual(await project.outputs(), {
      plain: `/bin/sh\n${project.directory}`,
      chosen: "a command\ninput",
      elsewhere: "/\n1",
    });
    project.program(resource("nowhere", { create: "true", dir: "/no-such-folder" }));
    assert.match(await project.failingUp(), /no-such-folder: no such file or directory/);
  });

  it("kills a command that takes longer than its resource's timeout", async () => {
    const options = '{ customTimeouts: { create: "1s" } }';
    project.program(resource("slow", { create: "exec sleep 100" }, options));
    const start = Date.now();
    assert.match(await project.failingUp(), /error: signal: killed: running "exec sleep 100"/);
    assert.ok(Date.now() - start < 20_000);
  });

  it("refuses in the preview what it cannot do", async function () {
    // Then there is nothing that it cannot do.
    if (usesOfficialEngine()) this.skip();
    for (const input of ["assetPaths", "archivePaths"]) {
      project.program(resource("collecting", { create: "true", [input]: ["*"] }));
      await assert.rejects(
        project.preview(),
        new RegExp(`"?${input}"?.*the lab's command plugin collects no files: read what`),
      );
    }
    project.program('local.runOutput({ command: "true", assetPaths: ["*"] });');
    await assert.rejects(project.preview(), /assetPaths: the lab's command plugin collects no/);
  });
});
