import {
  type Cluster,
  type EphemeralNodeGroup,
  type Ingress,
  type NodeTemplate,
  frontendLabel,
  ingressesOf,
} from "../configuration/clusterTypes";
import type { DocumentInputs, Resource, StringMap } from "./inputs";
import { nodeOptions, type NodeOptionsDocument } from "./nodeOptions";
import { ephemeralInstanceClass, type VsphereInstanceClassSpec } from "./instanceClass";

/** What a taint does to pods that do not tolerate it. */
type TaintEffect = "NoSchedule" | "PreferNoSchedule" | "NoExecute";

/** Labels, annotations and taints of the nodes of a group. */
export interface NodeTemplateDocument {
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
  readonly taints?: readonly {
    readonly effect?: TaintEffect;
    readonly key?: string;
    readonly value?: string;
  }[];
}

/** A toleration of pods: `Exists` tolerates any value of the taint, `Equal` only one. */
export type TolerationDocument = { readonly effect?: TaintEffect; readonly key?: string } & (
  { readonly operator: "Exists" } | { readonly operator: "Equal"; readonly value: string }
);

/** Deckhouse's `VsphereInstanceClass`: the virtual machine of each node of an ephemeral group. */
export type VsphereInstanceClassDocument = Resource<
  "deckhouse.io/v1",
  "VsphereInstanceClass",
  VsphereInstanceClassSpec
>;

/**
 * Deckhouse's `NodeGroup`, here of ephemeral nodes: those that Deckhouse itself creates and deletes. Source:
 * deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml`.
 */
export type NodeGroupDocument = Resource<
  "deckhouse.io/v1",
  "NodeGroup",
  {
    readonly nodeType: "CloudEphemeral";
    readonly cloudInstances: {
      readonly classReference: { readonly kind: "VsphereInstanceClass"; readonly name: string };
      readonly minPerZone: number;
      readonly maxPerZone: number;
      readonly maxUnavailablePerZone?: number;
      readonly maxSurgePerZone?: number;
      /** For all zones: a number, or a percentage: `10%`. */
      readonly standby?: number | string;
      /** In percent of a node. */
      readonly standbyHolder?: { readonly overprovisioningRate: number };
      readonly priority?: number;
      /** Names of zones' tags; absent for all zones of the region. */
      readonly zones?: readonly string[];
    };
    readonly nodeTemplate?: NodeTemplateDocument;
  } & NodeOptionsDocument
>;

/** Builds the documents of all ephemeral groups: for each its instance class, then the group that refers to it. */
export function ephemeralNodeGroups(
  inputs: DocumentInputs,
): (VsphereInstanceClassDocument | NodeGroupDocument)[] {
  return inputs.region.cluster.ephemeralNodeGroups.flatMap((group) => [
    instanceClass(inputs, group),
    nodeGroup(group),
  ]);
}

function instanceClass(
  inputs: DocumentInputs,
  group: EphemeralNodeGroup,
): VsphereInstanceClassDocument {
  return {
    apiVersion: "deckhouse.io/v1",
    kind: "VsphereInstanceClass",
    metadata: { name: group.name },
    spec: ephemeralInstanceClass(inputs, group.instanceClass),
  };
}

function nodeGroup(group: EphemeralNodeGroup): NodeGroupDocument {
  return {
    apiVersion: "deckhouse.io/v1",
    kind: "NodeGroup",
    metadata: { name: group.name },
    spec: {
      nodeType: "CloudEphemeral",
      cloudInstances: {
        classReference: { kind: "VsphereInstanceClass", name: group.name },
        minPerZone: group.minPerZone,
        maxPerZone: group.maxPerZone,
        maxUnavailablePerZone: group.maxUnavailablePerZone,
        maxSurgePerZone: group.maxSurgePerZone,
        standby: group.standby,
        standbyHolder: group.standbyHolder,
        priority: group.priority,
        zones: group.zones,
      },
      nodeTemplate: nodeTemplateDocument(group.nodeTemplate),
      ...nodeOptions(group),
    },
  };
}

/** Builds the labels, annotations and taints of a group's nodes. */
export function nodeTemplateDocument(
  template: NodeTemplate | undefined,
): NodeTemplateDocument | undefined {
  return (
    template && {
      labels: template.labels,
      annotations: template.annotations,
      taints: template.taints?.map(({ effect, key, value }) => ({ effect, key, value })),
    }
  );
}

/**
 * Deckhouse gives it to each node of a group. Source: deckhouse/deckhouse `candi/bashible/common-steps/all/`, the step
 * that configures kubelet (`--node-labels`).
 */
const groupLabel = "node.deckhouse.io/group";

/**
 * Selects the nodes at which the traffic of one ingress controller arrives. All of these nodes have one label, so where
 * controllers are on several groups, each names its own too, or it would also run on the nodes of the others.
 */
export function frontendSelector(cluster: Cluster, { nodeGroup }: Ingress): StringMap {
  const groups = new Set(ingressesOf(cluster).map((ingress) => ingress.nodeGroup));
  return { [frontendLabel]: "", ...(groups.size > 1 && { [groupLabel]: nodeGroup }) };
}

/**
 * What pods must tolerate to run on nodes with these taints.
 *
 * @returns undefined when there are no taints
 */
export function tolerationsOf(
  taints: NonNullable<NodeTemplate["taints"]>,
): readonly TolerationDocument[] | undefined {
  const tolerations = taints.map(({ effect, key, value }): TolerationDocument =>
    // Kubernetes stores a taint without a value with an empty one.
    value === undefined || value === ""
      ? { effect, key, operator: "Exists" }
      : { effect, key, operator: "Equal", value },
  );
  return tolerations.length === 0 ? undefined : tolerations;
}
