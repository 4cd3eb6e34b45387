import {
  normalizedPrivileges,
  privilegeIds,
  readOnlyPrivileges,
  rolePrivileges,
} from "../privileges";
import { mergedClusterConfiguration } from "../places";
import { clusterPath, datacenterPath, datastorePath } from "../inventoryPaths";
import { distinctGrants, grantModelOf, grantPlaces } from "./grants";
import type { WrittenConfiguration } from "../schema";
import { resolvedCluster } from "./cluster";
import { resolvedTemplateImage } from "./templateImage";
import type { Configuration, Region, Role, RoleDefinition, WrittenRole } from "../types";

/**
 * Fills in everything that follows from other keys: descriptions, full paths, privileges, grants, the
 * account of the cluster, and what each region's cluster is like.
 *
 * @param written a configuration without faults
 */
export function resolvedConfiguration(written: WrittenConfiguration): Configuration {
  const username = written.clusterAccount.username ?? defaultUsername(written);
  const templateImage = resolvedTemplateImage(written);
  return {
    regions: written.regions.map((region) => resolvedRegion(written, region)),
    categories: written.categories,
    role: resolvedRole(written),
    protect: written.protect,
    preflight: written.preflight === "off" ? {} : written.preflight,
    isPreflightOff: written.preflight === "off",
    vCenter: written.vCenter,
    deckhouse: written.deckhouse,
    templateImage,
    clusterAccount: username === undefined ? undefined : { username },
  };
}

function resolvedRegion(
  written: WrittenConfiguration,
  region: WrittenConfiguration["regions"][number],
): Region {
  const { name, datacenter } = region;
  const cluster = mergedClusterConfiguration(
    written.clusterConfiguration,
    region.clusterConfiguration,
  );
  return {
    ...{ name, ...formerNameOf(region) },
    description: region.description ?? regionDescription(name, written.categories.region.name),
    existing: region.existing,
    datacenter: datacenterPath(datacenter),
    zones: region.zones.map((zone) => ({
      ...{ name: zone.name, ...formerNameOf(zone) },
      description: zone.description ?? zoneDescription(zone.name, written.categories.zone.name),
      existing: zone.existing,
      cluster: clusterPath(datacenter, zone.cluster),
      datastores: zone.datastores.map((datastore) => datastorePath(datacenter, datastore)),
    })),
    cluster: cluster && resolvedCluster(region, cluster),
  };
}

/** Absent where the configuration gives none. */
function formerNameOf({ formerName }: { readonly formerName?: string | undefined }): {
  formerName?: string;
} {
  return formerName === undefined ? {} : { formerName };
}

function resolvedRole(written: WrittenConfiguration): Role | undefined {
  const { role } = written;
  if (role === undefined) return undefined;
  const grantModel = grantModelOf(role);
  return {
    name: role.name,
    existing: role.existing,
    privileges: rolePrivileges(role),
    grantModel,
    unknownPrivileges: role.unknownPrivileges,
    principals: role.principals,
    grants: distinctGrants(grantPlaces(written)),
    readOnlyRole: grantModel === "granular" ? readOnlyRole(role) : undefined,
  };
}

function readOnlyRole(role: WrittenRole): RoleDefinition {
  return {
    name: readOnlyRoleName(role.name, role.granular?.readOnlyRoleName),
    privileges: normalizedPrivileges(privilegeIds(readOnlyPrivileges)),
  };
}

/**
 * The name of the second role of a granular grant.
 *
 * @param roleName the role's name
 * @param own the name the configuration gives, if any
 */
export function readOnlyRoleName(roleName: string, own: string | undefined): string {
  return own ?? `${roleName}-read-only`;
}

/**
 * The users (not groups) among the role's principals.
 */
export function userPrincipals(configuration: WrittenConfiguration): string[] {
  const principals = configuration.role?.principals ?? [];
  return principals.filter(({ group }) => !group).map(({ name }) => name);
}

/**
 * The account that goes into the cluster configuration when none is named: the only user of the role, if
 * it is written in the form Deckhouse takes, `user@domain`.
 */
export function defaultUsername(configuration: WrittenConfiguration): string | undefined {
  const [only, ...others] = userPrincipals(configuration);
  return others.length === 0 && only?.includes("@") ? only : undefined;
}

/**
 * The description of a region's tag when the configuration gives none: `Kubernetes Region X1` for
 * `k8s-region-x1`.
 *
 * @param name the tag's name
 * @param category the category's name, which is taken off the front of the tag's name
 */
function regionDescription(name: string, category: string): string {
  return `Kubernetes Region ${ownPart(name, category)}`;
}

/**
 * The description of a zone's tag when the configuration gives none: `Kubernetes Zone X1-A` for
 * `k8s-zone-x1-a`.
 *
 * @param name the tag's name
 * @param category the category's name, which is taken off the front of the tag's name
 */
function zoneDescription(name: string, category: string): string {
  return `Kubernetes Zone ${ownPart(name, category)}`;
}

function ownPart(name: string, category: string): string {
  const prefix = `${category}-`;
  const own = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return own.toUpperCase();
}
