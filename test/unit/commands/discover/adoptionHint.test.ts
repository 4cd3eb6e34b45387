import assert from "node:assert/strict";
import { adoptionHint } from "../../../../commands/discover/adoptionHint";
import { plannedStack } from "../../../../commands/discover/plan";
import { parseConfiguration } from "../../../../configuration";
import { discoveredVCenter, type VCenterWords } from "../../../support/discoveredVCenter";

const datacenter = {
  path: "/X1",
  clusters: { prod: 1 },
  datastores: { lun_1: ["prod"] },
  templates: {},
};
const bare: VCenterWords = { datacenters: [datacenter] };
const prepared: VCenterWords = {
  datacenters: [datacenter],
  tags: {
    "k8s-region": { x1: ["/X1", "/X1/datastore/lun_1"] },
    "k8s-zone": { "x1-a": ["/X1/host/prod", "/X1/datastore/lun_1"] },
  },
};
const existing = { existing: true };
const zone = { name: "x1-a", cluster: "prod", datastores: ["lun_1"] };
const region = { name: "x1", datacenter: "X1", zones: [zone] };
const used = { ...region, ...existing, zones: [{ ...zone, ...existing }] };
const categories = { region: existing, zone: existing };

const cases: readonly (readonly [
  what: string,
  facts: VCenterWords,
  file: Record<string, unknown>,
  names: string | undefined,
])[] = [
  ["all that is there", prepared, { regions: [region] }, "k8s-region, k8s-zone, x1, x1-a"],
  [
    "what alone is not said",
    prepared,
    { categories, regions: [{ ...used, zones: [zone] }] },
    "x1-a",
  ],
  ["nothing that the file says to exist", prepared, { categories, regions: [used] }, undefined],
  ["nothing where nothing is", bare, { regions: [region] }, undefined],
  [
    "no tag of another name",
    prepared,
    { categories, regions: [{ ...used, ...{ name: "x9", existing: false } }] },
    undefined,
  ],
];

describe("the way from discover to adopt", () => {
  for (const [what, facts, file, names] of cases) {
    it(`names ${what}`, () => {
      const configuration = parseConfiguration(file);
      const proposal = plannedStack(discoveredVCenter(facts), {
        regionCategory: "k8s-region",
        zoneCategory: "k8s-zone",
      });
      const hint = adoptionHint("prod", configuration, proposal);
      assert.equal(
        hint,
        names &&
          `vCenter has ${names} already, and the file does not say so (existing: true). What this stack did not make itself, ` +
            "it goes on with by: npm run adopt -- --stack prod",
      );
    });
  }
});
