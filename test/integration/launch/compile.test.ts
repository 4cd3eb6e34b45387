import assert from "node:assert/strict";
import { utimes } from "node:fs/promises";
import { join } from "node:path";

import { LaunchedProject } from "../../support/launchedProject";

const notice = "Compiling the program, because its sources changed (a few seconds)...\n";

describe("compiled code", function () {
  this.timeout(30_000);

  let project: LaunchedProject;

  before(async () => {
    project = await LaunchedProject.create();
  });

  after(() => project.remove());

  it("is made once by two processes that begin at the same time, and is whole", async () => {
    const outcomes = await Promise.all([project.run(), project.run()]);
    for (const { status, stdout, stderr } of outcomes) {
      assert.deepEqual([status, stdout, stderr], [0, "first\n", notice]);
    }
    const builds = await project.list(".compiled");
    assert.equal(builds.length, 1, `nothing unfinished is left: ${builds.join(", ")}`);
    assert.match(builds[0] ?? "", /^[0-9a-f]{16}$/);
    assert.deepEqual(await project.list(`.compiled/${builds[0] ?? ""}`), [
      "components",
      "index.js",
    ]);
    assert.deepEqual(await project.list("sdks/vsphere/bin"), [
      ".fingerprint",
      "index.js",
      "package.json",
    ]);
    assert.deepEqual(await project.list("sdks/vsphere"), [
      ...["bin", "index.ts", "package.json", "tsconfig.json"],
    ]);
  });

  it("is used as it is while no source changes, whatever the times of the files", async () => {
    const builds = await project.list(".compiled");
    const long = new Date("2001-01-01T00:00:00Z");
    for (const file of ["index.ts", "tsconfig.json", "sdks/vsphere/index.ts"]) {
      await utimes(join(project.folder, file), long, long);
    }
    assert.deepEqual(await project.run(), { status: 0, stdout: "first\n", stderr: "" });
    assert.deepEqual(await project.list(".compiled"), builds);
  });

  it("gives the engine's process its provider, without the line that says nothing", async () => {
    const script = [
      'const provider = require("./launch/dynamicProvider.js")("permission");',
      "console.log(provider.name);",
      'provider.fail(": ");',
      'provider.fail("a real error");',
      'provider.fail("two", "values");',
    ].join("\n");
    assert.deepEqual(await project.node("-e", script), {
      status: 0,
      stdout: "permission\n",
      stderr: "a real error\ntwo values\n",
    });
  });

  it("is made anew from an edited source, and the old one is removed", async () => {
    const before = await project.list(".compiled");
    await project.write("index.ts", 'export const text: string = "second";\n');
    assert.deepEqual(await project.run(), { status: 0, stdout: "second\n", stderr: notice });
    const after = await project.list(".compiled");
    assert.equal(after.length, 1);
    assert.notDeepEqual(after, before);
  });

  it("is never that of a source with faults: the compiler's findings are shown, and no stack trace", async () => {
    const before = await project.list(".compiled");
    await project.write("index.ts", "export const text: string = 3;\n");
    const { status, stdout, stderr } = await project.compile();
    assert.deepEqual([status, stdout], [1, ""]);
    assert.equal(
      stderr,
      `${notice}The program does not compile:\n` +
        "index.ts(1,14): error TS2322: Type 'number' is not assignable to type 'string'.\n",
    );
    assert.deepEqual(await project.list(".compiled"), before, "nothing unfinished is left");
  });

  it("is missing with an error that the Pulumi SDK shows as its message alone", async () => {
    const script = [
      'const { ensureCompiled } = require("./launch/compile.js");',
      "try { ensureCompiled(); } catch (error) {",
      '  const { RunError } = require("@pulumi/pulumi/errors");',
      "  console.log(RunError.isInstance(error), JSON.stringify(`${error}: ${error.stack}`));",
      "}",
    ].join("\n");
    await project.write("index.ts", "export const text: string = ;\n");
    assert.equal((await project.node("-e", script)).stdout, 'true ": "\n');
  });
});

describe("the name of compiled code", function () {
  this.timeout(30_000);

  let project: LaunchedProject;

  before(async () => {
    project = await LaunchedProject.create();
    // What counts here is the name: a compiler that makes an empty folder is much quicker.
    await project.node("-e", 'require("node:fs").unlinkSync("node_modules")');
    await project.write(
      "node_modules/typescript/lib/tsc.js",
      'require("node:fs").mkdirSync(process.argv[process.argv.indexOf("--outDir") + 1], { recursive: true });',
    );
  });

  after(() => project.remove());

  async function name(): Promise<string> {
    const { status, stderr } = await project.compile();
    assert.equal(status, 0, stderr);
    const [only = "", ...others] = await project.list(".compiled");
    assert.deepEqual(others, []);
    return only;
  }

  it("changes with every source, and comes back with the old content", async () => {
    const first = await name();
    const sources: readonly (readonly [string, string])[] = [
      ["index.ts", "// edited"],
      ["components/providers.ts", "// edited"],
      ["components/added.ts", ""],
      ["components/another.ts", ""],
      ["components/deep/data.json", "{}"],
      ["package.json", '{"version": "2"}'],
      ["tsconfig.json", '{"include": ["index.ts", "components"]}'],
      ["sdks/vsphere/index.ts", "// edited"],
    ];
    const names = [first];
    for (const [path, text] of sources) {
      const content = await project.read(path).catch(() => undefined);
      await project.write(path, text);
      names.push(await name());
      if (content === undefined) {
        await project.node("-e", `require("node:fs").rmSync(${JSON.stringify(path)})`);
      } else {
        await project.write(path, content);
      }
    }
    assert.equal(new Set(names).size, names.length);
    assert.equal(await name(), first);
  });

  it("leaves no folder behind of a compilation that was killed, and lets others finish theirs", async () => {
    const ended = (await project.node("-p", "process.pid")).stdout.trim();
    await project.write(`.compiled/aaaa.${ended}.unfinished/index.js`, "");
    await project.write(`.compiled/bbbb.${process.pid}.unfinished/index.js`, "");
    await project.write("index.ts", 'export const text: string = "after a kill";\n');
    assert.equal((await project.compile()).status, 0);
    const left = (await project.list(".compiled")).filter((folder) =>
      folder.includes("unfinished"),
    );
    assert.deepEqual(left, [`bbbb.${process.pid}.unfinished`]);
    await project.node(
      "-e",
      `require("node:fs").rmSync(".compiled/bbbb.${process.pid}.unfinished", { recursive: true })`,
    );
  });

  it("does not change with what is not compiled", async () => {
    const first = await name();
    await project.write("README.md", "text");
    await project.write("components/notes.txt", "text");
    await project.write("components/node_modules/other/index.ts", "");
    await project.write("Pulumi.dev.yaml", "config: {}");
    assert.equal(await name(), first);
  });

  it("cannot be made without the compiler, and the message says what to do", async () => {
    await project.write("node_modules/typescript/lib/tsc.js", "");
    await project.node("-e", 'require("node:fs").rmSync("node_modules", { recursive: true })');
    await project.write("index.ts", "// edited again");
    const { status, stderr } = await project.compile();
    assert.equal(status, 1);
    assert.ok(
      stderr.endsWith("The program's packages are not installed: run `npm ci` first.\n"),
      stderr,
    );
  });
});
