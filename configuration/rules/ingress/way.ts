import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { finding, type Finding } from "../../../findings/finding";
import type { Rule } from "../rule";

const ways = ["externalLoadBalancer", "metallbBGP", "metallbL2"] as const;

/** Traffic comes in one way; a second one would be left out. */
export const ingressHasOneWay: Rule = (draft, faulty) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster: { ingress }, pathOf }): Finding[] => {
    const path = pathOf("ingress");
    if (ingress === undefined || ways.some((way) => faulty(`${path}.${way}`))) {
      return [];
    }
    const [first, ...others] = ways.filter((way) => ingress[way] !== undefined);
    if (first === undefined) {
      return [
        finding(
          path,
          ingress,
          "it does not say how traffic gets into the cluster",
          `add one of ${ways.join(", ")}, for example externalLoadBalancer: {}`,
        ),
      ];
    }
    return others.map((other) =>
      finding(
        `${path}.${other}`,
        ingress[other],
        `${path}.${first} is there too, and the two exclude each other`,
        `choose one, ${first} or ${other}`,
      ),
    );
  });
