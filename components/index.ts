/**
 * The components for programs of others: `import { RegionZoneTagging } from "deckhouse-vsphere/components"`.
 * docs/package.md says how, and what the program of this repository adds to them.
 */
import { openFromPackage } from "./dynamic/dynamicType";

export {
  KubernetesRole,
  type GrantArgs,
  type KubernetesRoleArgs,
  type PrincipalArgs,
  type RoleArgs,
} from "./kubernetesRole/kubernetesRole";
export type {
  CategoryArgs,
  RegionArgs,
  RegionZoneTaggingArgs,
  ZoneArgs,
  ZoneCategoryArgs,
} from "./regionZoneTagging/args";
export { RegionZoneTagging } from "./regionZoneTagging/regionZoneTagging";
export { rolePrivileges, type PresetName, type PrivilegeChoice } from "../configuration/privileges";

openFromPackage();
