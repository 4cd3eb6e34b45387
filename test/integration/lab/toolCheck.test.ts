import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../scripts/lab/folders";
import { removeFolder, temporaryFolder, writeFiles } from "../../support/temporaryFolder";

const good = { go: "go version go1.26.3 linux/amd64", node: "v20.19.0", npm: "11.0.0" };
type Tools = Readonly<Record<string, string | undefined>>;

/** What the check says with nothing on the PATH but programs that answer with these texts. */
function check(tools: Tools, environment: NodeJS.ProcessEnv = {}): string[] {
  const folder = temporaryFolder();
  try {
    for (const [name, answer] of Object.entries(tools)) {
      if (answer === undefined) continue;
      writeFiles(folder, { [name]: `#!/bin/sh\necho '${answer}'\n` });
      chmodSync(join(folder, name), 0o755);
    }
    const script = join(repositoryRoot, "scripts", "checkTools.sh");
    const env = { PATH: folder, ...environment };
    const { status, stderr } = spawnSync("/bin/sh", [script], { env, encoding: "utf8" });
    assert.equal(status, stderr === "" ? 0 : 1);
    return stderr.split("\n").filter((line) => line !== "");
  } finally {
    removeFolder(folder);
  }
}

const go = (version: string): Tools => ({ ...good, go: `go version ${version} linux/amd64` });
const node = (version: string): Tools => ({ ...good, node: version });
const goAdvice = "install it from https://go.dev/dl/ and put its bin folder on the PATH.";
const nodeAdvice = "install it from https://nodejs.org/ and put it on the PATH.";

describe("the check of the tools", () => {
  it("is silent when all are new enough", () => {
    for (const version of ["go1.26.3", "go1.26.8", "go1.27rc1", "go2.0", "devel go1.27-abcdef"]) {
      assert.deepEqual(check(go(version)), [], version);
    }
    for (const version of ["v20.19.0", "v20.20.2", "v22.0.0", "v24.1.0"]) {
      assert.deepEqual(check(node(version)), [], version);
    }
  });

  const old = ["1.26.2", "1.26.0", "1.26", "1.26rc1", "1.25.9", "1.9", "1.25rc2"];
  const cases: readonly (readonly [string, Tools, string])[] = [
    [
      "a missing Go",
      { ...good, go: undefined },
      `Go is missing; building the lab requires Go 1.26.3 or newer: ${goAdvice}`,
    ],
    ...old.map((version): [string, Tools, string] => [
      `Go ${version}`,
      go(`go${version}`),
      `Go is too old: found ${version}, building the lab requires 1.26.3 or newer: ${goAdvice}`,
    ]),
    [
      "a missing Node",
      { ...good, node: undefined },
      `Node is missing; 20.19 or newer is required: ${nodeAdvice}`,
    ],
    ...["20.18.3", "18.20.0", "9.11.2"].map((version): [string, Tools, string] => [
      `Node ${version}`,
      node(`v${version}`),
      `Node is too old: found ${version}, 20.19 or newer is required: ${nodeAdvice}`,
    ]),
    [
      "a Node that does not tell its version",
      node("segmentation fault"),
      `Node is too old: found an unknown version, 20.19 or newer is required: ${nodeAdvice}`,
    ],
    [
      "a missing npm",
      { ...good, npm: undefined },
      `npm is missing; it comes with Node: ${nodeAdvice}`,
    ],
  ];
  for (const [what, tools, says] of cases) {
    it(`says what to do about ${what}`, () => assert.deepEqual(check(tools), [says]));
  }

  it("reports all faults at once", () => assert.equal(check({}).length, 3));

  it("asks for pulumi and packer only when the official ones are wanted", () => {
    assert.deepEqual(check(good, { LAB_OFFICIAL: "" }), []);
    const lines = check(good, { LAB_OFFICIAL: "1" }).map((line) => line.split(":", 1)[0]);
    assert.deepEqual(lines, [
      "pulumi is missing on the PATH, but LAB_OFFICIAL=1 requires it",
      "packer is missing on the PATH, but LAB_OFFICIAL=1 requires it",
    ]);
    const official = { ...good, pulumi: "v3.259.0", packer: "Packer v1.16.0" };
    assert.deepEqual(check(official, { LAB_OFFICIAL: "1" }), []);
  });
});
