import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { repositoryRoot } from "../../../../scripts/lab/folders";
import { exampleRequest } from "../../../support/templateImages";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";

describe("the runner", () => {
  let work: string;

  beforeEach(() => {
    work = temporaryFolder();
  });

  afterEach(() => {
    removeFolder(work);
  });

  /** Runs it as the starter does, and tells what it wrote on standard error. */
  async function failing(environment: Readonly<Record<string, string>>): Promise<string> {
    const program = join(repositoryRoot, "template/runner/main.ts");
    const parameters = ["remove", repositoryRoot, String(process.pid), String(process.ppid)];
    try {
      await promisify(execFile)(process.execPath, ["--import", "tsx", program, ...parameters], {
        env: {
          ...{ PATH: process.env["PATH"], DECKHOUSE_VSPHERE_TEMPLATE_FOLDER: work },
          ...environment,
        },
      });
    } catch (error) {
      const { code, stderr, stdout } = error as { code: number; stderr: string; stdout: string };
      assert.deepEqual([code, stdout], [1, ""]);
      assert.ok(!/^\s+at /m.test(stderr), stderr);
      return stderr;
    }
    assert.fail("it did not fail");
  }

  const request = JSON.stringify({
    ...exampleRequest,
    vCenter: { ...exampleRequest.vCenter, server: "127.0.0.1:1" },
  });

  it("says that the password is missing, as in a destroy from another shell, without a stack", async () => {
    assert.equal(
      await failing({ DECKHOUSE_VSPHERE_TEMPLATE_REQUEST: request }),
      "neither DECKHOUSE_VSPHERE_BUILDING_PASSWORD nor VSPHERE_PASSWORD is set\n",
    );
  });

  it("says that its folder cannot be made, without a stack", async () => {
    writeFileSync(join(work, "127.0.0.1_1"), "");
    assert.match(
      await failing({ DECKHOUSE_VSPHERE_TEMPLATE_REQUEST: request, VSPHERE_PASSWORD: "x" }),
      /^E\w+: .* mkdir '/,
    );
  });

  it("says that vCenter cannot be reached, at which stage, and where the log is", async () => {
    const text = await failing({
      DECKHOUSE_VSPHERE_TEMPLATE_REQUEST: request,
      VSPHERE_PASSWORD: "hunter2",
      PULUMI_COMMAND_STDOUT: JSON.stringify({
        ...{ template: "t", reference: "VirtualMachine:vm-1", vCenter: "u", origin: "built" },
      }),
    });
    const folder = join(work, "127.0.0.1_1", "ubuntu-noble-24.04-0123abcd@X1");
    const [log = ""] = readdirSync(folder).filter((name) => name.endsWith(".log"));
    const lines = text.trimEnd().split("\n");
    assert.match(
      lines[0]!,
      /^The template ubuntu-noble-24\.04-0123abcd in \/X1 failed at "looking for the template in vCenter", after \d+ s:$/,
    );
    assert.equal(lines.at(-1), `Log: ${join(folder, log)}`);
    assert.ok(!text.includes("hunter2"));
  });
});
