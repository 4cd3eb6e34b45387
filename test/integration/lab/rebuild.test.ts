import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { Binary } from "../../../scripts/lab/binaries";
import {
  binaryFile,
  buildAll,
  buildBinary,
  needsBuild,
  type Workshop,
} from "../../../scripts/lab/goBuild";
import { labFolders } from "../../../scripts/lab/folders";
import { Progress } from "../../../scripts/lab/progress";
import { setVariable } from "../../support/environment";
import { folderForEachTest, writeFiles } from "../../support/temporaryFolder";

const program: Binary = {
  name: "tiny",
  module: "tiny",
  package: "./cmd/tiny",
  sources: ["."],
  foreignSources: ["cmd/other"],
  linkerFlags: "-s -w",
  folder: "bin",
  usualSeconds: 1,
};

const sources = {
  "go.mod": "module tiny\n\ngo 1.26.0\n",
  "go.sum": "",
  "cmd/tiny/main.go":
    'package main\n\nimport _ "embed"\n\n//go:embed text.txt\nvar text string\n\nfunc main() { print(text) }\n',
  "cmd/tiny/text.txt": "one",
  "cmd/tiny/main_test.go": "package main\n",
  "cmd/other/main.go": "package main\n\nfunc main() {}\n",
  "README.md": "",
};

describe("the binaries of the lab", function () {
  this.timeout(120_000);
  let root: string;
  let workshop: Workshop;

  folderForEachTest((made) => {
    root = made;
    workshop = {
      folders: labFolders(join(root, "lab")),
      sources: join(root, "sources"),
      goVersion: "go1.26.0 linux amd64",
    };
    writeFiles(join(workshop.sources, "tiny"), sources);
  });

  function write(name: string, text: string): void {
    writeFiles(join(workshop.sources, "tiny"), { [name]: text });
  }

  function output(): string {
    const file = binaryFile(program, workshop.folders);
    return execFileSync("sh", ["-c", '"$0" 2>&1', file], { encoding: "utf8" });
  }

  /** Builds what is needed, and tells what that was. */
  async function build(): Promise<string[]> {
    return buildAll([program], workshop, new Progress({ write: () => undefined }));
  }

  it("are built when they are missing, and then not again", async () => {
    assert.deepEqual(await build(), ["tiny"]);
    assert.equal(output(), "one");
    assert.deepEqual(await build(), []);
    rmSync(binaryFile(program, workshop.folders));
    assert.deepEqual(await build(), ["tiny"]);
  });

  it("are built again when the content of a source, of an embedded file or of go.sum changes", async () => {
    await build();
    write("cmd/tiny/text.txt", "two");
    assert.deepEqual(await build(), ["tiny"]);
    assert.equal(output(), "two");
    write("cmd/tiny/main.go", "package main\n\nfunc main() { print(3) }\n");
    assert.deepEqual(await build(), ["tiny"]);
    assert.equal(output(), "3");
    for (const name of ["go.mod", "go.sum"] as const) {
      write(name, `${sources[name]}\n`);
      assert.deepEqual(await build(), ["tiny"], name);
    }
  });

  it("are not built again for what does not go into them", async () => {
    await build();
    write("cmd/tiny/main_test.go", "package main // changed\n");
    write("cmd/other/main.go", "package main // changed\n");
    write("README.md", "changed");
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(workshop.sources, "tiny", "cmd/tiny/main.go"), later, later);
    assert.deepEqual(await build(), []);
  });

  it("are built again by another compiler, or with other flags", async () => {
    await build();
    assert.equal(needsBuild(program, { ...workshop, goVersion: "go1.27.0 linux amd64" }), true);
    assert.equal(needsBuild({ ...program, linkerFlags: "-s" }, workshop), true);
    assert.equal(needsBuild(program, workshop), false);
  });

  it("are the same bytes in another folder, whatever Go flags the user has set", async () => {
    await build();
    const elsewhere = { ...workshop, folders: labFolders(join(root, "elsewhere")) };
    const flags = process.env["GOFLAGS"];
    setVariable("GOFLAGS", "-race -mod=vendor");
    await buildBinary(program, elsewhere).finally(() => setVariable("GOFLAGS", flags));
    const [here, there] = [workshop, elsewhere].map(({ folders }) =>
      readFileSync(binaryFile(program, folders)),
    );
    assert.ok(here?.equals(there ?? Buffer.alloc(0)));
  });

  it("stay as they are when a source does not compile, and the compiler's words are shown", async () => {
    await build();
    write("cmd/tiny/main.go", "package main\n\nfunc main() { nonsense() }\n");
    await assert.rejects(build(), { name: "CommandFailure", output: /undefined: nonsense/ });
    assert.equal(output(), "one");
    assert.equal(needsBuild(program, workshop), true);
  });
});
