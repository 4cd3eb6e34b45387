import assert from "node:assert/strict";
import { parseConfiguration } from "../../../configuration";
import { changed } from "../../support/changedConfiguration";
import { clustersOf, elsewhere, inRegion, installed, stackOf, stackOfAll } from "./clusterSupport";

const ordered = "ephemeralNodeGroups[0]";
const label = "node-role.deckhouse.io/frontend";

describe("a cluster whose masters are elsewhere", () => {
  it("comes to what the settings of its provider need", () => {
    const [cluster] = clustersOf(stackOf(elsewhere));
    assert.deepEqual(JSON.parse(JSON.stringify(cluster)), {
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

  it("may have no nodes", () => {
    const none = { ephemeralNodeGroups: undefined, rootDiskDatastore: undefined };
    parseConfiguration(stackOf(changed(elsewhere, none)));
  });

  it("may have BGP, among the addresses of pods that nobody knows", () => {
    const bgp = {
      networks: [{ path: "nodes" }, { path: "routers" }],
      [`${ordered}.instanceClass.additionalNetworks`]: ["routers"],
      [`${ordered}.nodeTemplate`]: { labels: { [label]: "" } },
      ingress: {
        nodeGroup: "worker",
        metallbBGP: {
          network: "routers",
          routers: ["192.0.2.1"],
          routerASN: 64512,
          clusterASN: 64513,
          addresses: ["10.111.0.0/24"],
        },
      },
    };
    parseConfiguration(stackOf(changed(elsewhere, bgp)));
  });

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
});
