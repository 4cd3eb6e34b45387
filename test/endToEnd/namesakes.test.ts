import assert from "node:assert/strict";
import { govc } from "../integration/vcenter/govc";
import { changedInventory } from "../support/changedInventory";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

const path = "/X1/network/k8s-nodes";

describe("a standard network beside a distributed port group of the same name", () => {
  let simulator: Simulator;
  let stack: TestStack;

  /** The types of the objects at the path on which the cluster's account holds the role. */
  async function granted(): Promise<string[]> {
    const found = await govc(simulator, "find", "-i", "/X1/network", "-name", "k8s-nodes");
    const references = found.split("\n").filter((line) => line !== "");
    assert.equal(references.length, 2, found);
    const held = await Promise.all(
      references.map(async (reference) => {
        const list = await govc(simulator, "permissions.ls", "-json", "-a=false", reference);
        return list.toLowerCase().includes("vsphere.local\\\\deckhouse") ? [reference] : [];
      }),
    );
    return held.flat().map((reference) => reference.split(":")[0] ?? "");
  }

  function configure(role: Record<string, unknown>): void {
    const principals = ["deckhouse@vsphere.local"];
    // The documents of a cluster could not name such a network at all.
    const { regions } = exampleConfiguration();
    const places = regions.map(({ clusterConfiguration: _none, ...region }) => region);
    stack.configure({ regions: places, role: { principals, ...role } });
  }

  stackForAllTests((made) => ({ simulator, stack } = made), {
    inventory: (folder) => changedInventory(folder, (_, first) => (first.networks = ["k8s-nodes"])),
  });

  it("is refused with both kinds when the configuration does not say which is meant", async () => {
    configure({ grant: [{ path }] });
    const output = await stack.refusedPreview();
    assert.match(
      output.replace(/\s+/g, " "),
      /role\.grant\[0\]\.path: found "\/X1\/network\/k8s-nodes": 2 objects have this path, a distributed port group and a standard network, and nobody can tell which is meant: write its kind beside the path/,
    );
    await stack.refusedUp();
    assert.deepEqual(await granted(), []);
  });

  for (const [kind, type] of [
    ["distributed port group", "DistributedVirtualPortgroup"],
    ["standard network", "Network"],
  ] as const) {
    it(`takes the permission on the ${kind} when the configuration says so`, async () => {
      configure({ grant: [{ path, kind }] });
      await stack.up();
      assert.deepEqual(await granted(), [type]);
      assert.deepEqual((await stack.plan()).steps, []);
    });
  }

  it("takes a granular permission on the port group, because the key says what it names", async () => {
    const regions = {
      "k8s-region-x1": { distributedPortGroups: ["k8s-nodes"], vmFolder: "k8s/x1" },
      "k8s-region-x2": { distributedPortGroups: ["k8s-nodes"], vmFolder: "k8s/x2" },
    };
    configure({ grant: "granular", granular: { regions } });
    await stack.up();
    assert.deepEqual(await granted(), ["DistributedVirtualPortgroup"]);
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("loses the permission on destroy, and it alone", async () => {
    await stack.destroy();
    assert.deepEqual(await granted(), []);
  });
});
