import type { NamedObject } from "../configuration/namedObjects";
import { typesOf } from "../vcenter/offline";
import type { Inventory } from "../vcenter";
import type { VCenterFacts } from "./facts";

/** Where an object is, as far as the configuration names that as well. */
export type Place = Pick<NamedObject, "path" | "datacenter" | "cluster">;

/**
 * The datacenter or cluster that an object would be in and that is not there: then that is told, and of what would be in
 * it nothing, because it is the cause.
 */
export function missingAbove(
  inventory: Inventory,
  { path, datacenter, cluster }: Place,
): string | undefined {
  if (datacenter !== undefined && path !== datacenter) {
    if (inventory.at(datacenter, typesOf(["datacenter"])).length === 0) return datacenter;
  }
  if (cluster === undefined) return undefined;
  const hosts = inventory.at(cluster, typesOf(["cluster", "standalone host"]));
  return hosts.length === 0 ? cluster : undefined;
}

/** Things in two lists: those to look for, and those whose {@link missingAbove} is told by the check of objects. */
export interface Sought<Thing> {
  readonly sought: readonly Thing[];
  /** What was left out, and why; undefined when nothing was. */
  readonly skipped: string | undefined;
}

/** Leaves out what would be in something that is not there. */
export function withoutCauses<Thing extends Place>(
  inventory: Inventory,
  things: readonly Thing[],
  [one, many]: readonly [one: string, many: string] = ["object", "objects"],
): Sought<Thing> {
  const causes = new Set<string>();
  const known = new Map<string, string | undefined>();
  const sought = things.filter((thing) => {
    const { path, datacenter, cluster } = thing;
    // Thousands of objects are in a few datacenters.
    const place = `${path === datacenter} ${datacenter} ${cluster}`;
    if (!known.has(place)) known.set(place, missingAbove(inventory, thing));
    const above = known.get(place);
    if (above !== undefined) causes.add(above);
    return above === undefined;
  });
  const left = things.length - sought.length;
  return {
    sought,
    skipped:
      left === 0
        ? undefined
        : `${left} ${left === 1 ? `${one} was` : `${many} were`} not looked for: ` +
          `${[...causes].join(", ")} ${causes.size === 1 ? "does" : "do"} not exist`,
  };
}

/** Whether the template of a region is there, so that nothing has to be there for making it. */
export function hasTemplate({ templateImages }: VCenterFacts, region: string): boolean {
  return (templateImages ?? []).some((one) => one.region === region && one.machine !== undefined);
}
