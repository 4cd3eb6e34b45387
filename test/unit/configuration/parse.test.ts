import assert from "node:assert/strict";
import { changed, plain } from "../../support/changedConfiguration";
import { parseConfiguration } from "../../../configuration";
import { clustersOf, elsewhere, inRegion, installed, stackOf, stackOfAll } from "./clusterSupport";
import { stack, stackWith } from "./support";

/** The worked example of the requirement: two regions with two zones each, some of their objects by full paths. */
const example = changed(stack, {
  "regions[0].clusterConfiguration": undefined,
  "regions[1].datacenter": "/X2",
  "regions[1].zones[0].cluster": "/X2/host/x2_cluster_prod",
  "regions[1].zones[0].datastores": ["/X2/datastore/x2_lun_1"],
  "role.preset": "seed",
});

describe("parseConfiguration", () => {
  const { role, ...rest } = parseConfiguration(example);

  const zone = (name: string, cluster: string, ...datastores: string[]): object => {
    const datacenter = `/${name.slice(0, 2).toUpperCase()}`;
    return {
      name: `k8s-zone-${name}`,
      description: `Kubernetes Zone ${name.toUpperCase()}`,
      existing: false,
      cluster: `${datacenter}/host/${cluster}`,
      datastores: datastores.map((datastore) => `${datacenter}/datastore/${datastore}`),
    };
  };

  it("reads the worked example: names, descriptions and full paths", () => {
    assert.deepEqual(plain(rest), {
      regions: [
        {
          name: "k8s-region-x1",
          description: "Kubernetes Region X1",
          existing: false,
          datacenter: "/X1",
          zones: [
            zone("x1-a", "x1_cluster_prod", "x1_lun_1", "x1_lun_2"),
            zone("x1-b", "x1_cluster_stage", "x1_lun_3"),
          ],
        },
        {
          name: "k8s-region-x2",
          description: "Kubernetes Region X2",
          existing: false,
          datacenter: "/X2",
          zones: [
            zone("x2-a", "x2_cluster_prod", "x2_lun_1"),
            zone("x2-b", "x2_cluster_stage", "x2_lun_2"),
          ],
        },
      ],
      categories: {
        region: { name: "k8s-region", description: "Kubernetes region", existing: false },
        zone: {
          name: "k8s-zone",
          description: "Kubernetes zone",
          cardinality: "SINGLE",
          existing: false,
        },
        deleteOnDestroy: false,
      },
      preflight: {},
      isPreflightOff: false,
      protect: false,
      vCenter: {},
      deckhouse: {
        version: "1.77",
        releaseChannel: "Stable",
        bundle: "Default",
        insecureVCenter: false,
      },
      clusterAccount: { username: "deckhouse@vsphere.local" },
    });
  });

  it("gives the seed's role its privileges, granted on both datacenters", () => {
    const { privileges, ...others } = role ?? {};
    assert.equal(privileges?.length, 115);
    assert.deepEqual(plain(others), {
      name: "kubernetes",
      existing: false,
      grantModel: "datacenters",
      unknownPrivileges: "leaveOut",
      principals: [{ name: "deckhouse@vsphere.local", group: false }],
      grants: [
        { path: "/X1", kinds: ["datacenter"], role: "full", propagate: true },
        { path: "/X2", kinds: ["datacenter"], role: "full", propagate: true },
      ],
    });
  });

  it("makes no role where none is written, and grants it to nobody where there are no principals", () => {
    const account = { "clusterAccount.username": "deckhouse@vsphere.local" };
    const without = parseConfiguration(stackWith({ role: undefined, ...account }));
    assert.equal(without.role, undefined);
    const { role: ungranted } = parseConfiguration(
      stackWith({ "role.principals": undefined, ...account }),
    );
    assert.deepEqual([ungranted?.name, ungranted?.principals], ["kubernetes", []]);
  });

  it("carries on former names, and has no key for them where none is written", () => {
    const { regions } = parseConfiguration(
      stackWith({
        "regions[0].formerName": "k8s-region-old",
        "regions[1].zones[0].formerName": "k8s-zone-old",
      }),
    );
    const former = (value: object): unknown =>
      "formerName" in value ? value.formerName : "no such key";
    assert.deepEqual(
      regions.map((region) => [former(region), ...region.zones.map(former)]),
      [
        ["k8s-region-old", "no such key", "no such key"],
        ["no such key", "k8s-zone-old", "no such key"],
      ],
    );
  });

  it("carries on what exists already", () => {
    const parsed = parseConfiguration(
      stackWith({
        "regions[0].existing": true,
        "regions[1].zones[0].existing": true,
        "role.existing": true,
      }),
    );
    const { regions, role: used } = parsed;
    assert.deepEqual(
      [
        regions.map((region) => region.existing),
        regions.map((region) => region.zones.map((each) => each.existing)),
        used?.existing,
      ],
      [
        [true, false],
        [
          [false, false],
          [true, false],
        ],
        true,
      ],
    );
  });

  it("gives today's role, and an own list, to the root", () => {
    const root = [{ path: "/", kinds: ["folder"], role: "full", propagate: true }];
    assert.deepEqual(parseConfiguration(stack).role?.grants, root);
    const own = stackWith({ "role.privileges": ["Folder.Create", "System.Read", "Folder.Create"] });
    assert.deepEqual(parseConfiguration(own).role?.grants, root);
    assert.deepEqual(parseConfiguration(own).role?.privileges, ["Folder.Create"]);
  });

  it("joins the cluster configurations, the region's keys replacing the general ones", () => {
    const general = stack.regions[0]?.clusterConfiguration;
    const parsed = parseConfiguration(
      stackWith({
        clusterConfiguration: { ...general, vmFolderPath: "k8s/all", disableTimesync: false },
        "regions[0].clusterConfiguration": {
          networks: [{ path: "k8s-nodes", subnet: "10.9.0.0/16" }],
        },
      }),
    );
    assert.deepEqual(
      parsed.regions.map(({ cluster }) => {
        assert.equal(cluster?.controlPlane, "vSphere");
        return [cluster.internalNetworkCIDR, cluster.vmFolderPath, cluster.disableTimesync];
      }),
      [
        ["10.9.0.0/16", "k8s/all", false],
        ["10.20.0.0/24", "k8s/all", false],
      ],
    );
  });

  it("makes no cluster configuration where there is none", () => {
    assert.deepEqual(
      parseConfiguration(stack).regions.map(({ cluster }) => cluster !== undefined),
      [true, false],
    );
  });

  it("takes tag descriptions that are given, and whole names that have another beginning", () => {
    const parsed = parseConfiguration(
      stackWith({ "regions[0].name": "berlin", "regions[0].zones[0].description": "Rack 7" }),
    );
    const [region] = parsed.regions;
    assert.deepEqual(
      [region?.description, region?.zones[0]?.description],
      ["Kubernetes Region BERLIN", "Rack 7"],
    );
  });

  it("takes a granular grant apart as Deckhouse's table does", () => {
    const parsed = parseConfiguration(
      stackWith({
        regions: [stack.regions[0]],
        "regions[0].clusterConfiguration.vmFolderExists": true,
        "role.grant": "granular",
        "role.granular": {
          regions: {
            "k8s-region-x1": {
              distributedSwitches: ["dvs"],
              distributedPortGroups: ["k8s-nodes"],
              furtherObjects: [{ path: "/X1/vm/Templates" }],
            },
          },
        },
      }),
    ).role;
    assert.deepEqual(
      parsed?.grants.map(({ path, role: kind, propagate }) => `${path} ${kind} ${propagate}`),
      [
        "/ readOnly false",
        "/X1 readOnly false",
        "/X1/host/x1_cluster_prod full true",
        "/X1/host/x1_cluster_stage full true",
        "/X1/vm/k8s/x1 full true",
        "/X1/datastore/x1_lun_1 full true",
        "/X1/datastore/x1_lun_2 full true",
        "/X1/datastore/x1_lun_3 full true",
        "/X1/datastore/x1_root full true",
        "/X1/network/dvs readOnly false",
        "/X1/network/k8s-nodes full true",
        "/X1/vm/Templates full true",
      ],
    );
    const { name, privileges = [] } = parsed.readOnlyRole ?? {};
    assert.deepEqual([name, privileges.length], ["kubernetes-read-only", 11]);
  });
});

const ordered = "ephemeralNodeGroups[0]";
const label = "node-role.deckhouse.io/frontend";

describe("a cluster whose masters are elsewhere", () => {
  it("comes to what the settings of its provider need", () => {
    const [cluster] = clustersOf(stackOf(elsewhere));
    assert.deepEqual(plain(cluster), {
      additionalIngresses: [],
      controlPlane: "elsewhere",
      vmFolderPath: "new",
      sshPublicKey: elsewhere.sshPublicKey,
      networks: [],
      ephemeralNodeGroups: [
        {
          name: "worker",
          minPerZone: 0,
          maxPerZone: 1,
          instanceClass: {
            numCPUs: 4,
            memory: 7680,
            template: "/X1/vm/t",
            mainNetwork: "/X1/network/nodes",
            datastore: "/X1/datastore/root",
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
    const general = changed(installed, { ingress: { externalLoadBalancer: {} } });
    const raw = changed(stackOfAll(general), {
      [inRegion]: {
        controlPlane: "elsewhere",
        ingress: { externalLoadBalancer: {}, nodeGroup: "worker" },
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
