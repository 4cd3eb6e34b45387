import assert from "node:assert/strict";
import { parse } from "yaml";
import { parseConfiguration } from "../../../configuration";
import {
  renderYaml,
  vsphereClusterConfiguration,
  type VsphereClusterConfigurationInputs,
} from "../../../documents";
import { publicKey, stack, stackWith } from "../configuration/support";

const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const provider = {
  server: "vcenter.example.com",
  username: "deckhouse@vsphere.local",
  password: "geheim",
};

function inputsOf(raw: unknown): VsphereClusterConfigurationInputs {
  const region = parseConfiguration(raw).regions[0];
  assert.ok(region?.clusterConfiguration);
  return {
    region: region.name,
    zones: region.zones.map(({ name }) => name),
    categories: { region: "k8s-region", zone: "k8s-zone" },
    provider,
    clusterConfiguration: region.clusterConfiguration,
  };
}

describe("VsphereClusterConfiguration", () => {
  it("leaves out what is not set, and writes the keys in their order", () => {
    const text = renderYaml(vsphereClusterConfiguration(inputsOf(stack)));
    assert.equal(
      text,
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
sshPublicKey: "${publicKey}"
internalNetworkCIDR: "10.20.0.0/24"
masterNodeGroup:
  replicas: 3
  instanceClass:
    numCPUs: 4
    memory: 8192
    template: Templates/ubuntu-24.04
    mainNetwork: k8s-nodes
    datastore: x1_root
nodeGroups:
  - name: frontend
    replicas: 2
    instanceClass:
      numCPUs: 4
      memory: 8192
      template: Templates/ubuntu-24.04
      mainNetwork: k8s-nodes
      datastore: x1_root
`,
    );
  });

  it("carries every key that can be set", () => {
    const instanceClass = {
      numCPUs: 2,
      memory: 4096,
      rootDiskSize: 60,
      template: "Templates/t",
      mainNetwork: "main",
      additionalNetworks: ["bgp"],
      datastore: "x1_root",
      resourcePool: "pool",
      mainNetworkIPAddresses: [
        {
          address: "10.20.0.11/24",
          gateway: "10.20.0.1",
          nameservers: { addresses: ["10.20.0.2"], search: ["example.com"] },
        },
      ],
      runtimeOptions: {
        nestedHardwareVirtualization: true,
        cpuShares: 1,
        cpuLimit: 2,
        cpuReservation: 3,
        memoryShares: 4,
        memoryLimit: 5,
        memoryReservation: 6,
      },
    };
    const cluster = {
      vmFolderPath: "k8s/x1",
      vmFolderExists: true,
      sshPublicKey: publicKey,
      internalNetworkCIDR: "10.20.0.0/24",
      internalNetworkNames: ["internal"],
      externalNetworkNames: ["external"],
      baseResourcePool: "base",
      useNestedResourcePool: false,
      storagePolicyID: "aa6d5a82-1c88-45da-85d3-3d74b91a5bad",
      disableTimesync: false,
      masterNodeGroup: { replicas: 1, zones: ["k8s-zone-x1-b"], instanceClass },
      nodeGroups: [
        {
          name: "frontend",
          replicas: 1,
          zones: ["k8s-zone-x1-b", "k8s-zone-x1-a"],
          nodeTemplate: {
            labels: { "node-role.deckhouse.io/frontend": "" },
            annotations: { a: "b" },
            taints: [{ effect: "NoExecute", key: "dedicated", value: "frontend" }],
          },
          instanceClass: { ...instanceClass, mainNetworkIPAddresses: [] },
        },
      ],
    };
    const raw = stackWith({
      "regions[0].clusterConfiguration": { ...cluster, cloudPrefix: "x1" },
      "regions[0].clusterConfiguration.nodeGroups[0].instanceClass.mainNetworkIPAddresses":
        undefined,
    });
    const { mainNetworkIPAddresses: _addresses, ...workerClass } = instanceClass;
    assert.deepEqual(vsphereClusterConfiguration(inputsOf(raw)), {
      apiVersion: "deckhouse.io/v1",
      kind: "VsphereClusterConfiguration",
      layout: "Standard",
      provider,
      region: "k8s-region-x1",
      zones: ["k8s-zone-x1-a", "k8s-zone-x1-b"],
      regionTagCategory: "k8s-region",
      zoneTagCategory: "k8s-zone",
      ...cluster,
      nodeGroups: [{ ...cluster.nodeGroups[0], instanceClass: workerClass }],
    });
  });

  it("keeps the zones in the order written", () => {
    const inputs = inputsOf(stack);
    const zones = ["z", "a", "m"];
    assert.deepEqual(vsphereClusterConfiguration({ ...inputs, zones }).zones, zones);
  });

  it("never writes insecure next to certificates", () => {
    const providerOf = (own: object): unknown =>
      vsphereClusterConfiguration({ ...inputsOf(stack), provider: { ...provider, ...own } })
        .provider;
    assert.deepEqual(providerOf({ insecure: true }), { ...provider, insecure: true });
    assert.deepEqual(providerOf({ insecure: false }), provider);
    assert.deepEqual(providerOf({ insecure: true, caBundle: certificate }), {
      ...provider,
      caBundle: certificate,
    });
    assert.deepEqual(providerOf({ insecure: true, caBundle: "" }), { ...provider, insecure: true });
  });
});

describe("renderYaml", () => {
  it("writes text of several lines as a block", () => {
    assert.equal(
      renderYaml({ caBundle: certificate }),
      "caBundle: |\n  -----BEGIN CERTIFICATE-----\n  MIIB\n  -----END CERTIFICATE-----\n",
    );
  });

  it("quotes what another reader could take for something else than text", () => {
    const words = [
      "yes",
      "No",
      "on",
      "y",
      "null",
      "~",
      "1e3",
      "0x1F",
      "010",
      "1:30",
      "",
      "=",
      "e0",
    ];
    for (const word of words) {
      assert.equal(renderYaml({ a: word }), `a: ${JSON.stringify(word)}\n`);
    }
  });

  it("leaves numbers and truth values as they are", () => {
    assert.equal(renderYaml({ a: 1, b: true, c: undefined }), "a: 1\nb: true\n");
  });

  it("reads back any difficult text", () => {
    for (const text of [
      " lead",
      "trail ",
      "a\n\n b\n",
      "\ttab",
      "ключ",
      "a: b",
      "#x",
      "\u0007",
      "x\n",
    ]) {
      assert.deepEqual(parse(renderYaml({ text })), { text });
    }
  });

  it("folds no long line", () => {
    assert.equal(renderYaml({ a: "word ".repeat(50) + "x" }).split("\n").length, 2);
  });
});
