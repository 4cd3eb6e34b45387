import assert from "node:assert/strict";

import * as pulumi from "@pulumi/pulumi";

import { unknownValue } from "../../../../components/dynamic/dynamicProvider";
import {
  KubernetesRole,
  type KubernetesRoleArgs,
} from "../../../../components/kubernetesRole/kubernetesRole";
import {
  recordProgram,
  valueOf,
  type RecordedProgram,
  type RegisteredResource,
} from "../../../support/pulumiMocks";
import { withoutPointers } from "../../../support/pointers";

const permissionType = "pulumi-nodejs:dynamic/permission:Permission";
const providerCode = 'exports.handler = () => require("./dynamicProvider.js")("permission");';

/** As in the documents' example: one account, on both datacenters. */
const example: KubernetesRoleArgs = {
  name: "kubernetes",
  privileges: ["System.Anonymous", "Network.Assign", "Datastore.Browse", "System.View"],
  principals: [{ name: "deckhouse@vsphere.local" }],
  grants: { "/X1": { path: "/X1", propagate: true }, "/X2": { path: "/X2", propagate: true } },
};

function record(
  changes: Partial<KubernetesRoleArgs>,
  options: pulumi.ComponentResourceOptions = {},
): Promise<RecordedProgram> {
  return recordProgram(
    { preview: false },
    () => new KubernetesRole("kubernetes", { ...example, ...changes }, options),
  );
}

function permissionsOf({ resources }: RecordedProgram): RegisteredResource[] {
  return resources.filter(({ type }) => type === permissionType);
}

for (const preview of [false, true]) {
  describe(`KubernetesRole for the example ${preview ? "at preview" : "at up"}`, () => {
    let component: KubernetesRole;
    let recorded: RecordedProgram;

    before(async () => {
      recorded = await recordProgram({ preview }, () => {
        component = new KubernetesRole("kubernetes", example);
      });
    });

    it("asks for one role, and one permission for each principal on each object, and for nothing else", () => {
      const permission = (path: string): RegisteredResource => ({
        type: permissionType,
        name: `kubernetes-deckhouse@vsphere.local-on-${path}`,
        inputs: {
          path,
          principal: "deckhouse@vsphere.local",
          group: false,
          role: preview ? unknownValue : "kubernetes-role-id",
          roleName: "kubernetes",
          propagate: true,
          __provider: providerCode,
        },
      });
      assert.equal(recorded.error, undefined);
      assert.deepEqual(recorded.lookups, []);
      assert.deepEqual(recorded.components, [
        { type: "deckhouse-vsphere:index:KubernetesRole", name: "kubernetes", inputs: {} },
      ]);
      assert.deepEqual(recorded.resources, [
        permission("/X1"),
        permission("/X2"),
        {
          type: "vsphere:index/role:Role",
          name: "kubernetes-role",
          inputs: { name: "kubernetes", rolePrivileges: ["Datastore.Browse", "Network.Assign"] },
        },
        {
          type: "pulumi-nodejs:dynamic/roleGuard:RoleGuard",
          name: "kubernetes-role-guard",
          inputs: {
            role: preview ? unknownValue : "kubernetes-role-id",
            roleName: "kubernetes",
            privileges: ["Datastore.Browse", "Network.Assign"],
            __provider: providerCode.replace("permission", "roleGuard"),
          },
        },
      ]);
    });

    it("is the parent of every resource, and lets nothing outlive a destroy", () => {
      const own = { parent: "kubernetes" };
      assert.deepEqual(recorded.options, {
        kubernetes: {},
        "kubernetes-deckhouse@vsphere.local-on-/X1": own,
        "kubernetes-deckhouse@vsphere.local-on-/X2": own,
        "kubernetes-role": own,
        "kubernetes-role-guard": own,
      });
    });

    it("makes permissions wait for the role and its guard, so that a destroy removes them before it, and the guard between", () => {
      assert.deepEqual(recorded.dependencies["kubernetes-role-guard"], ["kubernetes-role"]);
      for (const { name } of permissionsOf(recorded)) {
        assert.deepEqual(recorded.dependencies[name], ["kubernetes-role", "kubernetes-role-guard"]);
      }
    });

    it("tells the role's id by its name, and the permissions", async () => {
      assert.deepEqual(Object.keys(component.roleIds), ["kubernetes"]);
      const id = component.roleIds["kubernetes"];
      assert.ok(id);
      assert.equal(await valueOf(id), preview ? undefined : "kubernetes-role-id");
      assert.equal(component.permissions.length, 2);
    });
  });
}

describe("KubernetesRole with other choices", () => {
  const roleInputs = async (privileges: pulumi.Input<string[]>): Promise<unknown> => {
    const { resources } = await record({ privileges, grants: {} });
    return resources.find(({ name }) => name === "kubernetes-role")?.inputs["rolePrivileges"];
  };
  const told = (recorded: RecordedProgram, ...keys: string[]): unknown[] =>
    permissionsOf(recorded).map(({ inputs }) => keys.map((key) => inputs[key]));

  it("takes privileges as a set: order and repetitions mean nothing, System.* is implied", async () => {
    for (const privileges of [
      ["Network.Assign", "Datastore.Browse", "System.Read"],
      ["Datastore.Browse", "Network.Assign", "Datastore.Browse"],
      pulumi.output(["Network.Assign", "System.View", "Datastore.Browse"]),
    ]) {
      assert.deepEqual(await roleInputs(privileges), ["Datastore.Browse", "Network.Assign"]);
    }
    const similar = ["SystemTools.Use", "Host.System.Management"];
    assert.deepEqual(await roleInputs(similar), [...similar].sort(), "these are no System.*");
  });

  it("grants to every principal, users and groups, on every object", async () => {
    const recorded = await record({
      principals: [{ name: "Deckhouse@vsphere.local" }, { name: "CORP\\k8s", group: true }],
      grants: { "/": { path: "/", propagate: true }, "/X1": { path: "/X1", propagate: false } },
    });
    assert.deepEqual(
      permissionsOf(recorded).map(({ name }) => name),
      ["deckhouse@vsphere.local", "k8s@corp"].flatMap((who) =>
        ["/", "/X1"].map((path) => `kubernetes-${who}-on-${path}`),
      ),
    );
    assert.deepEqual(told(recorded, "principal", "group", "path", "propagate"), [
      ["Deckhouse@vsphere.local", false, "/", true],
      ["Deckhouse@vsphere.local", false, "/X1", false],
      ["CORP\\k8s", true, "/", true],
      ["CORP\\k8s", true, "/X1", false],
    ]);
  });

  it("keeps the names of all others when an object or a principal is removed", async () => {
    const principals = [{ name: "a@vsphere.local" }, { name: "b@vsphere.local" }];
    const names = async (changes: Partial<KubernetesRoleArgs>): Promise<string[]> =>
      (await record({ principals, ...changes })).resources.map(({ name }) => name);
    const all = await names({});
    assert.deepEqual(
      await names({ principals: principals.slice(1) }),
      all.filter((name) => !name.includes("a@vsphere.local")),
    );
    assert.deepEqual(
      await names({ grants: { "/X2": { path: "/X2", propagate: true } } }),
      all.filter((name) => !name.endsWith("/X1")),
    );
  });

  it("makes a second role for objects that are only seen, and grants the one that was asked for", async () => {
    const recorded = await record({
      readOnlyRole: { name: "kubernetes-read", privileges: ["StorageProfile.View", "System.Read"] },
      grants: {
        "/": { path: "/", propagate: false, role: "readOnly" },
        "/X1": { path: "/X1", propagate: true, role: "full" },
      },
    });
    assert.deepEqual(told(recorded, "path", "role", "roleName"), [
      ["/", "kubernetes-read-only-role-id", "kubernetes-read"],
      ["/X1", "kubernetes-role-id", "kubernetes"],
    ]);
    const readOnly = recorded.resources.find(({ name }) => name === "kubernetes-read-only-role");
    const rolePrivileges = ["StorageProfile.View"];
    assert.deepEqual(readOnly?.inputs, { name: "kubernetes-read", rolePrivileges });
  });

  it("makes both roles without the privileges that this vCenter does not know", async () => {
    const { resources } = await record({
      readOnlyRole: { name: "kubernetes-read", privileges: ["Vsan.View", "StorageProfile.View"] },
      privilegesLeftOut: pulumi.output(["Network.Assign", "Vsan.View"]),
    });
    const privilegesOf = (wanted: string): unknown =>
      resources.find(({ name }) => name === wanted)?.inputs["rolePrivileges"];
    assert.deepEqual(privilegesOf("kubernetes-role"), ["Datastore.Browse"]);
    assert.deepEqual(privilegesOf("kubernetes-read-only-role"), ["StorageProfile.View"]);
  });

  it("protects all it makes when the component is protected", async () => {
    const { options } = await record({}, { protect: true });
    assert.equal(Object.keys(options).length, 5);
    assert.ok(Object.values(options).every(({ protect }) => protect === true));
  });

  it("refuses a read-only grant without a read-only role, before it makes anything", async () => {
    const { error, components, resources } = await record({
      grants: { ...example.grants, "/": { path: "/", propagate: false, role: "readOnly" } },
    });
    assert.ok(pulumi.RunError.isInstance(error), "the user sees the message, and no stack trace");
    assert.equal(
      withoutPointers(error.message),
      'KubernetesRole: found the role "readOnly" for /: the component was given no readOnlyRole: give one',
    );
    assert.deepEqual([components, resources], [[], []]);
  });
});

describe("KubernetesRole with a role that exists", () => {
  let recorded: RecordedProgram;

  before(async () => {
    recorded = await recordProgram(
      {
        preview: true,
        outputs: (name) =>
          name === "kubernetes-existing-role" ? { roleIds: { kubernetes: "1042" } } : {},
      },
      () =>
        new KubernetesRole("kubernetes", {
          ...example,
          existing: true,
          readOnlyRole: { name: "kubernetes-read", privileges: ["Datastore.Browse"] },
          grants: { ...example.grants, "/": { path: "/", propagate: false, role: "readOnly" } },
        }),
    );
  });

  it("reads it under the name of a made one, and makes the second role", () => {
    assert.equal(recorded.error, undefined);
    assert.deepEqual(recorded.read, { "kubernetes-role": "1042" });
    const made = recorded.resources.filter(({ type }) => type === "vsphere:index/role:Role");
    assert.deepEqual(
      made.map(({ name }) => name),
      ["kubernetes-read-only-role"],
    );
  });

  it("tells the guard and the permissions of that role, and no others, that others made it", () => {
    const told = recorded.resources
      .filter(({ inputs }) => inputs["existing"] === true)
      .map(({ name, inputs }) => [name, inputs["role"]]);
    assert.deepEqual(told, [
      ["kubernetes-deckhouse@vsphere.local-on-/X1", "1042"],
      ["kubernetes-deckhouse@vsphere.local-on-/X2", "1042"],
      ["kubernetes-role-guard", "1042"],
    ]);
  });
});
