import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

import { repositoryRoot } from "../../scripts/lab/folders";
import { writeFiles } from "./temporaryFolder";

/** A datacenter as the simulator's inventory describes it (lab/vcenter/README.md), as far as tests change it. */
export interface DescribedDatacenter {
  readonly name: string;
  readonly clusters: object[];
  readonly switches: { readonly portGroups: string[] }[];
  folderNames?: Readonly<Record<string, string>>;
  networks?: string[];
  standaloneHosts?: string[];
  vmFolders?: string[];
  datastores: Record<string, unknown>[];
}

/** The simulator's inventory, as far as tests change it. */
export interface DescribedInventory {
  readonly datacenters: DescribedDatacenter[];
  readonly users: { name: string; password: string }[];
  permissions: { path: string; principal: string; role: string; propagate?: boolean }[];
  roles: { name: string; privileges: string[] }[];
}

/**
 * Writes the example's inventory with changes.
 *
 * @returns the path of the file, for Simulator.start
 */
export function changedInventory(
  folder: string,
  change: (inventory: DescribedInventory, first: DescribedDatacenter) => void,
  edited = (text: string): string => text,
): string {
  const text = readFileSync(join(repositoryRoot, "lab/vcenter/inventory.yaml"), "utf8");
  const inventory = parse(edited(text)) as DescribedInventory;
  const [first] = inventory.datacenters;
  if (first === undefined) throw new Error("the example's inventory has no datacenter");
  change(inventory, first);
  writeFiles(folder, { "inventory.yaml": stringify(inventory) });
  return join(folder, "inventory.yaml");
}
