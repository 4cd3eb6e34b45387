import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { runFolder } from "../../../../template/runner/workFolder";
import { repositoryRoot } from "../../../../scripts/lab/folders";
import { Simulator } from "../../../../scripts/lab/simulator";
import { exampleRequest } from "../../../support/templateImages";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";

describe("a session that the runner of a template could not end", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let work: string;

  before(async () => {
    simulator = await Simulator.start();
    await simulator.control.change({
      operation: "createVirtualMachine",
      ...{ path: "/X1/vm/Templates", name: exampleRequest.name, template: true },
      ...{ cluster: "x1_cluster_prod", datastore: "x1_root", network: "k8s-nodes" },
      diskGigabytes: [10],
    });
    await simulator.control.addFault({ match: "Logout", kind: "status", status: 500 });
  });

  beforeEach(() => {
    work = temporaryFolder();
  });

  afterEach(() => {
    removeFolder(work);
  });

  after(() => simulator.stop());

  /** Runs it as the starter does. */
  async function make(name: string): Promise<{ readonly stdout: string; readonly stderr: string }> {
    const { server, user, password, certificateAuthority = "" } = simulator.connection;
    const request = {
      ...{ ...exampleRequest, name, smallestRootDisk: 50 },
      vCenter: { ...exampleRequest.vCenter, server, user, certificateAuthority },
    };
    const program = join(repositoryRoot, "template/runner/main.ts");
    const parameters = ["make", repositoryRoot, String(process.pid), String(process.ppid)];
    return promisify(execFile)(process.execPath, ["--import", "tsx", program, ...parameters], {
      env: {
        ...{ PATH: process.env["PATH"], DECKHOUSE_VSPHERE_TEMPLATE_FOLDER: work },
        VSPHERE_PASSWORD: password,
        DECKHOUSE_VSPHERE_TEMPLATE_REQUEST: JSON.stringify(request),
      },
    });
  }

  const sentence =
    /a session of administrator@vsphere\.local may still be open \(log out: HTTP 500/;

  it("is a remark in the progress of a run that succeeds, and nothing is added to what the state keeps", async () => {
    const { stdout, stderr } = await make(exampleRequest.name);
    assert.equal((JSON.parse(stdout) as { origin: string }).origin, "found");
    assert.equal(stderr, "");
    const { progress } = runFolder(work, simulator.connection.server, {
      ...{ name: exampleRequest.name, datacenter: exampleRequest.place.datacenter },
    });
    const last = readFileSync(progress, "utf8").trimEnd().split("\n").at(-1) ?? "";
    const { text, isRemark } = JSON.parse(last) as { text: string; isRemark?: boolean };
    assert.equal(isRemark, true);
    assert.match(text, sentence);
  });

  it("is told with the reason of a run that fails", async () => {
    await simulator.control.change({
      operation: "createVirtualMachine",
      ...{ path: "/X1/vm/Templates", name: "no-template" },
      ...{ cluster: "x1_cluster_prod", datastore: "x1_root" },
    });
    await assert.rejects(make("no-template"), ({ stderr }: Error & { stderr: string }) => {
      const lines = stderr.trimEnd().split("\n");
      assert.match(stderr, /a virtual machine that is no template has the template's name/);
      assert.match(lines.at(-2) ?? "", sentence);
      assert.match(lines.at(-1) ?? "", /^Log: /);
      return true;
    });
  });
});
