import type { EphemeralNodeGroup } from "../../configuration/clusterTypes";
import { compact } from "../../configuration/compact";
import type { DocumentInputs } from "../inputs";
import type { NodeGroupDocument, VsphereInstanceClassDocument } from "../types";
import { ephemeralInstanceClass } from "./instanceClass";
import { nodeTemplateDocument } from "./nodeTemplate";

/**
 * Builds the documents of a group of nodes that Deckhouse orders: their instance class, then the group that names it.
 * Both have the name of the group.
 *
 * @param inputs the region, and the template of classes that name none
 * @param group what the configuration says
 */
export function ephemeralNodeGroup(
  inputs: Pick<DocumentInputs, "region" | "template">,
  group: EphemeralNodeGroup,
): readonly [VsphereInstanceClassDocument, NodeGroupDocument] {
  return [
    {
      apiVersion: "deckhouse.io/v1",
      kind: "VsphereInstanceClass",
      metadata: { name: group.name },
      spec: ephemeralInstanceClass(inputs, group.instanceClass),
    },
    nodeGroup(group),
  ];
}

function nodeGroup(group: EphemeralNodeGroup): NodeGroupDocument {
  return compact({
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
        zones: group.zones,
      },
      nodeTemplate: nodeTemplateDocument(group.nodeTemplate),
      disruptions: group.disruptions && { approvalMode: group.disruptions },
    },
  } as const);
}
