import assert from "node:assert/strict";

import { unknownValue } from "../../../../../components/dynamic/dynamicProvider";
import { PlannedRoles } from "../../../../../components/kubernetesRole/permission/check";
import { RoleGuardProvider } from "../../../../../components/kubernetesRole/roleGuardProvider";
import { grant, permissionVCenter, roles } from "../../../../support/examplePermission";
import { objects } from "../../../../support/exampleVCenter";
import { noPermission, type InMemoryVCenter } from "../../../../support/inMemoryVCenter";
import { messageOf } from "../../../../support/thrownBy";
import { withoutPrintedLines } from "../../../../support/printedLines";

describe("the guard of a role", () => {
  withoutPrintedLines();

  const named = { role: String(roles.kubernetes), roleName: "kubernetes" };
  const inputs = { ...named, privileges: ["Datastore.Browse"] };
  const outputs = { ...named, vCenter: "uuid-of-the-first" };
  let vCenter: InMemoryVCenter;
  let planned: PlannedRoles;
  let guard: RoleGuardProvider;

  beforeEach(() => {
    vCenter = permissionVCenter();
    planned = new PlannedRoles();
    guard = new RoleGuardProvider(vCenter.session(), planned);
  });

  it("lets go of a role that nobody uses, and reads no permissions of others", async () => {
    await guard.delete("kubernetes", outputs);
    assert.deepEqual(vCenter.calls, ["about", `permissionsWithRole ${roles.kubernetes}`]);
  });

  const refusal = (from = outputs) => messageOf(guard.delete("kubernetes", from));

  it("says who uses the role and where, also on what the inventory does not list", async () => {
    grant(vCenter, objects.x2, "VSPHERE.LOCAL\\backup", roles.kubernetes);
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\team", roles.kubernetes, { group: true });
    grant(vCenter, "VirtualMachine:vm-7", "VSPHERE.LOCAL\\web", roles.kubernetes);
    assert.equal(
      await refusal(),
      "role kubernetes: it is in use, so it stays: VSPHERE.LOCAL\\backup on /X2, VSPHERE.LOCAL\\team (a group) on /X1, " +
        "VSPHERE.LOCAL\\web on a virtual machine (vm-7): give them another role there (in the vSphere Client, " +
        "Permissions of the object) and run again; without any permission they could do nothing there. Or let the stack " +
        "forget the role, which then stays in vCenter: pulumi state delete --target-dependents with the role's URN " +
        "(pulumi stack --show-urns)",
    );
    assert.deepEqual(vCenter.changes(), []);
  });

  it("guards nothing where others made the role, in any vCenter, and a change of that is one", async () => {
    grant(vCenter, objects.x2, "VSPHERE.LOCAL\\backup", roles.kubernetes);
    const used = { ...inputs, existing: true };
    const { outs } = await guard.create(used);
    assert.deepEqual(outs, { ...outputs, existing: true });
    await guard.delete("kubernetes", { ...outs, vCenter: "uuid-of-another" });
    assert.deepEqual(await guard.diff("kubernetes", outs, used), { changes: false });
    assert.deepEqual(await guard.diff("kubernetes", outs, inputs), { changes: true });
    assert.deepEqual(await guard.diff("kubernetes", outputs, used), { changes: true });
  });

  it("refuses another role that exists in place of the stack's own, which the engine would delete", async () => {
    const reasons = async (olds: object, news: object): Promise<string[]> =>
      (await guard.check(olds, { ...inputs, ...news })).failures.map(({ reason }) => reason);
    const other = { roleName: "of-others", existing: true };
    assert.deepEqual(await reasons(inputs, other), [
      'role.name: found "of-others": this stack made the role kubernetes, and would delete it for one that exists, and ' +
        "whoever else was granted it would lose it: do it in two steps: write kubernetes with existing: true and run pulumi " +
        "up, by which the stack lets go of it and it stays in vCenter; then write of-others",
    ]);
    for (const [olds, news] of [
      [{}, other],
      [inputs, { existing: true }],
      [{ ...inputs, existing: true }, other],
      [inputs, { roleName: "renamed" }],
    ] as const) {
      assert.deepEqual(await reasons(olds, news), []);
    }
  });

  it("stays in the state in another vCenter, where the role's number means nothing", async () => {
    const message = await refusal({ ...outputs, vCenter: "uuid-of-another" });
    assert.match(message, /made in another vCenter \(instance UUID uuid-of-another\)/);
  });

  it("folds many", async () => {
    for (let index = 0; index < 40; index += 1) {
      grant(vCenter, objects.x1, `VSPHERE.LOCAL\\user${index}`, roles.kubernetes);
    }
    assert.match(await refusal(), /user11 on \/X1, .* on \/X1 and 35 more: give them/);
  });

  it("does not stand in the way where this account may not read all permissions", async () => {
    grant(vCenter, objects.x2, "VSPHERE.LOCAL\\backup", roles.kubernetes);
    const asked = `permissionsWithRole ${roles.kubernetes}`;
    vCenter.failing = (call) => (call === asked ? noPermission("read") : undefined);
    await guard.delete("kubernetes", outputs);
    vCenter.failing = (call) => (call === asked ? new Error("broken") : undefined);
    assert.equal(await refusal(), "broken");
  });

  it("lets go of a role that is gone", async () => {
    grant(vCenter, objects.x2, "VSPHERE.LOCAL\\backup", 4711);
    await guard.delete("kubernetes", { ...outputs, role: "4711" });
  });

  it("tells the privileges of a role before it is made, once they are known", async () => {
    await guard.check({}, { ...inputs, roleName: "later", privileges: [unknownValue] });
    assert.equal(planned.privilegesOf("later"), undefined);
    const { failures } = await guard.check({}, { ...inputs, role: unknownValue });
    assert.deepEqual(failures, []);
    assert.deepEqual(planned.privilegesOf("kubernetes"), ["Datastore.Browse"]);
    assert.deepEqual(vCenter.calls, []);
  });

  it("is not changed by other privileges of the role, and is by another role", async () => {
    assert.deepEqual(await guard.diff("", outputs, inputs), { changes: false });
    assert.deepEqual(await guard.diff("", outputs, { ...inputs, role: "7" }), { changes: true });
    const newer = { ...inputs, __provider: "newer" };
    assert.deepEqual(await guard.diff("", outputs, newer), { changes: true });
    const { outs } = await guard.update("", outputs, { ...inputs, role: "7" });
    assert.deepEqual(outs, { ...outputs, role: "7" });
  });
});
