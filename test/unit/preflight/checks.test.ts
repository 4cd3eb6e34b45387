import assert from "node:assert/strict";
import { type Finding } from "../../../findings/finding";
import type { Check } from "../../../preflight/check";
import { preflight, type PreflightReport } from "../../../preflight/run";
import { checks } from "../../../preflight/checks";
import { changed, type Changes } from "../../support/changedConfiguration";
import { everything, prod, type Cases } from "./cases";
import { datastoreCases } from "./datastoreCases";
import { nameCases } from "./nameCases";
import { placeCases } from "./placeCases";
import { templateCases } from "./templateCases";
import { PreflightWorld } from "../../support/preflightWorld";
import { exampleConfiguration } from "../../support/writtenExample";
import { sentencesOf } from "../../support/pointers";

/** Each check with a vCenter that breaks it and no other. */
const cases: Cases = {
  ...nameCases,
  ...datastoreCases,
  ...templateCases,
  ...placeCases,
  version: {
    "an old vCenter": [
      (world) => (world.about = { ...world.about, version: "6.7.0", fullName: "vCenter 6.7.0" }),
      'vsphere:vsphereServer: found "vCenter 6.7.0": Deckhouse supports vSphere 7 and 8, and its drivers need what this ' +
        "version does not have: upgrade vCenter to 8",
    ],
    "a vCenter that is too new": [
      (world) => (world.about = { ...world.about, version: "9.0.0", fullName: "vCenter 9.0.0" }),
      'vsphere:vsphereServer: found "vCenter 9.0.0": Deckhouse supports vSphere 7 and 8, and nobody has tried it with this ' +
        "version: ask Deckhouse's support before you install",
    ],
    "a single host": [
      (world) => (world.about = { ...world.about, apiType: "HostAgent", fullName: "ESXi 8" }),
      'vsphere:vsphereServer: found "ESXi 8": it is a single host, which has no tags and no datacenters to choose from, and ' +
        "Deckhouse needs a vCenter: write the address of the vCenter that manages the host",
    ],
  },
  categories: {
    "a category that does not take clusters": [
      (world) => (world.categories[1]!.associableTypes = ["Datastore"]),
      'categories.zone.name: found "k8s-zone": its tags cannot be attached to objects of the types ClusterComputeResource, ' +
        "and the stack could not tag what makes a zone: widen it, which cannot be undone: govc tags.category.update -t " +
        "ClusterComputeResource 'k8s-zone'; or name another category",
    ],
    "a category that takes several tags": [
      (world) => (world.categories[1]!.cardinality = "MULTIPLE"),
      'categories.zone.name: found "k8s-zone": it takes several tags on each object (MULTIPLE), which cannot be undone, so ' +
        "vCenter does not keep a second zone tag off a cluster, which stops the CSI driver: see to it that nobody attaches a " +
        "second one",
    ],
  },
  tags: {
    "a region's tag on a second datacenter": [
      (world) => {
        world.attach("k8s-region-x1", "/X2");
      },
      'regions[0].name: found "k8s-region-x1": /X2 carries this tag too, and on two of them the installer stops with ' +
        '"multiple objects match the supplied criteria": take it off there, after asking whose cluster uses it, or choose ' +
        "another name for the region",
    ],
    "a zone's tag that is on no cluster": [
      (world) => world.attached.set("tag k8s-zone-x1-a", []),
      `regions[0].zones[0].name: found "k8s-zone-x1-a": ${prod} does not carry this tag, and Deckhouse would not take it for ` +
        "the zone: run pulumi up, which attaches it",
    ],
    "a zone's tag on a cluster that this account does not see": [
      (world) =>
        world.attached.get("tag k8s-zone-x1-a")!.push({ type: "ClusterComputeResource", id: "c9" }),
      'regions[0].zones[0].name: found "k8s-zone-x1-a": a cluster that this account cannot see (c9) carries this tag too, and ' +
        'on two of them the installer stops with "multiple objects match the supplied criteria": take it off there, after ' +
        "asking whose cluster uses it, or choose another name for the zone",
    ],
  },
  foreignTags: {
    "a zone's tag of others on a datastore": [
      (world) => {
        world.tags.push({ id: "tag old", name: "old", description: "", categoryId: "k8s-zone" });
        world.attached.set("tag old", []);
        world.attach("old", "/X1/datastore/x1_lun_2");
      },
      'regions[0].zones[0].datastores[1]: found "/X1/datastore/x1_lun_2": it carries old of the category k8s-zone, which the ' +
        "configuration does not have, and Deckhouse takes an object with one zone tag only: take the object out of the " +
        "configuration, or ask whose tag it is. A cluster that finds its zone or volumes by that tag would lose this object " +
        "if it was detached; where there is no such cluster: govc tags.detach -c 'k8s-zone' 'old' '/X1/datastore/x1_lun_2'",
    ],
  },
  clusterHosts: {
    "a cluster whose hosts are all in maintenance": [
      (world) => {
        for (const host of world.hostsOf(prod)) host.isInMaintenance = true;
      },
      `regions[0].zones[0].cluster: found "${prod}": none of its 2 hosts is connected and out of maintenance, and no node of ` +
        "this zone could run: connect a host, or end its maintenance",
    ],
    "a cluster without hosts": [
      (world) => {
        world.hostsOf(prod).length = 0;
      },
      `regions[0].zones[0].cluster: found "${prod}": it has no hosts, or this account cannot see them, and no node of this ` +
        "zone could run: add hosts to the cluster, or name another one",
    ],
  },
  volumeDatastores: {
    "a datastore that one host does not mount": [
      (world) => {
        const [host] = world.hostsOf(prod);
        world.mountOf("/X1/datastore/x1_lun_2", host!).isMounted = false;
      },
      'regions[0].zones[0].datastores[1]: found "/X1/datastore/x1_lun_2": it is not mounted on 1 of the 2 hosts of ' +
        `${prod}: x1_cluster_prod-esx-1, and a volume on it could not be attached to a node that runs there: mount it there ` +
        "for reading and writing, or take it out of the zone (datastores on which every host can write)",
    ],
    "a datastore that all hosts mount for reading alone": [
      (world) => {
        for (const host of world.hostsOf(prod)) {
          world.mountOf("/X1/datastore/x1_lun_1", host).isWritable = false;
        }
      },
      'regions[0].zones[0].datastores[0]: found "/X1/datastore/x1_lun_1": it is mounted for reading alone on all 2 hosts of ' +
        `${prod}: x1_cluster_prod-esx-1, x1_cluster_prod-esx-2, and a volume on it could not be attached to a node that ` +
        "runs there: mount it there for reading and writing, or take it out of the zone (datastores on which every host can " +
        "write)",
    ],
    "a datastore that a host in maintenance cannot reach, which is a warning": [
      (world) => {
        const [host] = world.hostsOf(prod);
        host!.isInMaintenance = true;
        world.mountOf("/X1/datastore/x1_lun_1", host!).isAccessible = false;
      },
      'regions[0].zones[0].datastores[0]: found "/X1/datastore/x1_lun_1": its storage cannot be reached on 1 of the 2 hosts ' +
        `of ${prod}: x1_cluster_prod-esx-1 (1 in maintenance), and a volume on it could not be attached to a node that runs ` +
        "there: mount it there for reading and writing, or take it out of the zone (datastores on which every host can write)",
    ],
  },
  networksOnHosts: {
    "a host without the nodes' network": [
      (world) => {
        world.hostsOf(prod)[1]!.networks.clear();
      },
      'regions[0].clusterConfiguration.networks[0].path: found "/X1/network/k8s-nodes": 1 of the 2 hosts of ' +
        `${prod} do not have it (x1_cluster_prod-esx-2), and a node that lands there could not be connected to it: add these ` +
        "hosts to the port group's distributed switch",
    ],
  },
  distributedResourceScheduler: {
    "a cluster without DRS": [
      (world) => (world.clusters.get(world.keyOf(prod))!.isDrsEnabled = false),
      `regions[0].zones[0].cluster: found "${prod}": DRS is off there, and a cluster without it has no resource pools, so the ` +
        "installer, which makes one for the cluster's nodes, would stop: turn DRS on (partially automated is enough), or " +
        "write useNestedResourcePool: false in clusterConfiguration",
    ],
  },
  principals: {
    "a user that does not exist": [
      (world) => world.principals.set("deckhouse@vsphere.local", false),
      'role.principals[0]: found "deckhouse@vsphere.local": vCenter knows no such user, and would refuse its permission: create ' +
        "the user, or correct its name and its domain; for a group, write group: true",
    ],
  },
  privileges: {
    "a vCenter that lacks a privilege": [
      (world) => {
        world.privileges = world.privileges.filter((id) => id !== "Datastore.Browse");
      },
      'role: found "Datastore.Browse": this vCenter knows no such privilege, so the role is made without it, and Deckhouse ' +
        "cannot do what it stands for: correct it in role.privileges or role.extraPrivileges if it is misspelt; nothing has " +
        "to be done where this version of vCenter does without it",
    ],
  },
  effectivePrivileges: {
    "a permission further down that replaces the granted one": [
      (world) => {
        world.missingPrivileges
          .get("deckhouse@vsphere.local")!
          .set(world.keyOf("/X1/datastore/x1_lun_1"), [
            "Datastore.AllocateSpace",
            "Datastore.Browse",
          ]);
      },
      'role.principals[0]: found "deckhouse@vsphere.local": it lacks 2 of the role\'s 116 privileges ' +
        "(Datastore.AllocateSpace, Datastore.Browse) on /X1/datastore/x1_lun_1, and Deckhouse could not do its work there: " +
        "run pulumi up, if it has not granted the role yet; otherwise look for a permission of this principal, on the object " +
        "or above it, that replaces the granted one, and ask whose it is",
    ],
  },
};

/** Checks that say nothing once all is done and no state is at hand; previewChecks.test.ts has vCenters that break them. */
const atPreview = ["accountRights", "existing", "names", "permissionsInTheWay", "zoneOrder"];

function reportOf(world: PreflightWorld): PreflightReport {
  return preflight(world.wanted, world.facts());
}

describe("preflight", () => {
  for (const [name, broken] of Object.entries(cases)) {
    describe(`the check ${name}`, () => {
      for (const [title, [breakIt, ...rest]] of Object.entries(broken)) {
        it(`finds ${title}, and no other check finds anything`, () => {
          const [changes, ...lines] = typeof rest[0] === "object" ? rest : [{}, ...rest];
          const world = everything(changes as Changes);
          breakIt(world);
          const report = reportOf(world);
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

  it("has a vCenter that breaks it for each check", () => {
    // Without a connection there are no facts: test/unit/commands/look.test.ts.
    assert.deepEqual(
      [...Object.keys(cases), ...atPreview, "connection"].sort(),
      checks.map(({ name }) => name).sort(),
    );
  });

  it("finds before up what the account that runs it may not do, and no other check finds anything", () => {
    const world = new PreflightWorld(exampleConfiguration, false);
    const paths = ["/X1/datastore/x1_lun_2", "/X1", "/X2/host/x2_cluster_prod", "/X2"];
    const objects = paths.map((path) => {
      const [type = "", id = ""] = world.keyOf(path).split(":");
      return { type, id };
    });
    world.accountLacks[1]!.objects = objects;
    const [one] = world.accountLacks;
    world.accountLacks.push(
      { ...one!, privilege: "Datastore.Browse", objects: objects.slice(0, 1) },
      { ...one!, privilege: "Network.Assign", objects: objects.slice(0, 1) },
    );
    assert.deepEqual(sentencesOf(reportOf(world).findings), [
      'vsphere:user: found "administrator@vsphere.local": it lacks Authorization.ModifyPermissions on /X1, ' +
        "/X1/datastore/x1_lun_2, /X2 and 1 more, and pulumi up would stop there, half done: grant the account the line of " +
        'docs/vcenter-rights.md that names this privilege ("Rights of the account that runs pulumi up"), or use another ' +
        "account",
      'vsphere:user: found "administrator@vsphere.local": it lacks Datastore.Browse, Network.Assign on ' +
        "/X1/datastore/x1_lun_2, and pulumi up would stop there, half done: grant the account the line of " +
        'docs/vcenter-rights.md that names these privileges ("Rights of the account that runs pulumi up"), or use another ' +
        "account",
    ]);
  });

  it("finds nothing in a vCenter that has everything, and says how much it looked at", () => {
    const { findings, checks: all } = reportOf(everything());
    assert.deepEqual(sentencesOf(findings), []);
    for (const { name, facts, skipped } of all.filter((one) => !atPreview.includes(one.name))) {
      assert.ok(facts > 0, name);
      assert.equal(skipped, undefined, name);
    }
  });

  it("finds nothing before the first up, when nothing has been made yet", () => {
    const world = new PreflightWorld(exampleConfiguration, false);
    world.categories.length = 0;
    world.tags.length = 0;
    const { findings, checks: all } = reportOf(world);
    assert.deepEqual(sentencesOf(findings), []);
    const effective = all.find(({ name }) => name === "effectivePrivileges")!;
    assert.ok(effective.facts > 0);
    assert.equal(effective.skipped, undefined);
  });

  it("says what has not been made once everything has to be there", () => {
    const world = new PreflightWorld();
    world.categories.length = 0;
    world.tags.length = 0;
    assert.equal(reportOf(world).findings.length, 2 + 2 + 4);
  });

  it("tells faults of every kind at once: a wrong datastore, network, tag, host and privilege in one look", () => {
    // The version hides others; some need other names, or templates in which nothing else is wrong.
    const apartFromOthers = [
      "connection",
      "version",
      "spellings",
      "storageClasses",
      "templatesAlike",
    ];
    const world = everything();
    for (const [name, broken] of Object.entries(cases)) {
      // A folder of the second region, of which no other check speaks.
      const title = name === "objects" ? "a folder for virtual machines that is said to exist" : "";
      const [breakIt] = broken[title] ?? Object.values(broken)[0]!;
      if (!apartFromOthers.includes(name)) breakIt(world);
    }
    const found = new Set(
      reportOf(world)
        .checks.filter(({ findings }) => findings.length > 0)
        .map(({ name }) => name),
    );
    // And what only a preview tells.
    const untold = apartFromOthers.length + atPreview.length;
    assert.equal(found.size, checks.length - untold, [...found].join(", "));
  });

  it("says of every fault its place in the configuration, what was found, what Deckhouse would do, and what to do", () => {
    for (const [title, [breakIt, first]] of Object.values(cases).flatMap((of) =>
      Object.entries(of),
    )) {
      const world = everything(typeof first === "object" ? first : {});
      breakIt(world);
      for (const finding of reportOf(world).findings) {
        for (const part of ["where", "found", "wrong", "consequence", "remedy"] as const) {
          assert.ok(finding[part], `${title}: ${part}`);
        }
        assert.match(finding.where, /^(deckhouse-vsphere:|vsphere:)?[a-zA-Z]+(\.|\[|$)/, title);
      }
    }
  });

  it("says how many objects it did not look for, because their datacenter is not there", () => {
    const world = new PreflightWorld();
    world.remove("/X2");
    const objects = reportOf(world).checks.find(({ name }) => name === "objects")!;
    assert.equal(objects.skipped, "7 objects were not looked for: /X2 does not exist");
  });

  it("takes of several objects at one path the first of the kinds that the role is granted on, and cannot without", () => {
    const grantedOn = (role: Changes): string[] => {
      const segment = { name: "segment", parent: { type: "Folder", id: "network-X1" } };
      const world = new PreflightWorld(changed(exampleConfiguration, role), true, (entries) => {
        for (const type of ["OpaqueNetwork", "DistributedVirtualPortgroup"]) {
          entries.set(`${type}:segment`, { ...segment, type, id: "segment" });
        }
      });
      return sentencesOf(reportOf(world).findings);
    };
    assert.deepEqual(
      grantedOn({
        "role.grant": "granular",
        'role.granular.regions["k8s-region-x1"].distributedPortGroups': ["k8s-nodes", "segment"],
        'role.granular.regions["k8s-region-x2"].distributedPortGroups': ["k8s-nodes"],
        // The read-only role has one that this vCenter is not said to know.
        preflight: { privileges: { level: "off", reason: "a test" } },
      }),
      [],
    );
    assert.deepEqual(grantedOn({ "role.grant": [{ path: "/X1/network/segment" }] }), [
      'role.grant[0].path: found "/X1/network/segment": 2 objects have this path, a distributed port group and an NSX network, ' +
        "and nobody can tell which is meant: write its kind beside the path (kind), or name another object",
    ]);
  });

  const levelled = (level: "warn" | "off"): PreflightWorld => {
    const world = new PreflightWorld(
      changed(exampleConfiguration, {
        preflight: { distributedResourceScheduler: { level, reason: "DRS comes next week" } },
      }),
    );
    world.clusters.get(world.keyOf(prod))!.isDrsEnabled = false;
    return world;
  };

  it("makes a warning of what a check finds that the stack takes less seriously, and gives the reason", () => {
    const { findings, checks: all } = reportOf(levelled("warn"));
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ["warning"],
    );
    assert.equal(
      all.find(({ name }) => name === "distributedResourceScheduler")?.skipped,
      "preflight.distributedResourceScheduler is warn: DRS comes next week",
    );
  });

  it("looks for what to do only where a finding is shown, also of one that is a warning here", () => {
    const finding: Finding = {
      ...{ severity: "error", where: "here", wrong: "wrong" },
      get remedy(): string {
        throw new Error("nearest names among thousands take long");
      },
    };
    const check: Check = {
      name: "distributedResourceScheduler",
      run: () => ({ findings: [finding], facts: 1 }),
    };
    const world = levelled("warn");
    assert.equal(preflight(world.wanted, world.facts(), [check]).findings.length, 1);
  });

  it("leaves out a check that the stack turns off, and never silently", () => {
    const { findings, checks: all } = reportOf(levelled("off"));
    assert.deepEqual(findings, []);
    assert.deepEqual(
      all.filter(({ skipped }) => skipped?.includes("is off: DRS comes next week")).length,
      1,
    );
  });

  it("lets a datastore carry zone tags of others where the category is MULTIPLE by choice", () => {
    const world = new PreflightWorld(
      changed(exampleConfiguration, { "categories.zone.cardinality": "MULTIPLE" }),
    );
    world.categories[1]!.cardinality = "MULTIPLE";
    world.tags.push({ id: "tag old", name: "old", description: "", categoryId: "k8s-zone" });
    world.attached.set("tag old", []);
    world.attach("old", "/X1/datastore/x1_lun_2");
    assert.deepEqual(sentencesOf(reportOf(world).findings), []);
    world.attach("old", "/X1/host/x1_cluster_prod");
    assert.deepEqual(
      reportOf(world).findings.map(({ where }) => where),
      ["regions[0].zones[0].cluster"],
    );
  });

  it("passes no check that has looked at nothing", () => {
    const { checks: all } = reportOf(new PreflightWorld());
    const empty = all.filter(({ facts, name }) => facts === 0 && !atPreview.includes(name));
    assert.deepEqual(
      empty.map(({ name, skipped }) => [name, skipped]),
      ["resourcePools", "templateImage", "vmFolders", "storagePolicies"].map((name) => [
        name,
        "the configuration has nothing of the kind",
      ]),
    );
  });

  it("needs no DRS where Deckhouse makes no resource pool", () => {
    const world = new PreflightWorld(
      changed(exampleConfiguration, { "clusterConfiguration.useNestedResourcePool": false }),
    );
    for (const cluster of world.clusters.values()) cluster.isDrsEnabled = false;
    assert.deepEqual(reportOf(world).findings, []);
  });
});
