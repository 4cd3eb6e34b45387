import assert from "node:assert/strict";
import { parseConfiguration } from "../../../configuration";
import { changed } from "../../support/changedConfiguration";
import {
  clustersOf,
  elsewhere,
  inRegion,
  installed,
  machine,
  stackOf,
  stackOfAll,
  testAccepted,
  testRegionFaults,
} from "./clusterSupport";
import { faultLines } from "./support";

const ordered = "ephemeralNodeGroups[0]";
const label = "node-role.deckhouse.io/frontend";
const noEffect = (key: string, found: string): string =>
  `@.${key}: found ${found}: controlPlane is elsewhere, so no cluster is installed, and this would have no effect: ` +
  "remove it, or install the cluster in vSphere (controlPlane: vSphere)";

describe("a cluster whose masters are elsewhere", () => {
  it("comes to what the settings of its provider need", () => {
    const [cluster] = clustersOf(stackOf(elsewhere));
    assert.deepEqual(cluster, {
      controlPlane: "elsewhere",
      vmFolderPath: "new",
      sshPublicKey: elsewhere.sshPublicKey,
      networks: [],
      ephemeralNodeGroups: [
        {
          ...{ name: "worker", minPerZone: 0, maxPerZone: 1 },
          instanceClass: {
            ...{ numCPUs: 1, memory: 1, template: "/X1/vm/t" },
            ...{ mainNetwork: "/X1/network/nodes", datastore: "/X1/datastore/root" },
          },
        },
      ],
    });
  });

  testRegionFaults(
    {
      "has no masters, and nothing else that is installed": [
        {
          masterNodeGroup: { replicas: 1, instanceClass: { ...machine, mainNetwork: "n" } },
          nodeGroups: [],
          ...{ cloudPrefix: "x", vmFolderExists: false, baseResourcePool: "p" },
          ...{ useNestedResourcePool: true, storagePolicy: { name: "n" } },
          ...{ podSubnetCIDR: "10.1.0.0/16", podSubnetNodeCIDRPrefix: 24 },
          ...{ serviceSubnetCIDR: "10.2.0.0/16", clusterDomain: "d", kubernetesVersion: "1.31" },
        },
        noEffect("baseResourcePool", '"p"'),
        noEffect("cloudPrefix", '"x"'),
        noEffect("clusterDomain", '"d"'),
        noEffect("kubernetesVersion", '"1.31"'),
        noEffect("masterNodeGroup", "an object"),
        noEffect("nodeGroups", "an empty list"),
        noEffect("podSubnetCIDR", '"10.1.0.0/16"'),
        noEffect("podSubnetNodeCIDRPrefix", "24"),
        noEffect("serviceSubnetCIDR", '"10.2.0.0/16"'),
        noEffect("storagePolicy", "an object"),
        noEffect("useNestedResourcePool", "true"),
        noEffect("vmFolderExists", "false"),
      ],
      "has groups with a template and a datastore of their own": [
        { rootDiskDatastore: undefined, [`${ordered}.instanceClass.template`]: undefined },
        `@.${ordered}.instanceClass.datastore: found nothing: the nodes have no datastore for their root disks, and ` +
          "Deckhouse would refuse the document: name one here, or as rootDiskDatastore for all nodes of the region",
        `@.${ordered}.instanceClass.template: found nothing: the nodes have no template to be cloned from, and Deckhouse ` +
          "would refuse the document: name one here, or let templateImage build or check one",
      ],
      "has frontends that are ordered": [
        { ingress: { externalLoadBalancer: {} } },
        '@.ingress.nodeGroup: found "frontend": there is no such node group, and traffic would arrive nowhere: write one ' +
          "of worker, or add a group of this name to @.ephemeralNodeGroups",
      ],
    },
    elsewhere,
  );

  testAccepted(
    {
      "may have no nodes": { ephemeralNodeGroups: undefined, rootDiskDatastore: undefined },
      "may describe networks, among the addresses of pods that nobody knows": {
        networks: [{ path: "nodes", subnet: "10.111.0.0/24" }],
      },
      "may have BGP": {
        networks: [{ path: "nodes" }, { path: "routers" }],
        [`${ordered}.instanceClass.additionalNetworks`]: ["routers"],
        [`${ordered}.nodeTemplate`]: { labels: { [label]: "" } },
        ingress: {
          nodeGroup: "worker",
          metallbBGP: {
            network: "routers",
            routers: ["192.0.2.1"],
            ...{ routerASN: 64512, clusterASN: 64513, addresses: ["10.111.0.0/24"] },
          },
        },
      },
    },
    elsewhere,
  );

  it("may be one region where the top describes what the others install", () => {
    const { networks: _left, ...general } = changed(installed, {
      ingress: { externalLoadBalancer: {} },
    }) as Record<string, unknown>;
    const raw = changed(stackOfAll({ ...general, networks: installed.networks }), {
      [inRegion]: {
        controlPlane: "elsewhere",
        ...{ ingress: { externalLoadBalancer: {}, nodeGroup: "worker" } },
        ephemeralNodeGroups: [
          {
            ...elsewhere.ephemeralNodeGroups![0],
            nodeTemplate: { labels: { [label]: "" } },
          },
        ],
      },
    });
    assert.deepEqual(
      parseConfiguration(raw).regions.map(({ cluster }) => cluster?.controlPlane),
      ["elsewhere", "vSphere"],
    );
  });

  it("is refused masters that are written beside it, though not those of the top", () => {
    const raw = stackOf(changed(elsewhere, { cloudPrefix: "x" }), {
      clusterConfiguration: { cloudPrefix: "y", networks: installed.networks },
      "regions[1].clusterConfiguration": changed(installed, { cloudPrefix: "z" }),
    });
    assert.deepEqual(
      faultLines(raw).map((line) => line.split(": found ")[0]),
      [`${inRegion}.cloudPrefix`],
    );
  });
});
