import assert from "node:assert/strict";
import { parse } from "yaml";
import { keptDocuments } from "../../commands/render/documents";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { CallCounts } from "../../scripts/lab/simulatorControl";
import type { TestStack, Run } from "../../scripts/lab/stack";
import { ownSessions, stackForAllTests } from "../support/stackForTests";

/** "Kubernetes nodes" in lab/vcenter/inventory.yaml. */
const policyId = "5c3f1a52-6f0e-4f0a-9d6b-2b7a4c8e9d10";

/** The example with changes to what its clusters have in common. */
function configurationWith(changes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const configuration = exampleConfiguration();
  const common = configuration["clusterConfiguration"] as Record<string, unknown>;
  return { ...configuration, clusterConfiguration: { ...common, ...changes } };
}

const byName = configurationWith({ storagePolicy: { name: "Kubernetes nodes" } });

describe("the documents name only what vCenter has", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let firstPreview: Run;
  let calls: CallCounts;

  stackForAllTests((made) => ({ simulator, stack } = made), { configuration: byName });

  before(async () => {
    await simulator.control.resetCalls();
    firstPreview = await stack.preview();
    calls = await simulator.control.ownCalls();
    await stack.up();
  });

  afterEach(() => {
    stack.configure(byName);
  });

  it("the first preview already has them as they are after up", async () => {
    assert.equal(firstPreview.exitCode, 0, firstPreview.output);
    const digests = (text: string) => text.match(/\d+ lines?, sha256 \w+/g);
    const { documentFiles } = await stack.outputs();
    const made = digests(JSON.stringify(documentFiles)) ?? [];
    assert.equal(made.length, 2 * 4);
    assert.deepEqual(digests(firstPreview.output)?.sort(), made.sort());
  });

  it("policies and inventory are read once for both regions, mounts once for each", () => {
    const { PbmRetrieveServiceContent, PbmQueryProfile, PbmRetrieveContent } = calls.soap;
    assert.deepEqual([PbmRetrieveServiceContent, PbmQueryProfile, PbmRetrieveContent], [1, 1, 1]);
    // The inventory, its networks and the roles, and for each region its mounts and its template. Networks are a call of
    // their own, because a stack without clusters does not need them.
    assert.equal(calls.soap["RetrieveProperties"], 3 + 2 * 2);
    assert.equal(calls.soap["FindByInventoryPath"], 2);
  });

  it("the id stands in them after up, and a second preview is empty", async () => {
    const { documents } = await stack.outputs();
    const files = Object.values(documents as Record<string, Record<string, string>>);
    assert.equal(files.length, 2);
    for (const file of files) {
      const text = file["vsphere-cluster-configuration.yaml"] ?? "";
      assert.equal((parse(text) as { storagePolicyID: string }).storagePolicyID, policyId);
    }
    assert.equal((await stack.preview("--expect-no-changes")).exitCode, 0);
  });

  it("no session of the program is left", async () => {
    assert.deepEqual(await ownSessions(simulator), []);
  });

  it("a policy that somebody made anew has another id, which a plain preview shows", async () => {
    const id = "0b9f4c1e-3d0c-4c2c-8a77-5f4f7a3c2d11";
    const storagePolicy = "Kubernetes nodes";
    await simulator.control.change({ operation: "removeStoragePolicy", storagePolicy });
    await simulator.control.change({ operation: "createStoragePolicy", storagePolicy, id });
    const { steps } = await stack.plan();
    assert.deepEqual(steps, ["update vcenter"]);
    const { output } = await stack.preview();
    const lines = /vsphere-cluster-configuration\.yaml: "(\d+ lines, sha256) \w+" => "\1 \w+"/g;
    assert.equal(output.match(lines)?.length, 2, output);
    await stack.up();
    assert.match(JSON.stringify(keptDocuments(await stack.exportState())), new RegExp(id));
  });

  it("what is missing fails the preview, all at once and without a stack trace", async () => {
    stack.configure({
      ...configurationWith({
        storagePolicy: { name: "Kubernets nodes" },
        vmFolderPath: "k8s/x9",
        baseResourcePool: "k8s",
        rootDiskDatastore: "x1_lun_1",
        networks: [{ path: "k8s-node", nodeAddress: "internal", subnet: "10.20.0.0/24" }],
      }),
      regions: exampleConfiguration()
        .regions.slice(0, 1)
        .map(({ clusterConfiguration: _moved, ...region }) => ({
          ...region,
          clusterConfiguration: {
            masterNodeGroup: {
              replicas: 3,
              instanceClass: {
                ...{ numCPUs: 4, memory: 8192, mainNetwork: "k8s-node" },
                template: "Templates/debian-12-of-others",
              },
            },
            nodeGroups: [
              {
                ...{ name: "small", replicas: 1 },
                instanceClass: {
                  ...{ numCPUs: 1, memory: 1024, rootDiskSize: 9, mainNetwork: "k8s-node" },
                  template: "Templates/debian-12-of-others",
                },
              },
            ],
          },
        })),
    });
    const output = await stack.refusedPreview();
    for (const line of [
      'networks[0].path: found "/X1/network/k8s-node": .*; the nearest that exist are /X1/network/k8s-nodes, ',
      'rootDiskDatastore: found "/X1/datastore/x1_lun_1": it is not mounted on all 3 hosts of /X1/host/x1_cluster_stage: ',
      'baseResourcePool: found "/X1/host/x1_cluster_prod/Resources/k8s": no such resource pool in vCenter, ',
      'baseResourcePool: found "/X1/host/x1_cluster_stage/Resources/k8s": no such resource pool in vCenter, ',
      'vmFolderPath: found "/X1/vm/k8s/x9": .*; the nearest that exist are /X1/vm/k8s/x1, ',
      'nodeGroups[0].instanceClass.template: found "/X1/vm/Templates/debian-12-of-others": its disk has 10 GiB, but a node ' +
        "asks for a root disk of 9 GiB, ",
      'storagePolicy.name: found "Kubernets nodes": .* "Kubernetes nodes"',
    ]) {
      const literal = line.replaceAll(/[[\]]|\.(?!\*)/g, "\\$&");
      assert.match(
        output,
        new RegExp(`^ *(regions\\[0\\]\\.)?clusterConfiguration\\.${literal}`, "m"),
      );
    }
    assert.match(output, / 7 faults in vCenter; nothing was changed there:$/m);
    assert.ok(!/^ +at /m.test(output), output);
  });

  it("a wrong template, a taken role, a wrong datastore and a wrong network take one round, and not four", async () => {
    const role = { ...exampleConfiguration().role, name: "backup-operator" };
    const { regions, ...others } = exampleConfiguration();
    const text = JSON.stringify(regions)
      .replaceAll("debian-12-of-others", "debian-13-of-others")
      .replaceAll("x1_lun_3", "x1_lun_33")
      .replaceAll("k8s-nodes", "k8s-nods");
    stack.configure({ ...others, regions: JSON.parse(text) as unknown, role });
    const output = await stack.refusedPreview();
    for (const line of [
      'regions\\[\\d\\]\\.clusterConfiguration\\..*template: found "/X1/vm/Templates/debian-13-of-others": ',
      'role\\.name: found "backup-operator": vCenter has this role already, ',
      'regions\\[0\\]\\.zones\\[1\\]\\.datastores\\[0\\]: found "/X1/datastore/x1_lun_33": .*/X1/datastore/x1_lun_3',
      'regions\\[0\\]\\.clusterConfiguration\\..*: found "/X1/network/k8s-nods": .*/X1/network/k8s-nodes',
    ]) {
      assert.match(output, new RegExp(`^ *${line}`, "m"));
    }
    assert.equal(output.match(/^ +error: /gm)?.length, 1, output);
  });

  it("hosts that do not mount a datastore are told by their names", async () => {
    await simulator.control.change({
      ...{ operation: "addDatastore", path: "/X1", name: "x1_partly" },
      ...{ clusters: ["x1_cluster_prod"], hosts: ["x1_cluster_stage_host_2"] },
    });
    const { regions, ...others } = exampleConfiguration();
    const [{ clusterConfiguration } = {}] = regions;
    const { masterNodeGroup } = clusterConfiguration as {
      masterNodeGroup: { instanceClass: Record<string, unknown> };
    };
    masterNodeGroup.instanceClass["datastore"] = "x1_partly";
    stack.configure({ ...others, regions });
    const output = await stack.refusedPreview();
    assert.match(
      output,
      new RegExp(
        'instanceClass\\.datastore: found "/X1/datastore/x1_partly": it is not mounted on 2 of the 3 hosts of ' +
          "/X1/host/x1_cluster_stage: x1_cluster_stage_host_1, x1_cluster_stage_host_3, and nodes there ",
        "m",
      ),
    );
  });

  it("a folder that the installer is to make and that is there is told, and fails nothing", async () => {
    const { role: _seed, ...others } = configurationWith({ vmFolderExists: false });
    stack.configure({ ...others, role: { principals: ["deckhouse@vsphere.local"] } });
    const output = await stack.acceptedPreview();
    assert.match(
      output,
      /^ *warning: .*vmFolderPath: found "\/X1\/vm\/k8s\/x1": the folder exists already, .*"The name 'x1' already exists"/m,
    );
  });

  it("an account that may not see storage policies is told the privilege", async () => {
    // The lab's vSphere provider asks for the service content of Pbm itself.
    await simulator.control.addFault({
      match: "PbmQueryProfile",
      kind: "soapFault",
      fault: "NoPermission",
    });
    const { exitCode, output } = await stack.preview();
    await simulator.control.clearFaults();
    assert.notEqual(exitCode, 0);
    assert.match(output, /this account may not list storage policies .*StorageProfile\.View/);
  });
});
