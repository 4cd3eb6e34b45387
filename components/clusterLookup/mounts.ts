import { foldableOf, type Foldable } from "../../findings/folding";
import { objectKey, type HostMounts, type Inventory, type ManagedObject } from "../../vcenter";
import { lookUp } from "../dynamic/findObject";
import { listed } from "../../findings/text";
import type { LiveView } from "../dynamic/liveView";
import type { ClusterLookupInputs } from "./model";

/** How many hosts a message names at most. */
const mostHosts = 3;

/** What was found out about mounts. */
export interface MountFindings {
  readonly failures: readonly Foldable[];
  /** What could not be looked at. */
  readonly warnings: readonly string[];
}

/** A datastore with the clusters in which it is needed, as far as vCenter has them. */
interface Needed {
  readonly datastore: ManagedObject;
  readonly clusters: readonly ManagedObject[];
}

/**
 * The hosts on which a datastore is needed and is not mounted for reading and writing. An instance class names one
 * datastore, and its nodes can be on every host of the clusters of its zones. One call, and none where there is nothing
 * to look at.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/`.
 */
export async function findMounts(
  live: LiveView,
  inventory: Inventory,
  datastores: ClusterLookupInputs["datastores"],
): Promise<MountFindings> {
  const missing = distinct(datastores.flatMap(({ clusters }) => clusters)).flatMap((path) => {
    const found = lookUp(inventory, path, ["cluster"]);
    return "fault" in found ? [found.fault] : [];
  });
  const needed = datastores.flatMap(({ path, clusters }) => {
    const datastore = inventory.find(path, "Datastore");
    const known = clusters.flatMap((one) => inventory.find(one, "ClusterComputeResource") ?? []);
    return datastore === undefined || known.length === 0 ? [] : [{ datastore, clusters: known }];
  });
  if (needed.length === 0) return { failures: missing, warnings: [] };
  const mounts = await live.mounts(
    distinct(needed.map(({ datastore }) => datastore)),
    distinct(needed.flatMap(({ clusters }) => clusters)),
  );
  const found = needed.flatMap((one) => compare(one, mounts));
  return {
    failures: [...missing, ...found.flatMap(({ failure }) => failure ?? []).map(foldableOf)],
    warnings: found.flatMap(({ warning }) => warning ?? []),
  };
}

/** One datastore in one cluster, a sentence at most. */
interface Comparison {
  readonly failure?: string;
  readonly warning?: string;
}

function compare({ datastore, clusters }: Needed, mounts: HostMounts): Comparison[] {
  const mounting = mounts.byDatastore.get(objectKey(datastore));
  return clusters.map((cluster) => {
    const hosts = mounts.byCluster.get(objectKey(cluster));
    if (mounting === undefined || hosts === undefined) {
      return {
        warning:
          `${datastore.path}: this account may not read which hosts of ${cluster.path} mount it, so it was not ` +
          "checked that nodes can be there: let the account read both (System.Read)",
      };
    }
    const lacking = [...hosts]
      .filter((host) => !mounting.has(host))
      .map((host) => nameOf(host, mounts));
    return lacking.length === 0
      ? {}
      : { failure: unmounted(datastore, cluster, lacking, hosts.size) };
  });
}

function unmounted(
  datastore: ManagedObject,
  cluster: ManagedObject,
  lacking: readonly string[],
  hosts: number,
): string {
  const where =
    lacking.length === hosts
      ? `on none of the ${hosts} hosts of ${cluster.path}`
      : `on ${hosts - lacking.length} of the ${hosts} hosts of ${cluster.path} only, not on ${listed(lacking, mostHosts)}`;
  return (
    `${datastore.path}: it is mounted for reading and writing ${where}, and nodes there could not have their root disks ` +
    "on it: mount it there, take a datastore that all hosts mount, or leave the zone out of the group's zones"
  );
}

/** The name of a host, or its id (`host-31`) where the account may not read the name. */
function nameOf(host: string, { names }: HostMounts): string {
  return names.get(host) ?? host.slice(host.indexOf(":") + 1);
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}
