import {
  comparableObject,
  comparablePath,
  datacenterPath,
  isInside,
  objectPath,
} from "../inventoryPaths";
import type { ConfigurationDraft } from "../draft";
import { regionsOf, repetitionsOf, valuesOf, zonesOf, type ValuePlace } from "../places";
import { finding } from "../../findings/finding";
import type { Rule } from "./rule";
import type { DatacenterFolder } from "../../vcenter";

/** An object as the configuration names it, with the datacenter of its region. */
interface NamedObject {
  readonly written: string;
  readonly datacenter: string | undefined;
  /** Full path; for a datacenter that could not be read, one that is the same within the region only. */
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
export const datacentersAreDistinct: Rule = (draft) => {
  const datacenters = regionsOf(draft).flatMap(({ path, region }) =>
    region.datacenter === undefined
      ? []
      : [{ path: `${path}.datacenter`, value: region.datacenter }],
  );
  return repetitionsOf(datacenters, comparablePath).map(({ first, repeated }) =>
    finding(
      repeated.path,
      repeated.value,
      `${first.path} is the same datacenter, which can carry one region tag only`,
      "give each region a datacenter of its own, or make the two regions one",
    ),
  );
};

/**
 * A zone is exactly one cluster, and a cluster takes one tag of the zone category; with two, the storage
 * driver stops.
 *
 * Source: deckhouse/deckhouse#18378 ("duplicate values detected for category").
 */
export const clustersAreDistinct: Rule = (draft) =>
  repetitionsOf(clusters(draft), comparable).map(({ first, repeated }) =>
    finding(
      repeated.path,
      repeated.value.written,
      `${first.path} is the same cluster, which can carry one zone tag only`,
      "give each zone a cluster of its own, or make the two zones one",
    ),
  );

/**
 * A datastore takes one tag of the zone category, which is made for one tag an object; so it serves the
 * volumes of one zone.
 *
 * Source: deckhouse/deckhouse#18378; vmware/govmomi `cli/tags/category/create.go` for the cardinality.
 */
export const datastoresAreDistinct: Rule = (draft) =>
  repetitionsOf(datastores(draft), comparable).map(({ first, repeated }) =>
    first.value.zonePath === repeated.value.zonePath
      ? finding(
          repeated.path,
          repeated.value.written,
          `${first.path} is the same datastore`,
          "remove one of the two",
        )
      : finding(
          repeated.path,
          repeated.value.written,
          `${first.path} is the same datastore, and a datastore can carry one zone tag only`,
          "leave it to one zone; a datastore for root disks alone needs no tag and is not listed",
        ),
  );

/** A zone names its datastores in one of two places. */
export const datastoresHaveOnePlace: Rule = (draft, faulty) =>
  zonesOf(draft).flatMap(({ path, zone }) => {
    const { datastores: listed, datastoresFile: file } = zone;
    if (file !== undefined && (listed !== undefined || faulty(`${path}.datastores`))) {
      return [
        finding(
          `${path}.datastoresFile`,
          file,
          `${path}.datastores is there too, and the two exclude each other`,
          "choose one, datastores or datastoresFile",
        ),
      ];
    }
    const isNeither = listed === undefined && file === undefined;
    return isNeither && !faulty(`${path}.datastores`) && !faulty(`${path}.datastoresFile`)
      ? [
          finding(
            `${path}.datastores`,
            undefined,
            "this key is required",
            'add it, for example ["x1_lun_1","x1_lun_2"], or datastoresFile',
          ),
        ]
      : [];
  });

/** A cluster lies in the datacenter of its region: Deckhouse looks for zones nowhere else. */
export const clustersAreInside: Rule = (draft) =>
  clusters(draft).flatMap((place) => outside(place, "host", "cluster"));

/** A datastore lies in the datacenter of its region: Deckhouse looks for datastores nowhere else. */
export const datastoresAreInside: Rule = (draft) =>
  datastores(draft).flatMap((place) => outside(place, "datastore", "datastore"));

function outside(
  { path, value }: ValuePlace<NamedObject>,
  folder: DatacenterFolder,
  kind: string,
): ReturnType<Rule> {
  const { datacenter, written, fullPath } = value;
  if (datacenter === undefined) {
    return [];
  }
  const root = `${datacenterPath(datacenter)}/${folder}/`;
  if (`/${written}`.startsWith(root)) {
    return [
      finding(
        path,
        written,
        `a full path begins with a slash, and this one would be looked for below ${root}`,
        `write /${written}, or the ${kind}'s name below ${root}`,
      ),
    ];
  }
  if (isInside(datacenter, folder, fullPath)) {
    return [];
  }
  return [
    finding(
      path,
      written,
      `the ${kind} is outside ${datacenterPath(datacenter)}, the datacenter of its region, where ` +
        `Deckhouse would not find it`,
      `write a path that begins with ${root}, or the ${kind}'s name alone`,
    ),
  ];
}

function clusters(draft: ConfigurationDraft): ValuePlace<NamedObject>[] {
  return zonesOf(draft).flatMap(({ path, zone, region }) =>
    zone.cluster === undefined
      ? []
      : [
          {
            path: `${path}.cluster`,
            value: namedObject(path, region.datacenter, zone.cluster, "host"),
          },
        ],
  );
}

function datastores(draft: ConfigurationDraft): ValuePlace<NamedObject>[] {
  return zonesOf(draft).flatMap(({ path, zone, region }) =>
    valuesOf(`${path}.datastores`, zone.datastores).map((place) => ({
      path: place.path,
      value: namedObject(path, region.datacenter, place.value, "datastore"),
    })),
  );
}

function namedObject(
  zonePath: string,
  datacenter: string | undefined,
  written: string,
  folder: DatacenterFolder,
): NamedObject {
  const place = datacenter ?? zonePath.replace(/\.zones.*$/, "");
  return {
    ...{ written, datacenter, zonePath },
    fullPath: objectPath(place, folder, written),
    key: comparableObject(place, folder, written),
  };
}

function comparable({ key }: NamedObject): string {
  return key;
}
