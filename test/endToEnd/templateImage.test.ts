import assert from "node:assert/strict";
import { readdirSync } from "node:fs";

import { Simulator } from "../../scripts/lab/simulator";
import type { Guest, Machine } from "../../scripts/lab/simulatorControl";
import { TestStack, type Run } from "../../scripts/lab/stack";
import { ownSessions, stackForAllTests, stackForEachTest } from "../support/stackForTests";
import { processesOf } from "../support/stackProcesses";
import {
  filesBelow,
  imageFolder,
  ownMachines,
  templateConfiguration,
  templateOf,
} from "../support/templateStack";

const name = /^Templates\/ubuntu-noble-24\.04-[0-9a-f]{8}$/;

/** What the state holds of a Command. */
interface CommandState {
  readonly type: string;
  readonly outputs?: { readonly stdout?: string; readonly stderr?: string };
}

async function commandsIn(stack: TestStack): Promise<CommandState[]> {
  const state = JSON.parse(await stack.exportState()) as {
    deployment: { resources: CommandState[] };
  };
  return state.deployment.resources.filter(({ type }) => type === "command:local:Command");
}

describe("a template built by the real Packer under pulumi up", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let preview: Run;
  let up: Run;
  let machines: Machine[];
  let guests: Guest[];

  stackForAllTests((made) => ({ simulator, stack } = made), {
    configuration: templateConfiguration({}, 2),
  });

  before(async () => {
    preview = await stack.preview();
    up = await stack.up();
    machines = await ownMachines(simulator.control);
    guests = await simulator.control.guests();
  });

  it("is built once, in the first region, and copied to the second datacenter under the same name", async () => {
    const template = await templateOf(stack);
    assert.match(template, name);
    assert.equal(await templateOf(stack, "k8s-region-x2"), template);
    assert.deepEqual(
      machines.map(({ path, template: isTemplate, powerState }) => [path, isTemplate, powerState]),
      [
        [`/X1/vm/${template}`, true, "poweredOff"],
        [`/X2/vm/${template}`, true, "poweredOff"],
      ],
    );
    assert.equal(guests.length, 1);
  });

  it("is what Deckhouse asks for: one disk, hardware version 15, a network adapter of the place, no CD", () => {
    for (const [machine, switchName] of machines.map((one) => [one, "k8s-nodes"] as const)) {
      assert.equal(machine.disks.length, 1);
      assert.equal(machine.hardwareVersion, "vmx-15");
      assert.deepEqual(machine.networkAdapters, [{ type: "VirtualVmxnet3", network: switchName }]);
      assert.deepEqual(machine.cdroms, []);
    }
    assert.deepEqual(
      machines.map(({ cluster, datastore }) => [cluster, datastore]),
      [
        ["x1_cluster_prod", "x1_root"],
        ["x2_cluster_prod", "x2_root"],
      ],
    );
  });

  it("is installed from what Packer serves at the address that the boot command names", () => {
    const [guest] = guests;
    assert.match(guest?.typed ?? "", /ds="nocloud-net;seedfrom=http:\/\/127\.0\.0\.1:\d+\/"/);
    const address = /seedfrom=(http:\/\/127\.0\.0\.1:\d+\/)/.exec(guest?.typed ?? "")?.[1] ?? "";
    assert.deepEqual(
      guest?.fetches.map(({ url, status }) => `${url} ${status}`),
      [`${address}meta-data 200`, `${address}user-data 200`],
    );
    assert.equal(guest.problem, "");
  });

  it("is prepared over SSH by the scripts of the built-in folder", () => {
    const [guest] = guests;
    assert.deepEqual(guest?.sshUsers, ["ubuntu"]);
    assert.ok(guest.commands.every(({ exitCode }) => exitCode === 0));
    const scripts = guest.uploads.map(({ content }) => content).join("\n");
    for (const part of ["vmware_cust_file_max_wait", "machine-id", "ssh_host_", "ens192"]) {
      assert.ok(scripts.includes(part), part);
    }
  });

  it("has a name that is known at preview", async () => {
    assert.ok(preview.output.includes(await templateOf(stack)), preview.output);
  });

  it("stands in the cluster configuration of each region", async () => {
    const outputs = await stack.outputs();
    const documents = Object.values(outputs["documents"] as object).map(
      (files) => (files as Record<string, string>)["vsphere-cluster-configuration.yaml"] ?? "",
    );
    assert.equal(documents.length, 2);
    const line = `template: ${await templateOf(stack)}\n`;
    for (const document of documents) assert.ok(document.includes(line), document);
  });

  it("has a second preview that is empty", async () => {
    await stack.acceptedPreview("--expect-no-changes");
  });

  it("shows its progress: what stage, how long, how long it usually takes", () => {
    assert.match(up.output, /packer build(?: \(|: )\d+ s, usually 20 min\), k8s-region-x1/);
  });

  it("leaves in the state the result, and no log", async () => {
    const commands = await commandsIn(stack);
    assert.equal(commands.length, 2);
    for (const { outputs } of commands) {
      assert.equal(outputs?.stderr, "");
      const result = JSON.parse(outputs.stdout ?? "") as Record<string, string>;
      assert.deepEqual(Object.keys(result), ["template", "reference", "vCenter", "origin"]);
      assert.ok((outputs.stdout ?? "").length < 300);
    }
  });

  it("leaves no process, no private copy, no temporary file and no session behind", async () => {
    assert.deepEqual(processesOf(stack), []);
    const files = filesBelow(imageFolder(stack)).map((file) => file.replace(/^.*\//, ""));
    assert.deepEqual(
      files.filter((file) => !/\.log$|^progress$|^durations\.json$/.test(file)),
      [],
    );
    assert.deepEqual(readdirSync(stack.temporaryFolder), []);
    assert.deepEqual(await ownSessions(simulator), []);
  });
});

describe("another template", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForEachTest((made) => ({ simulator, stack } = made), {
    configuration: templateConfiguration(),
  });

  beforeEach(() => stack.up());

  it("is built beside the old one, which is kept, and then named by the cluster configuration", async () => {
    const old = await templateOf(stack);
    stack.configure(templateConfiguration({ numCPUs: 2 }));
    const plan = await stack.plan();
    assert.deepEqual(
      plan.steps.filter((step) => step.startsWith("replace ")),
      ["replace template-k8s-region-x1"],
    );
    await stack.up();
    const now = await templateOf(stack);
    assert.match(now, name);
    assert.notEqual(now, old);
    assert.deepEqual(
      (await ownMachines(simulator.control)).map(({ path }) => path),
      [`/X1/vm/${old}`, `/X1/vm/${now}`].sort(),
    );
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("is not named by the cluster configuration when its build fails", async () => {
    const old = await templateOf(stack);
    stack.configure(templateConfiguration({ numCPUs: 2 }));
    await simulator.control.setGuestBehaviour({ commands: [{ match: "cloud-init", exitCode: 1 }] });
    assert.notEqual((await stack.tryUp()).exitCode, 0);
    assert.equal(await templateOf(stack), old);
    const { documents } = await stack.outputs();
    assert.ok(JSON.stringify(documents).includes(old));
    assert.deepEqual(
      (await ownMachines(simulator.control)).map(({ path }) => path),
      [`/X1/vm/${old}`],
    );
  });

  it("takes the place of the old one, which is removed when the configuration says so", async () => {
    const old = await templateOf(stack);
    stack.configure(templateConfiguration({ oldTemplates: "remove" }));
    await stack.up();
    assert.deepEqual(
      (await ownMachines(simulator.control)).map(({ path }) => path),
      [`/X1/vm/${old}`],
    );
    stack.configure(templateConfiguration({ oldTemplates: "remove", numCPUs: 2 }));
    await stack.up();
    const now = await templateOf(stack);
    assert.deepEqual(
      (await ownMachines(simulator.control)).map(({ path }) => path),
      [`/X1/vm/${now}`],
    );
    await stack.destroy();
    assert.deepEqual(await ownMachines(simulator.control), []);
  });

  it("is made again when somebody removed it, and a plain preview shows that", async () => {
    const template = `/X1/vm/${await templateOf(stack)}`;
    await simulator.control.change({ operation: "removeObject", path: template });
    const plan = await stack.plan();
    assert.deepEqual(plan.steps, [
      "update template-k8s-region-x1",
      "update template-k8s-region-x1-lookup",
    ]);
    assert.match(plan.messages, /ubuntu-noble-24\.04-[0-9a-f]{8}: the template is not in vCenter/);
    await stack.up();
    assert.deepEqual(
      (await ownMachines(simulator.control)).map(({ path }) => path),
      [template],
    );
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("of the same recipe is adopted by another stack, which never removes it", async () => {
    const template = `/X1/vm/${await templateOf(stack)}`;
    const other = await TestStack.create(
      simulator,
      {
        configuration: {
          ...templateConfiguration({ oldTemplates: "remove" }),
          categories: { region: { name: "region-2" }, zone: { name: "zone-2" } },
          role: {
            name: "kubernetes-2",
            principals: ["backup@vsphere.local"],
            grant: [{ path: "/X1/vm/k8s" }],
          },
        },
      },
      "other",
    );
    try {
      await other.up();
      assert.equal(`/X1/vm/${await templateOf(other)}`, template);
      assert.equal((await simulator.control.guests()).length, 1, "nothing was built a second time");
      await other.destroy();
      assert.deepEqual(
        (await ownMachines(simulator.control)).map(({ path }) => path),
        [template],
      );
    } finally {
      other.dispose();
    }
  });
});

for (const distribution of ["buildInTurn", "buildTogether"]) {
  describe(`two regions that each build (${distribution})`, () => {
    it("have the same template, each built in its own datacenter", async () => {
      const simulator = await Simulator.start();
      const configuration = templateConfiguration({ distribution }, 2);
      const stack = await TestStack.create(simulator, { configuration });
      try {
        await stack.up();
        const template = await templateOf(stack);
        assert.equal(await templateOf(stack, "k8s-region-x2"), template);
        assert.deepEqual(
          (await simulator.control.guests()).map(({ path, state }) => `${path} ${state}`).sort(),
          [`/X1/vm/${template} template`, `/X2/vm/${template} template`],
        );
        assert.deepEqual((await stack.plan()).steps, []);
      } finally {
        stack.dispose();
        await simulator.stop();
      }
    });
  });
}
