import assert from "node:assert/strict";
import { parse } from "yaml";
import { exampleConfiguration, zoneOf } from "../../scripts/examples/exampleConfiguration";
import { germanNames, renamedInventory } from "../support/renamedFolders";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";
import { ownMachines, templateConfiguration, templateOf } from "../support/templateStack";

const account = "deckhouse@vsphere.local";
const { host, vm, datastore, network } = germanNames;

/** The example, some of whose objects of X1 go by the full path that govc shows, with the folders' real names. */
function configuration(): ReturnType<typeof exampleConfiguration> {
  const written = exampleConfiguration();
  zoneOf(written, "k8s-zone-x1-a").datastores = ["x1_lun_1", `/X1/${datastore}/x1_lun_2`];
  zoneOf(written, "k8s-zone-x1-b").cluster = `/X1/${host}/x1_cluster_stage`;
  const { masterNodeGroup } = written.regions[0]?.clusterConfiguration as {
    masterNodeGroup: { instanceClass: Record<string, unknown> };
  };
  masterNodeGroup.instanceClass["mainNetwork"] = `/X1/${network}/k8s-nodes`;
  return {
    ...written,
    clusterAccount: { username: account },
    role: {
      principals: [account],
      grant: "granular",
      granular: {
        regions: {
          "k8s-region-x1": {
            distributedPortGroups: ["k8s-nodes"],
            furtherObjects: [{ path: "/X1/vm/Templates" }],
          },
          "k8s-region-x2": { distributedPortGroups: ["k8s-nodes"] },
        },
      },
    },
  };
}

describe("the datacenter's folders are not called host, vm, datastore, network", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made), {
    inventory: renamedInventory,
    configuration: configuration(),
  });

  it("a stack comes up, with the paths that are really there in the preview", async () => {
    const output = await stack.acceptedPreview("--diff");
    assert.match(output, new RegExp(`"/X1/${host}/x1_cluster_prod"`));
    assert.match(output, new RegExp(`"/X1/${datastore}/x1_lun_1"`));
    await stack.up();
    const { attachments, permissions } = await simulator.control.snapshot();
    const onX1 = attachments
      .filter(({ category, path }) => category === "k8s-zone" && path.startsWith("/X1"))
      .map(({ tag, path }) => `${tag} ${path}`);
    assert.deepEqual(onX1, [
      `k8s-zone-x1-a /X1/${datastore}/x1_lun_1`,
      `k8s-zone-x1-a /X1/${datastore}/x1_lun_2`,
      `k8s-zone-x1-a /X1/${host}/x1_cluster_prod`,
      `k8s-zone-x1-b /X1/${datastore}/x1_lun_3`,
      `k8s-zone-x1-b /X1/${host}/x1_cluster_stage`,
    ]);
    const granted = permissions
      .filter(({ role, path }) => role === "kubernetes" && path.startsWith("/X1"))
      .map(({ path }) => path);
    assert.deepEqual(granted, [
      `/X1/${datastore}/x1_lun_1`,
      `/X1/${datastore}/x1_lun_2`,
      `/X1/${datastore}/x1_lun_3`,
      `/X1/${datastore}/x1_root`,
      `/X1/${host}/x1_cluster_prod`,
      `/X1/${host}/x1_cluster_stage`,
      `/X1/${network}/k8s-nodes`,
      `/X1/${vm}/Templates`,
      `/X1/${vm}/k8s/x1`,
    ]);
  });

  it("nothing is left to do afterwards, with and without the engine's refresh", async () => {
    assert.deepEqual((await stack.plan()).steps, []);
    assert.deepEqual((await stack.plan("--refresh=false")).steps, []);
  });

  it("the state holds the paths that are really there", async () => {
    const state = await stack.exportState();
    assert.match(state, new RegExp(`"/X1/${datastore}/x1_lun_1"`));
    assert.match(state, new RegExp(`"/X1/${vm}/k8s/x1"`));
  });

  it("Deckhouse's documents have paths below the folders, whatever these are called", async () => {
    const { documents } = await stack.outputs();
    const files = (documents as Record<string, Record<string, string>>)["k8s-region-x1"] ?? {};
    const { masterNodeGroup, vmFolderPath } = parse(
      files["vsphere-cluster-configuration.yaml"] ?? "",
    ) as { masterNodeGroup: { instanceClass: Record<string, unknown> }; vmFolderPath: string };
    assert.equal(vmFolderPath, "k8s/x1");
    const { mainNetwork, template, datastore: store } = masterNodeGroup.instanceClass;
    assert.deepEqual(
      { mainNetwork, template, store },
      {
        ...{ mainNetwork: "k8s-nodes", template: "Templates/debian-12-of-others" },
        store: "x1_root",
      },
    );
  });

  it("the preview says that the installer does not know such folders", async () => {
    const { messages } = await stack.plan();
    assert.match(
      messages,
      /found "\/X1": its folders are called .*VMs.*terraform-provider-vsphere/s,
    );
    assert.doesNotMatch(messages, /"\/X2": its folders/);
  });

  it("drift is shown there, and mended", async () => {
    const zone = { category: "k8s-zone", tag: "k8s-zone-x1-a" } as const;
    const prod = `/X1/${host}/x1_cluster_prod`;
    await simulator.control.change(
      { operation: "detachTag", ...zone, path: prod },
      { operation: "removePermission", path: `/X1/${vm}/k8s/x1`, principal: account },
    );
    const { steps, messages } = await stack.plan();
    assert.deepEqual(steps, [
      `create kubernetes-${account}-on-/X1/vm/k8s/x1`,
      "update topology-attachments",
    ]);
    assert.match(messages, new RegExp(`k8s-zone-x1-a is no longer attached to ${prod}`));
    assert.match(messages, new RegExp(`/X1/${vm}/k8s/x1: the permission of ${account} .* is no`));
    await stack.up();
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("what is not there is told with the real path, and so is what is meant", async () => {
    const wrong = configuration();
    zoneOf(wrong, "k8s-zone-x1-a").cluster = "x1_cluster_pord";
    stack.configure(wrong);
    const output = await stack.refusedPreview();
    assert.match(
      output,
      new RegExp(`/X1/${host}/x1_cluster_pord": no such .* are /X1/${host}/x1_cluster_prod`),
    );
  });

  it("the datacenter's own folder takes no permission under its real name either", async () => {
    const wrong = configuration();
    wrong.role = { principals: [account], grant: [{ path: `/X1/${vm}` }] };
    stack.configure(wrong);
    const output = await stack.refusedPreview();
    assert.match(
      output,
      /\/X1\/VMs": vCenter accepts no permission on one of the four folders of a datacenter/,
    );
  });

  it("folders that are renamed later change nothing but the paths", async () => {
    stack.configure(configuration());
    await simulator.control.change({
      operation: "renameObject",
      path: "/X2/vm",
      name: "Maschinen",
    });
    await stack.up();
    const { permissions } = await simulator.control.snapshot();
    const granted = permissions.filter(
      ({ role, path }) => role === "kubernetes" && path.startsWith("/X2/Maschinen"),
    );
    assert.deepEqual(
      granted.map(({ path }) => path),
      ["/X2/Maschinen/k8s/x2"],
    );
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("destroy takes everything back", async () => {
    await stack.destroy();
    const { attachments, permissions } = await simulator.control.snapshot();
    assert.deepEqual(
      attachments.filter(({ category }) => category.startsWith("k8s-")),
      [],
    );
    assert.deepEqual(
      permissions.filter(({ principal }) => principal === "VSPHERE.LOCAL\\deckhouse"),
      [],
    );
  });
});

describe("templates, where the datacenter's folders are not called host, vm, datastore, network", () => {
  const { vm: _usual, ...allButVm } = germanNames;
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made), {
    inventory: (folder) => renamedInventory(folder, { X1: allButVm, X2: germanNames }),
    configuration: templateConfiguration({}, 2),
  });

  it("a template is built, and copied to where even the folder for machines has another name", async () => {
    await stack.up();
    const template = await templateOf(stack);
    assert.equal(await templateOf(stack, "k8s-region-x2"), template);
    assert.deepEqual(
      (await ownMachines(simulator.control)).map(({ path }) => path),
      [`/X1/vm/${template}`, `/X2/VMs/${template}`],
    );
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("one that is gone is told by its real path, and made again", async () => {
    const path = `/X2/VMs/${await templateOf(stack)}`;
    await simulator.control.change({ operation: "removeObject", path });
    const { messages } = await stack.plan();
    assert.ok(messages.includes(`${path}: the template is not in vCenter: it has to be made`));
    await stack.up();
    assert.equal((await ownMachines(simulator.control)).length, 2);
  });

  it("what Packer cannot build is said in the preview, with the ways out", async () => {
    const written = templateConfiguration({ distribution: "buildInTurn" }, 2);
    stack.configure({
      ...written,
      templateImage: { ...written.templateImage, numCPUs: 3 },
    });
    const output = await stack.refusedPreview();
    assert.match(output, /\/X2\/VMs": Packer's vSphere plugin cannot build in a datacenter whose/);
  });
});
