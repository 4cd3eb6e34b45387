import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { gitRepositoryWithOldFolder, oldPackerFolder } from "../support/packerSource";
import { Simulator } from "../../scripts/lab/simulator";
import type { Guest } from "../../scripts/lab/simulatorControl";
import { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";
import {
  builtin,
  fastVariables,
  filesBelow,
  newestLog,
  ownMachines,
  templateConfiguration,
  templateOf,
} from "../support/templateStack";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";

/** What the guests of a build with a source did. */
async function builtWith(
  simulator: Simulator,
  stack: TestStack,
  source: Record<string, unknown>,
): Promise<{ readonly template: string; readonly guest: Guest }> {
  stack.configure(templateConfiguration({ builtin: undefined, ...source }));
  await stack.up();
  const template = await templateOf(stack);
  const guest = (await simulator.control.guests()).at(-1);
  assert.equal(guest?.path, `/X1/vm/${template}`);
  assert.deepEqual((await stack.plan()).steps, []);
  return { template, guest };
}

describe("the old Packer folder of Deckhouse, fetched at a commit by its hash,", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let repository: Awaited<ReturnType<typeof gitRepositoryWithOldFolder>>;

  stackForAllTests((made) => ({ simulator, stack } = made), {
    configuration: templateConfiguration(),
  });

  before(async () => {
    repository = await gitRepositoryWithOldFolder();
  });

  after(() => repository.remove());

  function deckhouse(ubuntu: string): Record<string, unknown> {
    const { path, commit } = repository;
    return { deckhouse: { ubuntu, commit, repository: path } };
  }

  it("builds 20.04, with a fixed address in the place of {{ .HTTPIP }}", async () => {
    const { template, guest } = await builtWith(simulator, stack, deckhouse("20.04"));
    assert.match(template, /^Templates\/ubuntu-focal-20\.04-packer-[0-9a-f]{8}$/);
    assert.match(guest.typed, / url=http:\/\/127\.0\.0\.1:\d+\/preseed\.cfg/);
    assert.equal(guest.problem, "");
  });

  it("builds 22.04, with a fixed address in the place of {{.HTTPIP}}, which that release spells so", async () => {
    const { template, guest } = await builtWith(simulator, stack, deckhouse("22.04"));
    assert.match(template, /^Templates\/ubuntu-jammy-22\.04-packer-[0-9a-f]{8}$/);
    assert.match(guest.typed, /ds="nocloud-net;seedfrom=http:\/\/127\.0\.0\.1:\d+\/"/);
    assert.equal(guest.problem, "");
  });

  it("has vCenter's certificate verified, which the folder itself turns off", async () => {
    const [place] = filesBelow(oldPackerFolder).filter((file) => file.endsWith("/vsphere.pkr.hcl"));
    assert.match(readFileSync(place ?? "", "utf8"), /insecure_connection += true/);
    const untrusting = stack.with({ SSL_CERT_FILE: "/dev/null" });
    stack.configure(
      templateConfiguration({ builtin: undefined, ...deckhouse("20.04"), memory: 2048 }),
    );
    const failed = await untrusting.tryUp();
    assert.match(failed.output, /certificate signed by unknown authority/);
  });
});

describe("without a fixed address", () => {
  it("the guest is given the first address of this machine, where a guest of another network finds nothing", async () => {
    const simulator = await Simulator.start();
    const configuration = templateConfiguration({
      httpAddress: undefined,
      timeouts: { build: "10s", cleanUp: "10s" },
    });
    const stack = await TestStack.create(simulator, { configuration });
    try {
      const failed = await stack.tryUp();
      assert.match(failed.output, /packer build: took longer than 10 s/);
      const [guest] = await simulator.control.guests();
      assert.doesNotMatch(guest?.typed ?? "", /127\.0\.0\.1/);
      assert.match(guest?.typed ?? "", /seedfrom=http:\/\/\d+\.\d+\.\d+\.\d+:\d+\//);
      assert.deepEqual(await ownMachines(simulator.control), []);
    } finally {
      stack.dispose();
      await simulator.stop();
    }
  });
});

describe("a Packer folder of one's own", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let folder: string;

  stackForAllTests((made) => ({ simulator, stack } = made), {
    configuration: templateConfiguration(),
  });

  before(() => {
    folder = temporaryFolder();
    cpSync(oldPackerFolder, folder, { recursive: true });
  });

  after(() => removeFolder(folder));

  it("is built with, and is never changed", async () => {
    const before = filesBelow(folder).map((file) => [file, readFileSync(file, "utf8")]);
    const { template } = await builtWith(simulator, stack, {
      directory: { path: folder, name: "our-ubuntu", variableFiles: ["20.04.pkrvars.hcl"] },
    });
    assert.match(template, /^Templates\/our-ubuntu-[0-9a-f]{8}$/);
    assert.deepEqual(
      filesBelow(folder).map((file) => [file, readFileSync(file, "utf8")]),
      before,
    );
  });

  it("has another template when a file in it changes", async () => {
    const before = await templateOf(stack);
    writeFileSync(join(folder, "scripts", "cleanup.sh"), "true\n");
    const { template } = await builtWith(simulator, stack, {
      directory: { path: folder, name: "our-ubuntu", variableFiles: ["20.04.pkrvars.hcl"] },
    });
    assert.notEqual(template, before);
  });

  it("is refused with what it lacks, before Packer runs, when nothing can be built with it", async () => {
    const { variables: _fast, ...rest } = builtin();
    stack.configure(
      templateConfiguration({
        ...rest,
        ...{ builtin: undefined, variables: fastVariables },
        directory: { path: join(folder, "scripts"), name: "no-packer" },
      }),
    );
    const failed = await stack.tryUp();
    assert.match(failed.output, /preparing a private copy of the Packer folder/);
    assert.match(failed.output, /does not declare the variables vcenter_server/);
    assert.match(newestLog(stack), /does not declare/);
  });
});

describe("a template that exists", () => {
  let simulator: Simulator;
  let stack: TestStack;

  const existing = { templateImage: { existing: { template: "Templates/theirs" } } };
  stackForAllTests((made) => ({ simulator, stack } = made), {
    configuration: { ...templateConfiguration(), ...existing },
  });

  async function place(more: {
    hardwareVersion?: number;
    diskGigabytes?: number[];
  }): Promise<void> {
    await simulator.control.change({
      ...{ operation: "createVirtualMachine", path: "/X1/vm/Templates", name: "theirs" },
      ...{ cluster: "x1_cluster_prod", datastore: "x1_root", network: "k8s-nodes" },
      ...{ template: true, diskGigabytes: [20], ...more },
    });
  }

  it("is missed at preview", async () => {
    const output = await stack.refusedPreview();
    assert.match(output, /\/X1\/vm\/Templates\/theirs": no such template in vCenter/);
  });

  it("is refused at preview with all that is wrong with it at once", async () => {
    await place({ hardwareVersion: 13, diskGigabytes: [100, 10] });
    const preview = await stack.preview();
    assert.match(preview.output, /theirs": it has 2 disks/);
    assert.match(preview.output, /theirs": its hardware version is vmx-13/);
    assert.match(
      preview.output,
      /theirs": its disk has 100 GiB, but a node asks for a root disk of 50 GiB/,
    );
    await simulator.control.change({ operation: "removeObject", path: "/X1/vm/Templates/theirs" });
  });

  it("is used as it is: nothing is built, and destroy leaves it", async () => {
    await place({});
    await stack.up();
    assert.equal(await templateOf(stack), "Templates/theirs");
    assert.deepEqual((await stack.plan()).steps, []);
    assert.deepEqual(await simulator.control.guests(), []);
    await stack.destroy();
    assert.equal((await ownMachines(simulator.control)).length, 1);
  });
});
