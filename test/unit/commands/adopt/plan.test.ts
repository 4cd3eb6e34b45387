import assert from "node:assert/strict";
import {
  hasWork,
  ownAfter,
  planAdoption,
  type PlannedThing,
  type Way,
} from "../../../../commands/adopt/plan";
import { nothingEarlier } from "../../../../preflight/ours";
import { AdoptionWorld } from "../../../support/adoptionWorld";

const plan = (world: AdoptionWorld, way: Way = "use"): ReturnType<typeof planAdoption> =>
  planAdoption(world.named, world.found(), world.state, way);

function thing(world: AdoptionWorld, name: string, way: Way = "use"): PlannedThing {
  const found = plan(world, way).things.find(({ named }) => named.name === name);
  assert.ok(found, `nothing is planned for ${name}`);
  return found;
}

/** Everything that differs, `name: what -> what is done`. */
function said(world: AdoptionWorld, way: Way): string[] {
  return plan(world, way).things.flatMap(({ named, differences }) =>
    differences.map(
      ({ what, ifTaken, ifUsed }) =>
        `${named.name}: ${what} -> ${way === "take" ? ifTaken : ifUsed}`,
    ),
  );
}

/** What is changed in a vCenter that is as the configuration says, and what is then said when it is used and taken. */
const cases: readonly {
  readonly title: string;
  readonly change: (world: AdoptionWorld) => void;
  readonly used: readonly string[];
  readonly taken: readonly string[];
}[] = [
  {
    title: "nothing differs",
    change: () => undefined,
    used: [],
    taken: [],
  },
  {
    title: "a category is described otherwise",
    change: ({ categories }) => (categories[0]!.description = "of others"),
    used: [
      'k8s-region: description: "of others", and the configuration says "Kubernetes region" -> stays',
    ],
    taken: [
      'k8s-region: description: "of others", and the configuration says "Kubernetes region" -> changed',
    ],
  },
  {
    title: "a category is MULTIPLE, which nobody can change back",
    change: ({ categories }) => (categories[1]!.cardinality = "MULTIPLE"),
    used: ["k8s-zone: cardinality: MULTIPLE, and the configuration says SINGLE -> stays"],
    taken: ["k8s-zone: cardinality: MULTIPLE, and the configuration says SINGLE -> stays"],
  },
  {
    title: "a category takes more types, which nobody can change back",
    change: ({ categories }) =>
      (categories[0]!.associableTypes = ["Datacenter", "Datastore", "HostSystem"]),
    used: ["k8s-region: types: its tags also go on HostSystem -> stays"],
    taken: ["k8s-region: types: its tags also go on HostSystem -> stays"],
  },
  {
    title: "a category takes every type, as govc makes it without -t",
    change: ({ categories }) => (categories[0]!.associableTypes = []),
    used: ["k8s-region: types: its tags go on every type of object -> stays"],
    taken: ["k8s-region: types: its tags go on every type of object -> stays"],
  },
  {
    title: "a category lacks a type",
    change: ({ categories }) => (categories[1]!.associableTypes = ["ClusterComputeResource"]),
    used: [
      "k8s-zone: types: its tags do not go on Datastore -> stays: pulumi up is refused until somebody widens it, which " +
        "cannot be undone: govc tags.category.update -t Datastore 'k8s-zone'",
    ],
    taken: [
      "k8s-zone: types: its tags do not go on Datastore -> stays: pulumi up is refused until somebody widens it, which " +
        "cannot be undone: govc tags.category.update -t Datastore 'k8s-zone'",
    ],
  },
  {
    title: "a tag has capitals, which vCenter ignores",
    change: ({ tags }) => {
      tags.find(({ name }) => name === "k8s-zone-x1-a")!.name = "K8S-Zone-X1-A";
    },
    used: [
      'k8s-zone-x1-a: name: "K8S-Zone-X1-A", and the configuration says "k8s-zone-x1-a" -> stays',
    ],
    taken: [
      'k8s-zone-x1-a: name: "K8S-Zone-X1-A", and the configuration says "k8s-zone-x1-a" -> renamed',
    ],
  },
  {
    title: "a tag is not everywhere yet",
    change: (world) => world.detach("k8s-zone-x1-a", "/X1/datastore/x1_lun_2"),
    used: ["k8s-zone-x1-a: not on 1 object: /X1/datastore/x1_lun_2 -> attached"],
    taken: ["k8s-zone-x1-a: not on 1 object: /X1/datastore/x1_lun_2 -> attached"],
  },
  {
    title: "a tag is on an object of another zone",
    change: (world) => world.attach("k8s-zone-x1-a", "/X1/datastore/x1_lun_3"),
    used: [
      "k8s-zone-x1-a: on 1 object of the configuration where it does not belong: /X1/datastore/x1_lun_3 -> stays, and is " +
        "told until somebody detaches it",
    ],
    taken: [
      "k8s-zone-x1-a: on 1 object of the configuration where it does not belong: /X1/datastore/x1_lun_3 -> detached there",
    ],
  },
  {
    title: "a tag is on an object that nobody wrote",
    change: (world) => world.attach("k8s-zone-x1-a", "/X1/datastore/x1_root"),
    used: [
      "k8s-zone-x1-a: on 1 object that the configuration does not name: /X1/datastore/x1_root -> stays",
    ],
    taken: [
      "k8s-zone-x1-a: on 1 object that the configuration does not name: /X1/datastore/x1_root -> stays",
    ],
  },
  {
    title: "a role lacks one privilege and has another besides",
    change: ({ role }) => {
      role.privileges = [
        ...role.privileges.filter((one) => one !== "Datastore.AllocateSpace"),
        "Host.Config.Power",
      ];
    },
    used: [
      "kubernetes: lacks 1 privilege: Datastore.AllocateSpace -> stays, and is told until somebody adds it",
      "kubernetes: has 1 privilege besides: Host.Config.Power -> stays",
    ],
    taken: [
      "kubernetes: lacks 1 privilege: Datastore.AllocateSpace -> added",
      "kubernetes: has 1 privilege besides: Host.Config.Power -> taken away, from everybody who has the role",
    ],
  },
  {
    title: "a role is not granted everywhere yet, and to others too",
    change: (world) => {
      world.permissions.length = 0;
      world.grant("VSPHERE.LOCAL\\Deckhouse", "/X1");
      world.grant("VSPHERE.LOCAL\\others", "/X2");
    },
    used: ["kubernetes: not granted yet: deckhouse@vsphere.local on /X2 -> granted"],
    taken: ["kubernetes: not granted yet: deckhouse@vsphere.local on /X2 -> granted"],
  },
];

describe("what is there of all that a stack names", () => {
  for (const { title, change, used, taken } of cases) {
    it(`says what differs and what is done about it: ${title}`, () => {
      const world = new AdoptionWorld();
      change(world);
      assert.deepEqual(said(world, "use"), used);
      assert.deepEqual(said(world, "take"), taken);
    });
  }

  it("is used or taken, each thing once, in the order in which a stack makes it", () => {
    for (const way of ["use", "take"] as const) {
      const { things, forgotten, isStale } = plan(new AdoptionWorld(), way);
      assert.deepEqual(
        things.map(({ named, status, action }) => `${named.name} ${status} ${action}`),
        [
          ...["k8s-region", "k8s-zone", "k8s-region-x1", "k8s-region-x2"],
          ...["k8s-zone-x1-a", "k8s-zone-x1-b", "k8s-zone-x2-a", "k8s-zone-x2-b", "kubernetes"],
        ].map((name) => `${name} found ${way}`),
      );
      assert.deepEqual([forgotten, isStale], [[], false]);
    }
  });

  it("is imported by what the provider takes: names for categories and tags, a number for a role", () => {
    const world = new AdoptionWorld();
    world.categories[0]!.name = "K8s-Region";
    assert.deepEqual(
      ["k8s-region", "k8s-region-x1", "kubernetes"].map((name) => thing(world, name).importId),
      ["K8s-Region", '{"category_name":"K8s-Region","tag_name":"k8s-region-x1"}', "42"],
    );
  });

  it("is left to pulumi up when it is not there", () => {
    const world = new AdoptionWorld();
    world.categories.pop();
    for (const name of ["k8s-zone", "k8s-zone-x1-a"]) {
      const { status, action } = thing(world, name);
      assert.deepEqual([status, action], ["absent", "none"]);
    }
  });

  it("does not take a tag of another category for the stack's", () => {
    const world = new AdoptionWorld();
    world.tags.find(({ name }) => name === "k8s-zone-x1-a")!.categoryId = "k8s-region";
    assert.equal(thing(world, "k8s-zone-x1-a").status, "absent");
  });

  it("stays as it is when the state has it, or the configuration uses it", () => {
    const world = new AdoptionWorld({ "regions[0].existing": true });
    world.record("k8s-zone-x1-a", "tag k8s-zone-x1-a");
    const statuses = ["k8s-zone-x1-a", "k8s-region-x1"].map((name) => {
      const { status, action } = thing(world, name, "take");
      return `${status}: ${action}`;
    });
    assert.deepEqual(statuses, ["in the state: none", "used: none"]);
  });

  it("needs a refresh before it is taken when the state has another of the name, which is gone", () => {
    const world = new AdoptionWorld();
    world.record("k8s-zone-x1-a", "tag of yesterday");
    assert.equal(thing(world, "k8s-zone-x1-a", "take").status, "found");
    assert.equal(plan(world, "take").isStale, true);
    assert.equal(plan(world, "use").isStale, false);
  });

  it("is taken in either way when an interrupted run of the stack made it", () => {
    for (const way of ["use", "take"] as const) {
      const world = new AdoptionWorld();
      world.record("k8s-zone-x1-a", "", world.pendingCreates);
      const { status, action, importId } = thing(world, "k8s-zone-x1-a", way);
      assert.deepEqual([status, action], ["interrupted", "take"]);
      assert.equal(importId, '{"category_name":"k8s-zone","tag_name":"k8s-zone-x1-a"}');
      assert.deepEqual(plan(world, way).forgotten, []);
    }
  });

  it("forgets what an interrupted run was making and did not make", () => {
    const world = new AdoptionWorld();
    world.tags.length = 0;
    const pending = world.record("k8s-zone-x1-a", "", world.pendingCreates);
    assert.deepEqual(plan(world).forgotten, [pending]);
    assert.equal(hasWork(plan(world)), true);
  });

  it("leaves vCenter's own role alone", () => {
    const world = new AdoptionWorld();
    world.role.system = true;
    assert.equal(thing(world, "kubernetes", "use").action, "use");
    const { action, obstacle } = thing(world, "kubernetes", "take");
    assert.equal(action, "none");
    assert.match(obstacle ?? "", /vCenter's own role.*use it, without --take/);
  });

  it("has no key for using a read-only role", () => {
    const world = new AdoptionWorld({
      "role.preset": undefined,
      "role.grant": "granular",
      "role.granular": {
        regions: {
          "k8s-region-x1": { distributedPortGroups: ["k8s-nodes"] },
          "k8s-region-x2": { distributedPortGroups: ["k8s-nodes"] },
        },
      },
    });
    world.role.name = "kubernetes-read-only";
    const { action, obstacle } = thing(world, "kubernetes-read-only", "use");
    assert.equal(action, "none");
    assert.match(obstacle ?? "", /--take.*role\.granular\.readOnlyRoleName/);
    assert.equal(thing(world, "kubernetes-read-only", "take").action, "take");
  });

  it("has no work when all is adopted", () => {
    const world = new AdoptionWorld();
    for (const { name, role } of world.named) {
      const isCategory = world.categories.some((one) => one.name === name);
      world.record(name, role ? "42" : isCategory ? name : `tag ${name}`);
    }
    assert.equal(hasWork(plan(world)), false);
  });

  for (const { what, outputs, isLacking } of [
    { what: "is missing", outputs: undefined, isLacking: true },
    { what: "names something else", outputs: { asked: nothingEarlier }, isLacking: true },
    { what: "is of a version that had none", outputs: {}, isLacking: false },
  ]) {
    it(`${isLacking ? "completes" : "leaves"} the stack's record where it ${what}`, () => {
      const world = new AdoptionWorld();
      world.resources.length = 0;
      if (outputs !== undefined) {
        const type = "pulumi-nodejs:dynamic/vCenter:VCenter";
        world.resources.push({
          urn: `u::${type}::vcenter`,
          type,
          name: "vcenter",
          id: "1",
          outputs,
        });
      }
      assert.equal(plan(world).isRecordLacking, false);
      world.record("k8s-zone-x1-a", "tag k8s-zone-x1-a");
      assert.equal(plan(world).isRecordLacking, isLacking);
      const own = ownAfter(planAdoption(world.named, world.found(), world.state, "use"));
      assert.deepEqual(
        own.map(({ name }) => name),
        ["k8s-zone-x1-a"],
      );
      assert.equal(
        ownAfter(planAdoption(world.named, world.found(), world.state, "take")).length,
        9,
      );
    });
  }
});
