import assert from "node:assert/strict";
import { plannedStack } from "../../../../commands/discover/plan";
import type { Choices, Proposal } from "../../../../commands/discover/proposal";
import { writtenConfiguration } from "../../../../commands/discover/stackFile";
import { rolePrivileges } from "../../../../configuration/privileges";
import { seedPrivileges } from "../../../support/govcExample";
import {
  discoveredVCenter,
  type DatacenterWords,
  type VCenterWords,
} from "../../../support/discoveredVCenter";

/** A proposal in few words. */
interface Wanted {
  readonly categories?: unknown;
  /** `name datacenter`, with `!` behind the name of what exists. */
  readonly regions?: readonly string[];
  /** `name cluster datastores` */
  readonly zones?: readonly string[];
  readonly role?: unknown;
  readonly template?: string | undefined;
  /** `network, root disk` of each region. */
  readonly clusters?: readonly string[];
  /** What each note begins with or has in it, after its place; every open one has to be named. */
  readonly open?: readonly (readonly [at: string, text: RegExp])[];
  readonly notes?: readonly (readonly [at: string, text: RegExp])[];
}

interface Case {
  readonly what: string;
  readonly facts: VCenterWords;
  readonly choices?: Choices;
  readonly wanted: Wanted;
}

function checked({ facts, choices, wanted }: Case): void {
  const proposal = plannedStack(discoveredVCenter(facts), choices);
  const written = writtenConfiguration(proposal);
  if ("categories" in wanted) assert.deepEqual(written["categories"], wanted.categories);
  if (wanted.regions) assert.deepEqual(proposal.regions.map(regionWords), wanted.regions);
  if (wanted.zones) assert.deepEqual(zoneWords(proposal), wanted.zones);
  if ("role" in wanted) assert.deepEqual(written["role"], wanted.role);
  if ("template" in wanted) assert.equal(proposal.template, wanted.template);
  if (wanted.clusters) {
    assert.deepEqual(
      proposal.regions.map(
        ({ cluster }) => `${cluster.network ?? "?"}, ${cluster.rootDiskDatastore ?? "?"}`,
      ),
      wanted.clusters,
    );
  }
  const open = proposal.notes.filter(({ kind }) => kind === "choose");
  if (wanted.open) {
    assert.deepEqual(open.map(({ at }) => at).sort(), wanted.open.map(([at]) => at).sort());
  }
  for (const [at, text] of [...(wanted.open ?? []), ...(wanted.notes ?? [])]) {
    const there = proposal.notes.filter((note) => note.at === at).map((note) => note.text);
    assert.ok(
      there.some((one) => text.test(one)),
      `${at}: ${String(text)} is not in ${JSON.stringify(there)}`,
    );
  }
}

function regionWords({ name, existing, datacenter }: Proposal["regions"][number]): string {
  return `${name}${existing ? "!" : ""} ${datacenter}`;
}

function zoneWords({ regions }: Proposal): string[] {
  return regions.flatMap(({ zones }) =>
    zones.map(
      ({ name, existing, cluster, datastores }) =>
        `${name}${existing ? "!" : ""} ${cluster} ${datastores.join()}`,
    ),
  );
}

/** A datacenter with two clusters, each with a datastore of its own, and one that both share. */
const plain: DatacenterWords = {
  path: "/X1",
  clusters: { prod: 3, stage: 2 },
  datastores: { lun_1: ["prod"], lun_2: ["stage"], root: ["prod", "stage"] },
  networks: { "k8s-nodes": ["prod", "stage"], other: ["prod"] },
  templates: { "Templates/ubuntu": [] },
};

const tags = {
  "k8s-region": { "k8s-region-x1": ["/X1", "/X1/datastore/lun_1", "/X1/datastore/lun_2"] },
  "k8s-zone": {
    "k8s-zone-x1-a": ["/X1/host/prod", "/X1/datastore/lun_1"],
    "k8s-zone-x1-b": ["/X1/host/stage", "/X1/datastore/lun_2"],
  },
};

const permission = {
  ...{ path: "/X1", type: "Datacenter", principal: "VSPHERE.LOCAL\\deckhouse" },
  ...{ group: false, propagate: true, role: "kubernetes" },
};

const bothExist = { region: { existing: true }, zone: { existing: true } };

const prepared: readonly Case[] = [
  {
    what: "everything that the first guide makes is used",
    facts: {
      ...{ datacenters: [plain], tags, permissions: [permission] },
      roles: { kubernetes: seedPrivileges() },
    },
    wanted: {
      categories: bothExist,
      regions: ["k8s-region-x1! X1"],
      zones: ["k8s-zone-x1-a! prod lun_1", "k8s-zone-x1-b! stage lun_2"],
      role: {
        ...{ name: "kubernetes", existing: true, preset: "seed" },
        principals: ["deckhouse@vsphere.local"],
      },
      template: "Templates/ubuntu",
      clusters: ["k8s-nodes, root"],
      open: [],
    },
  },
  {
    what: "categories of other names are used when they are named, and told of when not",
    facts: {
      datacenters: [plain],
      tags: { region: tags["k8s-region"], availability_zone: tags["k8s-zone"] },
      accounts: ["deckhouse@vsphere.local"],
    },
    choices: { regionCategory: "region" },
    wanted: {
      categories: { region: { name: "region", existing: true } },
      regions: ["k8s-region-x1! X1"],
      notes: [["categories.zone.name", /availability_zone.*--zone-category/]],
    },
  },
  {
    what: "a datastore that carries one of the two tags only is left out, with the reason",
    facts: {
      datacenters: [plain],
      tags: {
        ...tags,
        "k8s-zone": {
          ...tags["k8s-zone"],
          "k8s-zone-x1-a": ["/X1/host/prod", "/X1/datastore/lun_1", "/X1/datastore/root"],
        },
      },
    },
    wanted: {
      zones: ["k8s-zone-x1-a! prod lun_1", "k8s-zone-x1-b! stage lun_2"],
      notes: [["regions[0].zones[0].datastores", /not root: .*zone's tag and not the region's/]],
    },
  },
  {
    what: "of two tags on a cluster one is taken, and a person has to decide",
    facts: {
      datacenters: [{ ...plain, clusters: { prod: 1, stage: 1 } }],
      tags: {
        ...tags,
        "k8s-zone": { ...tags["k8s-zone"], "k8s-zone-old": ["/X1/host/prod"] },
      },
      accounts: ["deckhouse@vsphere.local"],
      multiple: ["k8s-zone"],
    },
    wanted: {
      categories: { region: { existing: true }, zone: { existing: true, cardinality: "MULTIPLE" } },
      open: [["regions[0].zones[0].name", /also carries k8s-zone-x1-a/]],
    },
  },
  {
    what: "a role that is granted on objects of its own gets a list, with the users that have all of them",
    facts: {
      ...{ datacenters: [plain], tags },
      roles: { k8s: rolePrivileges({ preset: "current" }), other: ["System.Read"] },
      permissions: [
        { ...permission, role: "k8s" },
        {
          ...{ ...permission, role: "k8s", path: "/X1/network/k8s-nodes", propagate: false },
          type: "DistributedVirtualPortgroup",
        },
        { ...permission, role: "k8s", principal: "VSPHERE.LOCAL\\tester", path: "/" },
      ],
    },
    wanted: {
      role: {
        ...{ name: "k8s", existing: true, principals: ["deckhouse@vsphere.local"] },
        grant: [
          { path: "/X1", kind: "datacenter", propagate: true },
          { path: "/X1/network/k8s-nodes", kind: "distributed port group", propagate: false },
        ],
      },
      notes: [["role.principals", /^tester@vsphere\.local has the role on other objects \(\/\)/]],
    },
  },
  {
    what: "a role on the root is granted by the model that says so, also to groups",
    facts: {
      ...{ datacenters: [plain], tags },
      roles: { k8s: seedPrivileges() },
      permissions: [{ ...permission, role: "k8s", path: "/", type: "Folder", group: true }],
    },
    wanted: {
      role: {
        ...{ name: "k8s", existing: true, preset: "seed", grant: "root" },
        principals: [{ name: "deckhouse@vsphere.local", group: true }],
      },
    },
  },
];

const accounts = ["deckhouse@vsphere.local"];

const bare: readonly Case[] = [
  {
    what: "every cluster is a zone with its own datastores, and the shared one is for root disks",
    facts: { datacenters: [plain], accounts },
    wanted: {
      categories: undefined,
      regions: ["k8s-region-x1 X1"],
      zones: ["k8s-zone-x1-a prod lun_1", "k8s-zone-x1-b stage lun_2"],
      role: { name: "kubernetes", principals: accounts },
      clusters: ["k8s-nodes, root"],
      open: [],
    },
  },
  {
    what: "a datastore that a host cannot use is left out, with the reason",
    facts: {
      accounts,
      datacenters: [
        {
          ...plain,
          datastores: {
            ...plain.datastores,
            half: ["prod/1", "prod/2"],
            iso: { prod: "writable", "prod/3": "readOnly" },
            lost: { prod: "writable", "prod/1": "unreachable" },
          },
        },
      ],
    },
    wanted: {
      zones: ["k8s-zone-x1-a prod lun_1", "k8s-zone-x1-b stage lun_2"],
      notes: [
        ["regions[0].zones[0].datastores", /^not half: it is not mounted on prod-host-3$/],
        ["regions[0].zones[0].datastores", /^not iso: it is read-only on prod-host-3$/],
        ["regions[0].zones[0].datastores", /^not lost: it cannot be reached on prod-host-1$/],
      ],
    },
  },
  {
    what: "where all clusters share all datastores, volumes are in several zones, and the category takes it",
    facts: {
      accounts,
      datacenters: [{ ...plain, datastores: { san: ["prod", "stage"] } }],
    },
    wanted: {
      categories: { zone: { cardinality: "MULTIPLE" } },
      zones: ["k8s-zone-x1-a prod san", "k8s-zone-x1-b stage san"],
      clusters: ["k8s-nodes, san"],
    },
  },
  {
    what: "a category that takes one tag only leaves it to a person",
    facts: {
      accounts,
      datacenters: [{ ...plain, datastores: { san: ["prod", "stage"] } }],
      tags: { "k8s-zone": {} },
    },
    wanted: {
      zones: ["k8s-zone-x1-a prod ", "k8s-zone-x1-b stage "],
      open: [
        ["regions[0].zones[0].datastores", /can only use san.*SINGLE/],
        ["regions[0].zones[1].datastores", /can only use san.*SINGLE/],
      ],
    },
  },
  {
    what: "clusters without a running host are left out, and a datacenter without any other",
    facts: {
      accounts,
      datacenters: [
        { ...plain, clusters: { prod: 3, stage: ["maintenance", "disconnected"] } },
        { path: "/Old", clusters: { rest: ["disconnected"] } },
      ],
    },
    wanted: {
      regions: ["k8s-region-x1 X1"],
      zones: ["k8s-zone-x1-a prod lun_1"],
      notes: [
        ["regions", /left out, without a cluster with a running host: \/Old/],
        ["regions[0].zones", /left out, without a running host: stage/],
      ],
    },
  },
  {
    what: "a vCenter without a running host leaves all to a person",
    facts: { accounts, datacenters: [{ path: "/Old", clusters: { rest: ["disconnected"] } }] },
    wanted: {
      regions: [],
      open: [
        ["regions", /no cluster with a running host/],
        ["templateImage", /no usable one/],
      ],
    },
  },
  {
    what: "what is not clear is left to a person: account, network and template",
    facts: {
      datacenters: [
        {
          ...plain,
          networks: { "k8s-a": ["prod", "stage"], "k8s-b": ["prod", "stage"], c: ["prod"] },
          templates: { one: [], two: [], three: ["its disk has 80 GiB"] },
        },
      ],
    },
    wanted: {
      role: undefined,
      template: undefined,
      clusters: ["?, root"],
      open: [
        ["regions[0].clusterConfiguration.networks", /k8s-a, k8s-b$/],
        ["role.principals", /the account that Deckhouse works with/],
        ["templateImage", /one of one, two;/],
      ],
      notes: [["templateImage", /three: its disk has 80 GiB/]],
    },
  },
  {
    what: "names are made of what vCenter calls things, and never of one that is taken",
    facts: {
      accounts,
      datacenters: [
        { path: "/Zürich Süd", clusters: { a: 1 }, datastores: { x: ["a"], y: ["a"] } },
        { path: "/北京", clusters: { b: 1 }, datastores: { x: ["b"], y: ["b"] } },
      ],
      tags: { "k8s-region": { "k8s-region-zurich-sud": [] } },
      roles: { kubernetes: ["System.Read"] },
    },
    wanted: {
      categories: { region: { existing: true } },
      regions: ["k8s-region-zurich-sud-2 Zürich Süd", "k8s-region-2 北京"],
      role: { name: "deckhouse", principals: accounts },
    },
  },
  {
    what: "root disks go where the name says so, and not where volumes are",
    facts: {
      accounts,
      datacenters: [
        {
          ...plain,
          datastores: { ...plain.datastores, spare: ["prod", "stage"] },
          free: { root: 100, spare: 900, lun_1: 9000 },
        },
      ],
    },
    wanted: { clusters: ["k8s-nodes, root"] },
  },
  {
    what: "root disks go where most is free, where no name says more",
    facts: {
      accounts,
      datacenters: [
        {
          ...plain,
          datastores: {
            ...{ lun_1: ["prod"], lun_2: ["stage"] },
            ...{ small: ["prod", "stage"], spare: ["prod", "stage"], rooted: ["prod", "stage"] },
          },
          free: { small: 100, spare: 900, rooted: 3, lun_1: 9000 },
        },
      ],
    },
    wanted: { clusters: ["k8s-nodes, spare"] },
  },
];

describe("the plan of npm run discover", () => {
  for (const one of prepared) {
    it(`in a prepared vCenter: ${one.what}`, () => {
      checked(one);
    });
  }
  for (const one of bare) {
    it(`in a bare vCenter: ${one.what}`, () => {
      checked(one);
    });
  }
});
