import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";

import { workFolderVariable } from "../../template/runner/run";
import { labSources } from "../../scripts/lab/folders";
import { Simulator } from "../../scripts/lab/simulator";
import { TestStack } from "../../scripts/lab/stack";
import { filesBelow, ownMachines, templateConfiguration } from "../support/templateStack";

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

interface Inventory {
  readonly datacenters: {
    readonly clusters: object[];
    readonly datastores: object[];
    readonly switches: { readonly portGroups: string[] }[];
    readonly vmFolders: string[];
  }[];
}

/** The example's inventory, with a place of such names. */
function withHostileNames(file: string): void {
  const inventory = parse(
    readFileSync(join(labSources, "vcenter/inventory.yaml"), "utf8"),
  ) as Inventory;
  const [x1] = inventory.datacenters;
  assert.ok(x1);
  const written = (name: string): string => decodeURIComponent(name);
  x1.clusters.push({
    ...{ name: written(names.cluster), hosts: 1 },
    resourcePools: [written(names.pool), "packer-ab"],
  });
  for (const { datastore, folder, network } of [names, decoys]) {
    x1.datastores.push({ name: written(datastore), clusters: [written(names.cluster)] });
    x1.vmFolders.push(folder);
    x1.switches[0]?.portGroups.push(network);
  }
  writeFileSync(file, stringify(inventory));
}

describe("names with * ? [ ] \\ # % {{ that Packer looks up by pattern", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "inventory-"));
    const inventory = join(folder, "inventory.yaml");
    withHostileNames(inventory);
    simulator = await Simulator.start({ inventory });
    const { cluster, pool, datastore, network } = names;
    const place = { cluster, resourcePool: pool, datastore, network, folder: names.folder };
    // Without clusters: Deckhouse's installer, which takes these names for patterns, is not to use the template.
    const { clusterConfiguration: _all, ...configuration } = templateConfiguration({
      places: { "k8s-region-x1": { ...place, host: `${cluster}_host_1` } },
    });
    configuration.regions.splice(1);
    for (const region of configuration.regions) delete region.clusterConfiguration;
    stack = await TestStack.create(simulator, { configuration });
  });

  after(async () => {
    stack.dispose();
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
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

  before(async () => {
    simulator = await Simulator.start();
    checkout = join(mkdtempSync(join(tmpdir(), "checkout-")), "#1 %2f?{{x}} e\u0301*[");
    temporary = join(checkout, "..", "long".repeat(20));
    for (const made of [checkout, temporary]) mkdirSync(made);
    const isoUrl = join(checkout, "in #2?%20.iso");
    copyFileSync(join(labSources, "vcenter/installer.iso"), isoUrl);
    stack = await TestStack.create(simulator, {
      configuration: templateConfiguration({ isoUrl }),
      environment: {
        [workFolderVariable]: join(checkout, ".template-images"),
        PACKER_CACHE_DIR: undefined,
        TMPDIR: temporary,
      },
    });
  });

  after(async () => {
    stack.dispose();
    await simulator.stop();
    rmSync(join(checkout, ".."), { recursive: true, force: true });
  });

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
