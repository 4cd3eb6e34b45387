/** The documents Deckhouse takes: their types, how they are built, and how they are written down. */
export {
  vsphereClusterConfiguration,
  type Provider,
  type VsphereClusterConfigurationInputs,
} from "./build";
export type {
  InstanceClassDocument,
  MainNetworkAddressDocument,
  NodeTemplateDocument,
  RuntimeOptionsDocument,
  TaintDocument,
} from "./instanceClass";
export { renderYaml } from "./renderYaml";
export type {
  MasterNodeGroupDocument,
  NodeGroupDocument,
  ProviderDocument,
  VsphereClusterConfiguration,
} from "./vsphereClusterConfiguration";
