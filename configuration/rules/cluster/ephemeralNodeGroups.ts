import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { valuesOf } from "../../places";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";

/**
 * A group of ordered nodes can have its least number of nodes.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml`.
 */
export const groupsCanGrow: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster, pathOf }) =>
    valuesOf(pathOf("ephemeralNodeGroups"), cluster.ephemeralNodeGroups).flatMap(
      ({ path, value: { minPerZone, maxPerZone } }) =>
        minPerZone === undefined || maxPerZone === undefined || minPerZone <= maxPerZone
          ? []
          : [
              finding(
                `${path}.maxPerZone`,
                maxPerZone,
                `minPerZone is ${minPerZone}, and Deckhouse would refuse the group`,
                `write ${minPerZone} or more`,
              ),
            ],
    ),
  );

/**
 * A group of ordered nodes can be renewed: with one node more for a while, or with one node less. Deckhouse's own values
 * are one more and none less.
 *
 * Source: deckhouse/deckhouse `modules/040-node-manager/crds/node_group.yaml`; Kubernetes, "Deployments", rolling
 * update, whose rule the machine controller follows.
 */
export const groupsCanBeRenewed: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster, pathOf }) =>
    valuesOf(pathOf("ephemeralNodeGroups"), cluster.ephemeralNodeGroups).flatMap(
      ({ path, value: { maxSurgePerZone, maxUnavailablePerZone = 0 } }) =>
        maxSurgePerZone !== 0 || maxUnavailablePerZone > 0
          ? []
          : [
              finding(
                `${path}.maxSurgePerZone`,
                maxSurgePerZone,
                "maxUnavailablePerZone is 0 too, so no node could ever be renewed",
                "write 1 or more for one of the two",
              ),
            ],
    ),
  );
