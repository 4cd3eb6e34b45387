import type { NodeTemplate } from "../../configuration/clusterTypes";
import { compact } from "../../configuration/compact";
import type { NodeTemplateDocument, TolerationDocument } from "../types";

/**
 * Builds the labels, annotations and taints of a group's nodes.
 *
 * @param template what the configuration says, if anything
 */
export function nodeTemplateDocument(
  template: NodeTemplate | undefined,
): NodeTemplateDocument | undefined {
  return (
    template &&
    compact({
      labels: template.labels,
      annotations: template.annotations,
      taints: template.taints?.map(({ effect, key, value }) => ({ effect, key, value })),
    })
  );
}

/**
 * What pods tolerate that are to run on nodes with taints.
 *
 * @param taints of the nodes
 * @returns undefined when there are none
 */
export function tolerationsOf(
  taints: NonNullable<NodeTemplate["taints"]>,
): readonly TolerationDocument[] | undefined {
  const tolerations = taints.map(({ effect, key, value }) =>
    // An empty value is what Kubernetes keeps of a taint without one.
    value === undefined || value === ""
      ? compact({ effect, key, operator: "Exists" } as const)
      : compact({ effect, key, operator: "Equal", value } as const),
  );
  return tolerations.length === 0 ? undefined : tolerations;
}
