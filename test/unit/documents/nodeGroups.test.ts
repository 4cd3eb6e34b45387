import assert from "node:assert/strict";
import { changed, type Changes } from "../../support/changedConfiguration";
import { documentsWith, elsewhere, find, testFields, testFixed } from "./support";

const group = "cluster.ephemeralNodeGroups[0]";
const own = (key: string, value: unknown): readonly [Changes, unknown] => [
  { [`${group}.${key}`]: value },
  value,
];
const ofClass = (key: string, value: unknown): readonly [Changes, unknown] =>
  own(`instanceClass.${key}`, value);

describe("VsphereInstanceClass, field by field", () => {
  const kind = "VsphereInstanceClass";
  testFixed(kind, { apiVersion: "deckhouse.io/v1", kind });
  testFields(kind, {
    "metadata.name": own("name", "system"),
    "spec.numCPUs": ofClass("numCPUs", 8),
    "spec.memory": ofClass("memory", 16384),
    "spec.rootDiskSize": ofClass("rootDiskSize", 40),
    "spec.template": [
      { [`${group}.instanceClass.template`]: "/X1/vm/Templates/own" },
      "Templates/own",
    ],
    "spec.mainNetwork": [
      { [`${group}.instanceClass.mainNetwork`]: "/X1/network/folder/other%2fnet" },
      "folder/other%2fnet",
    ],
    "spec.additionalNetworks": [
      { [`${group}.instanceClass.additionalNetworks`]: ["/X1/network/k8s-bgp"] },
      ["k8s-bgp"],
    ],
    "spec.datastore": [
      { [`${group}.instanceClass.datastore`]: "/X1/datastore/luns/x1_lun_1" },
      "luns/x1_lun_1",
    ],
    "spec.resourcePool": ofClass("resourcePool", "pool/workers"),
    "spec.disableTimesync": ofClass("disableTimesync", false),
    "spec.runtimeOptions.nestedHardwareVirtualization": ofClass(
      "runtimeOptions.nestedHardwareVirtualization",
      true,
    ),
    "spec.runtimeOptions.cpuShares": ofClass("runtimeOptions.cpuShares", 1000),
    "spec.runtimeOptions.cpuLimit": ofClass("runtimeOptions.cpuLimit", 8000),
    "spec.runtimeOptions.cpuReservation": ofClass("runtimeOptions.cpuReservation", 2000),
    "spec.runtimeOptions.memoryShares": ofClass("runtimeOptions.memoryShares", 50),
    "spec.runtimeOptions.memoryLimit": ofClass("runtimeOptions.memoryLimit", 8192),
    "spec.runtimeOptions.memoryReservation": ofClass("runtimeOptions.memoryReservation", 70),
  });
});

describe("NodeGroup, field by field", () => {
  const kind = "NodeGroup";
  testFixed(kind, {
    apiVersion: "deckhouse.io/v1",
    kind,
    "spec.nodeType": "CloudEphemeral",
    "spec.cloudInstances.classReference.kind": "VsphereInstanceClass",
  });
  testFields(kind, {
    "metadata.name": own("name", "system"),
    "spec.cloudInstances.classReference.name": own("name", "system"),
    "spec.cloudInstances.minPerZone": own("minPerZone", 2),
    "spec.cloudInstances.maxPerZone": own("maxPerZone", 9),
    "spec.cloudInstances.maxUnavailablePerZone": own("maxUnavailablePerZone", 0),
    "spec.cloudInstances.maxSurgePerZone": own("maxSurgePerZone", 2),
    "spec.cloudInstances.zones": own("zones", ["k8s-zone-x1-b"]),
    "spec.nodeTemplate.labels": own("nodeTemplate.labels", {
      "node-role.deckhouse.io/system": "",
    }),
    "spec.nodeTemplate.annotations": own("nodeTemplate.annotations", { "example.com/rack": "7" }),
    "spec.nodeTemplate.taints": own("nodeTemplate.taints", [
      { effect: "NoExecute", key: "dedicated.deckhouse.io", value: "system" },
    ]),
    "spec.disruptions.approvalMode": [{ [`${group}.disruptions`]: "Manual" }, "Manual"],
  });
});

describe("Groups of nodes", () => {
  it("leave to the masters what their class does not name", () => {
    assert.deepEqual(find(documentsWith(), "VsphereInstanceClass/worker"), {
      apiVersion: "deckhouse.io/v1",
      kind: "VsphereInstanceClass",
      metadata: { name: "worker" },
      spec: { numCPUs: 2, memory: 4096 },
    });
  });

  it("get the program's template unless they name their own", () => {
    const spec = (changes: Changes): unknown =>
      (
        find(
          documentsWith(changes, { template: "Templates/built" }),
          "VsphereInstanceClass",
        ) as Record<string, Record<string, unknown>>
      )["spec"]?.["template"];
    assert.equal(spec({}), "Templates/built");
    assert.equal(spec({ [`${group}.instanceClass.template`]: "Templates/own" }), "Templates/own");
  });

  it("stand behind their classes, and permanent ones have no document of their own", () => {
    const second = { name: "system", minPerZone: 1, maxPerZone: 1 };
    const instanceClass = { numCPUs: 2, memory: 4096 };
    const names = documentsWith({ "cluster.ephemeralNodeGroups[1]": { ...second, instanceClass } })
      .map((document) => JSON.stringify(document))
      .map((text) => JSON.parse(text) as { kind: string; metadata?: { name: string } })
      .filter(({ kind }) => ["VsphereInstanceClass", "NodeGroup"].includes(kind))
      .map(({ kind, metadata }) => `${kind}/${metadata?.name ?? ""}`);
    assert.deepEqual(names, [
      "VsphereInstanceClass/worker",
      "NodeGroup/worker",
      "VsphereInstanceClass/system",
      "NodeGroup/system",
    ]);
  });

  it("name everything themselves where the masters are elsewhere", () => {
    assert.deepEqual(find(documentsWith(elsewhere), "VsphereInstanceClass/frontend"), {
      apiVersion: "deckhouse.io/v1",
      kind: "VsphereInstanceClass",
      metadata: { name: "frontend" },
      spec: {
        numCPUs: 4,
        memory: 8192,
        template: "Templates/ubuntu-24.04",
        mainNetwork: "k8s-nodes",
        additionalNetworks: ["k8s-bgp"],
        datastore: "x1_root",
      },
    });
  });

  it("hold plain data only, without keys that have no value", () => {
    const documents = documentsWith({ [`${group}.zones`]: undefined });
    assert.deepEqual(changed(documents, {}), documents);
  });
});
