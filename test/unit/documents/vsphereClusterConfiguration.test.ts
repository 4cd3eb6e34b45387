import assert from "node:assert/strict";
import { clusterDocuments, renderYaml } from "../../../documents";
import { changed, valueAt, type Changes } from "../../support/changedConfiguration";
import { publicKey } from "../configuration/support";
import {
  certificate,
  documentsWith,
  find,
  inputsWith,
  testFields,
  testFixed,
  type FieldCases,
  type Known,
} from "./support";

const kind = "VsphereClusterConfiguration";

/** What the user writes, by name of the key, and where it arrives: below an `instanceClass`, both alike. */
const instanceClassFields: Readonly<
  Record<string, readonly [written: unknown, expected: unknown]>
> = {
  numCPUs: [6, 6],
  memory: [16384, 16384],
  rootDiskSize: [60, 60],
  template: ["/X1/vm/Templates/own", "Templates/own"],
  mainNetwork: ["folder/other%2fnet", "folder/other%2fnet"],
  "additionalNetworks[0]": ["/X1/network/folder/other%2fnet", "folder/other%2fnet"],
  resourcePool: ["pool/nodes", "pool/nodes"],
  "runtimeOptions.nestedHardwareVirtualization": [true, true],
  "runtimeOptions.cpuShares": [1000, 1000],
  "runtimeOptions.cpuLimit": [8000, 8000],
  "runtimeOptions.cpuReservation": [2000, 2000],
  "runtimeOptions.memoryShares": [50, 50],
  "runtimeOptions.memoryLimit": [8192, 8192],
  "runtimeOptions.memoryReservation": [70, 70],
};

const staticAddress = {
  address: "10.20.0.11/24",
  gateway: "10.20.0.1",
  nameservers: { addresses: ["10.20.0.2"], search: ["example.com"] },
};

function instanceClassCases(group: string): FieldCases {
  const fields = Object.entries(instanceClassFields).map(
    ([key, [written, expected]]): [string, FieldCases[string]] => {
      const top = key.split(/[.[]/)[0] ?? "";
      const value = key.endsWith("[0]") ? [written] : written;
      const changes: Changes = {
        [`cluster.${group}.instanceClass.${key.replace("[0]", "")}`]: value,
        // Frontends need the VLAN of the routers, unless traffic comes in by other ways.
        ...(top === "additionalNetworks" ? { "cluster.ingress": undefined } : {}),
      };
      return [`${group}.instanceClass.${key}`, [changes, expected]];
    },
  );
  const addresses = `${group}.instanceClass.mainNetworkIPAddresses[0]`;
  const withAddress: Changes = {
    [`cluster.${group}.instanceClass.mainNetworkIPAddresses`]: [staticAddress],
  };
  return {
    ...Object.fromEntries(fields),
    [`${addresses}.address`]: [withAddress, "10.20.0.11/24"],
    [`${addresses}.gateway`]: [withAddress, "10.20.0.1"],
    [`${addresses}.nameservers.addresses`]: [withAddress, ["10.20.0.2"]],
    [`${addresses}.nameservers.search`]: [withAddress, ["example.com"]],
  };
}

describe("VsphereClusterConfiguration, field by field", () => {
  testFixed(kind, { apiVersion: "deckhouse.io/v1", kind, layout: "Standard" });
  testFields(kind, {
    "provider.server": [{}, "vc2.example.com", { provider: { server: "vc2.example.com" } }],
    "provider.username": [
      { "clusterAccount.username": "d8-x1@vsphere.local" },
      "d8-x1@vsphere.local",
    ],
    "provider.password": [{}, "other", { secrets: { clusterAccountPassword: "other" } }],
    "provider.insecure": [{}, true, { provider: { insecure: true } }],
    "provider.caBundle": [{}, certificate, { provider: { caBundle: certificate } }],
    region: [{ "regions[0].name": "k8s-region-other" }, "k8s-region-other"],
    zones: [{ "regions[0].zones[0].name": "zone-z" }, ["zone-z", "k8s-zone-x1-b"]],
    regionTagCategory: [{ "categories.region.name": "deckhouse-region" }, "deckhouse-region"],
    zoneTagCategory: [{ "categories.zone.name": "deckhouse-zone" }, "deckhouse-zone"],
    vmFolderPath: [{ "cluster.vmFolderPath": "dev/test" }, "dev/test"],
    vmFolderExists: [{ "cluster.vmFolderExists": true }, true],
    sshPublicKey: [
      { "cluster.sshPublicKey": publicKey.replace("test@", "other@") },
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f other@example.com",
    ],
    "masterNodeGroup.replicas": [{ "cluster.masterNodeGroup.replicas": 5 }, 5],
    "masterNodeGroup.zones": [
      { "cluster.masterNodeGroup.zones": ["k8s-zone-x1-b", "k8s-zone-x1-a"] },
      ["k8s-zone-x1-b", "k8s-zone-x1-a"],
    ],
    ...instanceClassCases("masterNodeGroup"),
    "masterNodeGroup.instanceClass.datastore": [
      { "cluster.masterNodeGroup.instanceClass.datastore": "/X1/datastore/luns/x1%2fa" },
      "x1%2fa",
    ],
    "nodeGroups[0].name": [
      { "cluster.nodeGroups[0].name": "edge", "cluster.ingress.nodeGroup": "edge" },
      "edge",
    ],
    "nodeGroups[0].replicas": [{ "cluster.nodeGroups[0].replicas": 2 }, 2],
    "nodeGroups[0].zones": [
      { "cluster.nodeGroups[0].zones": ["k8s-zone-x1-b"] },
      ["k8s-zone-x1-b"],
    ],
    'nodeGroups[0].nodeTemplate.labels["example.com/role"]': [
      { 'cluster.nodeGroups[0].nodeTemplate.labels["example.com/role"]': "edge" },
      "edge",
    ],
    'nodeGroups[0].nodeTemplate.annotations["example.com/rack"]': [
      { 'cluster.nodeGroups[0].nodeTemplate.annotations["example.com/rack"]': "7" },
      "7",
    ],
    "nodeGroups[0].nodeTemplate.taints[0].effect": [
      { "cluster.nodeGroups[0].nodeTemplate.taints": [{ effect: "NoExecute", key: "k" }] },
      "NoExecute",
    ],
    "nodeGroups[0].nodeTemplate.taints[0].key": [
      { "cluster.nodeGroups[0].nodeTemplate.taints": [{ key: "dedicated.deckhouse.io" }] },
      "dedicated.deckhouse.io",
    ],
    "nodeGroups[0].nodeTemplate.taints[0].value": [
      { "cluster.nodeGroups[0].nodeTemplate.taints": [{ key: "k", value: "frontend" }] },
      "frontend",
    ],
    ...instanceClassCases("nodeGroups[0]"),
    "nodeGroups[0].instanceClass.datastore": [
      { "cluster.nodeGroups[0].instanceClass.datastore": "/X1/datastore/luns/x1%2fa" },
      "luns/x1%2fa",
    ],
    internalNetworkCIDR: [{ "cluster.networks[0].subnet": "10.40.0.0/22" }, "10.40.0.0/22"],
    internalNetworkNames: [
      { "cluster.networks[2].nodeAddress": "both" },
      ["k8s-nodes", "other%2fnet"],
    ],
    externalNetworkNames: [
      { "cluster.networks[1].nodeAddress": "external", "cluster.networks[2].nodeAddress": "both" },
      ["k8s-bgp", "other%2fnet"],
    ],
    baseResourcePool: [{ "cluster.baseResourcePool": "kubernetes" }, "kubernetes"],
    useNestedResourcePool: [{ "cluster.useNestedResourcePool": false }, false],
    storagePolicyID: [
      { "cluster.storagePolicy": { id: "aa6d5a82-1c88-45da-85d3-3d74b91a5bad" } },
      "aa6d5a82-1c88-45da-85d3-3d74b91a5bad",
    ],
    disableTimesync: [{ "cluster.disableTimesync": false }, false],
  });
});

describe("VsphereClusterConfiguration", () => {
  it("has no key that is not set, and the keys in their order", () => {
    assert.equal(
      renderYaml(find(documentsWith(), kind) as object),
      `apiVersion: deckhouse.io/v1
kind: VsphereClusterConfiguration
layout: Standard
provider:
  server: vcenter.example.com
  username: deckhouse@vsphere.local
  password: geheim
region: k8s-region-x1
zones:
  - k8s-zone-x1-a
  - k8s-zone-x1-b
regionTagCategory: k8s-region
zoneTagCategory: k8s-zone
vmFolderPath: k8s/x1
sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f test@example.com"
internalNetworkCIDR: "10.20.0.0/24"
internalNetworkNames:
  - k8s-nodes
masterNodeGroup:
  replicas: 1
  instanceClass:
    numCPUs: 4
    memory: 8192
    template: Templates/ubuntu-24.04
    mainNetwork: k8s-nodes
    datastore: x1_root
nodeGroups:
  - name: frontend
    replicas: 1
    nodeTemplate:
      labels:
        node-role.deckhouse.io/frontend: ""
    instanceClass:
      numCPUs: 4
      memory: 8192
      template: Templates/ubuntu-24.04
      mainNetwork: k8s-nodes
      additionalNetworks:
        - k8s-bgp
      datastore: x1_root
`,
    );
  });

  const documentWith = (changes: Changes, known: Known = {}): Record<string, unknown> =>
    find(documentsWith(changes, known), kind) as Record<string, unknown>;

  it("never has insecure next to certificates", () => {
    const providerWith = (own: object): unknown => documentWith({}, { provider: own })["provider"];
    const full = {
      server: "vcenter.example.com",
      username: "deckhouse@vsphere.local",
      password: "geheim",
    };
    assert.deepEqual(providerWith({ insecure: true }), { ...full, insecure: true });
    assert.deepEqual(providerWith({ insecure: false }), full);
    assert.deepEqual(providerWith({ insecure: true, caBundle: "" }), { ...full, insecure: true });
    assert.deepEqual(providerWith({ insecure: true, caBundle: certificate }), {
      ...full,
      caBundle: certificate,
    });
  });

  it("has no list of network names when no network reports addresses", () => {
    const document = documentWith({ "cluster.networks[0].nodeAddress": undefined });
    assert.equal("internalNetworkNames" in document, false);
    assert.equal("externalNetworkNames" in document, false);
    assert.equal(document["internalNetworkCIDR"], "10.20.0.0/24");
  });

  it("takes internalNetworkCIDR from the masters' additional network when they have one", () => {
    const document = documentWith({
      "cluster.masterNodeGroup.instanceClass.additionalNetworks": ["folder/other%2fnet"],
    });
    assert.equal(document["internalNetworkCIDR"], "10.30.0.0/24");
  });

  it("has the program's id of a storage policy that is named", () => {
    const named = { "cluster.storagePolicy": { name: "Kubernetes nodes" } };
    const known = { storagePolicyId: "id-of-the-name" };
    assert.equal(documentWith(named, known)["storagePolicyID"], "id-of-the-name");
    assert.throws(() => documentWith(named), { message: "the storage policy has no id" });
  });

  it("has the program's template where a class names none, and needs one", () => {
    const inputs = inputsWith();
    const nameless = changed(inputs, {
      "region.cluster.masterNodeGroup.instanceClass.template": undefined,
    }) as typeof inputs;
    const templateWith = (own: typeof inputs): unknown =>
      valueAt(
        find(
          clusterDocuments(own).map(({ document }) => document),
          kind,
        ),
        "masterNodeGroup.instanceClass.template",
      );
    const template = "Templates/built";
    assert.equal(templateWith({ ...nameless, template }), "Templates/built");
    assert.equal(templateWith({ ...inputs, template }), "Templates/ubuntu-24.04");
    assert.throws(() => templateWith(nameless), { message: "an instance class has no template" });
  });

  it("refuses an object of another datacenter instead of cutting its path anywhere", () => {
    const inputs = changed(inputsWith(), {
      "region.cluster.nodeGroups[0].instanceClass.datastore": "/X10/datastore/lun",
    }) as ReturnType<typeof inputsWith>;
    assert.throws(() => clusterDocuments(inputs), {
      message: "/X10/datastore/lun is in no folder of /X1",
    });
  });

  it("leaves out an empty list of node groups, which means the same", () => {
    const document = documentWith({ "cluster.nodeGroups": [], "cluster.ingress": undefined });
    assert.equal("nodeGroups" in document, false);
  });
});
