import assert from "node:assert/strict";

import { unknownValue } from "../../../../components/dynamic/dynamicProvider";
import { RegionZoneTagging } from "../../../../components/regionZoneTagging/regionZoneTagging";
import { exampleTagging } from "../../../support/example";
import {
  recordProgram,
  valueOf,
  type RecordedProgram,
  type RegisteredResource,
} from "../../../support/pulumiMocks";

const attachmentsType = "pulumi-nodejs:dynamic/tagAttachments:TagAttachments";

/** The table of categories and tags, and the table of attachments, of the environment's description (A3, A4). */
function expectedResources(id: (name: string) => string): RegisteredResource[] {
  const region = id("topology-region-category");
  const zone = id("topology-zone-category");
  const tag = (name: string, description: string, categoryId: string): RegisteredResource => ({
    type: "vsphere:index/tag:Tag",
    name: `topology-${name}`,
    inputs: { name, description, categoryId },
  });
  return [
    {
      type: attachmentsType,
      name: "topology-attachments",
      inputs: {
        categories: { "k8s-region": region, "k8s-zone": zone },
        tags: {
          "k8s-region-x1": id("topology-k8s-region-x1"),
          "k8s-region-x2": id("topology-k8s-region-x2"),
          "k8s-zone-x1-a": id("topology-k8s-zone-x1-a"),
          "k8s-zone-x1-b": id("topology-k8s-zone-x1-b"),
          "k8s-zone-x2-a": id("topology-k8s-zone-x2-a"),
          "k8s-zone-x2-b": id("topology-k8s-zone-x2-b"),
        },
        attachments: {
          "k8s-region-x1": ["/X1"],
          "k8s-zone-x1-a": ["/X1/host/x1_cluster_prod"],
          "k8s-region-x1 + k8s-zone-x1-a": ["/X1/datastore/x1_lun_1", "/X1/datastore/x1_lun_2"],
          "k8s-zone-x1-b": ["/X1/host/x1_cluster_stage"],
          "k8s-region-x1 + k8s-zone-x1-b": ["/X1/datastore/x1_lun_3"],
          "k8s-region-x2": ["/X2"],
          "k8s-zone-x2-a": ["/X2/host/x2_cluster_prod"],
          "k8s-region-x2 + k8s-zone-x2-a": ["/X2/datastore/x2_lun_1"],
          "k8s-zone-x2-b": ["/X2/host/x2_cluster_stage"],
          "k8s-region-x2 + k8s-zone-x2-b": ["/X2/datastore/x2_lun_2"],
        },
        __provider: 'exports.handler = () => require("./dynamicProvider.js")("tagAttachments");',
      },
    },
    tag("k8s-region-x1", "Kubernetes Region X1", region),
    tag("k8s-region-x2", "Kubernetes Region X2", region),
    tag("k8s-zone-x1-a", "Kubernetes Zone X1-A", zone),
    tag("k8s-zone-x1-b", "Kubernetes Zone X1-B", zone),
    tag("k8s-zone-x2-a", "Kubernetes Zone X2-A", zone),
    tag("k8s-zone-x2-b", "Kubernetes Zone X2-B", zone),
    {
      type: "vsphere:index/tagCategory:TagCategory",
      name: "topology-region-category",
      inputs: {
        name: "k8s-region",
        description: "Kubernetes region",
        cardinality: "SINGLE",
        associableTypes: ["Datacenter", "Datastore"],
      },
    },
    {
      type: "vsphere:index/tagCategory:TagCategory",
      name: "topology-zone-category",
      inputs: {
        name: "k8s-zone",
        description: "Kubernetes zone",
        cardinality: "SINGLE",
        associableTypes: ["ClusterComputeResource", "Datastore"],
      },
    },
  ];
}

for (const preview of [false, true]) {
  const id = (name: string): string => (preview ? unknownValue : `${name}-id`);

  describe(`RegionZoneTagging for the example ${preview ? "at preview" : "at up"}`, () => {
    let component: RegionZoneTagging;
    let recorded: RecordedProgram;

    before(async () => {
      recorded = await recordProgram({ preview }, () => {
        component = new RegionZoneTagging("topology", exampleTagging);
      });
    });

    it("asks for exactly the categories, tags and attachments of the documents", () => {
      assert.equal(recorded.error, undefined);
      assert.deepEqual(recorded.resources, expectedResources(id));
    });

    it("makes nothing that is not its own: no permissions, no lookups, one component", () => {
      assert.deepEqual(recorded.lookups, []);
      assert.deepEqual(recorded.components, [
        { type: "deckhouse-vsphere:index:RegionZoneTagging", name: "topology", inputs: {} },
      ]);
    });

    it("is the parent of every resource, and lets categories outlive a destroy", () => {
      const category = {
        parent: "topology",
        retainOnDelete: true,
        ignoreChanges: ["cardinality", "associableTypes"],
      };
      const own = { parent: "topology" };
      assert.deepEqual(recorded.options, {
        topology: {},
        "topology-attachments": own,
        "topology-k8s-region-x1": own,
        "topology-k8s-region-x2": own,
        "topology-k8s-zone-x1-a": own,
        "topology-k8s-zone-x1-b": own,
        "topology-k8s-zone-x2-a": own,
        "topology-k8s-zone-x2-b": own,
        "topology-region-category": category,
        "topology-zone-category": category,
      });
    });

    it("attaches only after every category and tag is there", () => {
      assert.deepEqual(
        recorded.dependencies["topology-attachments"],
        expectedResources(id)
          .filter(({ type }) => type !== attachmentsType)
          .map(({ name }) => name),
      );
    });

    it("tells the ids of categories and tags by their names", async () => {
      const known = (name: string): string | undefined => (preview ? undefined : `${name}-id`);
      const { categoryIds, regionTagIds, zoneTagIds } = component;
      assert.deepEqual(Object.keys(categoryIds), ["k8s-region", "k8s-zone"]);
      assert.deepEqual(Object.keys(regionTagIds), ["k8s-region-x1", "k8s-region-x2"]);
      assert.deepEqual(Object.keys(zoneTagIds), [
        "k8s-zone-x1-a",
        "k8s-zone-x1-b",
        "k8s-zone-x2-a",
        "k8s-zone-x2-b",
      ]);
      for (const [name, tagId] of Object.entries({ ...regionTagIds, ...zoneTagIds })) {
        assert.equal(await valueOf(tagId), known(`topology-${name}`));
      }
    });
  });
}
