import { first, hostsOf, instanceClass, x1, type Rows } from "./row";

/** What the hosts of the zones have. */
export const hostRows: Rows = {
  clusterHosts: {
    "a cluster whose hosts are all in maintenance": {
      changes: hostsOf("x2_cluster_stage").map((host) => ({
        operation: "setHost",
        path: `/X2/host/x2_cluster_stage/${host}`,
        maintenance: true,
      })),
      lines: [
        'error regions[1].zones[1].cluster: found "/X2/host/x2_cluster_stage": none of its 3 hosts is connected and out of ' +
          "maintenance",
      ],
    },
    "a cluster whose hosts are in maintenance or not connected": {
      changes: hostsOf("x1_cluster_prod").map((host, index) => ({
        operation: "setHost",
        path: `${x1.prod}/${host}`,
        ...(index === 0 ? { maintenance: true } : { connected: false }),
      })),
      lines: [
        `error regions[0].zones[0].cluster: found "${x1.prod}": none of its 3 hosts is connected and out of maintenance`,
      ],
    },
  },
  volumeDatastores: {
    "a datastore that one host mounts for reading alone": {
      changes: [
        {
          operation: "setMount",
          path: "/X1/datastore/x1_lun_1",
          hosts: ["x1_cluster_prod_host_2"],
          writable: false,
        },
      ],
      lines: [
        'error regions[0].zones[0].datastores[0]: found "/X1/datastore/x1_lun_1": it is mounted for reading alone on 1 of ' +
          `the 3 hosts of ${x1.prod}: x1_cluster_prod_host_2`,
      ],
    },
    "a datastore that somebody unmounted on a host": {
      changes: [
        {
          operation: "setMount",
          path: "/X1/datastore/x1_lun_3",
          hosts: ["x1_cluster_stage_host_3"],
          mounted: false,
        },
      ],
      lines: [
        'error regions[0].zones[1].datastores[0]: found "/X1/datastore/x1_lun_3": it is not mounted on 1 of the 3 hosts of ' +
          `${x1.stage}: x1_cluster_stage_host_3`,
      ],
    },
    "a datastore that a host in maintenance cannot reach, which is a warning": {
      changes: [
        {
          operation: "setHost",
          path: "/X2/host/x2_cluster_prod/x2_cluster_prod_host_1",
          maintenance: true,
        },
        {
          operation: "setMount",
          path: "/X2/datastore/x2_lun_1",
          hosts: ["x2_cluster_prod_host_1"],
          accessible: false,
        },
      ],
      lines: [
        'warning regions[1].zones[0].datastores[0]: found "/X2/datastore/x2_lun_1": its storage cannot be reached on 1 of the ' +
          "3 hosts of /X2/host/x2_cluster_prod: x2_cluster_prod_host_1 (1 in maintenance)",
      ],
    },
  },
  rootDiskDatastores: {
    "a datastore for root disks that one host mounts for reading alone": {
      changes: [
        {
          operation: "setMount",
          path: "/X1/datastore/x1_root",
          hosts: ["x1_cluster_stage_host_1"],
          writable: false,
        },
      ],
      lines: [
        `error ${first}.masterNodeGroup.instanceClass.datastore: found "/X1/datastore/x1_root": it is mounted for reading ` +
          `alone on 1 of the 3 hosts of ${x1.stage}: x1_cluster_stage_host_1`,
      ],
    },
  },
  storageClasses: {
    "a datastore of others with a zone's tag whose StorageClass would have the name of another": {
      configuration: { "regions[0].zones[1].datastores[1]": "fast/lun" },
      there: [{ operation: "addDatastore", path: "/X1", name: "lun", folder: "fast" }],
      changes: [
        { operation: "addDatastore", path: "/X1", name: "fast-lun" },
        {
          operation: "attachTag",
          category: "k8s-zone",
          tag: "k8s-zone-x1-b",
          path: "/X1/datastore/fast-lun",
        },
      ],
      lines: [
        'error regions[0].zones[1].datastores[1]: found "/X1/datastore/fast/lun": Deckhouse would give the StorageClasses of ' +
          "this datastore and of /X1/datastore/fast-lun, which carries a tag of k8s-zone as well, one name, " +
          '"fast-lun-61a9635d"',
      ],
    },
  },
  networksOnHosts: {
    "a host that is not on the switch of the port group": {
      changes: [
        {
          operation: "takeNetwork",
          path: "/X1/network/x1_switch",
          hosts: ["x1_cluster_stage_host_1"],
        },
      ],
      lines: [
        `error ${first}.networks[0].path: found "/X1/network/k8s-nodes": 1 of the 3 hosts of ${x1.stage} do not have it ` +
          "(x1_cluster_stage_host_1)",
      ],
    },
    "a standard network that the hosts of one cluster have": {
      configuration: {
        [`${first}.networks[0].path`]: "nodes",
        [`${instanceClass}.mainNetwork`]: "nodes",
      },
      changes: [
        { operation: "addNetwork", path: "/X1", name: "nodes", clusters: ["x1_cluster_prod"] },
      ],
      lines: [
        `error ${first}.networks[0].path: found "/X1/network/nodes": 3 of the 3 hosts of ${x1.stage} do not have it ` +
          `(${hostsOf("x1_cluster_stage").join(", ")})`,
      ],
    },
  },
  distributedResourceScheduler: {
    "a cluster without DRS": {
      changes: [{ operation: "setDrs", path: "/X2/host/x2_cluster_prod", enabled: false }],
      lines: [
        'error regions[1].zones[0].cluster: found "/X2/host/x2_cluster_prod": DRS is off there, and a cluster without it has ' +
          "no resource pools",
      ],
    },
  },
};
