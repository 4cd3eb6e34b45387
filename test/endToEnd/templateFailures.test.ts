import assert from "node:assert/strict";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { labProgram } from "../support/labPrograms";
import { gitRepositoryWithOldFolder } from "../support/packerSource";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Fault, GuestBehaviour } from "../../scripts/lab/simulatorControl";
import type { TestStack, Run } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";
import { processesOf } from "../support/stackProcesses";
import {
  fastVariables,
  imageFolder,
  ownMachines,
  templateConfiguration,
  templateOf,
} from "../support/templateStack";

/** A proxy that refuses: what would go to the Internet stays on this machine, and fails at once. */
const noInternet = { HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9" };

/** A way to fail while the template is made. */
interface Failure {
  readonly what: string;
  readonly stage: string;
  /** What is said, beside stage and log. */
  readonly says: RegExp;
  readonly configuration?: Record<string, unknown>;
  readonly environment?: Record<string, string>;
  readonly guests?: GuestBehaviour;
  readonly fault?: Fault;
}

const failures: readonly Failure[] = [
  {
    what: "there is no plugin, and it cannot be fetched",
    stage: "packer init",
    says: /packer init: failed \(exit code 1\): let this machine reach github\.com[^]*Failed getting the "github\.com\/vmware\/vsphere" plugin/,
    environment: { PACKER_PLUGIN_PATH: "/nonexistent-plugins", ...noInternet },
  },
  {
    what: "Packer finds a value that it cannot use",
    stage: "packer validate",
    says: /packer validate: failed \(exit code 1\): correct templateImage[^]*vm_hardware_version/,
    configuration: { variables: { ...fastVariables, vm_hardware_version: "fifteen" } },
  },
  {
    what: "SSH never comes",
    stage: "packer build",
    says: /Timeout waiting for SSH/,
    configuration: { variables: { ...fastVariables, ssh_timeout: "3s" } },
    guests: { ssh: "refused" },
  },
  {
    what: "the build takes longer than it may",
    stage: "packer build",
    says: /packer build: took longer than 8 s: .*templateImage\.timeouts/,
    configuration: { timeouts: { build: "8s", cleanUp: "20s" } },
    guests: { ip: "never" },
  },
  {
    what: "provisioning fails",
    stage: "packer build",
    says: /E: Unable to locate package open-vm-tools/,
    guests: {
      commands: [
        {
          match: "apt-get",
          exitCode: 100,
          stderr: "E: Unable to locate package open-vm-tools\n",
        },
      ],
    },
  },
  {
    what: "vCenter refuses to type the boot command",
    stage: "packer build",
    says: /error typing a boot command[^]*Permission to perform this operation was denied/,
    fault: { match: "PutUsbScanCodes", kind: "soapFault", fault: "NoPermission" },
  },
  {
    what: "vCenter refuses to create the machine",
    stage: "packer build",
    says: /error creating virtual machine[^]*Permission to perform this operation was denied/,
    fault: { match: "CreateVM_Task", kind: "soapFault", fault: "NoPermission" },
  },
  {
    what: "vCenter refuses to name the finished template",
    stage: "checking the template in vCenter",
    says: /grant the account VirtualMachine\.Config\.Rename/,
    fault: { match: "Rename_Task", kind: "soapFault", fault: "NoPermission" },
  },
];

/** Everything that a failed up has to say and to leave. */
function assertShortAndClean(failed: Run, stack: TestStack, stage: string): void {
  assert.notEqual(failed.exitCode, 0);
  assert.ok(failed.output.includes(`failed at "${stage}", after `), failed.output);
  const log = /^ *Log: (\S+)$/m.exec(failed.output)?.[1] ?? "";
  assert.ok(log.startsWith(imageFolder(stack)), failed.output);
  assert.ok(readFileSync(log, "utf8").length > 0);
  assert.doesNotMatch(failed.output, /^ +at .*:\d+:\d+/m, "a stack trace");
  const message = failed.output.slice(failed.output.indexOf("failed at"));
  assert.ok(message.slice(0, message.indexOf("Log: ")).length < 2500, "too long");
  assert.deepEqual(processesOf(stack), []);
}

describe("a template that cannot be made gives a short message with the stage and the log's place, and a clean second try:", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let number = 1;

  stackForAllTests((made) => ({ simulator, stack } = made), {
    configuration: templateConfiguration(),
  });

  for (const { what, stage, says, configuration, environment, guests, fault } of failures) {
    it(what, async () => {
      const before = (await ownMachines(simulator.control)).length;
      // Another template each time, so that there is something to build.
      number += 1;
      stack.configure(templateConfiguration({ numCPUs: number, ...configuration }));
      if (guests !== undefined) await simulator.control.setGuestBehaviour(guests);
      if (fault !== undefined) await simulator.control.addFault(fault);
      const failed = await stack.with(environment ?? {}).tryUp();
      assertShortAndClean(failed, stack, stage);
      assert.match(failed.output, says);
      assert.equal((await ownMachines(simulator.control)).length, before, "something is left");

      await simulator.control.setGuestBehaviour({});
      await simulator.control.clearFaults();
      stack.configure(templateConfiguration({ numCPUs: number }));
      await stack.up();
      const machines = await ownMachines(simulator.control);
      assert.equal(machines.length, before + 1);
      assert.ok(machines.every(({ template, path }) => template && !path.includes("building")));
      assert.deepEqual((await stack.plan()).steps, []);
    });
  }

  it("the source cannot be fetched", async () => {
    const repository = await gitRepositoryWithOldFolder();
    try {
      const deckhouse = { ubuntu: "20.04", repository: repository.path };
      const using = (commit: string): Record<string, unknown> =>
        templateConfiguration({ builtin: undefined, deckhouse: { ...deckhouse, commit } });
      stack.configure(using("0123456789012345678901234567890123456789"));
      const failed = await stack.tryUp();
      assertShortAndClean(failed, stack, "fetching the Packer folder");
      assert.match(
        failed.output,
        /git fetch: failed .*: check that this machine reaches .* that the commit 0123/,
      );
      stack.configure(using(repository.commit));
      await stack.up();
      assert.match(await templateOf(stack), /ubuntu-focal-20\.04-packer-/);
    } finally {
      repository.remove();
    }
  });

  it("the place of a copy is full of another machine with the template's name", async () => {
    stack.configure(templateConfiguration({}, 2));
    const plan = await stack.run("preview", "--json");
    const path =
      /\/X2\/vm\/Templates\/ubuntu-noble-24\.04-[0-9a-f]{8}/.exec(plan.output)?.[0] ?? "";
    await simulator.control.change({
      ...{ operation: "createVirtualMachine", path: "/X2/vm/Templates" },
      ...{
        name: path.slice(path.lastIndexOf("/") + 1),
        cluster: "x2_cluster_prod",
        datastore: "x2_root",
      },
    });
    const output = await stack.refusedPreview();
    assert.ok(output.includes(`${path}": a virtual machine that is not a template`));
    await simulator.control.change({ operation: "removeObject", path });
    await stack.up();
  });
});

describe("what is missing on this machine is told by the preview:", () => {
  let stack: TestStack;

  stackForAllTests((made) => ({ stack } = made), {
    configuration: templateConfiguration(),
  });

  /** The stack with nothing on the PATH but the engine, Node, a shell and the named programs. */
  function withPrograms(...programs: readonly string[]): TestStack {
    const folder = join(stack.directory, `programs ${programs.join(" ")}`);
    mkdirSync(folder);
    symlinkSync(process.execPath, join(folder, "node"));
    for (const name of ["sh", "bash", "env"]) symlinkSync(`/bin/${name}`, join(folder, name));
    if (programs.includes("git")) symlinkSync("/usr/bin/git", join(folder, "git"));
    if (programs.includes("packer")) symlinkSync(labProgram("packer"), join(folder, "packer"));
    if (programs.includes("old packer")) {
      writeFileSync(join(folder, "packer"), "#!/bin/sh\necho 1.7.10\n");
      chmodSync(join(folder, "packer"), 0o755);
    }
    // The engine looks for its parts on the PATH, or beside itself.
    const engine = dirname(labProgram("pulumi"));
    for (const name of readdirSync(engine).filter((part) => part.startsWith("pulumi"))) {
      symlinkSync(join(engine, name), join(folder, name));
    }
    return stack.with({ PATH: folder });
  }

  const deckhouse = { builtin: undefined, deckhouse: { ubuntu: "22.04" } };

  it("no Packer", async () => {
    const output = await withPrograms("git").refusedPreview();
    assert.match(
      output,
      /packer: it is not on the PATH, but building the template needs it: install 1\.11\.0 or newer from https:\/\//,
    );
  });

  it("an old Packer", async () => {
    const output = await withPrograms("git", "old packer").refusedPreview();
    assert.match(
      output,
      /packer: version 1\.7\.10 is too old: building the template needs at least 1\.11\.0/,
    );
  });

  it("no git, which only a source that is fetched needs", async () => {
    const without = withPrograms("packer");
    assert.equal((await without.preview()).exitCode, 0);
    without.configure(templateConfiguration(deckhouse));
    const output = await without.refusedPreview();
    assert.match(
      output,
      /git: it is not on the PATH, but building the template needs it: install 2\.26\.0/,
    );
  });

  it("neither, both at once", async () => {
    stack.configure(templateConfiguration(deckhouse));
    const { output } = await withPrograms().preview();
    assert.match(output, /git: it is not on the PATH/);
    assert.match(output, /packer: it is not on the PATH/);
  });

  it("but nothing is missed when the template is there", async () => {
    stack.configure(templateConfiguration());
    await stack.up();
    await withPrograms("neither").acceptedPreview("--expect-no-changes");
  });
});
