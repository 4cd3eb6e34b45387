import assert from "node:assert/strict";
import { join } from "node:path";
import { withVCenter, type VCenterClient, type VCenterConnection } from "../../../vcenter";
import { Simulator } from "../../../scripts/lab/simulator";
import { removeFolder, temporaryFolder, writeFiles } from "../../support/temporaryFolder";

/** A simulated vCenter for the tests of a `describe`: one for them all, in which each test leaves no session behind. */
export interface Simulated {
  readonly simulator: () => Simulator;
  /** Runs a task with a client of it, which is closed in the end. */
  readonly use: <Result>(
    task: (client: VCenterClient) => Promise<Result>,
    changes?: Partial<VCenterConnection>,
  ) => Promise<Result>;
}

/** @param inventory what the vCenter has, as YAML; the seed's inventory by default */
export function simulated(inventory?: string): Simulated {
  let simulator: Simulator | undefined;
  const folder = temporaryFolder();

  before(async () => {
    if (inventory !== undefined) writeFiles(folder, { "inventory.yaml": inventory });
    simulator = await Simulator.start(
      inventory === undefined ? {} : { inventory: join(folder, "inventory.yaml") },
    );
  });

  after(async () => {
    await simulator?.stop();
    removeFolder(folder);
  });

  afterEach("no session is left", async () => {
    await running().control.clearFaults();
    assert.deepEqual(await running().control.sessions(), []);
  });

  function running(): Simulator {
    assert.ok(simulator, "the simulator has not started");
    return simulator;
  }

  return {
    simulator: running,
    use: (task, changes = {}) => {
      const options = { backoffMilliseconds: 1, timeoutMilliseconds: 20_000 };
      return withVCenter({ ...running().connection, ...changes }, options, task);
    },
  };
}
