import assert from "node:assert/strict";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { workFolderVariable } from "../../template/runner/run";
import { labSources } from "../../scripts/lab/folders";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { changedInventory } from "../support/changedInventory";
import { stackForAllTests } from "../support/stackForTests";
import { filesBelow, ownMachines, templateConfiguration } from "../support/templateStack";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";

/**
 * Names that a pattern, a URL, a template or HCL would read as something else; vCenter keeps `%`, `/` and `\` as
 * `%25`, `%2f` and `%5c`, and so they stand in paths.
 */
const names = {
  cluster: "build [1]*?#${x}%2f%5c",
  pool: "packer*[a]%5c{{b}}",
  datastore: "images*?%5c#%2f%25",
  network: "nodes*[1]",
  folder: "Images [a]*?#{{.HTTPIP}}",
};

/** What a pattern of the same letters would find, and the name itself would not. */
const decoys = { network: "nodes-1", folder: "Images a-x#{{.HTTPIP}}", datastore: "imagesXY#" };

/** The example's inventory, with a place of such names. */
const withHostileNames = (inventoryFolder: string): string =>
  changedInventory(inventoryFolder, (_, x1) => {
    const written = (name: string): string => decodeURIComponent(name);
    x1.clusters.push({
      ...{ name: written(names.cluster), hosts: 1 },
      resourcePools: [written(names.pool), "packer-ab"],
    });
    for (const { datastore, folder, network } of [names, decoys]) {
      x1.datastores.push({ name: written(datastore), clusters: [written(names.cluster)] });
      x1.vmFolders!.push(folder);
      x1.switches[0]?.portGroups.push(network);
    }
  });

describe("names with * ? [ ] \\ # % {{ that Packer looks up by pattern", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made), { inventory: withHostileNames });

  before(() => {
    const { cluster, pool, datastore, network } = names;
    const place = { cluster, resourcePool: pool, datastore, network, folder: names.folder };
    // Without clusters: Deckhouse's installer, which takes these names for patterns, is not to use the template.
    const { clusterConfiguration: _all, ...configuration } = templateConfiguration({
      places: { "k8s-region-x1": { ...place, host: `${cluster}_host_1` } },
    });
    configuration.regions.splice(1);
    for (const region of configuration.regions) delete region.clusterConfiguration;
    stack.configure(configuration);
  });

  it("mean the object of that very name: the template is built there", async () => {
    await stack.up();
    const machines = await ownMachines(simulator.control);
    assert.deepEqual(
      machines.map(({ path, host, datastore, networkAdapters }) => [
        path.slice(0, path.lastIndexOf("/")),
        host,
        datastore,
        networkAdapters[0]?.network,
      ]),
      [[`/X1/vm/${names.folder}`, `${names.cluster}_host_1`, names.datastore, names.network]],
    );
  });
});

describe("a checkout with #, %, ?, blanks and {{ in its path, and a long TMPDIR", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let checkout: string;
  let temporary: string;

  stackForAllTests((made) => ({ simulator, stack } = made));

  before(() => {
    checkout = join(temporaryFolder(), "#1 %2f?{{x}} e\u0301*[");
    temporary = join(checkout, "..", "long".repeat(20));
    for (const made of [checkout, temporary]) mkdirSync(made);
    const isoUrl = join(checkout, "in #2?%20.iso");
    copyFileSync(join(labSources, "vcenter/installer.iso"), isoUrl);
    stack.configure(templateConfiguration({ isoUrl }));
    stack = stack.with({
      [workFolderVariable]: join(checkout, ".template-images"),
      PACKER_CACHE_DIR: undefined,
      TMPDIR: temporary,
    });
  });

  after(() => removeFolder(join(checkout, "..")));

  it("build with a local ISO, and leave no temporary file of Packer", async () => {
    await stack.up();
    const [machine] = await ownMachines(simulator.control);
    assert.equal(machine?.path.startsWith("/X1/vm/Templates/ubuntu-noble-24.04-"), true);
    assert.deepEqual(
      filesBelow(temporary).filter((file) => file.includes("packer")),
      [],
    );
  });
});
