import type { Finding } from "../../findings/finding";
import { listed } from "../../findings/text";
import { objectKey, type HostMounts, type Inventory, type ManagedObject } from "../../vcenter";
import {
  datastoreClusterUnsupported,
  lookUp,
  objectFinding,
  whatIsAt,
} from "../dynamic/findObject";
import type { LiveView } from "../dynamic/liveView";
import type { ClusterLookupInputs, RootDiskDatastore } from "./clusterLookup";
import { namesakes, nearestOfType, renamingBreaks } from "./networks";

const datastoreTypes = ["Datastore"];

/** How many hosts a message names at most. */
const mostHosts = 3;

/** What is wrong with the datastores of a cluster: one does not exist, is something else, or shares its name. */
export function datastoreFaults(
  inventory: Inventory,
  { datastores, datacenter }: Pick<ClusterLookupInputs, "datastores" | "datacenter">,
): Finding[] {
  return datastores.flatMap((wanted) => {
    const datastore = inventory.find(wanted.path, "Datastore");
    if (datastore !== undefined) return ambiguity(inventory, datastore, wanted, datacenter);
    const cluster = inventory.find(wanted.path, "StoragePod");
    // What a datastore cluster holds is what was meant, however much longer its path is.
    const folder = cluster?.path ?? inventory.folderPath(datacenter, "datastore");
    const found =
      cluster === undefined
        ? whatIsThere(whatIsAt(inventory, wanted.path))
        : datastoreClusterUnsupported;
    return objectFinding(
      inventory.realPath(wanted.path),
      `${found}, and the installer would not find it`,
      () => nearestOfType(inventory, wanted.path, datastoreTypes, `${folder}/`),
    );
  });
}

function whatIsThere(found: string | undefined): string {
  return found === undefined
    ? "no such datastore in vCenter, or this account cannot see it"
    : `it is ${found}, and root disks can only be on datastores`;
}

/**
 * The masters' datastore is looked for by its name alone, in all folders, because their data disks take no path; so is
 * one of other nodes that is in no folder.
 *
 * Source: deckhouse/deckhouse#9584, and vmware/govmomi `find/finder.go` (DatastoreList).
 */
function ambiguity(
  inventory: Inventory,
  datastore: ManagedObject,
  { isOfMasters }: RootDiskDatastore,
  datacenter: string,
): Finding[] {
  const { name, path } = datastore;
  const isInFolder = path !== `${inventory.folderPath(datacenter, "datastore")}/${name}`;
  if (!isOfMasters && isInFolder) return [];
  const [other] = namesakes(inventory, datastore, datastoreTypes, datacenter);
  if (other === undefined) return [];
  return [
    objectFinding(
      path,
      `another datastore of this datacenter, ${other.path}, has the same name, and the installer, which knows only the ` +
        `name (deckhouse/deckhouse#9584), would stop with "path '${name}' resolves to multiple datastores"`,
      `use another datastore; ${renamingBreaks}`,
    ),
  ];
}

/** A datastore with the clusters in which it is needed, as far as vCenter has them. */
interface Needed {
  readonly datastore: ManagedObject;
  readonly clusters: readonly ManagedObject[];
}

/**
 * The hosts on which a datastore is needed but not mounted for reading and writing. An instance class names one
 * datastore, and its nodes can run on every host of the clusters of its zones. Takes one call, or none where there is
 * nothing to look at. What cannot be looked at is a warning.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/`.
 */
export async function mountFindings(
  live: LiveView,
  inventory: Inventory,
  datastores: ClusterLookupInputs["datastores"],
): Promise<Finding[]> {
  const missing = distinct(datastores.flatMap(({ clusters }) => clusters)).flatMap((path) => {
    const found = lookUp(inventory, path, ["cluster"]);
    return "fault" in found ? [found.fault] : [];
  });
  const needed = datastores.flatMap(({ path, clusters }) => {
    const datastore = inventory.find(path, "Datastore");
    const known = clusters.flatMap((one) => inventory.find(one, "ClusterComputeResource") ?? []);
    return datastore === undefined || known.length === 0 ? [] : [{ datastore, clusters: known }];
  });
  if (needed.length === 0) return missing;
  const mounts = await live.mounts(
    distinct(needed.map(({ datastore }) => datastore)),
    distinct(needed.flatMap(({ clusters }) => clusters)),
  );
  return [...missing, ...needed.flatMap((one) => compare(one, mounts))];
}

/** One datastore with each of its clusters. */
function compare({ datastore, clusters }: Needed, mounts: HostMounts): Finding[] {
  const mounting = mounts.byDatastore.get(objectKey(datastore));
  return clusters.flatMap((cluster) => {
    const hosts = mounts.byCluster.get(objectKey(cluster));
    if (mounting === undefined || hosts === undefined) {
      return objectFinding(
        datastore.path,
        `this account may not read which hosts of ${cluster.path} mount it, so whether nodes can run there was not checked`,
        "let the account read both (System.Read)",
        "warning",
      );
    }
    const lacking = [...hosts]
      .filter((host) => !mounting.has(host))
      .map((host) => nameOf(host, mounts));
    return lacking.length === 0 ? [] : unmounted(datastore, cluster, lacking, hosts.size);
  });
}

function unmounted(
  datastore: ManagedObject,
  cluster: ManagedObject,
  lacking: readonly string[],
  hosts: number,
): Finding {
  const where =
    lacking.length === hosts
      ? `on none of the ${hosts} hosts of ${cluster.path}`
      : `on only ${hosts - lacking.length} of the ${hosts} hosts of ${cluster.path}, not on ${listed(lacking, mostHosts)}`;
  return objectFinding(
    datastore.path,
    `it is mounted for reading and writing ${where}, and nodes there could not have their root disks on it`,
    "mount it there, use a datastore that all hosts mount, or leave the zone out of the group's zones",
  );
}

/** The name of a host, or its id (`host-31`) where the account may not read the name. */
function nameOf(host: string, { names }: HostMounts): string {
  return names.get(host) ?? host.slice(host.indexOf(":") + 1);
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
