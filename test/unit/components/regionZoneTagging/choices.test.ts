import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import type { RegionArgs } from "../../../../components/regionZoneTagging/args";
import { RegionZoneTagging } from "../../../../components/regionZoneTagging/regionZoneTagging";
import { exampleRegions, exampleTagging } from "../../../support/example";
import { recordProgram, type RecordedProgram } from "../../../support/pulumiMocks";
import { withoutPointers } from "../../../support/pointers";

type Args = typeof exampleTagging;

function record(
  changes: Partial<Args>,
  options: pulumi.ComponentResourceOptions = {},
  preview = false,
): Promise<RecordedProgram> {
  return recordProgram(
    {
      preview,
      outputs: (name) =>
        name.endsWith("existing-categories")
          ? {
              categoryIds: { "k8s-region": "found-id", "k8s-zone": "found-zone-category-id" },
              tagIds: {
                "k8s-region-x1": "found-region-tag-id",
                "k8s-zone-x1-a": "found-zone-tag-id",
              },
            }
          : {},
    },
    () => new RegionZoneTagging("topology", { ...exampleTagging, ...changes }, options),
  );
}

/** What the attachments ask for in place of the part that is left out. */
function inputsOf({ resources }: RecordedProgram, name: string): Readonly<Record<string, unknown>> {
  const found = resources.find((resource) => resource.name === name);
  assert.ok(found, `there is no ${name}`);
  return found.inputs;
}

const found = (recorded: RecordedProgram, type: string): string[] =>
  recorded.resources.filter((one) => one.type.endsWith(type)).map(({ name }) => name);

describe("RegionZoneTagging with other choices", () => {
  for (const preview of [false, true]) {
    it(`reads an existing category under the name of a made one, and works in it (${preview ? "preview" : "up"})`, async () => {
      const regionCategory = { name: "k8s-region", description: "unused", existing: true };
      const recorded = await record({ regionCategory }, {}, preview);
      assert.deepEqual(found(recorded, ":ExistingObjects"), ["topology-existing-categories"]);
      const { categories, tags } = inputsOf(recorded, "topology-existing-categories");
      assert.deepEqual(categories, { "k8s-region": "categories.region.existing" });
      assert.equal(tags, undefined);
      assert.deepEqual(recorded.read, { "topology-region-category": "found-id" });
      assert.equal(inputsOf(recorded, "topology-k8s-region-x1")["categoryId"], "found-id");
      assert.equal(inputsOf(recorded, "topology-attachments")["existing"], undefined);
    });
  }

  it("looks all that exists up at once, and tells the attachments which tags are others'", async () => {
    const regions = exampleRegions.map((region, index) =>
      index > 0
        ? region
        : {
            ...region,
            existing: true,
            zones: region.zones.map((zone, number) =>
              number > 0 ? zone : { ...zone, existing: true },
            ),
          },
    );
    const recorded = await record({
      regionCategory: { name: "k8s-region", existing: true },
      zoneCategory: { name: "k8s-zone", existing: true },
      regions,
    });
    assert.deepEqual(found(recorded, ":ExistingObjects"), ["topology-existing-categories"]);
    const { categories, tags } = inputsOf(recorded, "topology-existing-categories");
    assert.deepEqual(categories, {
      "k8s-region": "categories.region.existing",
      "k8s-zone": "categories.zone.existing",
    });
    assert.deepEqual(tags, {
      "k8s-region-x1": { setting: "regions[0].existing", category: "k8s-region" },
      "k8s-zone-x1-a": { setting: "regions[0].zones[0].existing", category: "k8s-zone" },
    });
    assert.deepEqual(recorded.read, {
      "topology-region-category": "found-id",
      "topology-zone-category": "found-zone-category-id",
      "topology-k8s-region-x1": "found-region-tag-id",
      "topology-k8s-zone-x1-a": "found-zone-tag-id",
    });
    const attachments = inputsOf(recorded, "topology-attachments");
    assert.deepEqual(attachments["existing"], ["k8s-region-x1", "k8s-zone-x1-a"]);
  });

  it("deletes categories in a destroy only when told to", async () => {
    const kept = await record({});
    const deleted = await record({ deleteCategoriesOnDestroy: true });
    for (const name of ["topology-region-category", "topology-zone-category"]) {
      assert.equal(kept.options[name]?.retainOnDelete, true);
      assert.equal(deleted.options[name]?.retainOnDelete, undefined);
    }
  });

  it("protects all it makes when the component is protected, and nothing otherwise", async () => {
    const isProtected = ({ options }: RecordedProgram): unknown[] =>
      Object.values(options).map(({ protect }) => protect);
    const all = isProtected(await record({}, { protect: true }));
    assert.equal(all.length, 10);
    assert.ok(all.every((protect) => protect === true));
    assert.ok(isProtected(await record({})).every((protect) => protect === undefined));
  });

  it("tells the attachments that they are protected: a provider does not see the option", async () => {
    const inputs = async (options: pulumi.ComponentResourceOptions): Promise<unknown> =>
      inputsOf(await record({}, options), "topology-attachments")["protect"];
    assert.equal(await inputs({ protect: true }), true);
    assert.equal(await inputs({ protect: false }), undefined);
    assert.equal(await inputs({}), undefined);
  });

  for (const [cardinality, made, multiple] of [
    [undefined, "SINGLE", undefined],
    ["SINGLE", "SINGLE", undefined],
    [
      "MULTIPLE",
      "MULTIPLE",
      { "k8s-zone": ["k8s-zone-x1-a", "k8s-zone-x1-b", "k8s-zone-x2-a", "k8s-zone-x2-b"] },
    ],
  ] as const) {
    it(`makes the zone category ${made} where ${cardinality ?? "nothing"} is asked for, and never changes it later`, async () => {
      const zoneCategory = { name: "k8s-zone", ...(cardinality && { cardinality }) };
      const recorded = await record({ zoneCategory });
      assert.equal(inputsOf(recorded, "topology-zone-category")["cardinality"], made);
      assert.equal(inputsOf(recorded, "topology-region-category")["cardinality"], "SINGLE");
      assert.deepEqual(inputsOf(recorded, "topology-attachments")["multiple"], multiple);
      assert.deepEqual(recorded.options["topology-zone-category"]?.ignoreChanges, [
        "cardinality",
        "associableTypes",
      ]);
    });
  }

  it("gives a datastore of several zones to each of them", async () => {
    const datastores = ["/X1/datastore/everywhere"];
    const zones = ["one", "two"].map((name) => ({ name, cluster: `/X1/host/${name}`, datastores }));
    const zoneCategory = { name: "k8s-zone", cardinality: "MULTIPLE" } as const;
    const regions: RegionArgs[] = [{ name: "region", datacenter: "/X1", zones }];
    const inputs = inputsOf(await record({ zoneCategory, regions }), "topology-attachments");
    assert.deepEqual(inputs["attachments"], {
      "/X1": "region",
      "/X1/host/one": "one",
      "/X1/host/two": "two",
      "/X1/datastore/everywhere": "one + region + two",
    });
  });

  it("keeps the names of all others when a zone or a region is removed", async () => {
    const names = ({ resources }: RecordedProgram): string[] => resources.map(({ name }) => name);
    const before = names(await record({}));
    const [first, second] = exampleRegions;
    const withoutFirstZone = [{ ...first, zones: first.zones.slice(1) }, second];
    assert.deepEqual(
      names(await record({ regions: withoutFirstZone })),
      before.filter((name) => name !== "topology-k8s-zone-x1-a"),
    );
    assert.deepEqual(
      names(await record({ regions: [second] })),
      before.filter((name) => !name.includes("-x1")),
    );
  });

  it("asks for the same whatever the order of regions, apart from the order of keys", async () => {
    const reversed = [...exampleRegions].reverse();
    const { resources } = await record({});
    assert.deepEqual((await record({ regions: reversed })).resources, resources);
  });

  it("tags only the cluster of a zone without datastores, and only the datacenter of a region without zones", async () => {
    const zones = [{ name: "zone", cluster: "/X1/host/x1_cluster_prod", datastores: [] }];
    const regions: RegionArgs[] = [
      { name: "region", datacenter: "/X1", zones },
      { name: "empty", datacenter: "/X2", zones: [] },
    ];
    assert.deepEqual(inputsOf(await record({ regions }), "topology-attachments")["attachments"], {
      "/X1": "region",
      "/X1/host/x1_cluster_prod": "zone",
      "/X2": "empty",
    });
  });

  it("leaves out descriptions that are not given, in place of emptying those in vCenter", async () => {
    const recorded = await record({
      regionCategory: { name: "k8s-region" },
      regions: [{ name: "region", datacenter: "/X1", zones: [] }],
    });
    assert.ok(!("description" in inputsOf(recorded, "topology-region-category")));
    assert.ok(!("description" in inputsOf(recorded, "topology-region")));
  });
});

describe("RegionZoneTagging refuses before it makes anything", () => {
  const zone = { cluster: "/X1/host/x1_cluster_prod", datastores: [] };
  const region = (name: string, ...zones: string[]): RegionArgs => ({
    name,
    datacenter: "/X1",
    zones: zones.map((zoneName) => ({ ...zone, name: zoneName })),
  });
  const invalid = (name: string): string =>
    `RegionZoneTagging: found tag name "${name}": it has other characters than lower-case letters, digits and dashes, and ` +
    "Kubernetes would not accept it as a label value: choose another name";
  const twice = (name: string): string =>
    `RegionZoneTagging: found tag name "${name}" twice: each region and each zone needs a unique name: choose another name`;
  const cases: readonly { what: string; changes: Partial<Args>; message: string }[] = [
    ...["Zone-A", "zone_a", "zone + a", "-zone", "zone-", "", "зона"].map((name) => ({
      what: `the tag name "${name}"`,
      changes: { regions: [region("region", name)] },
      message: invalid(name),
    })),
    {
      what: "a zone name used in two regions",
      changes: { regions: [region("one", "zone"), region("two", "zone")] },
      message: twice("zone"),
    },
    {
      what: "a zone named like a region",
      changes: { regions: [region("one", "two"), region("two")] },
      message: twice("two"),
    },
    {
      what: "everything at once",
      changes: { regions: [region("one", "b_c", "one", "one")] },
      message: `${invalid("b_c")}\n${twice("one")}`,
    },
    {
      what: "one category for both, in another spelling",
      changes: { regionCategory: { name: "k8s" }, zoneCategory: { name: "K8S" } },
      message:
        'RegionZoneTagging: found "K8S" as both categories: a datastore could not carry its region and its zone: ' +
        "name two categories",
    },
  ];
  for (const { what, changes, message } of cases) {
    it(what, async () => {
      const { error, components, resources, lookups } = await record(changes);
      assert.ok(pulumi.RunError.isInstance(error), "the user sees the message, and no stack trace");
      assert.equal(withoutPointers(error.message), message);
      assert.deepEqual([components, resources, lookups], [[], [], []]);
    });
  }
});
