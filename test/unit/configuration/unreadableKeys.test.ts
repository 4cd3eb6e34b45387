import assert from "node:assert/strict";
import { changed, type Changes } from "../../support/changedConfiguration";
import { elsewhere, inRegion, installed, stackOf, stackOfAll } from "./clusterSupport";
import { faultLines } from "./support";

const pathsOf = (raw: unknown): (string | undefined)[] =>
  faultLines(raw).map((line) => line.split(": found ")[0]);

/** Keys of the cluster that hold something else, and what else has to be there for a rule to ask for them. */
const unreadable: Readonly<Record<string, Changes>> = {
  controlPlane: {},
  networks: {},
  "networks[0].subnet": {},
  "networks[1].path": {},
  "networks[3].dhcp": {},
  "networks[3].gateway": {},
  rootDiskDatastore: {},
  storagePolicy: {},
  masterNodeGroup: {},
  "masterNodeGroup.replicas": { "masterNodeGroup.instanceClass.additionalNetworks": ["public"] },
  "masterNodeGroup.instanceClass": {},
  "masterNodeGroup.instanceClass.mainNetwork": {},
  "masterNodeGroup.instanceClass.additionalNetworks": {},
  nodeGroups: {},
  "nodeGroups[0].name": {},
  "nodeGroups[0].replicas": {},
  "nodeGroups[0].nodeTemplate": {},
  "nodeGroups[0].nodeTemplate.labels": {},
  "nodeGroups[1].instanceClass": {},
  "nodeGroups[1].instanceClass.mainNetworkIPAddresses": {},
  "nodeGroups[1].instanceClass.mainNetworkIPAddresses[0].address": {},
  "nodeGroups[1].instanceClass.mainNetworkIPAddresses[0].gateway": {
    "networks[3].gateway": undefined,
  },
  ephemeralNodeGroups: { "ingress.nodeGroup": "worker" },
  "ephemeralNodeGroups[0].maxPerZone": { "ephemeralNodeGroups[0].minPerZone": 1 },
  ingress: {},
  "ingress.metallbBGP": {},
  "ingress.metallbBGP.network": {},
  "ingress.metallbBGP.routers": {},
  "ingress.metallbBGP.addresses": {},
  "ingress.nodeGroup": {},
  podSubnetCIDR: { podSubnetNodeCIDRPrefix: 17 },
  podSubnetNodeCIDRPrefix: { podSubnetCIDR: "172.20.0.0/24" },
  vmFolderExists: {},
};

describe("a key of a cluster that cannot be read", () => {
  for (const [key, others] of Object.entries(unreadable)) {
    it(`hides no other fault and makes none: ${key}`, () => {
      // What stands there when somebody wrote the key and forgot the value.
      const cluster = changed(installed, { ...others, [key]: null });
      assert.deepEqual(pathsOf(stackOf(cluster)), [`${inRegion}.${key}`]);
      assert.deepEqual(pathsOf(stackOfAll(cluster)), [`clusterConfiguration.${key}`]);
    });
  }

  it("is not missed where the masters are elsewhere", () => {
    for (const key of ["mainNetwork", "template", "datastore"]) {
      const path = `ephemeralNodeGroups[0].instanceClass.${key}`;
      const cluster = changed(elsewhere, { rootDiskDatastore: undefined, [path]: 5 });
      const given =
        key === "datastore" ? {} : { [`ephemeralNodeGroups[0].instanceClass.datastore`]: "d" };
      assert.deepEqual(pathsOf(stackOf(changed(cluster, given))), [`${inRegion}.${path}`]);
    }
  });

  it("is the datacenter, in which nothing is looked for then", () => {
    assert.deepEqual(pathsOf(stackOf(installed, { "regions[0].datacenter": null })), [
      "regions[0].datacenter",
    ]);
  });

  it("is the version, of which nothing is asked then", () => {
    const cluster = changed(installed, { "ingress.metallbBGP.routerPort": 65_535 });
    assert.deepEqual(pathsOf(stackOf(cluster, { "deckhouse.version": 1.76 })), [
      "deckhouse.version",
    ]);
  });
});
