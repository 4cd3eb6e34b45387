import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { hasMetallbResources } from "../../deckhouseVersion";
import { finding, type Finding } from "../../../findings/finding";
import type { Rule } from "../rule";

/** The greatest port of a BGP peer, and the least prefix, in the older settings of the module. */
const longestPort = 16384;
const shortestPrefix = 1;

/**
 * Before 1.77, MetalLB's settings take narrower values than its custom resources do.
 *
 * Source: deckhouse/deckhouse#18660; `ee/se/modules/380-metallb/openapi/config-values.yaml`.
 */
export const metallbFitsTheVersion: Rule = (draft, faulty) => {
  const version = draft.deckhouse?.version;
  if (version === undefined || faulty("deckhouse.version") || hasMetallbResources(version)) {
    return [];
  }
  return clusterConfigurationsOf(draft).flatMap(({ cluster: { ingress }, pathOf }): Finding[] => {
    const path = `${pathOf("ingress")}.metallbBGP`;
    const { routerPort, aggregationLength } = ingress?.metallbBGP ?? {};
    return [
      ...(routerPort === undefined || routerPort <= longestPort
        ? []
        : [
            finding(
              `${path}.routerPort`,
              routerPort,
              `Deckhouse ${version} takes ports up to ${longestPort}, and would refuse the document`,
              `write ${longestPort} or less, or deckhouse.version of 1.77 or newer`,
            ),
          ]),
      ...(aggregationLength === undefined || aggregationLength >= shortestPrefix
        ? []
        : [
            finding(
              `${path}.aggregationLength`,
              aggregationLength,
              `Deckhouse ${version} takes prefixes from ${shortestPrefix} on, and would refuse the document`,
              `write ${shortestPrefix} or more, or deckhouse.version of 1.77 or newer`,
            ),
          ]),
    ];
  });
};
