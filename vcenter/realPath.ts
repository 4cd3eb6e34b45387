import { datacenterFolders, type DatacenterFolder } from "./inventory";
import { readNeighbours } from "./propertyReader";
import { objectKey, propertiesOf, type ManagedObjectReference } from "./references";
import type { SoapLink } from "./soap";

/**
 * A path with the real name of the datacenter's folder in it, when it names that by what it holds and there is no
 * folder of the written name.
 *
 * @param find the object at a path
 * @throws VCenterError
 */
export async function realPath(
  link: SoapLink,
  find: (path: string) => Promise<ManagedObjectReference | undefined>,
  path: string,
): Promise<string> {
  const parts = path.split("/");
  for (const [index, part] of parts.entries()) {
    const folder = datacenterFolders.find((one) => one === part);
    if (folder === undefined || index < 2) continue;
    const start = parts.slice(0, index).join("/");
    const datacenter = await find(start);
    if (datacenter?.type !== "Datacenter") continue;
    const name = await folderName(link, datacenter, folder);
    const isAsWritten = name === undefined || name === folder || (await find(`${start}/${folder}`));
    return isAsWritten ? path : [start, name, ...parts.slice(index + 1)].join("/");
  }
  return path;
}

async function folderName(
  link: SoapLink,
  datacenter: ManagedObjectReference,
  folder: DatacenterFolder,
): Promise<string | undefined> {
  const [found] = await readNeighbours(
    link,
    { operation: "read a datacenter's folders", object: objectKey(datacenter) },
    datacenter,
    { path: `${folder}Folder`, type: "Folder" },
    ["name"],
  );
  return found && propertiesOf(found).get("name")?.text;
}
