/**
 * The privileges of the roles this program makes, as data with their sources, and the list of those that
 * vCenter knows.
 */
export { isKnownPrivilege, knownPrivileges } from "./knownPrivileges";
export { packerPrivileges } from "./packer";
export { isImplied, normalizedPrivileges, privilegeIds, type PrivilegeSet } from "./privilegeSet";
export { readOnlyPrivileges } from "./readOnly";
export {
  defaultPreset,
  presets,
  rolePrivileges,
  type PresetName,
  type PrivilegeChoice,
} from "./rolePrivileges";
export { templateBuildingPrivileges } from "./templateBuilding";
