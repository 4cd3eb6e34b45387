import type { VsphereInstanceClassSpec } from "./instanceClass";
import type { NodeTemplateDocument } from "./kubernetes";

/** Deckhouse's `VsphereInstanceClass`: the virtual machine of the nodes of a group that it orders itself. */
export interface VsphereInstanceClassDocument {
  readonly apiVersion: "deckhouse.io/v1";
  readonly kind: "VsphereInstanceClass";
  readonly metadata: { readonly name: string };
  readonly spec: VsphereInstanceClassSpec;
}

/**
 * Deckhouse's `NodeGroup` of nodes that it orders itself. Source: deckhouse/deckhouse
 * `modules/040-node-manager/crds/node_group.yaml`.
 */
export interface NodeGroupDocument {
  readonly apiVersion: "deckhouse.io/v1";
  readonly kind: "NodeGroup";
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly nodeType: "CloudEphemeral";
    readonly cloudInstances: {
      readonly classReference: { readonly kind: "VsphereInstanceClass"; readonly name: string };
      readonly minPerZone: number;
      readonly maxPerZone: number;
      readonly maxUnavailablePerZone?: number;
      readonly maxSurgePerZone?: number;
      /** Names of zones' tags; all of the region when absent. */
      readonly zones?: readonly string[];
    };
    readonly nodeTemplate?: NodeTemplateDocument;
    readonly disruptions?: { readonly approvalMode: "Automatic" | "Manual" | "RollingUpdate" };
  };
}
