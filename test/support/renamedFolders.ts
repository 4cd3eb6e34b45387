import { changedInventory, type DescribedInventory } from "./changedInventory";

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
 * @param names by datacenter
 * @returns the path of the file
 */
export function renamedInventory(
  folder: string,
  names: Readonly<Record<string, FolderNames>> = { X1: germanNames },
): string {
  const rename = (text: string): string =>
    Object.entries(names).reduce(
      (all, [datacenter, folders]) =>
        Object.entries(folders).reduce(
          (changed, [role, name]) =>
            changed.replaceAll(`/${datacenter}/${role}/`, `/${datacenter}/${name}/`),
          all,
        ),
      text,
    );
  const change = ({ datacenters }: DescribedInventory): void => {
    for (const datacenter of datacenters) datacenter.folderNames = names[datacenter.name] ?? {};
  };
  return changedInventory(folder, change, rename);
}
