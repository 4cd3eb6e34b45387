import assert from "node:assert/strict";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

interface Grant {
  readonly path: string;
  readonly principal: string;
  readonly group: boolean;
  readonly role: string;
  readonly propagate: boolean;
}

const deckhouse = { principal: "VSPHERE.LOCAL\\deckhouse", group: false };

describe("the role is granted where the configuration says", () => {
  let simulator: Simulator;
  let stack: TestStack;

  /** The permissions with a role of the stack. */
  async function grants(): Promise<Grant[]> {
    const { permissions } = await simulator.control.snapshot();
    return permissions.filter(({ role }) => role.startsWith("kubernetes"));
  }

  async function upWith(role: Record<string, unknown>): Promise<void> {
    const clusterAccount = { username: "deckhouse@vsphere.local" };
    stack.configure({ ...exampleConfiguration(), role, clusterAccount });
    await stack.up();
    assert.deepEqual((await stack.plan()).steps, []);
  }

  stackForAllTests((made) => ({ simulator, stack } = made));

  it("the current preset on the root, propagating", async () => {
    await upWith({ principals: ["deckhouse@vsphere.local"] });
    assert.deepEqual(await grants(), [
      { path: "/", ...deckhouse, role: "kubernetes", propagate: true },
    ]);
    const { roles } = await simulator.control.snapshot();
    const privileges = roles.find(({ name }) => name === "kubernetes")?.privileges ?? [];
    assert.equal(privileges.length, 85);
    assert.ok(privileges.includes("Cns.Searchable"));
  });

  it("the seed preset on the datacenters; the permission on the root goes", async () => {
    await upWith({ preset: "seed", principals: ["deckhouse@vsphere.local"] });
    assert.deepEqual(await grants(), [
      { path: "/X1", ...deckhouse, role: "kubernetes", propagate: true },
      { path: "/X2", ...deckhouse, role: "kubernetes", propagate: true },
    ]);
  });

  it("an own list of objects, each propagating or not, for a user and a group", async () => {
    await upWith({
      privileges: ["Datastore.Browse", "Datastore.AllocateSpace"],
      extraPrivileges: ["Network.Assign"],
      principals: [
        "VSPHERE.LOCAL\\deckhouse",
        { name: "kubernetes-admins@vsphere.local", group: true },
      ],
      grant: [{ path: "/X1", propagate: false }, { path: "/X2/host/x2_cluster_prod" }],
    });
    const admins = { principal: "VSPHERE.LOCAL\\kubernetes-admins", group: true };
    const sorted = (list: readonly Grant[]): string[] =>
      list.map((grant) => JSON.stringify(grant)).sort();
    assert.deepEqual(
      sorted(await grants()),
      sorted(
        [deckhouse, admins].flatMap((principal) => [
          { path: "/X1", ...principal, role: "kubernetes", propagate: false },
          { path: "/X2/host/x2_cluster_prod", ...principal, role: "kubernetes", propagate: true },
        ]),
      ),
    );
    const { roles } = await simulator.control.snapshot();
    assert.deepEqual(
      roles
        .find(({ name }) => name === "kubernetes")
        ?.privileges.filter((id) => !id.startsWith("System.")),
      ["Datastore.AllocateSpace", "Datastore.Browse", "Network.Assign"],
    );
  });

  it("granular: read-only above, the full role on what the cluster uses", async () => {
    const ofRegion = (switchName: string): unknown => ({
      distributedSwitches: [switchName],
      distributedPortGroups: ["k8s-nodes"],
    });
    await upWith({
      preset: "current",
      principals: ["deckhouse@vsphere.local"],
      grant: "granular",
      granular: {
        regions: { "k8s-region-x1": ofRegion("x1_switch"), "k8s-region-x2": ofRegion("x2_switch") },
      },
    });
    const byPath = new Map((await grants()).map((grant) => [grant.path, grant]));
    const full = { ...deckhouse, role: "kubernetes", propagate: true };
    const readOnly = { ...deckhouse, role: "kubernetes-read-only", propagate: false };
    for (const [path, expected] of [
      ["/", readOnly],
      ["/X1", readOnly],
      ["/X1/host/x1_cluster_prod", full],
      ["/X1/host/x1_cluster_stage", full],
      ["/X1/vm/k8s/x1", full],
      ["/X1/datastore/x1_lun_1", full],
      ["/X1/network/x1_switch", readOnly],
      ["/X1/network/k8s-nodes", full],
      ["/X2/network/k8s-nodes", full],
    ] as const) {
      assert.deepEqual(byPath.get(path), { path, ...expected }, path);
    }
  });
});
