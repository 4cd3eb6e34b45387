import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
  type InstanceClassDraft,
} from "../../clusterConfigurations";
import type { ConfigurationDraft, Draft } from "../../draft";
import type { NodeTemplate } from "../../clusterTypes";
import { valuesOf } from "../../places";

/** A group of nodes of a region's cluster: the masters or one of the other groups. */
export interface NodeGroupPlace {
  /** `clusterConfiguration.nodeGroups[0]`. */
  readonly path: string;
  readonly cluster: ClusterConfigurationPlace;
  readonly isMaster: boolean;
  /** Whether Deckhouse orders the nodes from inside the cluster; such nodes have no number, and know DHCP only. */
  readonly isEphemeral: boolean;
  /** `master` for the masters. */
  readonly name: string | undefined;
  /** Of permanent nodes. */
  readonly replicas: number | undefined;
  /** Of ordered nodes. */
  readonly minPerZone: number | undefined;
  readonly maxPerZone: number | undefined;
  readonly zones: readonly (string | undefined)[] | undefined;
  readonly nodeTemplate: Draft<NodeTemplate> | undefined;
  readonly instanceClass: InstanceClassDraft;
}

/**
 * Lists the groups of nodes of one cluster, masters first.
 *
 * @param place the cluster
 */
export function nodeGroupsOfCluster(place: ClusterConfigurationPlace): NodeGroupPlace[] {
  const { masterNodeGroup: masters, nodeGroups, ephemeralNodeGroups } = place.cluster;
  return [
    ...(masters === undefined
      ? []
      : [
          groupPlace(place, place.pathOf("masterNodeGroup"), {
            ...masters,
            ...{ name: "master", isMaster: true },
          }),
        ]),
    ...valuesOf(place.pathOf("nodeGroups"), nodeGroups).map(({ path, value }) =>
      groupPlace(place, path, value),
    ),
    ...valuesOf(place.pathOf("ephemeralNodeGroups"), ephemeralNodeGroups).map(({ path, value }) =>
      groupPlace(place, path, { ...value, isEphemeral: true }),
    ),
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

/**
 * The main network of a group as it is spelled: its own, or for ordered nodes that name none that of the masters.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/crds/` (VsphereInstanceClass).
 *
 * @param group the group
 */
export function mainNetworkOf({
  isEphemeral,
  cluster: { cluster },
  instanceClass: { mainNetwork },
}: NodeGroupPlace): string | undefined {
  return (
    mainNetwork ?? (isEphemeral ? cluster.masterNodeGroup?.instanceClass?.mainNetwork : undefined)
  );
}

interface GroupParts extends Partial<
  Omit<NodeGroupPlace, "path" | "cluster" | "instanceClass" | "nodeTemplate">
> {
  readonly instanceClass?: InstanceClassDraft | undefined;
  readonly nodeTemplate?: Draft<NodeTemplate> | undefined;
}

function groupPlace(
  cluster: ClusterConfigurationPlace,
  path: string,
  { name, isMaster = false, isEphemeral = false, replicas, zones, ...rest }: GroupParts,
): NodeGroupPlace {
  const { minPerZone, maxPerZone, nodeTemplate, instanceClass = {} } = rest;
  return {
    path,
    cluster,
    ...{ isMaster, isEphemeral, name, replicas, minPerZone, maxPerZone, zones, nodeTemplate },
    instanceClass,
  };
}
