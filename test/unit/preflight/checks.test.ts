import assert from "node:assert/strict";
import { findingTexts } from "../../../findings/finding";
import { preflight, type PreflightReport } from "../../../preflight/run";
import { checks } from "../../../preflight/checks";
import { changed } from "../../support/changedConfiguration";
import { PreflightWorld } from "../../support/preflightWorld";
import { exampleConfiguration } from "../../support/writtenExample";

/** What is broken in the world, and the lines that it gives. */
type Case = readonly [broken: (world: PreflightWorld) => void, ...lines: string[]];

const prod = "/X1/host/x1_cluster_prod";
const elsewhere = "correct the path; the nearest that exist are";
const noObject = "no such object in vCenter, or this account cannot see it";

/** Each check with a vCenter that breaks it and no other. */
/** The example with what not every check has something to say of: a named storage policy, and a folder to be made. */
const withEverything = changed(exampleConfiguration, {
  "regions[0].clusterConfiguration.storagePolicy": { name: "Kubernetes nodes" },
  // Of the role of the example, which has it not.
  "role.extraPrivileges": ["Folder.Create"],
  "regions[0].clusterConfiguration.baseResourcePool": "kubernetes",
  "regions[0].clusterConfiguration.vmFolderExists": false,
  "regions[0].clusterConfiguration.vmFolderPath": "k8s",
});

/** What a look reads that has everything that the configuration above wants. */
function everything(): PreflightWorld {
  const world = new PreflightWorld(withEverything);
  world.storagePolicies = [{ id: "p1", name: "Kubernetes nodes" }];
  return world;
}

const cases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
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
  objects: {
    "a datastore that is not there": [
      (world) => {
        world.remove("/X1/datastore/x1_lun_2");
      },
      `regions[0].zones[0].datastores[1]: found "/X1/datastore/x1_lun_2": ${noObject}, and Deckhouse would make no ` +
        `StorageClass for it: ${elsewhere} /X1/datastore/x1_lun_1, /X1/datastore/x1_lun_3, /X1/datastore/x1_root`,
    ],
    "a network that is not there": [
      (world) => {
        world.remove("/X1/network/k8s-nodes");
      },
      `regions[0].clusterConfiguration.networks[0].path: found "/X1/network/k8s-nodes": ${noObject}, and the installer would ` +
        "not find it: correct the path, or let this account see the object (System.View)",
    ],
    "a datacenter that is not there, which is one cause": [
      (world) => {
        world.remove("/X2");
      },
      `regions[1].datacenter: found "/X2": ${noObject}, and Deckhouse would find no datacenter with the region's tag: ` +
        `${elsewhere} /X1`,
    ],
    "a folder in place of a datastore": [
      (world) => {
        const entry = world.entries.get(world.keyOf("/X1/datastore/x1_root"))!;
        world.remove("/X1/datastore/x1_root");
        world.entries.set("Folder:f", { ...entry, type: "Folder", id: "f" });
      },
      'regions[0].clusterConfiguration.masterNodeGroup.instanceClass.datastore: found "/X1/datastore/x1_root": it is a ' +
        `folder, not a datastore, and the installer would not find it: ${elsewhere} /X1/datastore/x1_lun_1, ` +
        "/X1/datastore/x1_lun_2, /X1/datastore/x1_lun_3",
    ],
    "two networks of one path": [
      (world) => {
        const entry = world.entries.get(world.keyOf("/X1/network/k8s-nodes"))!;
        world.entries.set("Network:n", { ...entry, type: "Network", id: "n" });
      },
      'regions[0].clusterConfiguration.networks[0].path: found "/X1/network/k8s-nodes": 2 objects have this path, a ' +
        "distributed port group and a standard network, and nobody can tell which is meant: name an object that does not " +
        "share its path",
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
      'regions[0].zones[0].datastores[1]: found "/X1/datastore/x1_lun_2": it carries old of the category k8s-zone, which this ' +
        "stack did not make, and Deckhouse takes an object with one zone tag only: take the object out of the configuration, " +
        "or ask whose tag it is before you detach it",
    ],
  },
  resourcePools: {
    "a pool that one cluster does not have": [
      (world) => (world.resourcePools[0]!.exists = false),
      `regions[0].clusterConfiguration.baseResourcePool: found "${prod}/Resources/kubernetes": no such resource pool in ` +
        "vCenter, or this account cannot see it, and the installer would not find it: create the pool, or correct " +
        "baseResourcePool or the resourcePool of the instance class",
    ],
  },
  templates: {
    "a template that is not there": [
      (world) => (world.templates[0]!.machine = undefined),
      'regions[0].clusterConfiguration.masterNodeGroup.instanceClass.template: found "/X1/vm/Templates/ubuntu-24.04": no such ' +
        "template in vCenter, or this account cannot see it, and no node could be cloned: correct the template of the " +
        "instance class, or leave it out there and let templateImage build one",
    ],
    "a template with two disks": [
      (world) => {
        const [one] = world.templates;
        one!.machine = {
          ...one!.machine!,
          disks: [...one!.machine!.disks, ...one!.machine!.disks],
        };
      },
      'regions[0].clusterConfiguration.masterNodeGroup.instanceClass.template: found "/X1/vm/Templates/ubuntu-24.04": it has 2 ' +
        "disks, but Deckhouse requires exactly one: leave one",
    ],
  },
  vmFolders: {
    "a folder that the installer is to make and that is there, which is a warning": [
      (world) => {
        const parent = world.entries.get("Folder:vm-X1")!;
        world.entries.set("Folder:k", { type: "Folder", id: "k", name: "k8s", parent });
      },
      'regions[0].clusterConfiguration.vmFolderPath: found "/X1/vm/k8s": the folder exists already, and if Deckhouse did not make it for this ' +
        "cluster, the installer stops with \"The name 'k8s' already exists\": write vmFolderExists: true in that case; for a " +
        "cluster that is installed leave the key as it is",
    ],
  },
  storagePolicies: {
    "a storage policy of another name": [
      (world) => (world.storagePolicies = [{ id: "p1", name: "Kubernetes node" }]),
      'regions[0], storagePolicy: found "Kubernetes nodes": vCenter has no such storage policy, or this account cannot see it, ' +
        "and the installer could not make the nodes' disks: correct the name or the id (the nearest that exists is " +
        "Kubernetes node)",
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
      "role: found Datastore.Browse: this vCenter does not know this privilege, and it would reject the whole role: correct " +
        "role.extraPrivileges or role.privileges, or list the privileges that this vCenter has (role.privileges)",
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

function reportOf(world: PreflightWorld): PreflightReport {
  return preflight(world.wanted, world.facts());
}

describe("preflight", () => {
  for (const [name, broken] of Object.entries(cases)) {
    describe(`the check ${name}`, () => {
      for (const [title, [breakIt, ...lines]] of Object.entries(broken)) {
        it(`finds ${title}, and no other check finds anything`, () => {
          const world = everything();
          breakIt(world);
          const report = reportOf(world);
          assert.deepEqual(findingTexts(report.findings), lines);
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
    const beforeUp = ["accountRights"];
    assert.deepEqual(
      [...Object.keys(cases), ...beforeUp].sort(),
      checks.map(({ name }) => name).sort(),
    );
  });

  it("finds before up what the account that runs it may not do, and no other check finds anything", () => {
    const world = new PreflightWorld(exampleConfiguration, false);
    const paths = ["/X1/datastore/x1_lun_2", "/X1", "/X2/host/x2_cluster_prod", "/X2"];
    world.accountLacks[1]!.objects = paths.map((path) => {
      const [type = "", id = ""] = world.keyOf(path).split(":");
      return { type, id };
    });
    assert.deepEqual(findingTexts(reportOf(world).findings), [
      'vsphere:user: found "administrator@vsphere.local": it lacks Authorization.ModifyPermissions on /X1, ' +
        "/X1/datastore/x1_lun_2, /X2 and 1 more, and pulumi up would stop there, half done: grant the account the line of " +
        'docs/vcenter-rights.md that names this privilege ("Rights of the account that runs pulumi up"), or use another ' +
        "account",
    ]);
  });

  it("finds nothing in a vCenter that has everything, and says how much it looked at", () => {
    const { findings, checks: all } = reportOf(everything());
    assert.deepEqual(findingTexts(findings), []);
    for (const { name, facts, skipped } of all.filter((one) => one.name !== "accountRights")) {
      assert.ok(facts > 0, name);
      assert.equal(skipped, undefined, name);
    }
  });

  it("finds nothing before the first up, when nothing has been made yet", () => {
    const world = new PreflightWorld(exampleConfiguration, false);
    world.categories.length = 0;
    world.tags.length = 0;
    const { findings, checks: all } = reportOf(world);
    assert.deepEqual(findingTexts(findings), []);
    const unknown = all.find(({ name }) => name === "effectivePrivileges")!;
    assert.deepEqual(
      [unknown.facts, unknown.skipped],
      [0, "the role is granted by pulumi up, and what it comes to is known only then"],
    );
  });

  it("says what has not been made once everything has to be there", () => {
    const world = new PreflightWorld();
    world.categories.length = 0;
    world.tags.length = 0;
    assert.equal(reportOf(world).findings.length, 2 + 2 + 4);
  });

  it("tells faults of every kind at once: a wrong datastore, network, tag, host and privilege in one look", () => {
    const world = everything();
    for (const [name, broken] of Object.entries(cases)) {
      // A root disk's datastore, of which no other check speaks.
      const index = name === "objects" ? 3 : 0;
      if (name !== "version") Object.values(broken)[index]![0](world);
    }
    const found = new Set(
      reportOf(world)
        .checks.filter(({ findings }) => findings.length > 0)
        .map(({ name }) => name),
    );
    // The version, and what only counts before up.
    assert.equal(found.size, checks.length - 2, [...found].join(", "));
  });

  it("says how many objects it did not look for, because their datacenter is not there", () => {
    const world = new PreflightWorld();
    world.remove("/X2");
    const objects = reportOf(world).checks.find(({ name }) => name === "objects")!;
    assert.equal(objects.skipped, "7 objects were not looked for: /X2 does not exist");
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

  it("leaves out a check that the stack turns off, and never silently", () => {
    const { findings, checks: all } = reportOf(levelled("off"));
    assert.deepEqual(findings, []);
    assert.deepEqual(
      all.filter(({ skipped }) => skipped?.includes("is off: DRS comes next week")).length,
      1,
    );
  });

  it("finds no folder to make another one in, and says which", () => {
    const world = new PreflightWorld(
      changed(exampleConfiguration, {
        "role.extraPrivileges": ["Folder.Create"],
        "clusterConfiguration.vmFolderExists": false,
        "regions[0].clusterConfiguration.vmFolderPath": "none/x1",
        "regions[1].clusterConfiguration.vmFolderPath": "x2",
      }),
    );
    assert.deepEqual(findingTexts(reportOf(world).findings), [
      'regions[0].clusterConfiguration.vmFolderPath: found "/X1/vm/none/x1": /X1/vm/none is not there, and the installer makes one folder and ' +
        'none above it, so it stops with "error trying to determine parent folder": create /X1/vm/none, or correct the path',
    ]);
  });

  it("says that it could not look at storage policies which this account may not list", () => {
    const world = everything();
    world.storagePolicies = undefined;
    const { findings, checks: all } = reportOf(world);
    assert.deepEqual(findings, []);
    assert.equal(
      all.find(({ name }) => name === "storagePolicies")?.skipped,
      "this account may not list storage policies (StorageProfile.View on the root)",
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
    assert.deepEqual(findingTexts(reportOf(world).findings), []);
    world.attach("old", "/X1/host/x1_cluster_prod");
    assert.deepEqual(
      reportOf(world).findings.map(({ where }) => where),
      ["regions[0].zones[0].cluster"],
    );
  });

  it("passes no check that has looked at nothing", () => {
    const { checks: all } = reportOf(new PreflightWorld());
    const empty = all.filter(({ facts, name }) => facts === 0 && name !== "accountRights");
    assert.deepEqual(
      empty.map(({ name, skipped }) => [name, skipped]),
      ["resourcePools", "vmFolders", "storagePolicies"].map((name) => [
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
