import { finding } from "../../findings/finding";
import { clusterConfigurationsOf, regionsOf, saidOf, valuesOf, type Rule } from "../places";
import { comparablePath, datacenterPath, isInside, networkPath } from "../inventoryPaths";
import { grantModelOf, grantPlaces, grantsByObject, granularRegionPath } from "../resolve/grants";

/**
 * The role is granted once on an object: vCenter keeps one permission for a principal on an object, so a
 * second one would replace the first. What a granular grant repeats by itself does not count.
 *
 * Source: Broadcom, VI JSON API, AuthorizationManager SetEntityPermissions.
 */
const grantsAreDistinct: Rule = function* (configuration) {
  for (const [first, ...repeated] of grantsByObject(grantPlaces(configuration))) {
    for (const { path, grant } of repeated.filter(isListed)) {
      yield finding(
        path,
        grant.path,
        `${first.path} is the same object, and the second permission would replace the first`,
        "remove one of the two",
      );
    }
  }
};

/**
 * vCenter takes no permissions on the four folders of a datacenter; those of the datacenter hold for them.
 *
 * Source: Broadcom, vSphere Web Services API, AuthorizationManager SetEntityPermissions (InvalidArgument
 * for a datacenter's direct child folders).
 */
const grantsAreOnObjectsThatTakeThem: Rule = function* (configuration) {
  const folders = regionsOf(configuration).flatMap(({ region }) =>
    ["vm", "host", "datastore", "network"].map((folder) =>
      comparablePath(`${datacenterPath(region.datacenter)}/${folder}`),
    ),
  );
  for (const { path, grant } of grantPlaces(configuration)) {
    if (!folders.includes(comparablePath(grant.path))) continue;
    yield finding(
      path,
      grant.path,
      "vCenter does not accept permissions on the top folders of a datacenter",
      "name the datacenter, or an object or folder below this one",
    );
  }
};

/** `role.granular` is read for `grant: granular` alone; otherwise it would be left out silently. */
const granularIsAsked: Rule = function* ({ role }) {
  if (role === undefined) return;
  const model = grantModelOf(role);
  if (role.granular === undefined || model === "granular") return;
  yield finding(
    "role.granular",
    role.granular,
    `the grant is ${model === "list" ? "a list of objects" : model}, and this would have no effect`,
    "set role.grant to granular, or remove this key",
  );
};

/**
 * A granular grant says for every region where the virtual machines go and what they are connected to.
 *
 * Source: deckhouse/deckhouse
 * `docs/documentation/pages/admin/configuration/integrations/virtualization/vsphere/AUTHORIZATION.md`.
 */
const granularRegionsAreComplete: Rule = function* (configuration) {
  const { role } = configuration;
  if (role === undefined || grantModelOf(role) !== "granular") return;
  const withFolder = clusterConfigurationsOf(configuration)
    .filter(({ cluster }) => cluster.vmFolderPath !== undefined)
    .map(({ path }) => path);
  for (const { path, region } of regionsOf(configuration)) {
    const granted = saidOf(role.granular?.regions, region.name);
    const base = granularRegionPath(region.name);
    if (granted === undefined) {
      yield finding(
        `${base}.distributedPortGroups`,
        undefined,
        "without a permission on a network no node could be connected to it",
        'list the port groups of the nodes, for example ["k8s-nodes"]',
      );
    }
    if (granted?.vmFolder === undefined && !withFolder.includes(path)) {
      yield finding(
        `${base}.vmFolder`,
        undefined,
        "without a permission on a folder no virtual machine could be created in it",
        "name the folder here, or as vmFolderPath in the cluster configuration",
      );
    }
  }
};

/** What a granular grant says of a region is said of a region that exists. */
const granularRegionsExist: Rule = function* ({ role, regions }) {
  const names = regions.map(({ name }) => name);
  for (const [name, granted] of Object.entries(role?.granular?.regions ?? {})) {
    if (names.includes(name)) continue;
    yield finding(
      granularRegionPath(name),
      granted,
      "no region has this name, and this would have no effect",
      `write one of ${names.join(", ")}`,
    );
  }
};

/** The networks that a granular grant names for a region are in the region's datacenter. */
const granularNetworksAreInside: Rule = function* ({ role, regions }) {
  for (const { name, datacenter } of regions) {
    for (const key of ["distributedSwitches", "distributedPortGroups"] as const) {
      const list = `${granularRegionPath(name)}.${key}`;
      for (const { path, value } of valuesOf(list, saidOf(role?.granular?.regions, name)?.[key])) {
        if (isInside(datacenter, "network", networkPath(datacenter, value))) continue;
        yield finding(
          path,
          value,
          `it is outside ${datacenterPath(datacenter)}, the datacenter of this region`,
          `write a path that begins with ${datacenterPath(datacenter)}/network/, or the name alone`,
        );
      }
    }
  }
};

/** Whether somebody lists the object, so that it is theirs to remove. */
function isListed({ path }: { readonly path: string }): boolean {
  return path.startsWith("role.grant[") || path.includes(".furtherObjects[");
}

/** What has to hold for the objects that the role is granted on. */
export const grantRules: readonly Rule[] = [
  grantsAreDistinct,
  grantsAreOnObjectsThatTakeThem,
  granularIsAsked,
  granularRegionsAreComplete,
  granularRegionsExist,
  granularNetworksAreInside,
];
