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

const [regionNames, zoneNames] = [
  ["k8s-region-x1", "k8s-region-x2"],
  ["k8s-zone-x1-a", "k8s-zone-x1-b", "k8s-zone-x2-a", "k8s-zone-x2-b"],
] as const;
const tagNames = [...regionNames, ...zoneNames];
const valuesOf = <T>(names: readonly string[], value: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name, value(name)]));

/** The table of categories and tags, and the table of attachments, of the environment's description (A3, A4). */
function expectedResources(id: (name: string) => string): RegisteredResource[] {
  const tag = (name: string, description: string): RegisteredResource => {
    const categoryId = id(`topology-${name.split("-")[1]!}-category`);
    const inputs = { name, description, categoryId };
    return { type: "vsphere:index/tag:Tag", name: `topology-${name}`, inputs };
  };
  const category = (kind: string, ...associableTypes: string[]): RegisteredResource => ({
    type: "vsphere:index/tagCategory:TagCategory",
    name: `topology-${kind}-category`,
    inputs: {
      name: `k8s-${kind}`,
      description: `Kubernetes ${kind}`,
      cardinality: "SINGLE",
      associableTypes,
    },
  });
  const settingsOf = ({ inputs: { name: _name, ...settings } }: RegisteredResource) => settings;
  return [
    {
      type: attachmentsType,
      name: "topology-attachments",
      inputs: {
        categories: {
          "k8s-region": id("topology-region-category"),
          "k8s-zone": id("topology-zone-category"),
        },
        tags: valuesOf(tagNames, (name) => id(`topology-${name}`)),
        attachments: {
          "/X1": "k8s-region-x1",
          "/X1/host/x1_cluster_prod": "k8s-zone-x1-a",
          "/X1/datastore/x1_lun_1": "k8s-region-x1 + k8s-zone-x1-a",
          "/X1/datastore/x1_lun_2": "k8s-region-x1 + k8s-zone-x1-a",
          "/X1/host/x1_cluster_stage": "k8s-zone-x1-b",
          "/X1/datastore/x1_lun_3": "k8s-region-x1 + k8s-zone-x1-b",
          "/X2": "k8s-region-x2",
          "/X2/host/x2_cluster_prod": "k8s-zone-x2-a",
          "/X2/datastore/x2_lun_1": "k8s-region-x2 + k8s-zone-x2-a",
          "/X2/host/x2_cluster_stage": "k8s-zone-x2-b",
          "/X2/datastore/x2_lun_2": "k8s-region-x2 + k8s-zone-x2-b",
        },
        categorySettings: {
          "k8s-region": settingsOf(category("region", "Datacenter", "Datastore")),
          "k8s-zone": settingsOf(category("zone", "ClusterComputeResource", "Datastore")),
        },
        __provider: 'exports.handler = () => require("./dynamicProvider.js")("tagAttachments");',
      },
    },
    tag("k8s-region-x1", "Kubernetes Region X1"),
    tag("k8s-region-x2", "Kubernetes Region X2"),
    tag("k8s-zone-x1-a", "Kubernetes Zone X1-A"),
    tag("k8s-zone-x1-b", "Kubernetes Zone X1-B"),
    tag("k8s-zone-x2-a", "Kubernetes Zone X2-A"),
    tag("k8s-zone-x2-b", "Kubernetes Zone X2-B"),
    category("region", "Datacenter", "Datastore"),
    category("zone", "ClusterComputeResource", "Datastore"),
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

    it("asks for exactly the categories, tags and attachments of the documents, and nothing else", () => {
      assert.equal(recorded.error, undefined);
      assert.deepEqual(recorded.resources, expectedResources(id));
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
        ...valuesOf(
          tagNames.map((name) => `topology-${name}`),
          () => own,
        ),
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
      assert.deepEqual(Object.keys(regionTagIds), regionNames);
      assert.deepEqual(Object.keys(zoneTagIds), zoneNames);
      for (const [name, tagId] of Object.entries({ ...regionTagIds, ...zoneTagIds })) {
        assert.equal(await valueOf(tagId), known(`topology-${name}`));
      }
    });
  });
}

describe("RegionZoneTagging with former names", () => {
  it("finds the tag of each in the state by the name that it had, and asks for nothing else", async () => {
    const regions = exampleTagging.regions.map((region) => ({
      ...region,
      formerName: `old-${region.name}`,
      zones: region.zones.map((zone, index) =>
        index === 0 ? { ...zone, formerName: `old-${zone.name}` } : zone,
      ),
    }));
    const { error, options } = await recordProgram({ preview: true }, () => {
      new RegionZoneTagging("topology", { ...exampleTagging, regions });
    });
    assert.equal(error, undefined);
    const renamed = [...regionNames, "k8s-zone-x1-a", "k8s-zone-x2-a"];
    assert.deepEqual(
      Object.entries(options).flatMap(([name, { aliases }]) => (aliases ? [[name, aliases]] : [])),
      renamed.map((name) => [`topology-${name}`, [`topology-old-${name}`]]),
    );
  });
});
