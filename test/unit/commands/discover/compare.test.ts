import assert from "node:assert/strict";
import { differences, differenceText } from "../../../../commands/discover/compare";
import { plannedStack } from "../../../../commands/discover/plan";
import { parseConfiguration } from "../../../../configuration";
import { seedPrivileges } from "../../../support/govcExample";
import { discoveredVCenter, type VCenterWords } from "../../../support/discoveredVCenter";

const datacenter = {
  path: "/X1",
  clusters: { prod: 1, stage: 1 },
  datastores: { lun_1: ["prod"], lun_2: ["prod"], lun_3: ["stage"] },
  templates: { ubuntu: [] },
};

const bare: VCenterWords = { datacenters: [datacenter] };

const prepared: VCenterWords = {
  datacenters: [datacenter],
  tags: {
    "k8s-region": {
      x1: ["/X1", "/X1/datastore/lun_1", "/X1/datastore/lun_2", "/X1/datastore/lun_3"],
    },
    "k8s-zone": {
      "x1-a": ["/X1/host/prod", "/X1/datastore/lun_1", "/X1/datastore/lun_2"],
      "x1-b": ["/X1/host/stage", "/X1/datastore/lun_3"],
    },
  },
  roles: { kubernetes: seedPrivileges() },
  permissions: [
    {
      ...{ path: "/X1", type: "Datacenter", principal: "VSPHERE.LOCAL\\deckhouse" },
      ...{ group: false, propagate: true, role: "kubernetes" },
    },
  ],
};

const zoneA = { name: "x1-a", cluster: "prod", datastores: ["lun_2", "lun_1"] };
const zoneB = { name: "x1-b", cluster: "stage", datastores: ["lun_3"] };
const region = { name: "x1", datacenter: "X1", zones: [zoneA, zoneB] };
const role = { preset: "seed", principals: ["deckhouse@vsphere.local"] };
const existing = { existing: true };

const cases: readonly (readonly [
  what: string,
  facts: VCenterWords,
  file: Record<string, unknown>,
  wanted: readonly string[],
])[] = [
  ["what the stack has made itself, in another order", prepared, { regions: [region], role }, []],
  [
    "what it uses, with full paths",
    prepared,
    {
      categories: { region: existing, zone: existing },
      regions: [
        {
          ...{ ...region, ...existing, datacenter: "/X1" },
          zones: [
            { ...zoneB, ...existing },
            { ...zoneA, ...existing, cluster: "/X1/host/prod" },
          ],
        },
      ],
      role: { ...role, ...existing },
      templateImage: { existing: { template: "ubuntu" } },
    },
    [],
  ],
  [
    "what it is still to make, of a part of a bare vCenter",
    bare,
    {
      regions: [{ ...region, zones: [zoneA] }],
      role,
    },
    [],
  ],
  [
    "a datastore that is missing on either side",
    prepared,
    {
      regions: [{ ...region, zones: [{ ...zoneA, datastores: ["lun_1", "lun_9"] }, zoneB] }],
      role,
    },
    [
      "regions[0].zones[0].datastores: the file has /X1/datastore/lun_9, vCenter has nothing",
      "regions[0].zones[0].datastores: the file has no lun_2, vCenter has the tag of the zone on it",
    ],
  ],
  [
    "another tag, a zone that the file lacks, and another user",
    prepared,
    {
      regions: [{ ...region, name: "x-one", zones: [zoneA] }],
      role: { ...role, principals: ["dkh@vsphere.local"] },
    },
    [
      "regions[0].name: the file has x-one, vCenter has x1",
      "regions[0].zones: the file has nothing, vCenter has x1-b on /X1/host/stage",
      "role.principals: the file has dkh@vsphere.local, vCenter has deckhouse@vsphere.local",
    ],
  ],
  [
    "objects that are not there",
    bare,
    {
      categories: { region: existing },
      regions: [
        { ...region, ...existing, zones: [{ ...zoneA, cluster: "gone" }] },
        { name: "x2", datacenter: "X2", zones: [{ ...zoneB, name: "x2-b" }] },
      ],
      templateImage: { existing: { template: "debian" } },
    },
    [
      "categories.region.name: the file has k8s-region, vCenter has nothing",
      "regions[0].name: the file has x1, vCenter has nothing on this object",
      "regions[0].zones[0].cluster: the file has /X1/host/gone, vCenter has nothing",
      "regions[1].datacenter: the file has /X2, vCenter has nothing",
      "templateImage.existing.template: the file has debian, vCenter has no such template in /X1",
    ],
  ],
  [
    "a role and a region that the file lacks",
    {
      ...prepared,
      datacenters: [datacenter, { path: "/X2", clusters: { prod: 1 } }],
      tags: { ...prepared.tags, "k8s-region": { ...prepared.tags?.["k8s-region"], x2: ["/X2"] } },
    },
    { regions: [region] },
    [
      "regions: the file has nothing, vCenter has x2 on /X2",
      "role: the file has nothing, vCenter has kubernetes",
    ],
  ],
  [
    "a category that takes several tags",
    { ...prepared, multiple: ["k8s-zone"] },
    { regions: [region], role },
    ["categories.zone.cardinality: the file has SINGLE, vCenter has MULTIPLE"],
  ],
];

describe("a stack's file compared with vCenter", () => {
  for (const [what, words, file, wanted] of cases) {
    it(`${wanted.length === 0 ? "is the same with" : "differs by"} ${what}`, () => {
      const facts = discoveredVCenter(words);
      const found = differences(parseConfiguration(file), facts, plannedStack(facts));
      assert.deepEqual(found.map(differenceText), wanted);
    });
  }
});
