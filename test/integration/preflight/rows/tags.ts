import { x1, type Rows } from "./row";

/** Categories and tags, and where they are. */
export const tagRows: Rows = {
  categories: {
    "a category whose tags do not go on clusters": {
      when: "before up",
      configuration: { "categories.zone.existing": true, "categories.zone.description": "Zones" },
      changes: [
        {
          operation: "createCategory",
          category: "k8s-zone",
          description: "Zones",
          associableTypes: ["Datastore"],
        },
      ],
      lines: [
        'error categories.zone.name: found "k8s-zone": its tags cannot be attached to objects of the types ' +
          "ClusterComputeResource",
      ],
    },
    "a category that takes several tags": {
      changes: [{ operation: "updateCategory", category: "k8s-zone", cardinality: "MULTIPLE" }],
      lines: [
        'warning categories.zone.name: found "k8s-zone": it takes several tags on each object (MULTIPLE), which cannot be ' +
          "undone",
      ],
    },
  },
  existing: {
    "a role that is not there": {
      when: "before up",
      configuration: { "role.existing": true },
      lines: [
        'error role.name: found "kubernetes": vCenter has no such role, or this account cannot see it',
      ],
    },
  },
  names: {
    "a category of others": {
      when: "before up",
      changes: [
        {
          operation: "createCategory",
          category: "k8s-zone",
          associableTypes: ["ClusterComputeResource", "Datastore"],
        },
        { operation: "createTag", category: "k8s-zone", tag: "of-others" },
      ],
      lines: [
        'error categories.zone.name: found "k8s-zone": vCenter has this tag category already, and this stack did not make it',
      ],
    },
    "a tag of others": {
      when: "preview",
      configuration: { "regions[0].zones[0].name": "old" },
      changes: [{ operation: "createTag", category: "k8s-zone", tag: "Old" }],
      lines: [
        'error regions[0].zones[0].name: found "old": vCenter has this tag of the category k8s-zone already, and this stack ' +
          "did not make it",
      ],
    },
    "a role of others": {
      when: "before up",
      changes: [{ operation: "createRole", role: "Kubernetes", privileges: ["Datastore.Browse"] }],
      lines: [
        'error role.name: found "kubernetes": vCenter has this role already, and this stack did not make it',
      ],
    },
  },
  tags: {
    "a zone's tag that somebody took off its cluster": {
      changes: [
        { operation: "detachTag", category: "k8s-zone", tag: "k8s-zone-x1-a", path: x1.prod },
      ],
      lines: [
        `error regions[0].zones[0].name: found "k8s-zone-x1-a": ${x1.prod} does not carry this tag`,
      ],
    },
    "a zone's tag on a cluster in another datacenter": {
      configuration: {
        "regions[1].zones": [
          { name: "k8s-zone-x2-a", cluster: "x2_cluster_prod", datastores: ["x2_lun_1"] },
        ],
      },
      changes: [
        {
          operation: "attachTag",
          category: "k8s-zone",
          tag: "k8s-zone-x1-a",
          path: "/X2/host/x2_cluster_stage",
        },
      ],
      lines: [
        'error regions[0].zones[0].name: found "k8s-zone-x1-a": /X2/host/x2_cluster_stage carries this tag too',
      ],
    },
  },
  foreignTags: {
    "a datastore with a zone's tag of others": {
      changes: [
        { operation: "createTag", category: "k8s-zone", tag: "old" },
        {
          operation: "detachTag",
          category: "k8s-zone",
          tag: "k8s-zone-x2-a",
          path: "/X2/datastore/x2_lun_1",
        },
        {
          operation: "attachTag",
          category: "k8s-zone",
          tag: "old",
          path: "/X2/datastore/x2_lun_1",
        },
      ],
      lines: [
        'error regions[1].zones[0].datastores[0]: found "/X2/datastore/x2_lun_1": it carries old of the category k8s-zone, ' +
          "which the configuration does not have",
      ],
    },
    "a host with a zone's tag": {
      changes: [
        {
          operation: "updateCategory",
          category: "k8s-zone",
          associableTypes: ["ClusterComputeResource", "Datastore", "HostSystem"],
        },
        { operation: "createTag", category: "k8s-zone", tag: "old" },
        {
          operation: "attachTag",
          category: "k8s-zone",
          tag: "old",
          path: `${x1.stage}/x1_cluster_stage_host_2`,
        },
      ],
      lines: [
        'error regions[0].zones[1].cluster: found "x1_cluster_stage_host_2": it carries old of the category k8s-zone, and ' +
          "nodes run below it whose zone is k8s-zone-x1-b",
      ],
    },
    "a folder above a cluster with a region's tag": {
      when: "before up",
      configuration: {
        "categories.region.existing": true,
        "categories.region.description": "Regions",
      },
      changes: [
        { operation: "createCategory", category: "k8s-region", description: "Regions" },
        { operation: "createTag", category: "k8s-region", tag: "old" },
        { operation: "attachTag", category: "k8s-region", tag: "old", path: "/X2/host" },
      ],
      lines: [
        'error regions[1].zones[1].cluster: found "/X2/host": it carries old of the category k8s-region, and nodes run below ' +
          "it whose region is k8s-region-x2",
      ],
    },
    "a datastore cluster with a zone's tag": {
      when: "before up",
      configuration: {
        "categories.zone.existing": true,
        "categories.zone.description": "Zones",
        "regions[1].zones[1].datastores": ["x2_lun_2", "pod/x2_lun_9"],
      },
      changes: [
        {
          operation: "addDatastore",
          path: "/X2",
          name: "x2_lun_9",
          clusters: ["x2_cluster_stage"],
          datastoreCluster: "pod",
        },
        { operation: "createCategory", category: "k8s-zone", description: "Zones" },
        { operation: "createTag", category: "k8s-zone", tag: "old" },
        { operation: "attachTag", category: "k8s-zone", tag: "old", path: "/X2/datastore/pod" },
      ],
      lines: [
        'error regions[1].zones[1].datastores[1]: found "/X2/datastore/pod": the datastore is in a datastore cluster that ' +
          "carries old",
      ],
    },
  },
  zoneOrder: {
    "zones that changed places since the last up": {
      when: "preview",
      configuration: {
        "regions[0].zones": [
          { name: "k8s-zone-x1-b", cluster: "x1_cluster_stage", datastores: ["x1_lun_3"] },
          { name: "k8s-zone-x1-a", cluster: "x1_cluster_prod", datastores: ["x1_lun_1"] },
        ],
      },
      lines: [
        "warning regions[0].zones: found k8s-zone-x1-b, k8s-zone-x1-a: the zones are not at the places where they were at " +
          "the last pulumi up: k8s-zone-x1-b was at place 2 and is at 1; k8s-zone-x1-a was at place 1 and is at 2",
      ],
    },
  },
};
