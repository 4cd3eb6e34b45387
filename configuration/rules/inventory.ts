import { finding, type Finding } from "../../findings/finding";
import type { DatacenterFolder } from "../../vcenter";
import {
  comparableObject,
  comparablePath,
  datacenterPath,
  isInside,
  objectPath,
} from "../inventoryPaths";
import { regionsOf, repetitionsOf, valuesOf, zonesOf, type ValuePlace, type Rule } from "../places";
import type { WrittenConfiguration } from "../schema";

/** An object as the configuration names it, with the datacenter of its region. */
interface NamedObject {
  readonly written: string;
  readonly datacenter: string;
  readonly fullPath: string;
  /** The same for all spellings of one object. */
  readonly key: string;
  readonly zonePath: string;
}

/**
 * A region is exactly one datacenter, and a datacenter takes one tag of the region category.
 *
 * Source: deckhouse/deckhouse `go_lib/dependency/vsphere/vsphere.go` ("only one DC should match").
 */
const datacentersAreDistinct: Rule = function* (configuration) {
  const datacenters = regionsOf(configuration).map(({ path, region }) => ({
    path: `${path}.datacenter`,
    value: region.datacenter,
  }));
  for (const { first, repeated } of repetitionsOf(datacenters, comparablePath)) {
    yield finding(
      repeated.path,
      repeated.value,
      `${first.path} is the same datacenter, which can carry only one region tag`,
      "give each region its own datacenter, or merge the two regions",
    );
  }
};

/**
 * A zone is exactly one cluster, and a cluster takes one tag of the zone category; with two, the storage
 * driver stops.
 *
 * Source: deckhouse/deckhouse#18378 ("duplicate values detected for category").
 */
const clustersAreDistinct: Rule = function* (configuration) {
  for (const { first, repeated } of repetitionsOf(clusters(configuration), comparable)) {
    yield finding(
      repeated.path,
      repeated.value.written,
      `${first.path} is the same cluster, which can carry only one zone tag`,
      "give each zone its own cluster, or merge the two zones",
    );
  }
};

/**
 * A datastore takes one tag of the zone category, unless the category is made for several tags on each object; so it
 * serves the volumes of one zone, or of several.
 *
 * Source: deckhouse/deckhouse#18378 and `go_lib/dependency/vsphere/vsphere.go` (getDataStoresInDC takes all zone tags of
 * a datastore); vmware/govmomi `cli/tags/category/create.go` for the cardinality.
 */
const datastoresAreDistinct: Rule = function* (configuration) {
  const isShareable = configuration.categories.zone.cardinality === "MULTIPLE";
  const identity = isShareable
    ? (object: NamedObject): string => `${object.zonePath} ${object.key}`
    : comparable;
  for (const { first, repeated } of repetitionsOf(datastores(configuration), identity)) {
    const isOfOneZone = first.value.zonePath === repeated.value.zonePath;
    yield finding(
      repeated.path,
      repeated.value.written,
      isOfOneZone
        ? `${first.path} is the same datastore`
        : `${first.path} is the same datastore, and a datastore can carry only one zone tag`,
      isOfOneZone
        ? "remove one of the two"
        : "list it in one zone only, or write categories.zone.cardinality: MULTIPLE, with which vCenter never goes " +
            "back to one tag for each object; a datastore for root disks alone needs no tag and is not listed",
    );
  }
};

/** A cluster lies in the datacenter of its region: Deckhouse looks for zones nowhere else. */
const clustersAreInside: Rule = function* (configuration) {
  for (const place of clusters(configuration)) yield* outside(place, "host", "cluster");
};

/** A datastore lies in the datacenter of its region: Deckhouse looks for datastores nowhere else. */
const datastoresAreInside: Rule = function* (configuration) {
  for (const place of datastores(configuration)) yield* outside(place, "datastore", "datastore");
};

function* outside(
  { path, value }: ValuePlace<NamedObject>,
  folder: DatacenterFolder,
  kind: string,
): Generator<Finding> {
  const { datacenter, written, fullPath } = value;
  const root = `${datacenterPath(datacenter)}/${folder}/`;
  if (`/${written}`.startsWith(root)) {
    yield finding(
      path,
      written,
      `a full path begins with a slash, and this one would be looked for below ${root}`,
      `write /${written}, or the ${kind}'s name below ${root}`,
    );
  } else if (!isInside(datacenter, folder, fullPath)) {
    yield finding(
      path,
      written,
      `the ${kind} is outside ${datacenterPath(datacenter)}, the datacenter of its region, where ` +
        `Deckhouse would not find it`,
      `write a path that begins with ${root}, or the ${kind}'s name alone`,
    );
  }
}

function clusters(configuration: WrittenConfiguration): ValuePlace<NamedObject>[] {
  return zonesOf(configuration).map(({ path, zone, region }) => ({
    path: `${path}.cluster`,
    value: namedObject(path, region.datacenter, zone.cluster, "host"),
  }));
}

function datastores(configuration: WrittenConfiguration): ValuePlace<NamedObject>[] {
  return zonesOf(configuration).flatMap((zone) =>
    valuesOf(`${zone.path}.datastores`, zone.zone.datastores).map(({ path, value }) => ({
      path,
      value: namedObject(zone.path, zone.region.datacenter, value, "datastore"),
    })),
  );
}

function namedObject(
  zonePath: string,
  datacenter: string,
  written: string,
  folder: DatacenterFolder,
): NamedObject {
  return {
    written,
    datacenter,
    zonePath,
    fullPath: objectPath(datacenter, folder, written),
    key: comparableObject(datacenter, folder, written),
  };
}

function comparable({ key }: NamedObject): string {
  return key;
}

/** What has to hold for datacenters, and for the clusters and datastores of zones. */
export const inventoryRules: readonly Rule[] = [
  datacentersAreDistinct,
  clustersAreDistinct,
  datastoresAreDistinct,
  clustersAreInside,
  datastoresAreInside,
];
