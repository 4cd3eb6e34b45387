import { comparableName } from "../findings/text";
import type { DatacenterFolder } from "../vcenter";
import { datacenterFolders } from "../vcenter/offline";

/**
 * Inventory paths as govc and vCenter's FindByInventoryPath read them: `/X1/host/x1_cluster_prod`. All
 * functions are pure and give the same answer for an answer of theirs.
 *
 * vCenter gives the four folders of a datacenter the names by which they are called here; an administrator, or a vCenter
 * of another language, may give others, which only vCenter knows. So a path that is built here, `/X1/host/...`, means the
 * datacenter's folder for hosts whatever it is called (`Inventory.find` of vcenter/inventory.ts), and a full path that
 * somebody writes may have the real name: `/X1/Hosts und Cluster/...`.
 */

/**
 * Brings a path into its one form: a leading slash, single slashes, none at the end.
 *
 * @param path a path from the root of the vCenter, for example `X1/`
 * @returns for example `/X1`; `/` for the root
 */
export function inventoryPath(path: string): string {
  return `/${path
    .split("/")
    .filter((part) => part !== "")
    .join("/")}`;
}

/**
 * The full path of a datacenter.
 *
 * @param datacenter `X1`, `/X1` or `/folder/X1`
 */
export function datacenterPath(datacenter: string): string {
  return inventoryPath(datacenter);
}

/**
 * The full path of an object of a datacenter.
 *
 * @param datacenter the datacenter, in any spelling
 * @param folder the datacenter's folder that holds such objects
 * @param object a path below that folder, or a full path, which begins with a slash and is kept
 */
export function objectPath(datacenter: string, folder: DatacenterFolder, object: string): string {
  if (object.startsWith("/")) {
    return inventoryPath(object);
  }
  return inventoryPath(`${datacenterPath(datacenter)}/${folder}/${object}`);
}

/**
 * The full path of a compute cluster.
 *
 * @param datacenter the datacenter, in any spelling
 * @param cluster `x1_cluster_prod`, `folder/x1_cluster_prod` or `/X1/host/x1_cluster_prod`
 */
export function clusterPath(datacenter: string, cluster: string): string {
  return objectPath(datacenter, "host", cluster);
}

/**
 * The full path of a datastore, or of a folder of datastores.
 *
 * @param datacenter the datacenter, in any spelling
 * @param datastore `x1_lun_1`, `folder/x1_lun_1` or `/X1/datastore/x1_lun_1`
 */
export function datastorePath(datacenter: string, datastore: string): string {
  return objectPath(datacenter, "datastore", datastore);
}

/**
 * The full path of a network, port group or distributed switch.
 *
 * @param datacenter the datacenter, in any spelling
 * @param network `k8s-nodes`, `folder/k8s-nodes` or `/X1/network/k8s-nodes`
 */
export function networkPath(datacenter: string, network: string): string {
  return objectPath(datacenter, "network", network);
}

/**
 * The full path of a folder of virtual machines, or of a virtual machine or template.
 *
 * @param datacenter the datacenter, in any spelling
 * @param folder `k8s/x1` or `/X1/vm/k8s/x1`
 */
export function vmFolderPath(datacenter: string, folder: string): string {
  return objectPath(datacenter, "vm", folder);
}

/**
 * The part of a path after its last slash.
 *
 * @param path a path in any spelling
 */
export function objectName(path: string): string {
  return inventoryPath(path).split("/").at(-1) ?? "";
}

/**
 * Tells whether an object lies below one of a datacenter's folders, as far as that shows without asking vCenter: what
 * has the name of another of the four does not. Case counts, as vCenter's answer to a path of another case is not
 * documented.
 *
 * @param datacenter the datacenter, in any spelling
 * @param folder the folder
 * @param path the object's full path
 */
export function isInside(datacenter: string, folder: DatacenterFolder, path: string): boolean {
  const [own = "", ...below] = belowDatacenter(datacenter, path) ?? [];
  return below.length > 0 && (own === folder || !datacenterFolders.some((name) => name === own));
}

/**
 * An object's path below the datacenter's folder that holds it, whatever this is called.
 *
 * @param datacenter the datacenter, in any spelling
 * @param path the object's full path
 * @returns undefined when it is not in the datacenter, or one of the folders itself
 */
export function pathBelowFolder(datacenter: string, path: string): string | undefined {
  const [, ...below] = belowDatacenter(datacenter, path) ?? [];
  return below.length === 0 ? undefined : below.join("/");
}

function belowDatacenter(datacenter: string, path: string): string[] | undefined {
  const start = `${datacenterPath(datacenter)}/`;
  const full = inventoryPath(path);
  return full.startsWith(start) ? full.slice(start.length).split("/") : undefined;
}

/**
 * The form in which two paths are compared to find out whether they mean one object: vCenter keeps no two
 * siblings whose names differ in case only.
 *
 * @param path a full path
 */
export function comparablePath(path: string): string {
  return comparableName(inventoryPath(path));
}

/**
 * {@link comparablePath} of an object of a datacenter: the same whether its folder goes by what it holds or by its real
 * name.
 *
 * @param datacenter the datacenter, in any spelling
 * @param folder the datacenter's folder that holds such objects
 * @param object a path below that folder, or a full path
 */
export function comparableObject(
  datacenter: string,
  folder: DatacenterFolder,
  object: string,
): string {
  const path = objectPath(datacenter, folder, object);
  const below = isInside(datacenter, folder, path) ? pathBelowFolder(datacenter, path) : undefined;
  return comparablePath(below === undefined ? path : objectPath(datacenter, folder, below));
}
