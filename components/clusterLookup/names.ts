import { objectName } from "../../configuration/inventoryPaths";
import { type Finding, finding } from "../../findings/finding";
import {
  datacenterFolders,
  type Inventory,
  isVCenterError,
  type StoragePolicy,
} from "../../vcenter";
import { objectFinding } from "../dynamic/findObject";
import type { ClusterLookupInputs } from "./clusterLookup";
import type { LiveView } from "../dynamic/liveView";
import { nearest, isSameName } from "../../findings/text";

/**
 * Names that vCenter has in another Unicode form than the documents: they look the same, and this program finds them;
 * the installer, which compares byte by byte, does not. One finding for each object, also for one above others.
 */
export function spellingFaults(
  inventory: Inventory,
  { datacenter, networks, datastores, vmFolder, templates }: ClusterLookupInputs,
): Finding[] {
  const paths = [
    datacenter,
    ...networks,
    ...datastores.flatMap(({ path, clusters }) => [path, ...clusters]),
    vmFolder.exists ? vmFolder.path : parentOf(vmFolder.path),
    ...templates.map(({ path }) => parentOf(path)),
  ];
  const all = new Set(paths.flatMap(withParents));
  return [...all].flatMap((path) => spellingFault(path, inventory.at(path)[0]?.name));
}

/**
 * The fault of one object.
 *
 * @param path where it is, as the documents spell it
 * @param name as vCenter has it; undefined when there is no such object
 */
export function spellingFault(path: string, name: string | undefined): Finding[] {
  const written = objectName(path);
  // One of a datacenter's folders may have quite another name than the documents' paths say.
  const looksTheSame = name?.normalize("NFC") === written.normalize("NFC");
  if (name === written || !looksTheSame) return [];
  return [
    objectFinding(
      path,
      "in vCenter the accents of this name are separate characters (Unicode's NFD), as a Mac types them, and the installer, " +
        "which compares names byte by byte, would not find it",
      "retype its name in the vSphere Client, after which only what looks for its present bytes would not find it, or use " +
        "another object",
    ),
  ];
}

/**
 * What may stop the installer in a datacenter whose folders do not have the names that vCenter gives: the Terraform
 * provider that it uses builds paths from `host`, `vm`, `datastore` and `network`. No error, because it was not tried.
 *
 * Source: hashicorp/terraform-provider-vsphere `vsphere/internal/helper/folder/folder_helper.go` (RootPathParticle).
 */
export function folderNameWarnings(inventory: Inventory, datacenter: string): Finding[] {
  // In the Unicode form that vCenter has, as the folders' paths are.
  const real = inventory.realPath(datacenter);
  const names = datacenterFolders.flatMap((folder) => {
    const name = inventory.folderPath(real, folder).slice(`${real}/`.length);
    return name === folder ? [] : [`${name} instead of ${folder}`];
  });
  if (names.length === 0) return [];
  return [
    objectFinding(
      datacenter,
      `its folders are called ${names.join(", ")}, and this program finds what is in them, but the Terraform provider of ` +
        "Deckhouse's installer builds paths from the names that vCenter gives (terraform-provider-vsphere, " +
        "folder_helper.go), and may find nothing",
      "try the installation first; a datacenter whose folders have their usual names is safe",
      "warning",
    ),
  ];
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function withParents(path: string): string[] {
  return path === "" ? [] : [...withParents(parentOf(path)), path];
}

/** A vCenter with more policies than this has only the nearest named in a message. */
const mostNames = 6;

/** The id of the policy, or what is wrong with the choice. */
export type StoragePolicyFinding = { readonly id: string } | { readonly fault: Finding };

const consequence = "and the installer could not create root disks";

/**
 * Finds the storage policy that the documents of a cluster name: its id, which is what Deckhouse takes. Asks nothing
 * when they name none.
 *
 * @throws VCenterError for everything but a missing privilege, which is a finding as well
 */
export async function findStoragePolicy(
  live: LiveView,
  { region, storagePolicy }: Pick<ClusterLookupInputs, "region" | "storagePolicy">,
): Promise<StoragePolicyFinding> {
  if (storagePolicy === undefined) return { id: "" };
  const [key, found] =
    "id" in storagePolicy ? ["id", storagePolicy.id] : ["name", storagePolicy.name];
  const fault = (wrong: string, remedy: string): StoragePolicyFinding => ({
    fault: finding(`storagePolicy.${key} of the cluster of ${region}`, found, wrong, remedy),
  });
  let policies: readonly StoragePolicy[];
  try {
    policies = await live.storagePolicies();
  } catch (error) {
    if (!isVCenterError(error, "noPermission")) throw error;
    return fault(
      `this account may not list the storage policies (${error.answer}), so it cannot be told whether this one exists`,
      error.remedy,
    );
  }
  if ("id" in storagePolicy) {
    return policies.some(({ id }) => id === storagePolicy.id)
      ? { id: storagePolicy.id }
      : fault(`vCenter has no storage policy with this id, ${consequence}`, remedy(policies));
  }
  const [policy, ...others] = policies.filter(({ name }) => isSameName(name, storagePolicy.name));
  if (policy === undefined) {
    return fault(
      `vCenter has no storage policy with this name, ${consequence}`,
      remedy(policies, storagePolicy.name),
    );
  }
  if (others.length === 0) return { id: policy.id };
  const ids = [policy, ...others].map(({ id }) => id);
  return fault(
    `${ids.length} storage policies have this name, and nobody can tell which is meant`,
    `write storagePolicy.id instead: ${ids.join(" or ")}`,
  );
}

/** All names where there are few, otherwise the one that may have been meant. */
function remedy(policies: readonly StoragePolicy[], wanted?: string): string {
  const names = [...new Set(policies.map(({ name }) => name))];
  if (names.length === 0) return "create a storage policy in vCenter, or leave storagePolicy out";
  const meant = wanted === undefined ? undefined : nearest(wanted, names);
  const shown = names.length <= mostNames ? names : meant === undefined ? [] : [meant];
  const list = shown.map((name) => `"${name}"`).join(", ");
  if (shown.length === names.length) return `write storagePolicy.name, one of ${list}`;
  const hint = "`govc storage.policy.ls` lists all";
  return list === ""
    ? `write storagePolicy.name as vCenter has it (${hint} ${names.length})`
    : `write storagePolicy.name: ${list} (${hint} ${names.length})`;
}
