import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { repositoryRoot } from "../../scripts/lab/folders";

/** What the folders of a datacenter are called in the tests, by what they hold. */
export const germanNames = {
  host: "Hosts und Cluster",
  vm: "VMs",
  datastore: "Datenspeicher",
  network: "Netzwerke",
} as const;

/** Other names of a datacenter's folders; those that are left out keep vCenter's name. */
type FolderNames = Readonly<Partial<Record<keyof typeof germanNames, string>>>;

/**
 * Writes the example's inventory with other names for the folders of its datacenters.
 *
 * @param directory where the file is to be
 * @param names by datacenter
 * @returns the path of the file
 */
export function renamedInventory(
  directory: string,
  names: Readonly<Record<string, FolderNames>> = { X1: germanNames },
): string {
  const text = readFileSync(join(repositoryRoot, "lab/vcenter/inventory.yaml"), "utf8");
  const renamed = Object.entries(names)
    .flatMap(([datacenter, folders]) =>
      Object.entries(folders).map(([role, name]) => [`/${datacenter}/`, role, name] as const),
    )
    .reduce(
      (changed, [start, role, name]) => changed.replaceAll(`${start}${role}/`, `${start}${name}/`),
      text,
    );
  const inventory = parse(renamed) as { datacenters: { name: string }[] };
  const datacenters = inventory.datacenters.map((datacenter) => ({
    ...datacenter,
    folderNames: names[datacenter.name] ?? {},
  }));
  const file = join(directory, "inventory.yaml");
  writeFileSync(file, stringify({ ...inventory, datacenters }));
  return file;
}
