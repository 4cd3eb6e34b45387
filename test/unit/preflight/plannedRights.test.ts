import assert from "node:assert/strict";
import { askedTogether, plannedRights, type PlannedRights } from "../../../preflight/plannedRights";
import { changed } from "../../support/changedConfiguration";
import { PreflightWorld } from "../../support/preflightWorld";
import { exampleConfiguration } from "../../support/writtenExample";

const right = {
  roles: "Authorization.ModifyRoles",
  permissions: "Authorization.ModifyPermissions",
  attach: "InventoryService.Tagging.ObjectAttachable",
  policies: "StorageProfile.View",
} as const;
const deckhouse = "deckhouse@vsphere.local";

/** A vCenter that knows all rights. */
function worldOf(configuration: unknown = exampleConfiguration, isReady = true): PreflightWorld {
  const world = new PreflightWorld(configuration, isReady);
  world.privileges.push(...Object.values(right));
  return isReady ? tagged(world.preview()) : world;
}

/** Attaches the tags of datastores, which a world does not have by itself. */
function tagged(world: PreflightWorld): PreflightWorld {
  for (const { name, zones } of world.wanted.configuration.regions) {
    for (const zone of zones) {
      for (const path of zone.datastores) {
        world.attach(name, path);
        world.attach(zone.name, path);
      }
    }
  }
  return world;
}

/** What is asked for, and where; a number stands for so many privileges of the role. */
function asked(world: PreflightWorld): [rights: (string | number)[], paths: string[]][] {
  const facts = world.facts();
  const named: readonly string[] = Object.values(right);
  return plannedRights(world.wanted, facts).map(({ privileges, objects }) => {
    const isOfRole = privileges.length > named.length;
    const alone = isOfRole ? privileges.filter((id) => id === right.roles) : privileges;
    return [
      isOfRole ? [...alone, privileges.length - alone.length] : [...alone],
      objects.map((object) => facts.inventory.pathOf(object) ?? "").sort(),
    ];
  });
}

describe("the rights that an up needs", () => {
  it("are none where there is nothing to do", () => {
    assert.deepEqual(asked(worldOf()), []);
  });

  it("are all of the documentation's table before the first up", () => {
    const world = worldOf(exampleConfiguration, false);
    const { privileges } = world.wanted.configuration.role!;
    const paths = (["X1", "X2"] as const).flatMap((name) => [
      `/${name}`,
      ...["prod", "stage"].map((kind) => `/${name}/host/${name.toLowerCase()}_cluster_${kind}`),
    ]);
    const datastores = world.wanted.configuration.regions.flatMap(({ zones }) =>
      zones.flatMap((zone) => zone.datastores),
    );
    assert.deepEqual(asked(world), [
      [[right.roles, privileges.length], ["/"]],
      // On the object, and on the one above it.
      [[right.permissions], ["/", "/X1", "/X2"]],
      [[privileges.length], ["/X1", "/X2"]],
      [[right.attach], [...paths, ...datastores].sort()],
    ]);
  });

  const changes: Readonly<
    Record<string, readonly [(world: PreflightWorld) => void, ReturnType<typeof asked>]>
  > = {
    "a role that lost a privilege": [
      (world) => {
        const at = world.roles.findIndex(({ name }) => name === "kubernetes");
        const role = world.roles[at]!;
        world.roles[at] = { ...role, privileges: role.privileges.slice(1) };
      },
      [[[right.roles, 115], ["/"]]],
    ],
    "a permission that is gone": [
      (world) => {
        world.permissions!.pop();
      },
      [
        [[right.permissions], ["/", "/X2"]],
        [[115], ["/X2"]],
      ],
    ],
    "a permission that does not propagate any more": [
      (world) => {
        world.permissions!.pop();
        world.grant("/X2", deckhouse, { role: "kubernetes", propagate: false });
      },
      [
        [[right.permissions], ["/", "/X2"]],
        [[115], ["/X2"]],
      ],
    ],
    "a tag that is on one object less": [
      (world) => {
        world.attached.get("tag k8s-zone-x1-a")!.pop();
      },
      [[[right.attach], ["/X1/datastore/x1_lun_2"]]],
    ],
  };
  for (const [title, [change, expected]] of Object.entries(changes)) {
    it(`are those for ${title}`, () => {
      const world = worldOf();
      change(world);
      assert.deepEqual(asked(world), expected);
    });
  }

  it("include finding a storage policy that a cluster names", () => {
    const named = { "regions[0].clusterConfiguration.storagePolicy": { name: "gold" } };
    assert.deepEqual(asked(worldOf(changed(exampleConfiguration, named))), [
      [[right.policies], ["/"]],
    ]);
  });

  it("do not include what this vCenter does not know", () => {
    const world = worldOf(exampleConfiguration, false);
    world.privileges = [right.attach];
    assert.deepEqual(
      asked(world).map(([rights]) => rights),
      [[right.attach]],
    );
  });
});

describe("the questions about rights", () => {
  const on = (privileges: string, objects: string): PlannedRights => ({
    privileges: privileges.split(" "),
    objects: objects.split(" ").map((id) => ({ type: "Datacenter", id })),
  });
  const questions = (...sets: PlannedRights[]): string[] =>
    askedTogether(sets).map(
      ({ privileges, objects, sets: { length } }) =>
        `${privileges.join(" ")} on ${objects.map(({ id }) => id).join(" ")}: ${length}`,
    );

  it("are one for sets that ask nearly the same", () => {
    assert.deepEqual(questions(on("a b c", "1 2"), on("d", "1 2"), on("a b", "2")), [
      "a b c d on 1 2: 3",
    ]);
  });

  it("are several where one would ask much more", () => {
    assert.deepEqual(questions(on("a b c d", "1"), on("e", "1 2 3 4 5 6 7 8"), on("e", "9")), [
      "a b c d on 1: 1",
      "e on 1 2 3 4 5 6 7 8 9: 2",
    ]);
  });
});
