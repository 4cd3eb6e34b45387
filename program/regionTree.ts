import type { Region } from "../configuration";

/** Where a zone is. */
export interface ZonePlace {
  readonly cluster: string;
  readonly datastores: readonly string[];
}

/** Where a region is, and its zones by name. */
export interface RegionPlace {
  readonly datacenter: string;
  readonly zones: Readonly<Record<string, ZonePlace>>;
}

/** The regions by name, with the inventory paths of their parts: the stack's output for people and other programs. */
export function regionTree(regions: readonly Region[]): Record<string, RegionPlace> {
  return Object.fromEntries(
    regions.map(({ name, datacenter, zones }) => [
      name,
      {
        datacenter,
        zones: Object.fromEntries(
          zones.map(({ name: zone, cluster, datastores }) => [zone, { cluster, datastores }]),
        ),
      },
    ]),
  );
}
