import assert from "node:assert/strict";
import { objectKey } from "../../../vcenter";
import { govc } from "./govc";
import { simulated } from "./simulated";

describe("what npm run discover reads of the simulated vCenter", () => {
  const { simulator, use } = simulated();

  it("are the sizes of all datastores in one call, as govc tells them", async () => {
    const told = JSON.parse(
      await govc(simulator(), "datastore.info", "-json", "/X1/datastore/x1_root"),
    ) as {
      datastores: { summary: { type: string; capacity: number; freeSpace: number } }[];
    };
    const summary = told.datastores[0]?.summary;
    assert.ok(summary);
    await use(async (client) => {
      const inventory = await client.inventory.read();
      const [root] = inventory.at("/X1/datastore/x1_root");
      assert.ok(root);
      await simulator().control.resetCalls();
      const datastores = inventory.all("Datastore");
      const read = await client.datastoreSummaries.read(datastores);
      assert.deepEqual((await simulator().control.calls()).soap, { RetrieveProperties: 1 });
      assert.equal(read.size, datastores.length);
      assert.deepEqual(read.get(objectKey(root)), {
        type: summary.type,
        capacityBytes: summary.capacity,
        freeBytes: summary.freeSpace,
        isInMaintenance: false,
      });
      assert.equal((await client.datastoreSummaries.read([])).size, 0);
    });
  });

  it("are the templates alone, each with its folder, in one call", async () => {
    await use(async (client) => {
      const inventory = await client.inventory.read("all");
      await simulator().control.resetCalls();
      const templates = await client.virtualMachines.templates();
      assert.deepEqual((await simulator().control.calls()).soap, { RetrieveProperties: 1 });
      assert.deepEqual(
        templates.map(({ folder, name }) => `${inventory.get(folder)?.path}/${name}`).sort(),
        ["/X1/vm/Templates/debian-12-of-others", "/X2/vm/Templates/debian-12-of-others"],
      );
    });
  });
});
