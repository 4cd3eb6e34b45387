import assert from "node:assert/strict";

import { unknownValue } from "../../../../../components/dynamic/dynamicProvider";
import type { PermissionInputs } from "../../../../../components/kubernetesRole/permission/model";
import { PlannedRoles } from "../../../../../components/kubernetesRole/permission/plannedRoles";
import { PermissionProvider } from "../../../../../components/kubernetesRole/permission/provider";
import {
  examplePermission,
  grant,
  implied,
  kubernetesPrivileges,
  permissionVCenter,
  roles,
} from "../../../../support/examplePermission";
import { objects } from "../../../../support/exampleVCenter";
import { noPermission, type InMemoryVCenter } from "../../../../support/inMemoryVCenter";

describe("checking a permission", () => {
  let vCenter: InMemoryVCenter;

  beforeEach(() => {
    vCenter = permissionVCenter();
  });

  /** The reasons for which a preview would fail. */
  async function reasons(
    changes: Partial<PermissionInputs> = {},
    olds: Partial<PermissionInputs> = {},
  ): Promise<string[]> {
    const provider = new PermissionProvider(vCenter.session());
    const news = { ...examplePermission, ...changes };
    const { inputs, failures } = await provider.check(olds, news);
    assert.deepEqual(inputs, news, "check changes no input");
    assert.ok(failures.every(({ property }) => property === ""));
    assert.deepEqual(vCenter.changes(), []);
    return failures.map(({ reason }) => reason);
  }

  const comparison =
    "Of the 5 privileges of kubernetes it lacks 4 (Folder.Create, Network.Assign, Resource.AssignVMToPool and 1 more); " +
    "it has 1 (Global.LogEvent) beside them. ";

  const taken = (path: string, role: string, compared = comparison, roleName = "kubernetes") =>
    `${path}: deckhouse@vsphere.local has the role ${role} there already, and vCenter keeps one role for each ` +
    `principal on an object, so granting ${roleName} would take it away. ${compared}To change nothing for whoever ` +
    "works with it: name another user in role.principals, or grant on another object (role.grant). Taking the " +
    "permission away in vCenter, to run this again, would lock out who works with it, such as a running cluster, until " +
    `${roleName} is granted`;

  it("finds nothing wrong with the example, beside permissions of others and a group of that name", async () => {
    assert.deepEqual(await reasons(), []);
    assert.deepEqual(await reasons({ role: unknownValue, roleName: "free" }), []);
  });

  it("tells a missing object, with the nearest names that exist", async () => {
    assert.deepEqual(await reasons({ path: "/X3" }), [
      "/X3: no such object in vCenter's inventory, or this account cannot see it: correct the path; " +
        "the nearest that exist are /X1, /X2, /X1/host",
    ]);
  });

  describe("where two objects have the path", () => {
    const path = "/X1/network/k8s";
    const standard = "Network:network-7";
    const portGroup = "DistributedVirtualPortgroup:dvportgroup-8";

    beforeEach(() => {
      vCenter.place("Folder:group-n1", "network", objects.x1);
      vCenter.place(standard, "k8s", "Folder:group-n1");
      vCenter.place(portGroup, "k8s", "Folder:group-n1");
    });

    it("names both kinds, and what to write", async () => {
      assert.deepEqual(await reasons({ path }), [
        `${path}: two objects have this path, a distributed port group and a standard network, and nobody can tell ` +
          "which is meant: write its kind beside the path, in role.grant or in furtherObjects of role.granular (for " +
          "example kind: distributed port group)",
      ]);
    });

    it("takes the one of the kind that is named, and of several kinds the first that is there", async () => {
      grant(vCenter, standard, "VSPHERE.LOCAL\\deckhouse", roles.other);
      assert.deepEqual(await reasons({ path, kinds: ["distributed port group"] }), []);
      assert.deepEqual(
        await reasons({
          path,
          kinds: ["NSX network", "distributed port group", "standard network"],
        }),
        [],
      );
      assert.equal((await reasons({ path, kinds: ["standard network"] })).length, 1);
    });

    it("says what is there when none is of the kind", async () => {
      assert.deepEqual(await reasons({ path, kinds: ["distributed switch"] }), [
        `${path}: it is a distributed port group and a standard network: name a distributed switch`,
      ]);
    });

    it("refuses two of one kind, which NSX allows", async () => {
      vCenter.place("Network:network-9", "k8s", "Folder:group-n1");
      const [reason = ""] = await reasons({ path, kinds: ["standard network"] });
      assert.ok(
        reason.startsWith(
          `${path}: two objects have this path, a standard network and a standard network, `,
        ),
        reason,
      );
    });

    it("replaces the permission when another kind is named, and not when the kind is only told", async () => {
      const provider = new PermissionProvider(vCenter.session());
      const { outs } = await provider.create({
        ...examplePermission,
        path,
        kinds: ["standard network"],
      });
      const { kinds: _untold, ...untold } = outs;
      const news = { ...examplePermission, path };
      const unsaid = { ...untold, __provider: examplePermission.__provider };
      assert.deepEqual(await provider.diff("", unsaid, { ...news, kinds: ["standard network"] }), {
        changes: false,
      });
      assert.deepEqual(
        await provider.diff("", unsaid, { ...news, kinds: ["distributed port group"] }),
        { changes: true, replaces: ["kinds"] },
      );
    });
  });

  it("refuses to take away another role that the principal holds there", async () => {
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\Deckhouse", roles.other);
    assert.deepEqual(await reasons(), [taken("/X1", "other")]);
  });

  it("says when the role in the way has all that is needed, and that nothing need be granted then", async () => {
    vCenter.addRole(1004, "more", ["Global.LogEvent", ...implied, ...kubernetesPrivileges]);
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", 1004);
    const [reason = ""] = await reasons();
    assert.ok(
      reason.includes(
        "Of the 5 privileges of kubernetes it lacks none; it has 1 (Global.LogEvent) beside them. ",
      ),
      reason,
    );
    assert.ok(
      reason.includes("take the object out of role.grant, because that role is enough there"),
    );
  });

  it("does not call a role enough that holds on the object alone, where ours is to hold below it as well", async () => {
    vCenter.addRole(1004, "more", [...implied, ...kubernetesPrivileges]);
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", 1004, { propagate: false });
    const isCalledEnough = async (propagate: boolean): Promise<boolean> =>
      (await reasons({ propagate })).join().includes("that role is enough there");
    assert.equal(await isCalledEnough(true), false);
    assert.equal(await isCalledEnough(false), true);
  });

  it("does not call No access enough for a role that may look: it lacks what vCenter gives every other", async () => {
    vCenter.addRole(-5, "NoAccess");
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", -5);
    const planned = new PlannedRoles();
    planned.set("reader", []);
    const provider = new PermissionProvider(vCenter.session(), planned);
    const news = { ...examplePermission, role: unknownValue, roleName: "reader" };
    const { failures } = await provider.check({}, news);
    const reason = failures[0]?.reason ?? "";
    assert.ok(
      reason.includes(
        "Of the 3 privileges of reader it lacks 3 (System.Anonymous, System.Read, System.View); it has none beside them. ",
      ),
      reason,
    );
    assert.ok(!reason.includes("enough"), reason);
  });

  for (const [propagate, there] of [
    [true, "holds on this object alone"],
    [false, "holds for everything below it as well"],
  ] as const) {
    it(`refuses to change a rule of others that has the role and ${there}`, async () => {
      grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.kubernetes, {
        propagate: !propagate,
      });
      assert.deepEqual(await reasons({ propagate }), [
        `/X1: deckhouse@vsphere.local has the role kubernetes there already, which ${there}, and this stack did not ` +
          `grant it: granting it with propagate: ${propagate} would change that for whoever works with it. To change ` +
          `nothing for them: set propagate: ${!propagate} for the object in role.grant or in furtherObjects of role.granular, ` +
          "or name another user in role.principals",
      ]);
      assert.deepEqual(await reasons({ propagate }, examplePermission), [], "up mends its own");
    });
  }

  it("compares also with a role that is yet to be made, and says when both are the same", async () => {
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.other);
    const planned = new PlannedRoles();
    planned.set("free", ["Datastore.Browse", "Global.LogEvent"]);
    const provider = new PermissionProvider(vCenter.session(), planned);
    const news = { ...examplePermission, role: unknownValue, roleName: "free" };
    const { failures } = await provider.check({}, news);
    assert.match(
      failures[0]?.reason ?? "",
      /It has the same privileges as free\. To change nothing /,
    );
  });

  it("refuses also while the stack's own role is not there yet", async () => {
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.other);
    const found = await reasons({ role: unknownValue, roleName: "free" });
    assert.deepEqual(found, [taken("/X1", "other", "", "free")]);
  });

  it("names a role that is not visible by its id, and a group as a group", async () => {
    const group = { principal: "VSPHERE.LOCAL\\team", group: true };
    grant(vCenter, objects.x1, group.principal, 4711, { group: true });
    const [reason = ""] = await reasons(group);
    assert.match(reason, /^\/X1: VSPHERE.LOCAL\\team has the role with id 4711 there already, /);
    assert.ok(reason.includes("name another group in role.principals"), reason);
  });

  it("accepts the role that the stack wants to give: an up that was cut off goes on", async () => {
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.kubernetes);
    assert.deepEqual(await reasons(), []);
  });

  it("accepts another role when the permission is the stack's own: up mends that", async () => {
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.other);
    assert.deepEqual(await reasons({}, examplePermission), []);
  });

  for (const change of [
    { path: "/X2" },
    { principal: "other@vsphere.local" },
    { group: true },
  ] satisfies Partial<PermissionInputs>[]) {
    it(`looks anew when ${Object.keys(change).join()} changes, because it becomes another permission`, async () => {
      const { path, principal, group } = { ...examplePermission, ...change };
      const key = path === "/X2" ? objects.x2 : objects.x1;
      vCenter.permissions.length = 0;
      grant(vCenter, key, principal, roles.other, { group });
      assert.equal((await reasons(change, examplePermission)).length, 1);
    });
  }

  it("tells before the role is made that its name is taken, in any spelling", async () => {
    assert.deepEqual(await reasons({ role: unknownValue, roleName: "Kubernetes" }), [
      "role kubernetes: it exists in vCenter already, and this stack did not make it: " +
        "choose another name (role.name); whoever has a permission with that role needs it as it is",
    ]);
  });

  it("does not mind a rule on the object above or below", async () => {
    grant(vCenter, objects.prod, "VSPHERE.LOCAL\\deckhouse", roles.other);
    grant(vCenter, "Folder:group-d1", "VSPHERE.LOCAL\\deckhouse", roles.other);
    assert.deepEqual(await reasons(), []);
  });

  it("leaves for later what is not known yet", async () => {
    assert.deepEqual(await reasons({ path: unknownValue }), []);
    assert.deepEqual(await reasons({ principal: unknownValue }), []);
    assert.deepEqual(vCenter.calls, []);
  });

  it("reads the object's permissions when the account may not read all", async () => {
    vCenter.failing = (call) =>
      call === "allPermissions" ? noPermission("read all permissions") : undefined;
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.other);
    assert.deepEqual(await reasons(), [taken("/X1", "other")]);
  });

  it("turns a failure of vCenter into a reason, once", async () => {
    vCenter.failing = () => noPermission("read the inventory");
    assert.deepEqual(await reasons(), [noPermission("read the inventory").message]);
  });
});
