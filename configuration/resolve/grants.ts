import type { WrittenConfiguration } from "../schema";
import {
  instanceClassesOf,
  mergedClusterConfiguration,
  regionsOf,
  saidOf,
  valuesOf,
  zonesOfRegion,
  type RegionPlace,
  type ValuePlace,
} from "../places";
import {
  comparableObject,
  comparablePath,
  datacenterPath,
  inventoryPath,
  objectPath,
} from "../inventoryPaths";
import { pathText } from "../../findings/finding";
import type { DatacenterFolder, ObjectKind } from "../../vcenter";
import { networkKinds } from "../../vcenter/offline";
import type { GrantModel, GrantTarget, RoleGrant, WrittenRole } from "../types";

/** A grant with the place in the configuration that asks for it. */
export interface GrantPlace {
  /** Path in the configuration. */
  readonly path: string;
  readonly grant: RoleGrant;
  /** The path in one form for all spellings; objects of different kinds may share it. */
  readonly object: string;
}

/** Where a role is granted: a model by its name, or a list of objects. */
export type WrittenGrant = NonNullable<WrittenRole["grant"]>;

/** A role's grant; of one that names none, what the document of its preset says: the seed's binds to datacenters, today's to the root. */
function grantOf(role: WrittenRole): WrittenGrant {
  return role.grant ?? (role.preset === "seed" ? "datacenters" : "root");
}

/** The name of the model that a role's grant follows. */
export function grantModelOf(role: WrittenRole): GrantModel {
  const grant = grantOf(role);
  return typeof grant === "string" ? grant : "list";
}

/**
 * Lists every grant the configuration asks for, in the order of the regions. Objects may be repeated;
 * {@link distinctGrants} makes the final list.
 */
export function grantPlaces(configuration: WrittenConfiguration): GrantPlace[] {
  if (configuration.role === undefined) return [];
  const grant = grantOf(configuration.role);
  switch (grant) {
    case "root":
      return [full("role.grant", "/", ["folder"])];
    case "datacenters":
      return regionsOf(configuration).map(({ path, region }) =>
        full(`${path}.datacenter`, datacenterPath(region.datacenter), ["datacenter"]),
      );
    case "granular":
      return [
        readOnly("role.grant", "/", ["folder"]),
        ...regionsOf(configuration).flatMap((place) => granularGrants(configuration, place)),
      ];
    default:
      return valuesOf("role.grant", grant).map(listed);
  }
}

/**
 * What a granular grant takes in one region, after the table in deckhouse/deckhouse
 * `docs/documentation/pages/admin/configuration/integrations/virtualization/vsphere/AUTHORIZATION.md`
 * (mid 2026). One thing differs: vCenter takes no permission on a datacenter's own datastore folder, so
 * the datastores themselves get it, or the folders the user names.
 */
function granularGrants(configuration: WrittenConfiguration, place: RegionPlace): GrantPlace[] {
  const { region, path } = place;
  const { datacenter, name } = region;
  const base = granularRegionPath(name);
  const own = saidOf(configuration.role?.granular?.regions, name);
  const cluster = mergedClusterConfiguration(
    configuration.clusterConfiguration,
    region.clusterConfiguration,
  );
  const folder = own?.vmFolder ?? cluster?.vmFolderPath;
  const inside = (
    grant: typeof full | typeof readOnly,
    kind: DatacenterFolder,
    at: string,
    object: string,
    kinds?: readonly ObjectKind[],
  ): GrantPlace => ({
    ...grant(at, objectPath(datacenter, kind, object), kinds),
    object: comparableObject(datacenter, kind, object),
  });
  return [
    readOnly(`${path}.datacenter`, datacenterPath(datacenter), ["datacenter"]),
    ...zonesOfRegion(place).map((zone) =>
      inside(full, "host", `${zone.path}.cluster`, zone.zone.cluster, ["cluster"]),
    ),
    ...(folder === undefined ? [] : [inside(full, "vm", `${base}.vmFolder`, folder, ["folder"])]),
    ...(own?.datastores === undefined
      ? impliedDatastores(place, cluster).map(({ path: at, value }) =>
          inside(full, "datastore", at, value, ["datastore"]),
        )
      : // A datastore or a folder of datastores: nobody can tell which when both have the path.
        valuesOf(`${base}.datastores`, own.datastores).map(({ path: at, value }) =>
          inside(full, "datastore", at, value),
        )),
    ...valuesOf(`${base}.distributedSwitches`, own?.distributedSwitches).map((network) =>
      inside(readOnly, "network", network.path, network.value, ["distributed switch"]),
    ),
    ...valuesOf(`${base}.distributedPortGroups`, own?.distributedPortGroups).map((network) =>
      inside(full, "network", network.path, network.value, networkKinds),
    ),
    ...valuesOf(`${base}.furtherObjects`, own?.furtherObjects).map(listed),
  ];
}

/** The datastores of the region's zones, and those of its instance classes. */
function impliedDatastores(
  place: RegionPlace,
  cluster: WrittenConfiguration["clusterConfiguration"],
): { path: string; value: string }[] {
  const zoneDatastores = zonesOfRegion(place).flatMap((zone) =>
    valuesOf(`${zone.path}.datastores`, zone.zone.datastores),
  );
  const path = `${place.path}.clusterConfiguration`;
  const ofNodes = [
    cluster?.rootDiskDatastore,
    ...instanceClassesOf(cluster).map(({ datastore }) => datastore),
  ];
  return [
    ...zoneDatastores,
    ...ofNodes.flatMap((datastore) =>
      datastore === undefined ? [] : [{ path, value: datastore }],
    ),
  ];
}

/** The path of what a granular grant says about a region. */
export function granularRegionPath(region: string): string {
  return pathText(["role", "granular", "regions", region]);
}

/**
 * Keeps one grant for each object: vCenter has one permission for a principal on an object. A rule has
 * seen to it that grants on one object do not differ.
 */
export function distinctGrants(places: readonly GrantPlace[]): RoleGrant[] {
  return grantsByObject(places).map((same) => (same.at(-1) ?? same[0]).grant);
}

/**
 * Puts the grants together that may be on one object. Objects of different kinds may share a path; a grant that names no
 * kind may be on any of them.
 *
 * @param places grants in the order wanted
 * @returns the grants on each object, in the order of the first of them
 */
export function grantsByObject(
  places: readonly GrantPlace[],
): (readonly [GrantPlace, ...GrantPlace[]])[] {
  const objects: [GrantPlace, ...GrantPlace[]][] = [];
  const byPath = new Map<string, [GrantPlace, ...GrantPlace[]][]>();
  for (const place of places) {
    const ofPath = byPath.get(place.object) ?? [];
    const same = ofPath.find((others) => others.some((other) => mayBeOfOneKind(other, place)));
    if (same === undefined) {
      const first: [GrantPlace] = [place];
      objects.push(first);
      byPath.set(place.object, [...ofPath, first]);
    } else {
      same.push(place);
    }
  }
  return objects;
}

function mayBeOfOneKind({ grant: one }: GrantPlace, { grant: other }: GrantPlace): boolean {
  return (
    one.kinds === undefined ||
    other.kinds === undefined ||
    one.kinds.some((kind) => other.kinds?.includes(kind))
  );
}

function full(
  path: string,
  object: string,
  kinds?: readonly ObjectKind[],
  propagate = true,
): GrantPlace {
  const grant: RoleGrant = { path: object, kinds, role: "full", propagate };
  return { path, grant, object: comparablePath(object) };
}

function readOnly(path: string, object: string, kinds?: readonly ObjectKind[]): GrantPlace {
  const grant: RoleGrant = { path: object, kinds, role: "readOnly", propagate: false };
  return { path, grant, object: comparablePath(object) };
}

/** A grant on an object of a list. */
function listed({ path, value }: ValuePlace<GrantTarget>): GrantPlace {
  const kinds = value.kind === undefined ? undefined : [value.kind];
  return full(`${path}.path`, inventoryPath(value.path), kinds, value.propagate);
}
