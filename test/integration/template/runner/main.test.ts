import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { repositoryRoot } from "../../../../scripts/lab/folders";
import { Simulator } from "../../../../scripts/lab/simulator";
import { runFolder } from "../../../../template/runner/run";
import { folderForEachTest } from "../../../support/temporaryFolder";
import { runProgram } from "../../../support/processes";
import { exampleRequest } from "../../../support/templateImages";

const { name, place, vCenter } = exampleRequest;

describe("the runner", () => {
  let work: string;

  folderForEachTest((made) => (work = made));

  /** Runs it as the launcher does. */
  async function run(
    operation: "make" | "remove",
    environment: Readonly<Record<string, string>>,
  ): Promise<{ readonly code: unknown; readonly stdout: string; readonly stderr: string }> {
    const program = join(repositoryRoot, "template/runner/main.ts");
    const processes = [String(process.pid), String(process.ppid)];
    const parameters = ["--import", "tsx", program, operation, repositoryRoot, ...processes];
    const env = {
      PATH: process.env["PATH"],
      DECKHOUSE_VSPHERE_TEMPLATE_FOLDER: work,
      ...environment,
    };
    const ended = await runProgram(process.execPath, parameters, { environment: env });
    assert.ok(!/^\s+at /m.test(ended.stderr), ended.stderr);
    return { code: ended.exitCode, stdout: ended.stdout, stderr: ended.stderr };
  }

  describe("with a vCenter that does not answer", () => {
    const unreachable = { ...exampleRequest, vCenter: { ...vCenter, server: "127.0.0.1:1" } };
    const request = { DECKHOUSE_VSPHERE_TEMPLATE_REQUEST: JSON.stringify(unreachable) };

    it("reports a missing password, as in a destroy from another shell, without a stack trace", async () => {
      assert.deepEqual(await run("remove", request), {
        code: 1,
        stdout: "",
        stderr: "neither DECKHOUSE_VSPHERE_BUILDING_PASSWORD nor VSPHERE_PASSWORD is set\n",
      });
    });

    it("reports that its folder cannot be made, without a stack trace", async () => {
      writeFileSync(join(work, "127.0.0.1_1"), "");
      const { code, stderr } = await run("remove", { ...request, VSPHERE_PASSWORD: "x" });
      assert.equal(code, 1);
      assert.match(stderr, /^E\w+: .* mkdir '/);
    });

    it("reports the stage, and where the log is", async () => {
      const { code, stdout, stderr } = await run("remove", {
        ...request,
        VSPHERE_PASSWORD: "hunter2",
        PULUMI_COMMAND_STDOUT:
          '{"template":"t","reference":"VirtualMachine:vm-1","vCenter":"u","origin":"built"}',
      });
      const folder = join(work, "127.0.0.1_1", "ubuntu-noble-24.04-0123abcd@X1");
      const [log = ""] = readdirSync(folder).filter((each) => each.endsWith(".log"));
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(
        stderr,
        /^The template ubuntu-noble-24\.04-0123abcd in \/X1 failed at "looking for the template in vCenter", after \d+ s:\n/,
      );
      assert.ok(stderr.endsWith(`\nLog: ${join(folder, log)}\n`), stderr);
      assert.ok(!stderr.includes("hunter2"));
    });
  });

  describe("that cannot end a session", () => {
    const sentence =
      /a session of administrator@vsphere\.local may still be open \(log out: HTTP 500/;
    let simulator: Simulator;

    before(async () => {
      simulator = await Simulator.start();
      for (const [each, template] of [
        [name, true],
        ["no-template", false],
      ] as const) {
        await simulator.control.change({
          operation: "createVirtualMachine",
          ...{ path: place.folder, name: each, template, diskGigabytes: [10] },
          ...{ cluster: "x1_cluster_prod", datastore: "x1_root", network: "k8s-nodes" },
        });
      }
      await simulator.control.addFault({ match: "Logout", kind: "status", status: 500 });
    });

    after(() => simulator.stop());

    function make(of: string): ReturnType<typeof run> {
      const { server, user, password, certificateAuthority = "" } = simulator.connection;
      const request = {
        ...exampleRequest,
        name: of,
        smallestRootDisk: 50,
        vCenter: { ...vCenter, server, user, certificateAuthority },
      };
      return run("make", {
        VSPHERE_PASSWORD: password,
        DECKHOUSE_VSPHERE_TEMPLATE_REQUEST: JSON.stringify(request),
      });
    }

    it("remarks that in the progress when it succeeds, and adds nothing to what the state keeps", async () => {
      const { stdout, stderr } = await make(name);
      assert.equal((JSON.parse(stdout) as { origin: string }).origin, "found");
      assert.equal(stderr, "");
      const of = { name, datacenter: place.datacenter };
      const { progress } = runFolder(work, simulator.connection.server, of);
      const last = readFileSync(progress, "utf8").trimEnd().split("\n").at(-1) ?? "";
      const { text, isRemark } = JSON.parse(last) as { text: string; isRemark?: boolean };
      assert.equal(isRemark, true);
      assert.match(text, sentence);
    });

    it("reports that with the reason when it fails", async () => {
      const { code, stderr } = await make("no-template");
      const lines = stderr.trimEnd().split("\n");
      assert.equal(code, 1);
      assert.match(stderr, /a virtual machine that is not a template has the template's name/);
      assert.match(lines.at(-3) ?? "", sentence);
      assert.match(lines.at(-2) ?? "", /^See docs\/troubleshooting\.md#template-build\.$/);
      assert.match(lines.at(-1) ?? "", /^Log: /);
    });
  });
});
