import assert from "node:assert/strict";

import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForEachTest } from "../support/stackForTests";
import { newestLog, ownMachines, templateConfiguration } from "../support/templateStack";

/** Who asked for folders on datastores, and how often. */
async function makersOfFolders({ control }: Simulator): Promise<Record<string, number>> {
  const { byUserAgent } = await control.calls();
  return Object.fromEntries(
    Object.entries(byUserAgent).flatMap(([agent, { soap }]) =>
      soap["MakeDirectory"] === undefined
        ? []
        : [[agent.replace(/\/.*$/, ""), soap["MakeDirectory"]]],
    ),
  );
}

describe("a datastore that makes no folders by itself, and Packer's plugin neither", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForEachTest((made) => ({ simulator, stack } = made), {
    configuration: templateConfiguration(),
  });

  it("have the folder for the installer before Packer uploads, from the run itself", async () => {
    await stack.up();
    assert.deepEqual(await makersOfFolders(simulator), { "deckhouse-vsphere": 1 });
    assert.match(newestLog(stack), /^# \[x1_root\] packer_cache: created$/m);
    // It is there: the next template's run leaves it as it is, and the installer in it is used.
    stack.configure(templateConfiguration({ memory: 8192 }));
    await stack.up();
    assert.deepEqual(await makersOfFolders(simulator), { "deckhouse-vsphere": 2 });
    assert.match(newestLog(stack), /^# \[x1_root\] packer_cache: exists$/m);
    assert.equal((await ownMachines(simulator.control)).length, 2);
  });

  it("fail with the missing privilege where the account may not make it", async () => {
    await simulator.control.addFault({
      ...{ match: "MakeDirectory", kind: "soapFault", fault: "NoPermission" },
    });
    const { output } = await stack.tryUp();
    assert.match(output, /failed at "packer build"/);
    assert.match(
      output,
      /The folder for the installer could not be created: create a folder on a datastore \(\[x1_root\] packer_cache in Datacenter:\S+\): .*grant the account Datastore\.FileManagement on the datastore\./,
    );
    assert.deepEqual(await ownMachines(simulator.control), []);
  });
});
