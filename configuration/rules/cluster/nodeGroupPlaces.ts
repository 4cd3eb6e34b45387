import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
} from "../../clusterConfigurations";
import type { ConfigurationDraft, Draft } from "../../draft";
import { valuesOf } from "../../places";
import type { InstanceClass } from "../../types";

/** A group of nodes of a region's cluster: the masters or one of the other groups. */
export interface NodeGroupPlace {
  /** `clusterConfiguration.nodeGroups[0]`. */
  readonly path: string;
  readonly cluster: ClusterConfigurationPlace;
  readonly isMaster: boolean;
  /** `master` for the masters. */
  readonly name: string | undefined;
  readonly replicas: number | undefined;
  readonly zones: readonly (string | undefined)[] | undefined;
  readonly instanceClass: Draft<InstanceClass>;
}

/**
 * Lists the groups of nodes of one cluster, masters first.
 *
 * @param place the cluster
 */
export function nodeGroupsOfCluster(place: ClusterConfigurationPlace): NodeGroupPlace[] {
  const masters = place.cluster.masterNodeGroup;
  return [
    ...(masters === undefined
      ? []
      : [
          {
            path: place.pathOf("masterNodeGroup"),
            cluster: place,
            isMaster: true,
            name: "master",
            replicas: masters.replicas,
            zones: masters.zones,
            instanceClass: masters.instanceClass ?? {},
          },
        ]),
    ...valuesOf(place.pathOf("nodeGroups"), place.cluster.nodeGroups).map(({ path, value }) => ({
      path,
      cluster: place,
      isMaster: false,
      name: value.name,
      replicas: value.replicas,
      zones: value.zones,
      instanceClass: value.instanceClass ?? {},
    })),
  ];
}

/**
 * Lists the groups of nodes of all clusters. A group written for every region is listed for each of them.
 *
 * @param draft the configuration, as far as it could be read
 */
export function nodeGroupsOf(draft: ConfigurationDraft): NodeGroupPlace[] {
  return clusterConfigurationsOf(draft).flatMap(nodeGroupsOfCluster);
}
