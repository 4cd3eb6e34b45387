import { datacenterPath, isInside, vmFolderPath } from "../../inventoryPaths";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import { nodeGroupsOf } from "./nodeGroupPlaces";

/** A template that nodes name lies in the datacenter of their region. */
export const nodeTemplatesAreInside: Rule = (draft) =>
  nodeGroupsOf(draft).flatMap(({ path, cluster: { region }, instanceClass: { template } }) => {
    const { datacenter } = region;
    return datacenter === undefined ||
      template === undefined ||
      isInside(datacenter, "vm", vmFolderPath(datacenter, template))
      ? []
      : [
          finding(
            `${path}.instanceClass.template`,
            template,
            `it is outside ${datacenterPath(datacenter)}, where the nodes are`,
            "write the path below the datacenter's vm folder, without the datacenter",
          ),
        ];
  });
