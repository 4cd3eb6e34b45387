import {
  normalizedPrivileges,
  privilegeIds,
  readOnlyPrivileges,
  rolePrivileges,
} from "./privileges";
import { defaultUsername } from "./clusterAccount";
import { compact } from "./compact";
import { mergedClusterConfiguration } from "./clusterConfigurations";
import { regionDescription, zoneDescription } from "./descriptions";
import { clusterPath, datacenterPath, datastorePath } from "./inventoryPaths";
import { distinctGrants, grantModelOf, grantPlaces } from "./roleGrants";
import type { WrittenConfiguration } from "./schema";
import { resolvedCluster } from "./resolveCluster";
import { resolvedTemplateImage } from "./templateImages";
import type { Configuration, Region, Role, RoleDefinition } from "./types";

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
    vCenter: compact(written.vCenter),
    deckhouse: compact(written.deckhouse),
    ...(templateImage === undefined ? {} : { templateImage }),
    ...(username === undefined ? {} : { clusterAccount: { username } }),
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
    name,
    description: region.description ?? regionDescription(name, written.categories.region.name),
    datacenter: datacenterPath(datacenter),
    zones: region.zones.map((zone) => ({
      name: zone.name,
      description: zone.description ?? zoneDescription(zone.name, written.categories.zone.name),
      cluster: clusterPath(datacenter, zone.cluster),
      datastores: (zone.datastores ?? []).map((datastore) => datastorePath(datacenter, datastore)),
    })),
    ...(cluster === undefined ? {} : { cluster: resolvedCluster(region, cluster) }),
  };
}

function resolvedRole(written: WrittenConfiguration): Role {
  const { role } = written;
  const grantModel = grantModelOf(role);
  return {
    name: role.name,
    privileges: rolePrivileges(role),
    grantModel,
    principals: role.principals,
    grants: distinctGrants(grantPlaces(written)),
    ...(grantModel === "granular" ? { readOnlyRole: readOnlyRole(role) } : {}),
  };
}

function readOnlyRole(role: WrittenConfiguration["role"]): RoleDefinition {
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
