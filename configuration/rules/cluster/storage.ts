import { finding } from "../../../findings/finding";
import { nearest } from "../../../findings/text";
import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
  repetitionsOf,
  valuesOf,
  zonesOfRegion,
  type ValuePlace,
  type Rule,
} from "../../places";
import {
  goPattern,
  isStorageClassOf,
  storageClassName,
  type StorageClassName,
} from "../../storageClasses";
import { comparablePath, datastorePath } from "../../inventoryPaths";
import { nodeGroupsOf } from "./nodeGroupPlaces";

/** A region with more datastores than this has only the nearest named in a message. */
const mostNames = 6;

/**
 * Every permanent node has a datastore for its root disk, and so has every node whose masters are elsewhere; other
 * ephemeral nodes take that of the masters.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml` and `crds/` of the module.
 */
const nodesHaveDatastores: Rule = function* (configuration) {
  for (const { path, cluster: place, isEphemeral, instanceClass } of nodeGroupsOf(configuration)) {
    const takesFromMasters = isEphemeral && place.cluster.controlPlane !== "elsewhere";
    const datastore = instanceClass.datastore ?? place.cluster.rootDiskDatastore;
    if (datastore !== undefined || takesFromMasters) continue;
    yield finding(
      `${path}.instanceClass.datastore`,
      undefined,
      "the nodes have no datastore for their root disks, and Deckhouse would refuse the document",
      "name one here, or as rootDiskDatastore for all nodes of the region",
    );
  }
};

/** A storage policy is named once: by its name or by its id. */
const storagePoliciesHaveOneName: Rule = function* (configuration) {
  for (const { cluster, pathOf } of clusterConfigurationsOf(configuration)) {
    const policy = cluster.storagePolicy;
    if (policy === undefined || (policy.name === undefined) !== (policy.id === undefined)) continue;
    yield finding(
      pathOf("storagePolicy"),
      policy,
      policy.name === undefined
        ? "it names no policy, and would have no effect"
        : "it has a name and an id, which may belong to two policies, and one would be ignored",
      'write one of the two, for example {"name": "Kubernetes nodes"}',
    );
  }
};

/**
 * Patterns of StorageClasses can be read by Go's regexp; one that cannot stops Deckhouse's module for good.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/hooks/discover.go` (regexp.MustCompile).
 */
const storageClassPatternsAreGos: Rule = function* (configuration) {
  for (const { path, value } of clusterConfigurationsOf(configuration).flatMap(patternsOf)) {
    const pattern = goPattern(value);
    if ("matches" in pattern) continue;
    yield finding(
      path,
      value,
      `Deckhouse reads it as a Go regular expression, and would stop: ${pattern.fault}`,
      "correct it: .* matches any text, and a name matches itself",
    );
  }
};

/**
 * Two datastores of a region do not become one StorageClass: only one of them would get volumes. Deckhouse joins the
 * names in a path by dashes, so that `a/b` and `a-b` are the same.
 *
 * Source: deckhouse/deckhouse `go_lib/dependency/vsphere/vsphere.go` (getDataStoresInDC); the `cloud-data-discoverer` of
 * `ee/se-plus/modules/030-cloud-provider-vsphere` keeps the first of a name.
 */
const storageClassNamesAreDistinct: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const exclusionOf = exclusionsOf(place);
    // A datastore of several zones has one StorageClass; where it can have one zone only, another rule says so.
    const byPath = new Map<string, ValuePlace<NamedClass>>();
    for (const { path, value } of storageClassesOf(place)) {
      const { name, fullPath } = value;
      const key = comparablePath(fullPath);
      if (name === undefined || exclusionOf(name) !== undefined || byPath.has(key)) continue;
      byPath.set(key, { path, value: { ...value, name } });
    }
    for (const { first, repeated } of repetitionsOf([...byPath.values()], ({ name }) => name)) {
      yield finding(
        repeated.path,
        repeated.value.written,
        `Deckhouse would give the StorageClasses of this datastore and of ${first.path} one name, ` +
          `"${repeated.value.name}", and create only one of them`,
        "leave one of them out; renaming one would break whatever looks it up by its name",
      );
    }
  }
};

/**
 * The default StorageClass is one that Deckhouse makes: no other class of the module is marked as the default one.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/openapi/config-values.yaml`
 * (`storageClass.default`).
 */
const defaultStorageClassIsMade: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const wanted = place.cluster.storageClasses?.default;
    if (wanted === undefined) continue;
    const classes = storageClassesOf(place).map(({ value }) => value);
    const exclusionOf = exclusionsOf(place);
    const made = classes.find((one) => isStorageClassOf(wanted, one));
    const exclusion = made && exclusionOf(made.name ?? wanted);
    if (made !== undefined && exclusion === undefined) continue;
    // A datastore of several zones has one StorageClass.
    const names = [...new Set(classes.flatMap(({ name }) => name ?? []))].filter(
      (name) => exclusionOf(name) === undefined,
    );
    yield finding(
      `${place.pathOf("storageClasses")}.default`,
      wanted,
      exclusion === undefined
        ? `Deckhouse creates no StorageClass of this name from the datastores of ${place.path}`
        : `${exclusion} leaves this StorageClass out`,
      names.length === 0 ? "remove it, and let Deckhouse choose" : `write ${choice(wanted, names)}`,
    );
  }
};

/** A datastore as it is written, and what Deckhouse makes of it. */
interface DatastoreClass extends StorageClassName {
  readonly written: string;
  readonly fullPath: string;
}

/** One whose name is known. */
interface NamedClass extends DatastoreClass {
  readonly name: string;
}

/** The StorageClasses of a region's datastores. */
function storageClassesOf(place: ClusterConfigurationPlace): ValuePlace<DatastoreClass>[] {
  const datastores = zonesOfRegion(place).flatMap(({ path, zone }) =>
    valuesOf(`${path}.datastores`, zone.datastores),
  );
  return datastores.map(({ path, value: written }) => {
    const fullPath = datastorePath(place.region.datacenter, written);
    return { path, value: { written, fullPath, ...storageClassName(fullPath) } };
  });
}

function patternsOf({ cluster, pathOf }: ClusterConfigurationPlace): ValuePlace<string>[] {
  return valuesOf(`${pathOf("storageClasses")}.exclude`, cluster.storageClasses?.exclude);
}

/** Finds the path of the pattern that leaves out the classes of a datastore, by their common name. */
function exclusionsOf(place: ClusterConfigurationPlace): (name: string) => string | undefined {
  const patterns = patternsOf(place).flatMap(({ path, value }) => {
    const pattern = goPattern(value);
    return "matches" in pattern ? [{ path, ...pattern }] : [];
  });
  return (name) => patterns.find(({ matches }) => matches(name))?.path;
}

function choice(wanted: string, names: readonly string[]): string {
  const [first = ""] = names;
  if (names.length <= mostNames) return names.join(" or ");
  const start = names.find((name) => name.startsWith(`${wanted}-`)) ?? nearest(wanted, names);
  return `${start ?? first}, or another of ${names.length}: each is named after a datastore, as in ${first}`;
}

/** What has to hold for the datastores of nodes, and for the StorageClasses of the cluster. */
export const storageRules: readonly Rule[] = [
  nodesHaveDatastores,
  storagePoliciesHaveOneName,
  storageClassPatternsAreGos,
  storageClassNamesAreDistinct,
  defaultStorageClassIsMade,
];
