/**
 * The stack configuration: its schema, its rules, and {@link parseConfiguration}, which gives the program
 * a {@link Configuration} or the user every fault at once. Importing it does nothing.
 */
export type * from "./clusterTypes";
export { allSettings, type Setting } from "./settings";
export * from "./inventoryPaths";
export { parseConfiguration } from "./load";
export {
  ConfigurationError,
  findingText as problemLine,
  type Finding as Problem,
} from "../findings/finding";
export { configurationSchema, type WrittenConfiguration } from "./schema";
export type {
  BuiltTemplate,
  Categories,
  ClusterAccount,
  Configuration,
  ExistingTemplate,
  GrantModel,
  Principal,
  Region,
  Role,
  RoleDefinition,
  RoleGrant,
  TemplateImage,
  Zone,
} from "./types";
export { configurationWarnings, preflightWarnings } from "./warnings";
