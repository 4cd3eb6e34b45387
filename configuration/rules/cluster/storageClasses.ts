import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
} from "../../clusterConfigurations";
import { goPattern } from "../../goPatterns";
import { comparablePath, datastorePath } from "../../inventoryPaths";
import { nearest } from "../../../findings/nearest";
import {
  hasUnknownDatastores,
  repetitionsOf,
  valuesOf,
  zonesOfRegion,
  type ValuePlace,
} from "../../places";
import { finding } from "../../../findings/finding";
import { storageClassName, type StorageClassName } from "../../storageClassNames";
import type { Rule } from "../rule";

/** A region with more datastores than this has only the nearest named in a message. */
const mostNames = 6;

/** Patterns of StorageClasses can be read by Go's regexp; one that cannot stops Deckhouse's module for good. */
export const storageClassPatternsAreGos: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) =>
    patternsOf(place).flatMap(({ path, value }) => {
      const pattern = goPattern(value);
      return "matches" in pattern
        ? []
        : [
            finding(
              path,
              value,
              `Deckhouse reads it as a regular expression of Go's, and would stop: ${pattern.fault}`,
              "correct it: .* stands for any text, and a name by itself for that name",
            ),
          ];
    }),
  );

/**
 * Two datastores of a region do not become one StorageClass: only one of them would get volumes. Deckhouse joins the
 * names in a path by dashes, so that `a/b` and `a-b` are the same.
 *
 * Source: as for {@link storageClassName}; the `cloud-data-discoverer` of the same module keeps the first of a name.
 */
export const storageClassNamesAreDistinct: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const isExcluded = excludedBy(place);
    const known = distinct(storageClassesOf(place)).filter(
      ({ value: { name } }) => name !== undefined && isExcluded(name) === undefined,
    );
    return repetitionsOf(known, ({ name }) => name ?? "").map(({ first, repeated }) =>
      finding(
        repeated.path,
        repeated.value.written,
        `Deckhouse names the StorageClasses of this datastore and of ${first.path} both "${repeated.value.name ?? ""}", ` +
          "and makes one of them only",
        "leave one out; with another name a datastore would be unknown to clusters and people that look for it",
      ),
    );
  });

/** The default StorageClass is one that Deckhouse makes: no other class of the module is marked as the default one. */
export const defaultStorageClassIsMade: Rule = (draft, faulty) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const wanted = place.cluster.storageClasses?.default;
    const classes = storageClassesOf(place);
    if (
      wanted === undefined ||
      classes.length === 0 ||
      hasUnknownDatastores(place) ||
      faulty(`${place.path}.zones`)
    ) {
      return [];
    }
    const path = `${place.pathOf("storageClasses")}.default`;
    const made = classes.find(({ value }) => isOf(wanted, value));
    const isExcluded = excludedBy(place);
    const by = made && isExcluded(made.value.name ?? wanted);
    if (made !== undefined && by === undefined) {
      return [];
    }
    const names = classes.flatMap(({ value: { name } }) =>
      name === undefined || isExcluded(name) !== undefined ? [] : [name],
    );
    return [
      finding(
        path,
        wanted,
        by === undefined
          ? `Deckhouse makes no StorageClass of this name from the datastores of ${place.path}`
          : `${by} leaves this StorageClass out`,
        names.length === 0
          ? "remove it, and let Deckhouse choose"
          : `write ${choice(wanted, names)}`,
      ),
    ];
  });

interface DatastoreClass extends StorageClassName {
  readonly written: string;
  readonly fullPath: string;
}

/** The StorageClasses of a region's datastores; none when its datacenter could not be read. */
function storageClassesOf(place: ClusterConfigurationPlace): ValuePlace<DatastoreClass>[] {
  const { datacenter } = place.region;
  return datacenter === undefined
    ? []
    : zonesOfRegion(place).flatMap(({ path, zone }) =>
        valuesOf(`${path}.datastores`, zone.datastores).map(({ path: at, value: written }) => {
          const fullPath = datastorePath(datacenter, written);
          return { path: at, value: { written, fullPath, ...storageClassName(fullPath) } };
        }),
      );
}

/** Each datastore once: that one is named twice is told by another rule. */
function distinct(places: readonly ValuePlace<DatastoreClass>[]): ValuePlace<DatastoreClass>[] {
  const byPath = new Map<string, ValuePlace<DatastoreClass>>();
  for (const place of places) {
    const path = comparablePath(place.value.fullPath);
    if (!byPath.has(path)) {
      byPath.set(path, place);
    }
  }
  return [...byPath.values()];
}

/** Whether a class is that of a datastore, or that of the datastore with a storage policy, whose name follows. */
function isOf(wanted: string, { name, ending }: StorageClassName): boolean {
  return name === undefined
    ? `${wanted}-`.includes(`${ending}-`)
    : wanted === name || wanted.startsWith(`${name}-`);
}

function patternsOf({ cluster, pathOf }: ClusterConfigurationPlace): ValuePlace<string>[] {
  return valuesOf(`${pathOf("storageClasses")}.exclude`, cluster.storageClasses?.exclude);
}

/** Which pattern leaves out the classes of a datastore, by their common name. */
function excludedBy(place: ClusterConfigurationPlace): (name: string) => string | undefined {
  const patterns = patternsOf(place).flatMap(({ path, value }) => {
    const pattern = goPattern(value);
    return "matches" in pattern ? [{ path, ...pattern }] : [];
  });
  return (name) => patterns.find(({ matches }) => matches(name))?.path;
}

function choice(wanted: string, names: readonly string[]): string {
  if (names.length <= mostNames) {
    return names.join(" or ");
  }
  const start = names.find((name) => name.startsWith(`${wanted}-`)) ?? nearest(wanted, names);
  return `${start ?? names[0] ?? ""}, or another of ${names.length}: each is named after a datastore, as in ${names[0] ?? ""}`;
}
