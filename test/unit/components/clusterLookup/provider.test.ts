import assert from "node:assert/strict";

import type {
  ClusterLookupInputs,
  ClusterLookupOutputs,
} from "../../../../components/clusterLookup/model";
import { ClusterLookupProvider } from "../../../../components/clusterLookup/provider";
import {
  clusterVCenter,
  exampleLookup,
  policyIds,
  reasonsOf,
} from "../../../support/clusterVCenter";
import { providerCode } from "../../../support/exampleVCenter";
import { noPermission, type InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { withPrintedLines } from "../../../support/printedLines";

const plain: ClusterLookupOutputs = { ...exampleLookup, storagePolicyId: policyIds.nodes };
const state: ClusterLookupOutputs & { readonly __provider: string } = {
  ...plain,
  __provider: providerCode,
};

describe("a look at what the documents of a cluster name", () => {
  let vCenter: InMemoryVCenter;
  let provider: ClusterLookupProvider;

  beforeEach(() => {
    vCenter = clusterVCenter();
    provider = new ClusterLookupProvider(vCenter.session());
  });

  afterEach(() => {
    assert.deepEqual(vCenter.changes(), [], "it never changes vCenter");
  });

  const look = (changes: Partial<ClusterLookupInputs> = {}) =>
    withPrintedLines(() => provider.check({}, { ...exampleLookup, ...changes }));

  it("finds nothing wrong where all is there, says nothing, and puts the id among the inputs", async () => {
    assert.deepEqual(await look(), { result: { inputs: plain, failures: [] }, lines: [] });
  });

  it("asks each thing once", async () => {
    await look();
    assert.deepEqual([...vCenter.calls].sort(), [
      "find /X1/host/x1_cluster_prod/Resources/kubernetes",
      "find /X1/vm/Templates/ubuntu",
      "inventory",
      "mounts Datastore:datastore-9 on ClusterComputeResource:domain-c1 ClusterComputeResource:domain-c2",
      "read VirtualMachine:vm-42",
      "storagePolicies",
    ]);
  });

  it("finds what vCenter has in decomposed Unicode, and tells that the installer would not", async () => {
    const name = "Узлы й".normalize("NFC");
    vCenter.place(
      "DistributedVirtualPortgroup:dvportgroup-9",
      name.normalize("NFD"),
      "Folder:group-n1",
    );
    const path = `/X1/network/${name}`;
    assert.deepEqual(await reasonsOf(vCenter, { networks: [path] }), [
      `${path}: vCenter has the letters of this name apart from their marks (Unicode's NFD), as a Mac types them, and ` +
        "the installer, which compares names byte by byte, would not find it: type its name anew in the " +
        "vSphere Client, where it then would be unknown only to what looks for its present bytes, or use another one",
    ]);
    vCenter.storagePolicies.push({ id: "й", name: name.normalize("NFD") });
    const { result } = await look({ storagePolicy: { name } });
    assert.equal(result.inputs.storagePolicyId, "й");
  });

  it("shows a name with an escape sequence and a direction mark as what it is", async () => {
    const [reason = ""] = await reasonsOf(vCenter, {
      networks: ["/X1/network/\u001b[31mnodes\u202e"],
    });
    assert.ok(reason.startsWith("/X1/network/\\x1b[31mnodes\\u202e: no such network"), reason);
  });

  it("tells all that is wrong at once, a sentence each", async () => {
    const found = await reasonsOf(vCenter, {
      networks: ["/X1/network/none", "/X1/network/x1_switch"],
      datastores: [
        { path: "/X1/datastore/none", isOfMasters: true, clusters: [] },
        {
          path: "/X1/datastore/x1_lun_1",
          isOfMasters: false,
          clusters: ["/X1/host/x1_cluster_stage"],
        },
      ],
      resourcePools: ["/X1/host/x1_cluster_prod/Resources/none"],
      vmFolder: { path: "/X1/vm/none", exists: true },
      templates: [{ path: "/X1/vm/Templates/none", smallestRootDisk: 0 }],
      storagePolicy: { name: "none" },
    });
    assert.deepEqual(
      found.map((reason) => reason.split(": ", 1)[0]),
      [
        "/X1/network/none",
        "/X1/network/x1_switch",
        "/X1/datastore/none",
        "/X1/datastore/x1_lun_1",
        "/X1/host/x1_cluster_prod/Resources/none",
        "/X1/vm/none",
        "/X1/vm/Templates/none",
        "storagePolicy.name of the cluster of k8s-region-x1",
      ],
    );
    assert.ok(found.every((reason) => !reason.includes("\n")));
  });

  it("tells of a datacenter that is missing, and not of all that would be in it", async () => {
    const [reason, ...more] = await reasonsOf(vCenter, { datacenter: "/X3" });
    assert.ok(reason!.startsWith("/X3: no such object in vCenter's inventory, "), reason);
    assert.deepEqual(more, []);
    assert.ok(!vCenter.calls.some((call) => /^(mounts|find) /.test(call)));
  });

  it("turns a failure of vCenter into one reason", async () => {
    vCenter.failing = (call) => (call === "inventory" ? noPermission("read") : undefined);
    assert.deepEqual(await reasonsOf(vCenter), [noPermission("read").message]);
  });

  it("warns of a folder that the installer is to make and that is there, and does not fail", async () => {
    const { result, lines } = await look({ vmFolder: { path: "/X1/vm/k8s/x1", exists: false } });
    assert.deepEqual(result.failures, []);
    assert.deepEqual(lines, [
      "/X1/vm/k8s/x1: the folder is there already: if Deckhouse did not make it for this cluster, the installer would " +
        "stop with \"The name 'x1' already exists\": then write vmFolderExists: true. For a cluster that is installed leave " +
        "the key as it is: the installer would give up the folder that it made",
    ]);
  });

  for (const key of ["Datastore:datastore-9", "ClusterComputeResource:domain-c2"]) {
    it(`warns that the hosts of ${key} may not be read, and does not fail`, async () => {
      vCenter.hosts.hide(key);
      // Once, also for a datastore that is named twice.
      const { result, lines } = await look({
        datastores: [...exampleLookup.datastores, ...exampleLookup.datastores],
      });
      assert.deepEqual(result.failures, []);
      assert.equal(new Set(lines).size, lines.length);
      assert.equal(
        lines.at(-1),
        "/X1/datastore/x1_root: this account may not read which hosts of /X1/host/x1_cluster_stage mount it, so it was not " +
          "checked that nodes can be there: let the account read both (System.Read)",
      );
    });
  }

  describe("compared at preview", () => {
    const changes: Readonly<Record<string, object>> = {
      region: { region: "k8s-region-x2" },
      datacenter: { datacenter: "/X2" },
      networks: { networks: [] },
      datastores: { datastores: [] },
      "resource pools": { resourcePools: [] },
      "folder for virtual machines": { vmFolder: { path: "/X1/vm/k8s/x1", exists: false } },
      templates: { templates: [] },
      "storage policy": { storagePolicy: { id: policyIds.nodes } },
      "having a storage policy": { storagePolicy: undefined },
      "storage policy's id": { storagePolicyId: policyIds.standard },
      "provider's line": { __provider: "newer" },
    };
    for (const [what, news] of Object.entries(changes)) {
      it(`differs in its ${what}, in place`, async () => {
        const given = { ...state, ...news };
        assert.deepEqual(await provider.diff("id", state, given), { changes: true });
      });
    }

    it("differs in nothing for equal inputs, whatever the order of keys, and asks nothing", async () => {
      const { region, ...rest } = structuredClone(state);
      assert.deepEqual(await provider.diff("id", state, { ...rest, region }), { changes: false });
      assert.deepEqual(vCenter.calls, []);
    });
  });

  it("keeps nothing but its inputs when it is made or updated, and asks nothing", async () => {
    assert.deepEqual(await provider.create(state), { id: "k8s-region-x1", outs: plain });
    assert.deepEqual(await provider.update("id", state, { ...state, networks: [] }), {
      outs: { ...plain, networks: [] },
    });
    const { storagePolicy: _none, ...without } = state;
    assert.ok(!("storagePolicy" in (await provider.create(without)).outs));
    assert.deepEqual(vCenter.calls, []);
  });

  it("stays as it was in a refresh, and has nothing to take back when it is deleted", async () => {
    assert.deepEqual(await provider.read("id", state), { id: "id", props: state });
    await provider.delete();
    assert.deepEqual(vCenter.calls, []);
  });
});
