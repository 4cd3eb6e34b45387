import assert from "node:assert/strict";
import { parse } from "yaml";
import { documentsWith, find, certificate } from "./support";

const key =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f admin@example.com";
const machine = {
  numCPUs: 4,
  memory: 8192,
  template: "Templates/ubuntu-focal-20.04-packer",
  mainNetwork: "k8s-x1-nodes",
};

describe("The example of a region with frontends in a VLAN of BGP routers", () => {
  it("comes out as the document that was written by hand", () => {
    const document = find(
      documentsWith(
        {
          "clusterAccount.username": "d8-x1@vsphere.local",
          "regions[0].clusterConfiguration": {
            vmFolderPath: "k8s/x1",
            vmFolderExists: true,
            sshPublicKey: key,
            rootDiskDatastore: "x1_lun_1",
            networks: [
              { path: "k8s-x1-nodes", nodeAddress: "internal", subnet: "10.20.0.0/24" },
              { path: "k8s-x1-bgp" },
            ],
            masterNodeGroup: { replicas: 3, instanceClass: { ...machine, rootDiskSize: 50 } },
            nodeGroups: [
              {
                name: "frontend",
                replicas: 2,
                zones: ["k8s-zone-x1-a", "k8s-zone-x1-b"],
                nodeTemplate: { labels: { "node-role.deckhouse.io/frontend": "" } },
                instanceClass: {
                  ...machine,
                  numCPUs: 2,
                  memory: 4096,
                  additionalNetworks: ["k8s-x1-bgp"],
                },
              },
            ],
          },
        },
        {
          provider: { caBundle: certificate },
        },
      ),
      "VsphereClusterConfiguration",
    );
    assert.deepEqual(
      document,
      parse(`
apiVersion: deckhouse.io/v1
kind: VsphereClusterConfiguration
layout: Standard
provider:
  server: vcenter.example.com
  username: d8-x1@vsphere.local
  password: geheim
  caBundle: |
    -----BEGIN CERTIFICATE-----
    MIIBdzCCARygAwIBAgIBATAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5UZXN0IGF1
    dGhvcml0eTAgFw0yNjExMjgxNTI1NTZaGA8yMTI2MTEwNDE1MjU1NlowGTEXMBUG
    A1UEAwwOVGVzdCBhdXRob3JpdHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARZ
    rAtBnMMGHZr0xv+Ax61uAcwrhpR5sDL3YS4DNga+GSz2fWbK+HSiASooQPJm50qm
    CDpMtvbe/+MSKfSZfma8o1MwUTAdBgNVHQ4EFgQUNHsGTNlwIiJO48oY3CGjXrWv
    ID4wHwYDVR0jBBgwFoAUNHsGTNlwIiJO48oY3CGjXrWvID4wDwYDVR0TAQH/BAUw
    AwEB/zAKBggqhkjOPQQDAgNJADBGAiEAkhLq/FPx1B4H0wEKZ/dm/0WCtvxB0EtA
    OQzUb8lqnKwCIQCgFDfBPQ75rdS7yl5ozRV1hflYkFpGM/LObVes0lUCPw==
    -----END CERTIFICATE-----
region: k8s-region-x1
zones: [k8s-zone-x1-a, k8s-zone-x1-b]
regionTagCategory: k8s-region
zoneTagCategory: k8s-zone
vmFolderPath: k8s/x1
vmFolderExists: true
sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f admin@example.com"
internalNetworkCIDR: 10.20.0.0/24
internalNetworkNames: [k8s-x1-nodes]
masterNodeGroup:
  replicas: 3
  instanceClass:
    {numCPUs: 4, memory: 8192, rootDiskSize: 50, template: Templates/ubuntu-focal-20.04-packer, mainNetwork: k8s-x1-nodes, datastore: x1_lun_1}
nodeGroups:
  - name: frontend
    replicas: 2
    zones: [k8s-zone-x1-a, k8s-zone-x1-b]
    nodeTemplate:
      labels: {node-role.deckhouse.io/frontend: ""}
    instanceClass:
      {numCPUs: 2, memory: 4096, template: Templates/ubuntu-focal-20.04-packer, mainNetwork: k8s-x1-nodes, additionalNetworks: [k8s-x1-bgp], datastore: x1_lun_1}
`),
    );
  });
});
