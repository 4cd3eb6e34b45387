// The state in test/fixtures/states/0.1.0.json is from version 0.1.0, before the first release, and is kept: stacks in the
// field look like it. When this test fails, the program has to change and not the file: users would otherwise see their
// objects made a second time, or could no longer destroy them. Only while there is no release may the file be written anew:
//
//     KEEP_STATE=1 npx mocha --timeout 300000 test/endToEnd/keptState.test.ts
//
// Its template is built from test/fixtures/packer/old-folder, so that folder must not change either: its contents are part
// of the template's name.

import assert from "node:assert/strict";
import { Simulator } from "../../scripts/lab/simulator";
import type { Machine, Snapshot } from "../../scripts/lab/simulatorControl";
import { TestStack } from "../../scripts/lab/stack";
import {
  inVCenter,
  keepState,
  keptState,
  makeKeptObjects,
  type ExportedState,
} from "../support/keptState";

/** What a vCenter holds, without categories: a destroy leaves them unless the configuration says otherwise. */
type Contents = Omit<Snapshot, "categories"> & { readonly machines: readonly Machine[] };

describe("a state kept from version 0.1.0", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let untouched: Contents;
  let made: Contents;

  if (process.env["KEEP_STATE"] === "1") before(keepState);

  afterEach(async () => {
    stack.dispose();
    await simulator.stop();
  });

  /** Imports the kept state into an empty stack, for a vCenter in which its objects were made without the program. */
  async function importState(change = (text: string) => text): Promise<void> {
    const kept = keptState();
    simulator = await Simulator.start();
    untouched = await contents(simulator);
    stack = await TestStack.create(simulator, { configuration: kept.configuration });
    await makeKeptObjects(kept, stack, simulator);
    made = await contents(simulator);
    stack.write("kept.json", change(await inVCenter(kept, simulator)));
    await stack.accepted("stack", "import", "--file", "kept.json");
  }

  /**
   * What has been forgotten since: the lookups whose work the vCenter's own check does, which now says what it saw. The
   * lookup of the category that exists looks for more today. And what is new since: the documents are kept.
   */
  const forgotten = [
    "create documents",
    "delete cluster-k8s-region-x1",
    "delete cluster-k8s-region-x2",
    "update topology-existing-categories",
    "update vcenter",
  ];

  it("forgets its lookups with the next up, then has an empty preview, is refreshed without a change, and is destroyed", async () => {
    await importState();
    assert.deepEqual((await stack.plan()).steps, forgotten);
    await stack.up();
    assert.deepEqual(await contents(simulator), made);
    await stack.acceptedPreview("--expect-no-changes");

    const refresh = await stack.refresh();
    assert.match(refresh.output, /^Resources:\n +\d+ unchanged\n/m);
    assert.deepEqual(await contents(simulator), made);

    await stack.destroy();
    assert.deepEqual(await contents(simulator), untouched);
  });

  it("is destroyed also when nothing was run before", async () => {
    await importState();
    await stack.destroy();
    assert.deepEqual(await contents(simulator), untouched);
  });

  it("is continued with today's type tokens when it has the earlier ones", async () => {
    await importState((text) =>
      text.replace(/pulumi-nodejs:dynamic\/\w+:/g, "pulumi-nodejs:dynamic/deckhouse-vsphere:"),
    );
    assert.deepEqual((await stack.plan()).steps, forgotten);

    await stack.up();
    assert.deepEqual(await contents(simulator), made);
    assert.deepEqual(
      typesIn(await stack.exportState()),
      [
        ...typesIn(JSON.stringify(keptState().state)).filter(
          (type) => !/:(?:Cluster|Category)Lookup$/.test(type),
        ),
        "deckhouse-vsphere:index:ClusterDocuments",
        "pulumi-nodejs:dynamic/existingObjects:ExistingObjects",
        // The category itself, which is read.
        "vsphere:index/tagCategory:TagCategory",
      ].sort(),
    );
  });
});

async function contents({ control }: Simulator): Promise<Contents> {
  const { categories: _categories, ...others } = await control.snapshot();
  return { ...others, machines: await control.virtualMachines() };
}

function typesIn(state: string): string[] {
  const { deployment } = JSON.parse(state) as ExportedState;
  return deployment.resources.map(({ type }) => type).sort();
}
