import { listed } from "../../findings/text";
import type { ClusterFacts, DatacenterFacts, DatastoreFacts } from "./facts";

/** How many hosts a reason names at most. */
const mostHosts = 3;

/**
 * Why volumes of nodes in a cluster cannot be on a datastore, by the same words as the checks of `npm run check`: each
 * host has to mount it, reach it and write to it.
 *
 * @returns undefined when they can
 */
export function whyUnusable(
  datastore: DatastoreFacts,
  { hosts }: Pick<ClusterFacts, "hosts">,
): string | undefined {
  const { mounts } = datastore;
  if (mounts === undefined) return "this account may not read its hosts (System.Read)";
  if (datastore.isInMaintenance === true) return "it is in maintenance";
  const reasons = (
    [
      ["is not mounted", (key) => mounts.get(key)?.isMounted !== true],
      ["is read-only", (key) => mounts.get(key)?.isWritable === false],
      ["cannot be reached", (key) => mounts.get(key)?.isAccessible === false],
    ] satisfies [string, (key: string) => boolean][]
  ).flatMap(([reason, isTrue]) => {
    const those = hosts.filter(({ key }) => isTrue(key));
    if (those.length === 0) return [];
    const names =
      those.length === hosts.length
        ? `any of the ${hosts.length} hosts`
        : listed(
            those.map(({ name }) => name),
            mostHosts,
          );
    return [{ text: `${reason} on ${names}`, count: those.length }];
  });
  // What is not mounted is neither writable nor reachable: one reason is enough.
  return reasons[0] && `it ${reasons[0].text}`;
}

/** Whether a host of the cluster has it at all, so that it is worth saying why it was left out. */
export function isKnownTo({ mounts }: DatastoreFacts, { hosts }: ClusterFacts): boolean {
  return hosts.some(({ key }) => mounts?.has(key) === true);
}

/**
 * The datastores on which the root disks of nodes in all these clusters can be, the best first: not those that already
 * carry tags for volumes, then those whose names say so, then by the most free space.
 *
 * @param isForVolumes whether a datastore is already one for volumes
 */
export function rootDiskCandidates(
  { datastores }: Pick<DatacenterFacts, "datastores">,
  clusters: readonly ClusterFacts[],
  isForVolumes: (datastore: DatastoreFacts) => boolean,
): DatastoreFacts[] {
  if (clusters.length === 0) return [];
  return datastores
    .filter((one) => clusters.every((cluster) => whyUnusable(one, cluster) === undefined))
    .map((one, order) => ({ one, order, volumes: isForVolumes(one) ? 1 : 0 }))
    .sort(
      (a, b) =>
        a.volumes - b.volumes ||
        rootInName(b.one) - rootInName(a.one) ||
        (b.one.freeBytes ?? 0) - (a.one.freeBytes ?? 0) ||
        a.order - b.order,
    )
    .map(({ one }) => one);
}

/** What somebody has named so is meant for it. */
function rootInName({ name }: DatastoreFacts): number {
  return /(^|[^a-z])(root|os|system|boot)([^a-z]|$)/i.test(name) ? 1 : 0;
}

/** `1.5 TiB` */
export function sizeText(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
