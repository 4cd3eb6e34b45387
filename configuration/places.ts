import type { ConfigurationDraft, Draft } from "./draft";
import type { WrittenConfiguration } from "./schema";

type WrittenRegion = WrittenConfiguration["regions"][number];
type WrittenZone = WrittenRegion["zones"][number];

/** A region of a draft with its path in the configuration. */
export interface RegionPlace {
  /** `regions[0]`. */
  readonly path: string;
  readonly region: Draft<WrittenRegion>;
}

/** A zone of a draft with its path and its region. */
export interface ZonePlace {
  /** `regions[0].zones[1]`. */
  readonly path: string;
  readonly zone: Draft<WrittenZone>;
  readonly region: Draft<WrittenRegion>;
}

/** A value of a draft with its path. */
export interface ValuePlace<Value> {
  readonly path: string;
  readonly value: Value;
}

/**
 * Lists the values of a list that could be read, with their paths; indexes are those of the written list.
 *
 * @param path the list's path
 * @param list the list
 */
export function valuesOf<Value>(
  path: string,
  list: readonly (Value | undefined)[] | undefined,
): ValuePlace<Value>[] {
  return (list ?? []).flatMap((value, index) =>
    value === undefined ? [] : [{ path: `${path}[${index}]`, value }],
  );
}

/**
 * Lists the regions of a draft.
 *
 * @param draft the configuration, as far as it could be read
 */
export function regionsOf(draft: ConfigurationDraft): RegionPlace[] {
  return valuesOf("regions", draft.regions).map(({ path, value }) => ({ path, region: value }));
}

/**
 * Lists the zones of one region.
 *
 * @param place the region
 */
export function zonesOfRegion(place: RegionPlace): ZonePlace[] {
  return valuesOf(`${place.path}.zones`, place.region.zones).map(({ path, value }) => ({
    path,
    zone: value,
    region: place.region,
  }));
}

/**
 * Tells whether a zone of a region has datastores of which nothing is known: its list, or the file that has it, is at
 * fault or not there. That is told of the zone itself, and nothing is to be concluded from the rest.
 *
 * @param place the region
 */
export function hasUnknownDatastores(place: RegionPlace): boolean {
  return zonesOfRegion(place).some(({ zone }) => zone.datastores === undefined);
}

/**
 * Lists the zones of all regions.
 *
 * @param draft the configuration, as far as it could be read
 */
export function zonesOf(draft: ConfigurationDraft): ZonePlace[] {
  return regionsOf(draft).flatMap(zonesOfRegion);
}

/**
 * Finds values that mean the same thing.
 *
 * @param places values with their paths, in the order written
 * @param keyOf the form in which two values are compared
 * @returns each later value with the first one like it
 */
export function repetitionsOf<Value>(
  places: readonly ValuePlace<Value>[],
  keyOf: (value: Value) => string,
): { readonly first: ValuePlace<Value>; readonly repeated: ValuePlace<Value> }[] {
  const seen = new Map<string, ValuePlace<Value>>();
  return places.flatMap((place) => {
    const key = keyOf(place.value);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, place);
      return [];
    }
    return [{ first, repeated: place }];
  });
}
