import type { ClusterConfigurationDocument } from "./clusterConfiguration";
import type { IngressNginxControllerDocument } from "./ingressNginxController";
import type { InitConfigurationDocument } from "./initConfiguration";
import type { SecretDocument } from "./kubernetes";
import type { MetalLoadBalancerDocument } from "./metalLoadBalancer";
import type { ModuleConfigDocument } from "./moduleConfig";
import type { NodeGroupDocument, VsphereInstanceClassDocument } from "./nodeGroup";
import type { VsphereClusterConfiguration } from "./vsphereClusterConfiguration";

/** Any document that Deckhouse takes. Keys that are absent have Deckhouse's own defaults. */
export type DeckhouseDocument =
  | ClusterConfigurationDocument
  | InitConfigurationDocument
  | VsphereClusterConfiguration
  | ModuleConfigDocument
  | SecretDocument
  | MetalLoadBalancerDocument
  | VsphereInstanceClassDocument
  | NodeGroupDocument
  | IngressNginxControllerDocument;

export type * from "./clusterConfiguration";
export type * from "./ingressNginxController";
export type * from "./initConfiguration";
export type * from "./instanceClass";
export type * from "./kubernetes";
export type * from "./metalLoadBalancer";
export type * from "./metallbSettings";
export type * from "./moduleConfig";
export type * from "./nodeGroup";
export type * from "./nsxt";
export type * from "./vsphereClusterConfiguration";
