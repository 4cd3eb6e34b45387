import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, utimesSync } from "node:fs";
import { join, relative } from "node:path";
import { repositoryRoot } from "../../../scripts/lab/folders";
import { LaunchedProject } from "../../support/launchedProject";
import { eventually, startProcess } from "../../support/processes";

const notice = "Compiling the program, because its sources changed (a few seconds)...\n";

describe("the launched program", () => {
  let project: LaunchedProject;

  before(() => (project = new LaunchedProject()));
  after(() => project.remove());

  it("is compiled once by two processes that begin at the same time, and whole", async () => {
    const whole = { status: 0, stdout: "first\n", stderr: notice };
    assert.deepEqual(await Promise.all([project.run(), project.run()]), [whole, whole]);
    const [build = "", ...unfinished] = project.builds();
    assert.match(build, /^[0-9a-f]{16}$/);
    assert.deepEqual(unfinished, []);
    assert.deepEqual(project.list(`.compiled/${build}`), ["components", "index.js"]);
    // Where other programs find the types.
    assert.deepEqual(project.list(".compiled/types"), project.list(`.compiled/${build}`));
    const sdk = [".fingerprint", "index.js", "package.json"];
    assert.deepEqual(project.list("sdks/vsphere/bin"), sdk);
    const sources = ["bin", "index.ts", "package.json", "tsconfig.json"];
    assert.deepEqual(project.list("sdks/vsphere"), sources);
  });

  it("is not compiled again while no source changes, whatever the times of the files", async () => {
    const builds = project.builds();
    const long = new Date("2001-01-01T00:00:00Z");
    for (const file of ["index.ts", "tsconfig.json", "sdks/vsphere/index.ts"]) {
      utimesSync(join(project.folder, file), long, long);
    }
    assert.deepEqual(await project.run(), { status: 0, stdout: "first\n", stderr: "" });
    assert.deepEqual(project.builds(), builds);
  });

  it("gives the engine's process its provider", async () => {
    const script = 'console.log(require("./launch/dynamicProvider.js")("permission").name);';
    assert.deepEqual(await project.node("-e", script), {
      status: 0,
      stdout: "permission\n",
      stderr: "",
    });
  });

  it("serves dynamic resources as the engine's own program does, without the TypeScript compiler", async () => {
    const script = [
      'require("./launch/dynamic/pulumi-resource-pulumi-nodejs");',
      // The first line is the port on which the engine speaks to it.
      "const write = process.stdout.write.bind(process.stdout);",
      "process.stdout.write = (text) => {",
      "  const loaded = Object.keys(require.cache);",
      "  const has = (name) => loaded.some((file) => file.includes(`/node_modules/${name}/`));",
      '  write(`${/^\\d+\\n$/.test(text)} ${has("@pulumi/pulumi")} ${has("typescript")}\\n`, () => process.exit());',
      "};",
    ];
    const engine = ["dynamic-provider", "127.0.0.1:1"];
    const run = await project.node("-e", script.join("\n"), ...engine);
    assert.deepEqual(run, { status: 0, stdout: "true true false\n", stderr: "" });
  });

  it("does not stay behind an engine that was killed before any resource was looked at", async () => {
    const script = [
      'const { spawn } = require("node:child_process");',
      'const plugin = "launch/dynamic/pulumi-resource-pulumi-nodejs";',
      'const { pid, stdout } = spawn(plugin, ["127.0.0.1:1"], { stdio: ["pipe", "pipe", "ignore"] });',
      'stdout.once("data", () => console.log(pid));',
    ];
    const engine = startProcess(process.execPath, ["-e", script.join("\n")], {
      folder: project.folder,
    });
    const plugin = Number(await engine.nextLine());
    engine.child.kill("SIGKILL");
    const hasEnded = await eventually(() => !existsSync(`/proc/${plugin}`));
    if (!hasEnded) process.kill(plugin, "SIGKILL");
    assert.ok(hasEnded);
  });

  for (const [how, variables, shown] of [
    ["as one sentence", "", /^of a promise\nof a timer\n$/],
    [
      "with a stack trace for who develops it",
      "process.env.DECKHOUSE_VSPHERE_STACK_TRACES = 1;",
      /^TypeError: of a promise\n {4}at /,
    ],
  ] as const) {
    it(`ends an unexpected failure ${how}`, async () => {
      // What the SDK does with an error that nobody caught (@pulumi/pulumi, cmd/run/run.ts), and a program that fails.
      const script = [
        variables,
        'const { RunError } = require("@pulumi/pulumi");',
        "const show = (error) => console.log(RunError.isInstance(error) ? error.message : error.stack);",
        'for (const event of ["unhandledRejection", "uncaughtException"]) process.on(event, show);',
        'require("./launch/index.js");',
        'void Promise.reject(new TypeError("of a promise"));',
        'setTimeout(() => { throw new Error("of a timer"); }, 1);',
      ];
      assert.match((await project.node("-e", script.join("\n"))).stdout, shown);
    });
  }

  it("is compiled anew from an edited source, and the old one is removed", async () => {
    const before = project.builds();
    project.write("index.ts", 'export const text: string = "second";\n');
    assert.deepEqual(await project.run(), { status: 0, stdout: "second\n", stderr: notice });
    const after = project.builds();
    assert.equal(after.length, 1);
    assert.notDeepEqual(after, before);
  });

  it("shows the compiler's findings in a source with faults, and no stack trace", async () => {
    const before = project.builds();
    project.write("index.ts", "export const text: string = 3;\n");
    assert.deepEqual(await project.compile(), {
      status: 1,
      stdout: "",
      stderr:
        `${notice}The program does not compile:\n` +
        "index.ts(1,14): error TS2322: Type 'number' is not assignable to type 'string'.\n",
    });
    assert.deepEqual(project.builds(), before, "nothing unfinished is left");
    // The Pulumi SDK shows such an error as its message alone.
    const script = [
      'const { RunError } = require("@pulumi/pulumi/errors");',
      'try { require("./launch/compile.js").ensureCompiled(); } catch (error) {',
      "  console.log(RunError.isInstance(error), JSON.stringify(`${error}: ${error.stack}`));",
      "}",
    ];
    assert.equal((await project.node("-e", script.join("\n"))).stdout, 'true ": "\n');
  });
});

it("every source that the program is compiled from counts for the name of the compiled code", () => {
  const compiler = require.resolve("typescript/lib/tsc.js");
  const listed = execFileSync(process.execPath, [compiler, "--project", ".", "--listFilesOnly"], {
    cwd: repositoryRoot,
    encoding: "utf8",
  });
  const files = listed
    .trim()
    .split("\n")
    .map((file) => relative(repositoryRoot, file))
    .filter((file) => !/^(node_modules|sdks)\//.test(file));
  assert.ok(files.length > 200);
  const { include } = JSON.parse(readFileSync(join(repositoryRoot, "tsconfig.json"), "utf8")) as {
    include: string[];
  };
  const uncounted = files.filter(
    (file) => !include.some((root) => file === root || file.startsWith(`${root}/`)),
  );
  assert.deepEqual(uncounted, []);
});

it("the process for dynamic resources does not load the schemas, which it has no use for and which take long", () => {
  const script = [
    `require(${JSON.stringify(join(repositoryRoot, "components", "providers.ts"))});`,
    "const loaded = Object.keys(require.cache);",
    "console.log(loaded.some((file) => /components.providers/.test(file)));",
    "console.log(loaded.some((file) => /node_modules.zod/.test(file)));",
  ];
  const args = ["--import", "tsx", "-e", script.join("\n")];
  const options = { cwd: repositoryRoot, encoding: "utf8" } as const;
  assert.equal(execFileSync(process.execPath, args, options), "true\nfalse\n");
});

describe("the name of compiled code", () => {
  let project: LaunchedProject;

  before(() => {
    project = new LaunchedProject();
    // What counts here is the name: a compiler that makes an empty folder is much quicker.
    project.delete("node_modules");
    project.write(
      "node_modules/typescript/lib/tsc.js",
      'require("node:fs").mkdirSync(process.argv[process.argv.indexOf("--outDir") + 1], { recursive: true });',
    );
  });
  after(() => project.remove());

  async function name(): Promise<string> {
    const { status, stderr } = await project.compile();
    assert.equal(status, 0, stderr);
    const [only = "", ...others] = project.builds();
    assert.deepEqual(others, []);
    return only;
  }

  it("changes with every source, and comes back with the old content", async () => {
    const names = [await name()];
    for (const [path, text] of [
      ["index.ts", "// edited"],
      ["components/providers.ts", "// edited"],
      ["components/added.ts", ""],
      ["components/another.ts", ""],
      ["components/deep/data.json", "{}"],
      ["package.json", '{"version": "2"}'],
      ["tsconfig.json", '{"include": ["index.ts", "components"]}'],
      ["sdks/vsphere/index.ts", "// edited"],
    ] as const) {
      const content = project.read(path);
      project.write(path, text);
      names.push(await name());
      if (content === undefined) project.delete(path);
      else project.write(path, content);
    }
    assert.equal(new Set(names).size, names.length);
    assert.equal(await name(), names[0]);
  });

  it("does not change with what is not compiled", async () => {
    const before = await name();
    const installed = "components/node_modules/other/index.ts";
    for (const path of ["README.md", "components/notes.txt", "Pulumi.dev.yaml", installed]) {
      project.write(path, "text");
    }
    assert.equal(await name(), before);
  });

  it("leaves no folder behind of a compilation that was killed, and lets others finish theirs", async () => {
    const ended = (await project.node("-p", "process.pid")).stdout.trim();
    const living = `bbbb.${process.pid}.unfinished`;
    project.write(`.compiled/aaaa.${ended}.unfinished/index.js`, "");
    project.write(`.compiled/${living}/index.js`, "");
    project.write("index.ts", 'export const text: string = "after a kill";\n');
    assert.equal((await project.compile()).status, 0);
    const left = project.builds().filter((folder) => folder.includes("unfinished"));
    assert.deepEqual(left, [living]);
  });

  it("cannot be made without the compiler, and the message says what to do", async () => {
    project.delete("node_modules");
    project.write("index.ts", "// edited again");
    const { status, stderr } = await project.compile();
    assert.equal(status, 1);
    const advice = "The program's packages are not installed: run `npm ci` first.\n";
    assert.ok(stderr.endsWith(advice), stderr);
  });
});
