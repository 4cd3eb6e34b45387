import { changeTexts, nothing } from "../../../findings/change";
import { compareNaturally } from "../../../findings/text";
import { counted, say } from "../../../findings/words";
import type { RegionPlan, TagsByPath, Topology } from "./model";
import type { FormerNames } from "./renamed";
import { topologyChanges } from "./topology";

/**
 * The regions and zones that tags stand for. A region's tag is on its datacenter, and on the datastores below it; a zone's
 * tag alone is on its cluster. Only a datacenter has tagged objects below it.
 */
export function topologyIn(tags: TagsByPath): Topology {
  const paths = [...tags.keys()].sort(compareNaturally);
  const topology = new Map<string, RegionPlan>();
  const datacenters = new Set(
    paths.flatMap((path) => pathsAbove(path).filter((one) => tags.has(one))),
  );
  for (const datacenter of datacenters) {
    const regions = tags.get(datacenter) ?? new Set<string>();
    const found: [zone: string, cluster: string][] = [];
    for (const path of paths.filter((one) => one.startsWith(`${datacenter}/`))) {
      const own = [...(tags.get(path) ?? [])];
      if (own.some((tag) => regions.has(tag))) continue;
      found.push(...own.map((zone): [string, string] => [zone, path]));
    }
    const zones = new Map(found.sort(([one], [other]) => compareNaturally(one, other)));
    for (const region of regions) topology.set(region, { datacenter, zones });
  }
  return topology;
}

/**
 * What an `up` would change of regions and zones that are there, a sentence each, and then a warning for each change that
 * may harm a running cluster.
 *
 * @param before the tags that the stack put on objects, by the paths that these have now
 * @param after the tags that the configuration asks for
 * @param former the names that tags had which get another one; `before` still has them
 */
export function taggingTexts(
  before: TagsByPath,
  after: TagsByPath,
  former: FormerNames = new Map(),
): string[] {
  return changeTexts(
    topologyChanges({
      ...{ before: topologyIn(before), after: topologyIn(after), isFirst: false },
      tagging: { before, after, foreign: [] },
      former,
      ofTag: () => nothing,
      ofCategories: nothing,
    }),
  );
}

/** What a first `up` makes: a sentence for each region and zone, with the number of its datastores. */
export function firstTaggingTexts(after: TagsByPath): string[] {
  const all = [...topologyIn(after)];
  const clusters = new Set(all.flatMap(([, { zones }]) => [...zones.values()]));
  const sentences = all.flatMap(([region, { datacenter, zones }]) => [
    say`region ${region}: datacenter ${datacenter}`,
    ...[...zones].map(([zone, cluster]) => {
      const carriers = [...after].filter(([path, tags]) => tags.has(zone) && !clusters.has(path));
      return say`zone ${zone}: cluster ${nameAt(cluster)}, ${counted(carriers.length, "datastore")}`;
    }),
  ]);
  return changeTexts({ lines: [], sentences, dangers: [] });
}

/** `/F/X1`, `/F` for `/F/X1/host`. */
function pathsAbove(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(2).map((_, index) => parts.slice(0, index + 2).join("/"));
}

function nameAt(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
