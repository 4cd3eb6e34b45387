import assert from "node:assert/strict";

import { PermissionProvider } from "../../../../../components/kubernetesRole/permission/provider";
import type {
  PermissionInputs,
  PermissionOutputs,
} from "../../../../../components/kubernetesRole/kubernetesRole";
import {
  examplePermission,
  grant,
  granted,
  grantedToExample,
  grantedToOthers,
  permissionVCenter,
  roles,
} from "../../../../support/examplePermission";
import { objects, providerCode } from "../../../../support/exampleVCenter";
import type { InMemoryVCenter } from "../../../../support/inMemoryVCenter";
import { withoutPrintedLines, withPrintedLines } from "../../../../support/printedLines";

type Inputs = PermissionInputs & { readonly __provider: string };
type Outputs = PermissionOutputs & { readonly __provider: string };

const used: Inputs = { ...examplePermission, existing: true };
const stays =
  "/X1: the permission of deckhouse@vsphere.local with the role kubernetes was there before this stack, and stays";

describe("a permission with a role of others", () => {
  withoutPrintedLines();

  let vCenter: InMemoryVCenter;

  beforeEach(() => {
    vCenter = permissionVCenter();
  });

  const theirs = (roleId: number = roles.kubernetes, propagate = true): void =>
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roleId, { propagate });

  const takeAway = (): void => {
    const index = vCenter.permissions.findIndex(
      ({ principal, group }) => principal.endsWith("\\deckhouse") && !group,
    );
    vCenter.permissions.splice(index, 1);
  };

  /** As the engine does it, each time in a process of its own. */
  async function up(news: Inputs, state?: Outputs): Promise<{ state: Outputs; lines: string[] }> {
    const provider = new PermissionProvider(vCenter.session());
    const { result, lines } = await withPrintedLines(async () => {
      const { inputs, failures } = await provider.check(state ?? {}, news);
      assert.deepEqual(failures, []);
      if (state === undefined) return (await provider.create(inputs)).outs;
      if (!(await provider.diff("id", state, inputs)).changes) return state;
      return (await provider.update("id", state, inputs)).outs;
    });
    return { state: { ...result, __provider: providerCode }, lines };
  }

  const destroy = (state: Outputs) =>
    withPrintedLines(() => new PermissionProvider(vCenter.session()).delete("id", state));

  async function refused(news: Inputs, state?: Outputs): Promise<string> {
    const provider = new PermissionProvider(vCenter.session());
    const { failures } = await provider.check(state ?? {}, news);
    assert.equal(failures.length, 1);
    return failures[0]?.reason ?? "";
  }

  it("that was there is accepted, told, recorded as found, and stays in the end", async () => {
    theirs();
    const before = granted(vCenter);
    const { state, lines } = await up(used);
    assert.equal(state.found, true);
    // Of the first preview alone: an up that was killed in between leaves nothing that tells it from others.
    assert.deepEqual(lines, [
      `${stays}. If an interrupted pulumi up of this stack did that, it is left when the stack ends: docs/operations.md, ` +
        '"An up that was interrupted"',
    ]);
    assert.deepEqual(await up(used, state), { state, lines: [] });
    assert.deepEqual((await destroy(state)).lines, [stays]);
    assert.deepEqual(granted(vCenter), before);
    assert.deepEqual(vCenter.changes(), []);
  });

  it("that was not there is granted, and goes in the end", async () => {
    const { state } = await up(used);
    assert.equal(state.found, undefined);
    assert.deepEqual(granted(vCenter), [...grantedToOthers, grantedToExample].sort());
    await destroy((await up(used, state)).state);
    assert.deepEqual(granted(vCenter), grantedToOthers);
  });

  for (const [what, roleId, propagate, says] of [
    [
      "another reach",
      roles.kubernetes,
      false,
      /already has the role kubernetes there, which holds/,
    ],
    ["another role", roles.other, true, /already has the role other there/],
  ] as const) {
    it(`that was there with ${what} is refused`, async () => {
      theirs(roleId, propagate);
      assert.match(await refused(used), says);
    });
  }

  it("that the stack granted stays its own when the role is said to exist", async () => {
    const { state } = await up(examplePermission);
    const { inputs } = await new PermissionProvider(vCenter.session()).check(state, used);
    assert.equal(inputs.found, undefined);
    const { state: after } = await up(used, state);
    assert.equal(after.found, undefined);
    await destroy(after);
    assert.deepEqual(granted(vCenter), grantedToOthers);
  });

  it("that was found stays others' when the role becomes the stack's", async () => {
    theirs();
    const before = granted(vCenter);
    const { state } = await up(used);
    const { state: after } = await up(examplePermission, state);
    assert.equal(after.found, true);
    await destroy(after);
    assert.deepEqual(granted(vCenter), before);
  });

  it("that was found and that somebody took away is granted anew, and is the stack's", async () => {
    theirs();
    const { state } = await up(used);
    takeAway();
    const { id } = await new PermissionProvider(vCenter.session()).read("id", state);
    assert.equal(id, "");
    const { state: after } = await up(used);
    assert.equal(after.found, undefined);
    await destroy(after);
    assert.deepEqual(granted(vCenter), grantedToOthers);
  });

  it("that was found and has another role by now is not changed back", async () => {
    theirs();
    const { state } = await up(used);
    takeAway();
    theirs(roles.other);
    assert.match(await refused(used, state), /already has the role other there/);
  });

  it("that was found is read with it, so that the next preview still knows", async () => {
    theirs();
    const { state } = await up(used);
    const { inputs } = await new PermissionProvider(vCenter.session()).read("id", state);
    assert.ok(inputs);
    assert.equal(inputs.found, true);
    assert.equal(inputs.existing, true);
  });
});
