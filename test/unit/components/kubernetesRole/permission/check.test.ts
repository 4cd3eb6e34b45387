import assert from "node:assert/strict";

import { unknownValue } from "../../../../../components/dynamic/dynamicProvider";
import type { LiveView } from "../../../../../components/dynamic/liveView";
import type { PermissionInputs } from "../../../../../components/kubernetesRole/kubernetesRole";
import {
  checkPermission,
  PlannedRoles,
} from "../../../../../components/kubernetesRole/permission/check";
import { withRealPath } from "../../../../../components/kubernetesRole/permission/rule";
import { PermissionProvider } from "../../../../../components/kubernetesRole/permission/provider";
import { findingText } from "../../../../../findings/finding";
import { Inventory } from "../../../../../vcenter";
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
import { withoutPointers } from "../../../../support/pointers";

type Changes = Partial<PermissionInputs>;

/** What a preview says of the example's permission on /X1 with changes. */
interface Case {
  readonly given?: (vCenter: InMemoryVCenter) => void;
  readonly news?: Changes;
  /** What the state holds beside the example's properties: nothing at all, unless told. */
  readonly olds?: Changes;
  /** The privileges of a role that is yet to be made, `reader`. */
  readonly planned?: readonly string[];
  readonly says?: readonly string[];
}

/** The principal of the example has another role on /X1. */
const has =
  (roleId: number, options: { group?: boolean; propagate?: boolean } = {}) =>
  (vCenter: InMemoryVCenter) => {
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\Deckhouse", roleId, options);
  };
const hasRoleWith =
  (privileges: readonly string[], propagate: boolean) => (vCenter: InMemoryVCenter) => {
    vCenter.addRole(1004, "more", privileges);
    has(1004, { propagate })(vCenter);
  };
const reader = { role: unknownValue, roleName: "reader" };

/** What stands in the way, as a sentence. */
function inTheWay(
  {
    role = "other",
    roleName = "kubernetes",
    who = "deckhouse@vsphere.local",
    kind = "user",
    isEnough = false,
  },
  compared = "",
): string {
  return (
    `/X1: ${who} already has the role ${role} there, and vCenter keeps one role for each principal on an object, so ` +
    `granting ${roleName} would take it away${compared}: to change nothing for whoever works with it, name another ` +
    `${kind} in role.principals, ` +
    (isEnough ? "take the object out of role.grant, because that role is enough there, " : "") +
    "or grant on another object (role.grant). Taking the permission away in vCenter, to run this again, would lock out " +
    `whoever works with it, such as a running cluster, until ${roleName} is granted`
  );
}
const other = inTheWay(
  {},
  "; of the 5 privileges of kubernetes it lacks 4 (Folder.Create, Network.Assign, Resource.AssignVMToPool and 1 more), " +
    "and it has 1 (Global.LogEvent) besides",
);
const otherReach = (reach: string, wanted: boolean) =>
  `/X1: deckhouse@vsphere.local already has the role kubernetes there, which ${reach}, and this stack did not grant it, ` +
  `so granting it with propagate: ${wanted} would change that for whoever works with it: to change nothing for them, set ` +
  `propagate: ${!wanted} for the object in role.grant or in furtherObjects of role.granular, or name another user in ` +
  "role.principals";

/** Two objects with one path, and a switch with that of a network. */
const shared = (vCenter: InMemoryVCenter) => {
  vCenter.place("Folder:group-n1", "network", objects.x1);
  vCenter.place("Network:network-7", "k8s", "Folder:group-n1");
  vCenter.place("DistributedVirtualPortgroup:dvportgroup-8", "k8s", "Folder:group-n1");
  vCenter.place("Network:network-9", "switch", "Folder:group-n1");
  vCenter.place("VmwareDistributedVirtualSwitch:dvs-9", "switch", "Folder:group-n1");
  grant(vCenter, "Network:network-7", "VSPHERE.LOCAL\\deckhouse", roles.other);
  grant(vCenter, "Network:network-9", "VSPHERE.LOCAL\\deckhouse", roles.other);
};
const path = "/X1/network/k8s";
const chooseKind = (first: string) =>
  `write its kind beside the path, in role.grant or in furtherObjects of role.granular (for example kind: ${first})`;

const cases: Readonly<Record<string, Case>> = {
  "the example, beside permissions of others and a group of that name": {},
  "a role that is yet to be made under a free name": { news: reader },
  "a missing object": {
    news: { path: "/X3" },
    says: [
      "/X3: no such object in vCenter's inventory, or this account cannot see it: correct the path; the nearest that exist " +
        "are /X1, /X2, /X1/host",
    ],
  },
  "two objects with one path": {
    given: shared,
    news: { path },
    says: [
      `${path}: two objects have this path, a distributed port group and a standard network, and nobody can tell which is ` +
        `meant: ${chooseKind("distributed port group")}`,
    ],
  },
  "the one of them whose kind is named first of those that are there": {
    given: shared,
    news: { path, kinds: ["NSX network", "distributed port group", "standard network"] },
  },
  "one of a kind that has several types in vCenter": {
    given: shared,
    news: { path: "/X1/network/switch", kinds: ["distributed switch", "standard network"] },
  },
  "neither of them": {
    given: shared,
    news: { path, kinds: ["distributed switch"] },
    says: [
      `${path}: it is a distributed port group and a standard network: name a distributed switch`,
    ],
  },
  "two of one kind, which NSX allows": {
    given: (vCenter) => {
      shared(vCenter);
      vCenter.place("Network:network-10", "k8s", "Folder:group-n1");
    },
    news: { path, kinds: ["standard network"] },
    says: [
      `${path}: two objects have this path, a standard network and a standard network, and nobody can tell which is meant: ` +
        chooseKind("standard network"),
    ],
  },
  "another role of the principal, in any spelling": { given: has(roles.other), says: [other] },
  "another role, when the account may not read all permissions": {
    given: (vCenter) => {
      has(roles.other)(vCenter);
      vCenter.failing = (call) => (call === "allPermissions" ? noPermission("read") : undefined);
    },
    says: [other],
  },
  "another role that has more than is needed": {
    given: hasRoleWith(["Global.LogEvent", ...implied, ...kubernetesPrivileges], true),
    says: [
      inTheWay(
        { role: "more", isEnough: true },
        "; of the 5 privileges of kubernetes it lacks none, and it has 1 (Global.LogEvent) besides",
      ),
    ],
  },
  "another role with the same privileges, which does not reach as far": {
    given: hasRoleWith([...implied, ...kubernetesPrivileges], false),
    says: [inTheWay({ role: "more" }, "; it has the same privileges as kubernetes")],
  },
  "another role with the same privileges, which reaches far enough": {
    given: hasRoleWith([...implied, ...kubernetesPrivileges], false),
    news: { propagate: false },
    says: [
      inTheWay({ role: "more", isEnough: true }, "; it has the same privileges as kubernetes"),
    ],
  },
  "as many privileges that are lacking as there are others": {
    given: has(roles.other),
    news: reader,
    planned: ["Folder.Create", "Datastore.Browse"],
    says: [
      inTheWay(
        { roleName: "reader" },
        "; of the 2 privileges of reader it lacks 1 (Folder.Create), and it has 1 (Global.LogEvent) besides",
      ),
    ],
  },
  "No access, which lacks what vCenter gives every other role": {
    given: (vCenter) => {
      vCenter.addRole(-5, "NoAccess");
      has(-5)(vCenter);
    },
    news: reader,
    planned: [],
    says: [
      inTheWay(
        { role: "NoAccess", roleName: "reader" },
        "; of the 3 privileges of reader it lacks 3 (System.Anonymous, System.Read, System.View), and it has none besides",
      ),
    ],
  },
  "another role, while nothing is known of the stack's": {
    given: has(roles.other),
    news: reader,
    says: [inTheWay({ roleName: "reader" })],
  },
  "a role of a group that this account may not see": {
    given: (vCenter) => {
      grant(vCenter, objects.x1, "VSPHERE.LOCAL\\team", 4711, { group: true });
    },
    news: { principal: "VSPHERE.LOCAL\\team", group: true },
    says: [inTheWay({ role: "with id 4711", who: "VSPHERE.LOCAL\\team", kind: "group" })],
  },
  "the role of the stack, granted by an up that was interrupted": { given: has(roles.kubernetes) },
  "the role of the stack, granted by others on the object only": {
    given: has(roles.kubernetes, { propagate: false }),
    says: [otherReach("holds on this object only", true)],
  },
  "the role of the stack, granted by others further than it is to reach": {
    given: has(roles.kubernetes),
    news: { propagate: false },
    says: [otherReach("also holds for everything below the object", false)],
  },
  "a role or reach that others gave to the stack's own permission, which up mends": {
    given: has(roles.other, { propagate: false }),
    olds: {},
  },
  "another path: it becomes another permission": {
    given: (vCenter) => {
      grant(vCenter, objects.x2, "VSPHERE.LOCAL\\deckhouse", roles.other);
    },
    olds: { path: "/X2" },
  },
  "another kind at the same path: it becomes another permission": {
    given: shared,
    olds: { path, kinds: ["distributed port group"] },
    news: { path, kinds: ["standard network"] },
    says: [other.replace("/X1:", `${path}:`)],
  },
  "more kinds that lead to the same object as before": {
    given: shared,
    olds: { path, kinds: ["standard network"] },
    news: { path, kinds: ["NSX network", "standard network"] },
  },
  "kinds of which nothing was there before": {
    given: shared,
    olds: { path, kinds: ["NSX network"] },
    news: { path, kinds: ["standard network"] },
  },
  "kinds of which nothing is there now": {
    given: shared,
    olds: { path, kinds: ["standard network"] },
    news: { path, kinds: ["NSX network"] },
    says: [`${path}: it is a distributed port group and a standard network: name an NSX network`],
  },
  ...Object.fromEntries(
    (
      [
        ["another principal", { principal: "someone@vsphere.local" }],
        ["a group instead of a user", { group: true }],
        ["another object than before", { path: "/X2" }],
      ] as const
    ).map(([what, olds]): [string, Case] => [
      `${what}: it becomes another permission`,
      { given: has(roles.other), olds, says: [other] },
    ]),
  ),
  "a taken name of a role, in any spelling": {
    news: { role: unknownValue, roleName: "Kubernetes" },
    says: [
      "role kubernetes: it exists in vCenter already, and this stack did not make it: say in the configuration that it exists " +
        "(role.existing: true), take it into the stack (npm run adopt -- --stack NAME --take), or choose another name (role.name); " +
        "whoever has a permission with that role relies on its privileges",
    ],
  },
  "rules on the objects above and below": {
    given: (vCenter) => {
      grant(vCenter, objects.prod, "VSPHERE.LOCAL\\deckhouse", roles.other);
      grant(vCenter, "Folder:group-d1", "VSPHERE.LOCAL\\deckhouse", roles.other);
    },
  },
  "a failure of vCenter, once": {
    given: (vCenter) => {
      vCenter.failing = () => noPermission("read the inventory");
    },
    says: [noPermission("read the inventory").message],
  },
};

describe("checking a permission", () => {
  for (const [what, { given, news, olds, planned, says = [] }] of Object.entries(cases)) {
    it(`${says.length === 0 ? "accepts" : "reports"} ${what}`, async () => {
      const vCenter = permissionVCenter();
      given?.(vCenter);
      const roleNames = new PlannedRoles();
      if (planned !== undefined) roleNames.set("reader", planned);
      const provider = new PermissionProvider(vCenter.session(), roleNames);
      const inputs = { ...examplePermission, ...news };
      const kept = olds === undefined ? {} : { ...examplePermission, ...olds };
      const checked = await provider.check(kept, inputs);
      const told = checked.failures.map((each) => ({
        ...each,
        reason: withoutPointers(each.reason),
      }));
      assert.deepEqual(
        { ...checked, failures: told },
        {
          inputs,
          failures: says.map((reason) => ({ property: "", reason })),
        },
      );
      assert.deepEqual(vCenter.changes(), []);
    });
  }

  it("leaves for later what is not known yet", async () => {
    const vCenter = permissionVCenter();
    const provider = new PermissionProvider(vCenter.session());
    for (const news of [{ path: unknownValue }, { principal: unknownValue }]) {
      const { failures } = await provider.check({}, { ...examplePermission, ...news });
      assert.deepEqual(failures, []);
    }
    assert.deepEqual(vCenter.calls, []);
  });

  const root = { type: "Folder", id: "group-d1" };
  const datacenter = { type: "Datacenter", id: "datacenter-1" };
  const vm = { type: "Folder", id: "group-v1" };
  const inventory = new Inventory(root, [
    { ...datacenter, name: "X1", parent: root, folders: { vm } },
    { ...vm, name: "VMs", parent: datacenter },
    { type: "Folder", id: "group-v2", name: "k8s", parent: vm },
  ]);
  const live = { inventoryFor: () => Promise.resolve(inventory) } as unknown as LiveView;

  it("gives the path that vCenter has, unless the state has another one that leads to the same object", async () => {
    const given = { ...examplePermission, path: "/X1/vm/k8s" };
    const pathFor = async (olds: Changes) => (await withRealPath(live, olds, given)).path;
    assert.equal(await pathFor({}), "/X1/VMs/k8s");
    assert.equal(await pathFor({ path: "/X1/vm/k8s" }), "/X1/vm/k8s");
    assert.equal(await pathFor({ path: "/X1" }), "/X1/VMs/k8s");
  });

  it("refuses one of the four folders of a datacenter, on which vCenter accepts none", async () => {
    const inputs = { ...examplePermission, path: "/X1/VMs" };
    const found = await checkPermission(live, inputs, true, new PlannedRoles());
    assert.deepEqual(found.map(findingText), [
      "/X1/VMs: vCenter accepts no permission on one of the four folders of a datacenter: name the datacenter, or an " +
        "object or folder below this one",
    ]);
  });

  it("replaces the permission when another kind is named, and not when the kind is only added", async () => {
    const vCenter = permissionVCenter();
    shared(vCenter);
    vCenter.permissions.length = 0;
    const provider = new PermissionProvider(vCenter.session());
    const standard = { ...examplePermission, path, kinds: ["standard network"] } as const;
    const { kinds: _kinds, ...state } = (await provider.create(standard)).outs;
    const olds = { ...state, __provider: examplePermission.__provider };
    assert.deepEqual(await provider.diff("", olds, standard), { changes: false });
    const another = { ...standard, kinds: ["distributed port group"] } as const;
    const replaced = { changes: true, replaces: ["kinds"] };
    assert.deepEqual(await provider.diff("", olds, another), replaced);
  });
});
