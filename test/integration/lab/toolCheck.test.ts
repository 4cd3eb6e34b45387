import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../../scripts/lab/folders";

const good = { go: "go version go1.26.3 linux/amd64", node: "v20.19.0", npm: "11.0.0" };

/** Runs the check with nothing on the PATH but programs that answer with these texts. */
function check(
  tools: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv = {},
): { readonly code: number | null; readonly lines: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), "tool-check-"));
  try {
    for (const [name, answer] of Object.entries(tools)) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho '${answer}'\n`);
      chmodSync(join(folder, name), 0o755);
    }
    const script = join(repositoryRoot, "scripts", "checkTools.sh");
    const env = { PATH: folder, ...environment };
    const { status, stderr } = spawnSync("/bin/sh", [script], { env, encoding: "utf8" });
    return { code: status, lines: stderr.split("\n").filter((line) => line !== "") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the check of the tools", () => {
  it("is silent when all are new enough", () => {
    for (const go of ["go1.26.3", "go1.26.8", "go1.27rc1", "go2.0", "devel go1.27-abcdef"]) {
      for (const node of ["v20.19.0", "v20.20.2", "v22.0.0", "v24.1.0"]) {
        const tools = { ...good, go: `go version ${go} linux/amd64`, node };
        assert.deepEqual(check(tools), { code: 0, lines: [] }, `${go} ${node}`);
      }
    }
  });

  it("says what to do about a Go that is missing", () => {
    const { code, lines } = check({ node: good.node, npm: good.npm });
    assert.equal(code, 1);
    assert.deepEqual(lines, [
      "Go is missing; the lab is built with Go 1.26.3 or newer: install it from https://go.dev/dl/ and put its bin folder on the PATH.",
    ]);
  });

  it("says what to do about a Go that is too old", () => {
    for (const version of ["1.26.2", "1.26.0", "1.26", "1.26rc1", "1.25.9", "1.9", "1.25rc2"]) {
      const { code, lines } = check({ ...good, go: `go version go${version} linux/amd64` });
      assert.equal(code, 1);
      assert.equal(lines.length, 1);
      assert.match(
        lines[0] ?? "",
        /^Go is too old: found 1\.\S+, .* 1\.26\.3 or newer: install it/,
      );
    }
  });

  it("says what to do about a Node that is missing or too old", () => {
    assert.match(check({ go: good.go, npm: good.npm }).lines.join(), /^Node is missing; 20\.19 /);
    for (const version of ["v20.18.3", "v18.20.0", "v9.11.2"]) {
      const { code, lines } = check({ ...good, node: version });
      assert.equal(code, 1);
      assert.deepEqual(lines, [
        `Node is too old: found ${version.slice(1)}, 20.19 or newer is needed: install it from https://nodejs.org/ and put it on the PATH.`,
      ]);
    }
  });

  it("says what to do about a missing npm", () => {
    assert.match(check({ go: good.go, node: good.node }).lines.join(), /^npm is missing; it comes/);
  });

  it("says something of use about a tool that does not tell its version", () => {
    assert.match(check({ ...good, node: "segmentation fault" }).lines.join(), /^Node is too old: /);
  });

  it("reports all faults at once", () => {
    assert.equal(check({}).lines.length, 3);
  });

  it("asks for pulumi and packer only when the official ones are wanted", () => {
    assert.deepEqual(check(good, { LAB_OFFICIAL: "" }).lines, []);
    const { code, lines } = check(good, { LAB_OFFICIAL: "1" });
    assert.equal(code, 1);
    assert.deepEqual(
      lines.map(
        (line) => /^(\w+) is missing on the PATH, and LAB_OFFICIAL=1 .*leave/.exec(line)?.[1],
      ),
      ["pulumi", "packer"],
    );
    const official = { ...good, pulumi: "v3.259.0", packer: "Packer v1.16.0" };
    assert.deepEqual(check(official, { LAB_OFFICIAL: "1" }).lines, []);
  });
});
