import assert from "node:assert/strict";
import { readConfiguration } from "../../../configuration/load";
import { askedFor } from "../../../preflight/earlier";
import { nothingEarlier } from "../../../preflight/ours";
import { preflight, type PreflightReport } from "../../../preflight/run";
import type { PreflightCheckName } from "../../../configuration/preflightChecks";
import { changed } from "../../support/changedConfiguration";
import { PreflightWorld } from "../../support/preflightWorld";
import { exampleConfiguration } from "../../support/writtenExample";
import { sentencesOf } from "../../support/pointers";

/** A vCenter that breaks one check, and the lines that it gives at preview. */
type Case = readonly [world: () => PreflightWorld, ...lines: string[]];

const deckhouse = "deckhouse@vsphere.local";
const firstPreview = (): PreflightWorld => new PreflightWorld(exampleConfiguration, false);
const laterPreview = (): PreflightWorld => new PreflightWorld().preview();
const withRole = (role: object): PreflightWorld =>
  new PreflightWorld(
    changed(exampleConfiguration, { role, clusterAccount: { username: deckhouse } }),
  ).preview();
/** The example with a region and a zone whose tags are to get their names. */
const withFormerNames = changed(exampleConfiguration, {
  "regions[0].formerName": "k8s-region-old",
  "regions[0].zones[0].formerName": "k8s-zone-old",
});

/** The role on a datacenter's own folder that has another name there, so that the configuration alone does not tell it. */
function grantOnFolder(isReady: boolean): PreflightWorld {
  const world = new PreflightWorld(
    changed(exampleConfiguration, {
      "role.grant": [{ path: "/X1/Machines" }],
      // It has something to say of the folder's name.
      preflight: { folderNames: { level: "off", reason: "a test" } },
    }),
    isReady,
    (entries) => entries.set("Folder:vm-X1", { ...entries.get("Folder:vm-X1")!, name: "Machines" }),
  );
  return world;
}

/** A world, changed. */
function made(world: PreflightWorld, ...changes: ((world: PreflightWorld) => void)[]) {
  for (const change of changes) change(world);
  return world;
}

/** A tag of others on an object, or on one that the inventory does not list. */
const foreignTag =
  (category: string, name: string, on: string | { type: string; id: string }) =>
  (world: PreflightWorld): void => {
    world.tags.push({ id: `tag ${name}`, name, description: "", categoryId: category });
    world.attached.set(`tag ${name}`, typeof on === "string" ? [] : [on]);
    if (typeof on === "string") world.attach(name, on);
  };

const adopt = (use: string, many = false): string =>
  `use ${many ? "them" : "it"} (${use}): npm run adopt -- --stack NAME shows what is there and what would change, and writes ` +
  `it; or choose ${many ? "other names" : "another name"}. `;
const takenTag = (kind: string): string =>
  `vCenter has this tag of the category k8s-${kind} already, and this stack did not make it, and a cluster of others may ` +
  `find its ${kind} or its volumes by it: ${adopt(`existing: true beside the name of the ${kind}`)}Deleting one would take it ` +
  "off every object that carries it";
const takenRole =
  "and this stack did not make it, and whoever has a permission with it relies on its privileges: " +
  `${adopt("role.existing: true")}Deleting one would lock out whoever works with it`;
const wrongOrder = (
  was: string,
  last = "it would delete masters and make them anew in other zones",
) =>
  `the zones are not at the places where they were at the last pulumi up: ${was}, and the installer places masters by it: ${last}`;
const putBack = (order: string): string =>
  `put them in the order that they had (${order}), with new zones at the end; or, where these nodes may be made anew, read ` +
  "what dhctl plans before you let it";
const replaced = (what: string, kind = "user"): string =>
  `${what}, and Deckhouse could not do its work there: ask whose permission that is, and whether it can go; or name another ` +
  `${kind} in role.principals`;
const lockedOut =
  "Taking the permission away in vCenter, to run this again, would lock out whoever works with it, such as a running " +
  "cluster, until kubernetes is granted";
const duplicates = (kind: string): string =>
  "and the CSI driver, which reads the tags of everything above a node, would stop at " +
  `"duplicate values detected for category k8s-${kind}": ask whose tag it is before you detach it there; or name a cluster ` +
  `elsewhere, or a category of your own (categories.${kind}.name)`;

const group = { name: "k8s-admins@vsphere.local", group: true };

/** A vCenter whose region x1, zone x1-a and role exist, and are as the stack would make them. */
function existingWorld(): PreflightWorld {
  const world = new PreflightWorld(
    changed(exampleConfiguration, {
      "regions[0].existing": true,
      "regions[0].zones[0].existing": true,
      "role.existing": true,
    }),
  ).preview({ roles: [] });
  const all = world.wanted.configuration.regions.flatMap((region) => [region, ...region.zones]);
  for (const tag of world.tags) {
    tag.description = all.find(({ name }) => name === tag.name)?.description ?? "";
  }
  return world;
}

/** Gives the role other privileges. */
const withPrivileges =
  (privilegesOf: (all: readonly string[]) => readonly string[]) =>
  (world: PreflightWorld): void => {
    const role = world.roles.find(({ name }) => name === "kubernetes")!;
    world.roles.splice(world.roles.indexOf(role), 1, {
      ...role,
      privileges: privilegesOf(role.privileges),
    });
  };

const cases: Partial<Record<PreflightCheckName, Readonly<Record<string, Case>>>> = {
  existing: {
    "a zone's tag that is not there": [
      () =>
        made(existingWorld(), (world) => {
          world.tags.find(({ name }) => name === "k8s-zone-x1-a")!.name = "other";
          world.attached.set("tag k8s-zone-x1-a", []);
        }),
      'regions[0].zones[0].name: found "k8s-zone-x1-a": vCenter has no such tag in the category of zones, or this account ' +
        "cannot see it, and existing: true says that it is there: take existing away to have this stack create it, or " +
        "correct its name (the nearest that exists is k8s-zone-x1-b)",
    ],
    "a region's tag in other letters": [
      () =>
        made(existingWorld(), (world) => {
          world.tags.find(({ name }) => name === "k8s-region-x1")!.name = "K8s-Region-X1";
        }),
      'regions[0].name: found "k8s-region-x1": vCenter writes this tag "K8s-Region-X1", and Deckhouse, which tells capital ' +
        "letters from small ones, would not find it: write K8s-Region-X1",
    ],
    "descriptions of others": [
      () =>
        made(existingWorld(), (world) => {
          for (const tag of world.tags) tag.description = "theirs";
        }),
      "regions: the descriptions of k8s-region-x1, k8s-zone-x1-a in vCenter are not those of the configuration: nothing has " +
        "to be done: what exists is used as it is",
    ],
    "a role that is not there": [
      () =>
        made(existingWorld(), (world) => {
          world.roles.splice(2);
          world.permissions!.length = 0;
        }),
      'role.name: found "kubernetes": vCenter has no such role, or this account cannot see it, and existing: true says that ' +
        "it is there: take existing away to have this stack create it, or correct its name",
    ],
    "a role that lacks privileges and has others": [
      () =>
        made(
          existingWorld(),
          withPrivileges((all) => [
            ...all.filter((id) => id !== "Datastore.Browse" && id !== "Network.Assign"),
            "Host.Config.Power",
          ]),
        ),
      "role.existing: the role kubernetes lacks 2 of the 115 privileges that Deckhouse needs, for Network, Storage " +
        "(Datastore.Browse, Network.Assign), and what asks for them fails: the role is used as it is: add them to it in vCenter",
      "role.existing: the role kubernetes has 1 privileges that the configuration does not ask for (Host.Config.Power): " +
        "nothing has to be done: the role is used as it is, and others may need them",
    ],
  },
  names: {
    "both categories, which others made, with a tag in one": [
      () =>
        made(firstPreview(), (world) => {
          world.addCategories();
          world.tags.push({ id: "t", name: "other", description: "", categoryId: "k8s-region" });
          world.categories[1]!.associableTypes = ["ClusterComputeResource", "Datastore", "Folder"];
        }),
      'categories.region.name: found "k8s-region", "k8s-zone": vCenter has these 2 tag categories already, and this stack did ' +
        "not make them, and a cluster of others may find its regions or zones by what is in there: " +
        `${adopt("categories.region.existing or categories.zone.existing: true", true)}Deleting one would take all its tags ` +
        "off all objects",
    ],
    "an empty category with another description": [
      () =>
        made(firstPreview(), (world) => {
          world.addCategories();
          world.categories[1]!.description = "theirs";
        }),
      'categories.zone.name: found "k8s-zone": vCenter has this tag category already, and this stack did not make it, and ' +
        "a cluster of others may find its regions or zones by what is in there: " +
        `${adopt("categories.region.existing or categories.zone.existing: true")}Deleting one would take all its tags off all ` +
        "objects",
    ],
    "a tag, a category and a role that were only used at the last up": [
      () =>
        made(laterPreview(), (world) => {
          const { wanted } = world;
          const used = changed(exampleConfiguration, {
            "categories.zone.existing": true,
            "regions[0].zones[0].existing": true,
            "role.existing": true,
          });
          const earlier = askedFor(
            { configuration: readConfiguration(used).configuration, earlier: wanted.earlier },
            world.facts(),
          );
          wanted.earlier = earlier;
        }),
      'categories.zone.name: found "k8s-zone": vCenter has this tag category already, and this stack did not make it, and ' +
        "a cluster of others may find its regions or zones by what is in there: " +
        `${adopt("categories.region.existing or categories.zone.existing: true")}Deleting one would take all its tags off all ` +
        "objects",
      `regions[0].zones[0].name: found "k8s-zone-x1-a": ${takenTag("zone")}`,
      `role.name: found "kubernetes": vCenter has this role already, ${takenRole}`,
    ],
    "an empty category with another cardinality": [
      () =>
        made(firstPreview(), (world) => {
          world.addCategories();
          world.categories[0]!.cardinality = "MULTIPLE";
          // Then the check of categories has something to say as well.
          world.wanted.configuration.preflight.categories = { level: "off", reason: "a test" };
        }),
      'categories.region.name: found "k8s-region": vCenter has this tag category already, and this stack did not make it, and ' +
        "a cluster of others may find its regions or zones by what is in there: " +
        `${adopt("categories.region.existing or categories.zone.existing: true")}Deleting one would take all its tags off all ` +
        "objects",
    ],
    "a region's tag in other letters, which was not there at the last up": [
      () =>
        made(new PreflightWorld(), (world) => {
          world.tags.find(({ name }) => name === "k8s-region-x2")!.name = "K8S-Region-X2";
          world.preview({
            topology: {
              "k8s-region-x1": ["k8s-zone-x1-a", "k8s-zone-x1-b"],
              gone: ["k8s-zone-x2-a", "k8s-zone-x2-b"],
            },
          });
        }),
      `regions[1].name: found "k8s-region-x2": ${takenTag("region")}`,
    ],
    "a zone's tag, of a zone that is new": [
      () =>
        new PreflightWorld().preview({
          topology: {
            "k8s-region-x1": ["k8s-zone-x1-a", "k8s-zone-x1-b"],
            "k8s-region-x2": ["k8s-zone-x2-a"],
          },
        }),
      `regions[1].zones[1].name: found "k8s-zone-x2-b": ${takenTag("zone")}`,
    ],
    "the role": [
      () => new PreflightWorld().preview({ roles: [] }),
      `role.name: found "kubernetes": vCenter has this role already, ${takenRole}`,
    ],
  },
  tags: {
    "an own tag on a cluster of others, of which nobody knows who attached it": [
      () =>
        made(laterPreview(), (world) =>
          world.attached
            .get("tag k8s-zone-x1-a")!
            .push({ type: "ClusterComputeResource", id: "c9" }),
        ),
      'regions[0].zones[0].name: found "k8s-zone-x1-a": a cluster that this account cannot see (c9) carries this tag too, and ' +
        "pulumi up takes it off there only if it attached it, and on two of them the installer stops with " +
        '"multiple objects match the supplied criteria": look again after pulumi up (npm run check), and take it off there if ' +
        "somebody else attached it",
    ],
  },
  foreignTags: {
    "a zone's tag of others on a cluster": [
      () => made(laterPreview(), foreignTag("k8s-zone", "old", "/X1/host/x1_cluster_prod")),
      'regions[0].zones[0].cluster: found "/X1/host/x1_cluster_prod": it carries old of the category k8s-zone, which this ' +
        "stack did not make, and Deckhouse takes an object with one zone tag only: take the object out of the configuration, " +
        "or ask whose tag it is. A cluster that finds its zone or volumes by that tag would lose this object if it was " +
        "detached; where there is no such cluster: govc tags.detach -c 'k8s-zone' 'old' '/X1/host/x1_cluster_prod'",
    ],
    "a zone's tag of others on a host": [
      () =>
        made(
          laterPreview(),
          foreignTag("k8s-zone", "rack-1", { type: "HostSystem", id: "x1_cluster_prod-1" }),
        ),
      'regions[0].zones[0].cluster: found "x1_cluster_prod-esx-1": it carries rack-1 of the category k8s-zone, and nodes run ' +
        `below it whose zone is k8s-zone-x1-a, ${duplicates("zone")}`,
    ],
    "a region's tag of others on the root": [
      () =>
        made(laterPreview(), foreignTag("k8s-region", "europe", { type: "Folder", id: "root" })),
      'regions[1].zones[1].cluster: found "/": it carries europe of the category k8s-region, and nodes run below it whose ' +
        `region is k8s-region-x2, ${duplicates("region")}`,
    ],
    "a zone's tag on a datacenter": [
      () => made(laterPreview(), foreignTag("k8s-zone", "openshift", "/X2")),
      'regions[1].zones[1].cluster: found "/X2": it carries openshift of the category k8s-zone, and nodes run below it whose ' +
        `zone is k8s-zone-x2-b, ${duplicates("zone")}`,
    ],
    "a zone's own tag on a datastore cluster": [
      () =>
        made(
          new PreflightWorld(
            changed(exampleConfiguration, { "regions[0].zones[1].datastores": ["pod/x1_lun_3"] }),
          ).preview(),
          (world) => {
            world.intoDatastoreCluster("/X1/datastore/x1_lun_3", "pod");
            world.attached.get("tag k8s-zone-x1-b")!.push({ type: "StoragePod", id: "pod" });
          },
        ),
      'regions[0].zones[1].datastores[0]: found "/X1/datastore/pod": the datastore is in a datastore cluster that carries ' +
        "k8s-zone-x1-b, and Deckhouse would make a StorageClass of the datastore cluster, whose volumes the CSI driver cannot " +
        "make (deckhouse/deckhouse#7431): ask whose tag it is, and detach it from the datastore cluster",
    ],
  },
  zoneOrder: {
    "zones that changed places and names": [
      () =>
        new PreflightWorld(withFormerNames).preview({
          topology: {
            "k8s-region-old": ["k8s-zone-x1-b", "k8s-zone-old"],
            "k8s-region-x2": ["k8s-zone-x2-a", "k8s-zone-x2-b"],
          },
          // The up that renamed the tags was interrupted after that.
          left: { ...nothingEarlier.left, regions: ["k8s-region-x1"], zones: ["k8s-zone-x1-a"] },
        }),
      "regions[0].zones: found k8s-zone-x1-a, k8s-zone-x1-b: " +
        wrongOrder(
          "k8s-zone-x1-a was at place 2 and is at 1; k8s-zone-x1-b was at place 1 and is at 2",
        ) +
        `: ${putBack("k8s-zone-x1-b, k8s-zone-old")}`,
    ],
    "zones that changed places": [
      () =>
        new PreflightWorld().preview({
          topology: {
            "k8s-region-x1": ["k8s-zone-x1-b", "k8s-zone-x1-a"],
            "k8s-region-x2": ["k8s-zone-x2-a", "k8s-zone-x2-b"],
          },
        }),
      "regions[0].zones: found k8s-zone-x1-a, k8s-zone-x1-b: " +
        wrongOrder(
          "k8s-zone-x1-a was at place 2 and is at 1; k8s-zone-x1-b was at place 1 and is at 2",
        ) +
        `: ${putBack("k8s-zone-x1-b, k8s-zone-x1-a")}`,
    ],
    "a zone that was taken out before another": [
      () =>
        new PreflightWorld().preview({
          topology: {
            "k8s-region-x1": ["k8s-zone-x1-a", "k8s-zone-x1-b"],
            "k8s-region-x2": ["gone", "k8s-zone-x2-a", "k8s-zone-x2-b"],
          },
        }),
      "regions[1].zones: found k8s-zone-x2-a, k8s-zone-x2-b: " +
        wrongOrder(
          "k8s-zone-x2-a was at place 2 and is at 1; k8s-zone-x2-b was at place 3 and is at 2",
        ) +
        `: ${putBack("gone, k8s-zone-x2-a, k8s-zone-x2-b")}`,
    ],
    "a zone that was put in before another, and masters that have zones of their own": [
      () =>
        made(
          new PreflightWorld(
            changed(exampleConfiguration, {
              "regions[0].clusterConfiguration.masterNodeGroup.zones": ["k8s-zone-x1-a"],
            }),
          ),
          (world) => {
            world.tags.splice(
              world.tags.findIndex(({ name }) => name === "k8s-zone-x1-a"),
              1,
            );
            world.preview({
              topology: {
                "k8s-region-x1": ["k8s-zone-x1-b"],
                "k8s-region-x2": ["k8s-zone-x2-a", "k8s-zone-x2-b"],
              },
            });
          },
        ),
      "regions[0].zones: found k8s-zone-x1-a, k8s-zone-x1-b: the zones are not at the places where they were at the last " +
        "pulumi up: k8s-zone-x1-b was at place 1 and is at 2, and the installer would make permanent nodes of groups without " +
        `zones of their own anew in other zones: ${putBack("k8s-zone-x1-b")}`,
    ],
  },
  permissionsInTheWay: {
    "another role of the user on a datacenter": [
      () => made(firstPreview(), (world) => world.grant("/X2", "VSPHERE.LOCAL\\Deckhouse")),
      `regions[1].datacenter: found "/X2": ${deckhouse} already has the role ReadOnly there, and vCenter keeps one role for ` +
        "each principal on an object, so granting kubernetes would take it away; of the 115 privileges of kubernetes it lacks " +
        "115 (Datastore.AllocateSpace, Datastore.Browse, Datastore.FileManagement and 112 more), and it has none besides: to " +
        "change nothing for whoever works with it, name another user in role.principals, or grant on another object " +
        `(role.grant). ${lockedOut}`,
    ],
    "the role, with another reach, on an object that is new": [
      () =>
        made(
          new PreflightWorld(
            changed(exampleConfiguration, { "role.grant": [{ path: "/X1" }, { path: "/X2" }] }),
          ).preview({ grants: ["/X1"] }),
          (world) => {
            world.permissions!.pop();
            world.grant("/X2", deckhouse, { role: "kubernetes", propagate: false });
          },
        ),
      `role.grant[1].path: found "/X2": ${deckhouse} already has the role kubernetes there, which holds on this object only, and ` +
        "this stack did not grant it, so granting it with propagate: true would change that for whoever works with it: to " +
        "change nothing for them, set propagate: false for the object in role.grant or in furtherObjects of role.granular, or " +
        "name another user in role.principals",
    ],
    "a datacenter's own folder": [
      () => grantOnFolder(false),
      'role.grant[0].path: found "/X1/Machines": vCenter accepts no permission on one of the four folders of a datacenter: name the ' +
        "datacenter, or an object or folder below this one",
    ],
  },
  effectivePrivileges: {
    "a ReadOnly further down, which takes the place of the role on all below": [
      () =>
        made(withRole({ preset: "seed", grant: "root", principals: [deckhouse] }), (world) =>
          world.grant("/X1", deckhouse),
        ),
      `role.principals[0]: found "${deckhouse}": ` +
        replaced(
          "its permission with the role ReadOnly on /X1 takes the place of what is granted further up: it has none of the " +
            "role's privileges on /X1, /X1/datastore/x1_lun_1, /X1/datastore/x1_lun_2 and 6 more",
        ),
    ],
    "a role further down that has a part of the privileges, does not propagate, and is a group's": [
      () =>
        made(withRole({ preset: "seed", principals: [group] }), (world) => {
          world.addRole("some", world.wanted.configuration.role!.privileges.slice(2));
          world.grant("/X1/host/x1_cluster_prod", group.name, {
            role: "some",
            group: true,
            propagate: false,
          });
        }),
      `role.principals[0]: found "${group.name}": ` +
        replaced(
          "its permission with the role some on /X1/host/x1_cluster_prod takes the place of what is granted further up: it " +
            "lacks 2 of the role's 115 privileges (Datastore.AllocateSpace, Datastore.Browse) on /X1/host/x1_cluster_prod",
          "group",
        ),
    ],
  },
};

function reportOf(world: PreflightWorld): PreflightReport {
  return preflight(world.wanted, world.facts());
}

describe("preflight at preview", () => {
  for (const [name, broken] of Object.entries(cases)) {
    describe(`the check ${name}`, () => {
      for (const [title, [world, ...lines]] of Object.entries(broken)) {
        it(`finds ${title}, and no other check finds anything`, () => {
          const report = reportOf(world());
          assert.deepEqual(sentencesOf(report.findings), lines);
          const found = report.checks.filter(({ findings }) => findings.length > 0);
          assert.deepEqual(
            found.map((check) => check.name),
            [name],
          );
        });
      }
    });
  }

  /** What is as it should be, and might be taken for a fault. */
  const harmless: Readonly<Record<string, () => PreflightWorld>> = {
    "nothing, before the first up": firstPreview,
    "what the stack made at the last up": laterPreview,
    "categories that a destroy left": () =>
      made(firstPreview(), (world) => {
        world.addCategories();
      }),
    "what exists, just as the stack would make it": existingWorld,
    "a category that exists, with tags of others in it": () =>
      made(
        new PreflightWorld(
          changed(exampleConfiguration, { "categories.region.existing": true }),
          false,
        ),
        (world) => {
          world.addCategories();
          world.tags.push({ id: "t", name: "other", description: "", categoryId: "k8s-region" });
        },
      ),
    "a role and a permission of others": () =>
      made(firstPreview(), (world) => {
        world.addRole("others", []);
        world.grant("/X1", "VSPHERE.LOCAL\\somebody", { role: "others" });
        world.grant("/X1", deckhouse, { role: "others", group: true });
      }),
    "an own tag on another cluster of the configuration, which up takes off": () =>
      made(laterPreview(), (world) => {
        world.attach("k8s-zone-x1-a", "/X1/host/x1_cluster_stage");
        world.attach("k8s-region-x1", "/X2");
        world.attach("k8s-zone-x1-a", "/X2");
      }),
    "the tag of a zone that has another cluster now, on the cluster that it had": () =>
      made(
        new PreflightWorld(
          changed(exampleConfiguration, { "regions[0].zones[0].cluster": "x1_cluster_new" }),
        ).preview({ carriers: ["/X1", "/X1/host/old_cluster"] }),
        (world) => {
          world.addCluster("/X1", "old_cluster");
          world.attach("k8s-zone-x1-a", "/X1/host/old_cluster");
        },
      ),
    "a tag that left the configuration before an up that failed": () => {
      const { left } = nothingEarlier;
      return made(
        new PreflightWorld().preview({ left: { ...left, zones: ["old-zone"] } }),
        foreignTag("k8s-zone", "old-zone", "/X1/host/x1_cluster_prod"),
      );
    },
    "a role and a category that left the configuration before an up that failed": () => {
      const { left } = nothingEarlier;
      const world = new PreflightWorld();
      return world.preview({
        ...{ categories: ["k8s-zone"], roles: [] },
        left: { ...left, categories: ["k8s-region"], roles: ["Kubernetes"] },
      });
    },
    "a permission that left the configuration before an up that failed": () => {
      const { left } = nothingEarlier;
      return made(
        new PreflightWorld().preview({
          ...{ principals: [], grants: ["/X2"] },
          left: { ...left, principals: [deckhouse], grants: ["/X1"] },
        }),
        (world) => {
          world.permissions!.length = 0;
          world.grant("/X1", deckhouse);
        },
      );
    },
    "tags that left the configuration, which up takes off": () =>
      made(
        new PreflightWorld().preview({
          topology: {
            "k8s-region-x1": ["k8s-zone-x1-a", "k8s-zone-x1-b", "old-zone"],
            "k8s-region-x2": ["k8s-zone-x2-a", "k8s-zone-x2-b"],
            "old-region": [],
          },
        }),
        foreignTag("k8s-zone", "Old-Zone", "/X1/host/x1_cluster_prod"),
        foreignTag("k8s-region", "old-region", "/X1"),
      ),
    "zones at the end, and one that was the last": () =>
      new PreflightWorld().preview({
        topology: {
          "k8s-region-x1": ["k8s-zone-x1-a", "k8s-zone-x1-b", "gone"],
          "k8s-region-x2": ["k8s-zone-x2-a", "k8s-zone-x2-b"],
        },
      }),
    "another role of the principal where the stack granted it and somebody changed it": () =>
      made(laterPreview(), (world) => {
        world.permissions!.length = 0;
        world.grant("/X1", deckhouse);
      }),
    "a permission further down that the stack granted earlier, and takes back": () =>
      made(
        withRole({ preset: "seed", grant: "root", principals: [deckhouse] }).preview({
          grants: ["/", "/X1"],
        }),
        (world) => world.grant("/X1", deckhouse),
      ),
    "a ReadOnly above a grant, and one of another principal below": () =>
      made(laterPreview(), (world) => {
        world.grant("/", deckhouse);
        world.grant("/X1/host/x1_cluster_prod", "other@vsphere.local");
      }),
    "a ReadOnly on the network that a template is built in": () =>
      made(
        new PreflightWorld(
          changed(exampleConfiguration, {
            templateImage: {
              builtin: { ubuntu: "24.04" },
              places: { "k8s-region-x1": { network: "build" } },
            },
          }),
        ).preview(),
        (world) => {
          world.place("/X1/network/build", "Network");
          world.grant("/X1/network/build", deckhouse);
          // It has to be made.
          world.templateImages![0]!.machine = undefined;
        },
      ),
    "a role further down that has more privileges": () =>
      made(laterPreview(), (world) => {
        world.addRole("more", [
          ...world.wanted.configuration.role!.privileges,
          "Host.Config.Power",
        ]);
        world.grant("/X1/host/x1_cluster_prod", deckhouse, { role: "more" });
      }),
  };
  for (const [title, world] of Object.entries(harmless)) {
    it(`finds nothing wrong with ${title}`, () => {
      assert.deepEqual(sentencesOf(reportOf(world()).findings), []);
    });
  }

  it("says nothing that only a state knows, and why, where the state is older than its record", () => {
    const world = laterPreview();
    world.wanted.earlier = "unknown";
    foreignTag("k8s-zone", "old", "/X1/host/x1_cluster_prod")(world);
    world.attach("k8s-zone-x1-a", "/X1/host/x1_cluster_stage");
    world.permissions!.length = 0;
    world.grant("/X1", deckhouse);
    const { findings, checks } = reportOf(world);
    assert.deepEqual(sentencesOf(findings), []);
    const unknown =
      "no state says what this stack made: pulumi preview tells its own from what others made";
    const reasons = new Map(checks.map(({ name, skipped }) => [name, skipped]));
    for (const name of ["names", "tags", "foreignTags", "permissionsInTheWay"] as const) {
      assert.equal(reasons.get(name), unknown, name);
    }
    assert.equal(
      reasons.get("zoneOrder"),
      "no state says in which order the zones were: pulumi preview knows",
    );
  });

  it("names the groups of which it cannot tell whether a user of the role is in them", () => {
    const world = withRole({ preset: "seed", grant: "root", principals: [deckhouse] });
    const ofUsers = (): string | undefined =>
      reportOf(world).checks.find(({ name }) => name === "effectivePrivileges")?.skipped;
    // What is granted on the object itself, to a user, comes before what groups have there or above.
    world.grant("/", "VSPHERE.LOCAL\\Administrators", { group: true });
    assert.equal(ofUsers(), undefined);
    world.grant("/X1", "VSPHERE.LOCAL\\Auditors", { group: true });
    assert.equal(
      ofUsers(),
      `whether ${deckhouse} is in a group whose permission would take the place of the role, such as ` +
        "VSPHERE.LOCAL\\Auditors (ReadOnly on /X1): vCenter says it once the role is granted (npm run check)",
    );
    assert.deepEqual(reportOf(world).findings, []);
  });

  it("leaves it to the attachments to tell the stack's own tag that somebody renamed from one of others", () => {
    const world = laterPreview();
    world.tags.find(({ name }) => name === "k8s-zone-x1-a")!.name = "old";
    const { findings, checks } = reportOf(world);
    assert.deepEqual(sentencesOf(findings), []);
    assert.equal(
      checks.find(({ name }) => name === "foreignTags")?.skipped,
      "k8s-zone-x1-a of the category k8s-zone is not there any more, and a tag with another name may be the same one",
    );
  });

  it("has nothing to say of a zone and a region whose tags are going to be renamed", () => {
    const world = new PreflightWorld(withFormerNames).preview({
      topology: {
        "k8s-region-old": ["k8s-zone-old", "k8s-zone-x1-b"],
        "k8s-region-x2": ["k8s-zone-x2-a", "k8s-zone-x2-b"],
      },
    });
    world.tags.find(({ name }) => name === "k8s-region-x1")!.name = "k8s-region-old";
    world.tags.find(({ name }) => name === "k8s-zone-x1-a")!.name = "k8s-zone-old";
    const { findings, checks } = reportOf(world);
    assert.deepEqual(sentencesOf(findings), []);
    for (const name of ["names", "tags", "foreignTags", "zoneOrder"]) {
      assert.equal(checks.find((one) => one.name === name)?.skipped, undefined, name);
    }
  });

  it("warns at a preview of rights that the account lacks, and refuses at up", () => {
    const lacking = { user: "reader@vsphere.local", privilege: "Authorization.ModifyRoles" };
    for (const [isPreview, severity] of [
      [true, "warning"],
      [false, "error"],
    ] as const) {
      const world = laterPreview();
      world.wanted.isPreview = isPreview;
      world.accountLacks = [{ ...lacking, asked: 1, objects: [{ type: "Folder", id: "root" }] }];
      assert.deepEqual(
        reportOf(world).findings.map(({ where, severity }) => [where, severity]),
        [["vsphere:user", severity]],
      );
    }
  });

  it("still refuses a datacenter's own folder where no state is known", () => {
    assert.deepEqual(
      reportOf(grantOnFolder(true)).findings.map(({ where }) => where),
      ["role.grant[0].path"],
    );
  });

  it("says that it could not look at permissions which this account may not read", () => {
    const world = firstPreview();
    world.permissions = undefined;
    const { findings, checks } = reportOf(world);
    assert.deepEqual(findings, []);
    for (const name of ["permissionsInTheWay", "effectivePrivileges"]) {
      const check = checks.find((one) => one.name === name);
      assert.equal(check?.skipped, "this account may not read permissions", name);
    }
  });

  it("refuses a privilege that vCenter does not know, with the nearest, where the configuration says so", () => {
    const world = withRole({
      ...{ preset: "seed", principals: [deckhouse], unknownPrivileges: "refuse" },
    });
    world.privileges = world.privileges.filter((id) => id !== "Datastore.Browse");
    world.privileges.push("Datastore.Browser");
    assert.deepEqual(sentencesOf(reportOf(world).findings), [
      'role: found "Datastore.Browse": this vCenter knows no such privilege (the nearest that it knows is Datastore.Browser), ' +
        "and role.unknownPrivileges is refuse, because it would reject the whole role: correct it in role.privileges or " +
        "role.extraPrivileges, or write role.unknownPrivileges: leaveOut",
    ]);
  });
});

describe("preflight once all is done", () => {
  it("works out what a group may do, of which vCenter cannot be asked", () => {
    const world = new PreflightWorld(
      changed(exampleConfiguration, {
        role: { preset: "seed", principals: [group] },
        clusterAccount: { username: deckhouse },
      }),
    );
    assert.deepEqual(sentencesOf(reportOf(world).findings), []);
    world.permissions!.pop();
    assert.deepEqual(sentencesOf(reportOf(world).findings), [
      `role.principals[0]: found "${group.name}": it has no permission there, or above: it has none of the role's privileges ` +
        "on /X2, /X2/datastore/x2_lun_1, /X2/datastore/x2_lun_2 and 5 more, and Deckhouse could not do its work there: run " +
        "pulumi up, which grants the role",
    ]);
  });

  it("tells what counts on the root only, unless somebody gives it there", () => {
    const world = new PreflightWorld(
      changed(exampleConfiguration, {
        role: { preset: "current", grant: "datacenters", principals: [deckhouse] },
      }),
    );
    assert.deepEqual(sentencesOf(reportOf(world).findings), [
      "role.grant: vCenter looks for Cns.Searchable and StorageProfile.View on its root only, where the role is not granted: " +
        "grant it on the root if Deckhouse does not find its volumes",
    ]);
    world.addRole("volumes", ["Cns.Searchable", "StorageProfile.View"]);
    world.grant("/", deckhouse, { role: "volumes", propagate: false });
    assert.deepEqual(sentencesOf(reportOf(world).findings), []);
  });
});
