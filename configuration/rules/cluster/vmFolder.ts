import { rolePrivileges } from "../../privileges";
import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { finding } from "../../../findings/finding";
import { grantModelOf } from "../../roleGrants";
import type { Rule } from "../rule";

/**
 * `vmFolderPath` is relative to the datacenter's folder for virtual machines.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`.
 */
export const vmFolderIsRelative: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster, pathOf }) => {
    const folder = cluster.vmFolderPath;
    if (folder === undefined || !/^\/|\/\/|\/$/.test(folder)) {
      return [];
    }
    const name = folder.split("/").filter((part) => part !== "");
    const below = name.indexOf("vm") === 1 ? name.slice(2) : name;
    return [
      finding(
        pathOf("vmFolderPath"),
        folder,
        "Deckhouse takes it below the datacenter's vm folder, where there is no such path",
        `write names with single slashes between them, ${below.join("/") || "for example k8s/x1"}`,
      ),
    ];
  });

/**
 * The folder exists, and is said to, when the account may not make it, or when the program grants the role
 * on it. For a folder that exists and is not said to, the installer stops with "The name '…' already
 * exists".
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/layouts/standard/base-infrastructure/main.tf`.
 */
export const vmFolderCanBeMade: Rule = (draft, faulty) => {
  const { role } = draft;
  if (
    role === undefined ||
    ["privileges", "extraPrivileges", "preset"].some((key) => faulty(`role.${key}`))
  ) {
    return [];
  }
  const granular = grantModelOf(role) === "granular";
  const mayCreate = rolePrivileges({
    preset: role.preset,
    privileges: role.privileges?.filter((id) => id !== undefined),
    extraPrivileges: role.extraPrivileges?.filter((id) => id !== undefined),
  }).includes("Folder.Create");
  if (mayCreate && !granular) {
    return [];
  }
  return clusterConfigurationsOf(draft)
    .filter(
      ({ cluster }) => cluster.vmFolderExists !== true && cluster.controlPlane !== "elsewhere",
    )
    .filter(({ pathOf }) => !faulty(pathOf("vmFolderExists")))
    .map(({ cluster, pathOf }) =>
      finding(
        pathOf("vmFolderExists"),
        cluster.vmFolderExists,
        mayCreate
          ? "a granular grant needs a folder to grant the role on, and the installer would not make it again"
          : "the role has no Folder.Create, so the installer could not make the folder",
        mayCreate
          ? "make the folder, then write true"
          : "make the folder, then write true; or add Folder.Create to role.extraPrivileges",
      ),
    );
};
