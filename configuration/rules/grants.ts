import { clusterConfigurationsOf } from "../clusterConfigurations";
import { comparablePath, datacenterPath, isInside, networkPath } from "../inventoryPaths";
import { regionsOf } from "../places";
import { finding, type Finding } from "../../findings/finding";
import { grantModelOf, grantPlaces, grantsByObject, granularRegionPath } from "../roleGrants";
import type { Rule } from "./rule";

/**
 * The role is granted once on an object: vCenter keeps one permission for a principal on an object, so a
 * second one would replace the first. What a granular grant repeats by itself does not count.
 *
 * Source: Broadcom, VI JSON API, AuthorizationManager SetEntityPermissions.
 */
export const grantsAreDistinct: Rule = (draft) =>
  grantsByObject(grantPlaces(draft)).flatMap(([first, ...repeated]) =>
    repeated
      .filter(({ path }) => isOwnList(path))
      .map(({ path, grant }) =>
        finding(
          path,
          grant.path,
          `${first.path} is the same object, and the second permission would replace the first`,
          "remove one of the two",
        ),
      ),
  );

/**
 * vCenter takes no permissions on the four folders of a datacenter; those of the datacenter hold for them.
 *
 * Source: Broadcom, vSphere Web Services API, AuthorizationManager SetEntityPermissions (InvalidArgument
 * for a datacenter's direct child folders).
 */
export const grantsAreOnObjectsThatTakeThem: Rule = (draft) => {
  const folders = regionsOf(draft).flatMap(({ region }) =>
    region.datacenter === undefined
      ? []
      : ["vm", "host", "datastore", "network"].map((folder) =>
          comparablePath(`${datacenterPath(region.datacenter ?? "")}/${folder}`),
        ),
  );
  return grantPlaces(draft)
    .filter(({ grant }) => folders.includes(comparablePath(grant.path)))
    .map(({ path, grant }) =>
      finding(
        path,
        grant.path,
        "vCenter takes no permission on a datacenter's own folder",
        "name the datacenter, or an object or folder below this one",
      ),
    );
};

/** `role.granular` is read for `grant: granular` alone; otherwise it would be left out silently. */
export const granularIsAsked: Rule = ({ role }, faulty) =>
  role?.granular === undefined || faulty("role.grant") || grantModelOf(role) === "granular"
    ? []
    : [
        finding(
          "role.granular",
          role.granular,
          `the grant is ${grantModelOf(role) === "list" ? "an own list" : grantModelOf(role)}, and this ` +
            "would have no effect",
          "write role.grant as granular, or remove this key",
        ),
      ];

/**
 * A granular grant knows of every region where the virtual machines go and what they are connected to.
 *
 * Source: deckhouse/deckhouse
 * `docs/documentation/pages/admin/configuration/integrations/virtualization/vsphere/AUTHORIZATION.md`.
 */
export const granularRegionsAreComplete: Rule = (draft, faulty) => {
  const { role } = draft;
  if (role === undefined || grantModelOf(role) !== "granular" || faulty("role.granular")) {
    return [];
  }
  const folders = new Set(
    clusterConfigurationsOf(draft).flatMap(({ path, cluster, pathOf }) =>
      cluster.vmFolderPath === undefined && !faulty(pathOf("vmFolderPath")) ? [] : [path],
    ),
  );
  return regionsOf(draft).flatMap(({ path, region }) => {
    if (region.name === undefined) {
      return [];
    }
    const own = role.granular?.regions?.[region.name];
    const base = granularRegionPath(region.name);
    return [
      ...(own?.distributedPortGroups === undefined
        ? [
            finding(
              `${base}.distributedPortGroups`,
              undefined,
              "without a permission on a network no node can be connected",
              'list the port groups of the nodes, for example ["k8s-nodes"]',
            ),
          ]
        : []),
      ...(own?.vmFolder === undefined && !folders.has(path)
        ? [
            finding(
              `${base}.vmFolder`,
              undefined,
              "without a permission on a folder no virtual machine can be made",
              "name the folder here, or as vmFolderPath in the cluster configuration",
            ),
          ]
        : []),
    ];
  });
};

/** What a granular grant says of a region is said of a region that exists, and of its datacenter. */
export const granularRegionsExist: Rule = (draft) => {
  const { role } = draft;
  const regions = regionsOf(draft);
  if (regions.some(({ region }) => region.name === undefined)) {
    return [];
  }
  return Object.entries(role?.granular?.regions ?? {}).flatMap(([name, own]): Finding[] => {
    const known = regions.find(({ region }) => region.name === name);
    if (known === undefined) {
      return [
        finding(
          granularRegionPath(name),
          own,
          "no region has this name, and this would have no effect",
          `write one of ${regions.map(({ region }) => region.name).join(", ")}`,
        ),
      ];
    }
    const { datacenter } = known.region;
    return datacenter === undefined || own === undefined
      ? []
      : networksOutside(granularRegionPath(name), datacenter, own);
  });
};

function networksOutside(
  base: string,
  datacenter: string,
  own: Readonly<
    Partial<
      Record<
        "distributedSwitches" | "distributedPortGroups",
        readonly (string | undefined)[] | undefined
      >
    >
  >,
): Finding[] {
  return (["distributedSwitches", "distributedPortGroups"] as const).flatMap((key) =>
    (own[key] ?? []).flatMap((network, index) =>
      network === undefined || isInside(datacenter, "network", networkPath(datacenter, network))
        ? []
        : [
            finding(
              `${base}.${key}[${index}]`,
              network,
              `it is outside ${datacenterPath(datacenter)}, the datacenter of this region`,
              `write a path that begins with ${datacenterPath(datacenter)}/network/, or the name alone`,
            ),
          ],
    ),
  );
}

function isOwnList(path: string): boolean {
  return path.startsWith("role.grant[") || path.includes(".furtherObjects[");
}
