import type { Region } from "../../configuration";

/** Where a zone is. Its datastores are left out: thousands of them would make the state and every preview long. */
export interface ZonePlace {
  readonly cluster: string;
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
        zones: Object.fromEntries(zones.map(({ name: zone, cluster }) => [zone, { cluster }])),
      },
    ]),
  );
}
