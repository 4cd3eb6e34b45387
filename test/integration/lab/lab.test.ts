import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  labEnvironment,
  processEnvironment,
  shellEnvironment,
  usesOfficialEngine,
} from "../../../scripts/lab/environment";
import { labFolders, linkProject } from "../../../scripts/lab/folders";
import { commandLineOf, SimulatedVCenter } from "../../../scripts/lab/simulator";
import { runCommand } from "../../../commands/run";
import { removeFolder, temporaryFolder } from "../../support/temporaryFolder";

describe("the lab", () => {
  let run: string;
  let vcenter: SimulatedVCenter;

  beforeEach(() => {
    run = temporaryFolder();
    vcenter = new SimulatedVCenter(labFolders(), run);
  });

  afterEach(async () => {
    await vcenter.stop();
    removeFolder(run);
  });

  function environment(): ReturnType<typeof labEnvironment> {
    const ready = vcenter.running();
    assert.ok(ready);
    const choice = { folders: labFolders(), official: usesOfficialEngine() };
    return labEnvironment(choice, { run, state: join(run, "state") }, ready, "it's secret");
  }

  it("starts a vCenter that another process finds and stops", async () => {
    const { processId } = await vcenter.start();
    const found = new SimulatedVCenter(labFolders(), run);
    assert.equal(found.running()?.processId, processId);
    assert.equal(await found.stop(), processId);
    assert.equal(commandLineOf(processId), undefined);
    assert.equal(vcenter.running(), undefined);
    assert.equal(await vcenter.stop(), undefined);
  });

  it("stops a vCenter that is still starting", async () => {
    const starting = assert.rejects(vcenter.start(), /did not start/);
    await pause(0);
    const processId = await vcenter.stop();
    assert.ok(processId);
    assert.equal(commandLineOf(processId), undefined);
    await starting;
  });

  it("says why a vCenter does not start", async () => {
    const inventory = join(run, "inventory.yaml");
    writeFileSync(inventory, "nonsense: true\n");
    const broken = new SimulatedVCenter(labFolders(), run, { inventory });
    await assert.rejects(broken.start(), /did not start\.\n.*nonsense/s);
  });

  it("leaves a process alone that has got the id of an earlier vCenter", async () => {
    const other = spawn("sleep", ["60"], { stdio: "ignore" });
    try {
      mkdirSync(vcenter.directory);
      const ready = JSON.stringify({ processId: other.pid });
      writeFileSync(join(vcenter.directory, "ready.json"), ready);
      assert.equal(await vcenter.stop(), undefined);
      assert.equal(other.exitCode ?? other.signalCode, null);
    } finally {
      other.kill("SIGKILL");
    }
  });

  it("gives a shell, in any folder and more than once, what pulumi, govc and packer need", async () => {
    await vcenter.start();
    const lab = environment();
    const file = join(run, "env");
    writeFileSync(file, shellEnvironment(lab));
    const script = `. '${file}' && . '${file}' && env && govc about && pulumi version && packer version`;
    const { stdout, stderr, status } = spawnSync("sh", ["-eu", "-c", script], {
      cwd: "/",
      env: { PATH: process.env["PATH"], HOME: run, GOVC_INSECURE: "1" },
      encoding: "utf8",
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^Name: +VMware vCenter Server/m);
    assert.match(stdout, /^DECKHOUSE_VSPHERE_CLUSTER_ACCOUNT_PASSWORD=it's secret$/m);
    assert.doesNotMatch(stdout, /^GOVC_INSECURE/m);
    assert.match(stdout, /^Packer v1\./m);
    const path = /^PATH=(.*)$/m.exec(stdout)?.[1]?.split(":") ?? [];
    for (const folder of lab.path) {
      assert.equal(path.filter((entry) => entry === folder).length, 1, folder);
    }
  });

  it("trusts what the machine trusts, and the lab's own authority", async () => {
    const { certificateAuthority } = await vcenter.start();
    const bundle = readFileSync(environment().set["SSL_CERT_FILE"] ?? "", "utf8");
    assert.ok(bundle.endsWith(readFileSync(certificateAuthority, "utf8")));
    assert.ok(bundle.split("BEGIN CERTIFICATE").length > 50);
  });

  it("creates a stack without a change to Pulumi.dev.yaml, and finds all parts of the engine", async () => {
    await vcenter.start();
    const project = join(run, "project");
    linkProject(project);
    const file = join(project, "Pulumi.dev.yaml");
    const before = readFileSync(file, "utf8");
    const options = { cwd: project, environment: processEnvironment(environment()) };
    await runCommand("pulumi", ["stack", "init", "dev", "--non-interactive"], options);
    assert.equal(readFileSync(file, "utf8"), before);
    const preview = ["preview", "--non-interactive", "--color", "never"];
    const { all } = await runCommand("pulumi", preview, options);
    assert.match(all, /to create/);
    assert.doesNotMatch(all, /warning|\$PATH/);
    assert.equal(readFileSync(file, "utf8"), before);
  });
});
