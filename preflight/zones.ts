import { objectKey } from "../vcenter/offline";
import type { ClusterHosts, Host, ManagedObject } from "../vcenter";
import type { Wanted } from "./check";
import type { VCenterFacts } from "./facts";

/** A zone whose cluster exists and could be read. */
export interface ZoneFacts {
  /** `regions[0].zones[1]` */
  readonly at: string;
  readonly region: string;
  readonly name: string;
  /** The real path of the cluster. */
  readonly path: string;
  readonly cluster: ClusterHosts;
  /** The datastores for volumes that exist, each with where it is written. */
  readonly datastores: readonly { readonly at: string; readonly object: ManagedObject }[];
}

/** The zones, as far as their clusters exist and could be read: what is missing is told by the check of objects. */
export function zonesWithClusters(
  { configuration, names }: Wanted,
  { inventory, clusters }: Pick<VCenterFacts, "inventory" | "clusters">,
): ZoneFacts[] {
  const places = placesOfNames({ names });
  return configuration.regions.flatMap((region, index) =>
    region.zones.flatMap((zone, number) => {
      const object = inventory.find(zone.cluster, "ClusterComputeResource");
      const cluster = object && clusters.get(objectKey(object));
      if (object === undefined || cluster === undefined) return [];
      const at = `regions[${index}].zones[${number}]`;
      return [
        {
          at,
          region: region.name,
          name: zone.name,
          path: object.path,
          cluster,
          datastores: zone.datastores.flatMap((path, place) => {
            const datastore = inventory.find(path, "Datastore");
            return datastore === undefined
              ? []
              : [{ at: places.get(path) ?? `${at}.datastores[${place}]`, object: datastore }];
          }),
        },
      ];
    }),
  );
}

/** Where the configuration names what is at a path, by the path: first of all as a part of a region. */
export function placesOfNames({ names }: Pick<Wanted, "names">): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const { at, path } of names) if (!places.has(path)) places.set(path, at);
  return places;
}

/** How many hosts a message names at most. */
const mostHosts = 3;

/** `esx-1, esx-2 and 3 more`, in the order of their names. */
export function hostNames(hosts: readonly Host[]): string {
  const names = hosts.map(({ name }) => name).sort();
  const more = names.length > mostHosts ? ` and ${names.length - mostHosts} more` : "";
  return `${names.slice(0, mostHosts).join(", ")}${more}`;
}
