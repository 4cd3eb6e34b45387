import assert from "node:assert/strict";
import { unknownValue } from "../../../../../components/dynamic/dynamicProvider";
import { Done } from "../../../../../components/dynamic/done";
import { PermissionProvider } from "../../../../../components/kubernetesRole/permission/provider";
import { UnmadePermissions } from "../../../../../components/kubernetesRole/permission/unmade";
import { VCenterProvider } from "../../../../../components/vCenter/provider";
import { nothingEarlier } from "../../../../../preflight/ours";
import {
  examplePermission,
  grant,
  permissionVCenter,
  roles,
} from "../../../../support/examplePermission";
import { objects } from "../../../../support/exampleVCenter";
import type { InMemoryVCenter } from "../../../../support/inMemoryVCenter";
import { withPrintedLines } from "../../../../support/printedLines";

const principal = "deckhouse@vsphere.local";
const asked = { principals: [principal], grants: ["/X1", "/X2"] };
const sentence =
  "deckhouse@vsphere.local still gets role kubernetes on /X1: the last up asked for it, and vCenter does not have it";

describe("a permission that the last up asked for and did not make", () => {
  let vCenter: InMemoryVCenter;
  let unmade: UnmadePermissions;
  let done: Done;
  let provider: PermissionProvider;

  beforeEach(() => {
    vCenter = permissionVCenter();
    unmade = new UnmadePermissions();
    done = new Done();
    provider = new PermissionProvider(vCenter.session(), undefined, { unmade, done });
  });

  const told = async (olds: object = {}, news = examplePermission): Promise<readonly string[]> =>
    (await withPrintedLines(() => provider.check(olds, news))).lines;

  it("is told by the preview after it, also in another spelling", async () => {
    unmade.remember({ principals: ["VSPHERE.LOCAL\\Deckhouse"], grants: ["/X1/"] });
    assert.deepEqual(await told(), [sentence]);
  });

  it("is told when its role is not made either", async () => {
    unmade.remember(asked);
    const unmadeRole = { role: unknownValue, roleName: "nodes" };
    assert.deepEqual(await told({}, { ...examplePermission, ...unmadeRole }), [
      sentence.replace("role kubernetes", "role nodes"),
    ]);
  });

  for (const [what, earlier] of [
    ["before the first up", undefined],
    ["on an object that is new", { ...asked, grants: ["/X2"] }],
    ["of an account that is new", { ...asked, principals: ["other@vsphere.local"] }],
  ] as const) {
    it(`is none ${what}`, async () => {
      unmade.remember(earlier);
      assert.deepEqual(await told(), []);
    });
  }

  it("is none where the state has it", async () => {
    unmade.remember(asked);
    const { outs } = await provider.create(examplePermission);
    assert.deepEqual(await told(outs), []);
  });

  it("is none where somebody removed it, which is told as a difference", async () => {
    unmade.remember(asked);
    const { id, outs } = await provider.create(examplePermission);
    vCenter.permissions.length = 0;
    const { lines } = await withPrintedLines(() => provider.read(id, outs));
    assert.match(lines.join("\n"), /^vCenter differs: \/X1: .* no longer there$/);
    assert.deepEqual(await told(), []);
  });

  it("is none where vCenter has it", async () => {
    unmade.remember(asked);
    grant(vCenter, objects.x1, "VSPHERE.LOCAL\\deckhouse", roles.kubernetes);
    const lines = await told();
    assert.ok(!lines.some((line) => line.includes("still gets")), lines.join("\n"));
  });

  it("is known from what the state of the vCenter holds", async () => {
    const seen = { ...nothingEarlier, ...asked };
    const vCenterProvider = new VCenterProvider(vCenter.session(), unmade);
    await vCenterProvider.check({ asked: seen }, { server: "vcenter.example.com", restoredAs: "" });
    assert.deepEqual(await told(), [sentence]);
  });

  it("is told twenty times at most, and then that there are more", () => {
    const grants = Array.from({ length: 30 }, (_, index) => `/X${index}`);
    unmade.remember({ ...asked, grants });
    const lines = grants.flatMap(
      (path) => unmade.sentence({ path, principal, roleName: "kubernetes" }) ?? [],
    );
    assert.equal(lines.length, 21);
    assert.equal(
      lines[20],
      "and more permissions that the last up asked for are still to be granted",
    );
  });

  it("is counted when it is granted, removed or refused", async () => {
    const { id, outs } = await provider.create(examplePermission);
    // A process keeps what it granted itself.
    const later = new PermissionProvider(vCenter.session(), undefined, { unmade, done });
    await later.delete(id, outs);
    vCenter.unregister(objects.x2);
    await assert.rejects(provider.create({ ...examplePermission, path: "/X2" }));
    assert.match(
      done.text() ?? "",
      /^done in vCenter: 1 permission granted, 1 permission removed\. Did not work: permission of deckhouse@vsphere\.local on \/X2\. /,
    );
  });
});
