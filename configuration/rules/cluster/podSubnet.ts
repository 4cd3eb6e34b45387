import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { parseInterface } from "../../ipv4";
import { podSubnetOf } from "../../kubernetesNetworks";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";
import { nodeGroupsOfCluster } from "./nodeGroupPlaces";

/** Deckhouse's own length of the prefix of each node's part. */
const defaultNodePrefix = 24;
/** The greatest difference of the two prefixes that Kubernetes takes. */
const mostBits = 16;

/**
 * Each node gets a part of the addresses of pods, and there are parts enough for the nodes of the beginning.
 *
 * Source: kubernetes/kubernetes `pkg/controller/nodeipam/ipam/cidrset/cidr_set.go`.
 */
export const podSubnetHasRoomForNodes: Rule = (draft, faulty) =>
  clusterConfigurationsOf(draft).flatMap((place) => {
    const { cluster, pathOf } = place;
    if (
      cluster.controlPlane === "elsewhere" ||
      faulty(pathOf("podSubnetCIDR")) ||
      faulty(pathOf("podSubnetNodeCIDRPrefix"))
    ) {
      return [];
    }
    const written = podSubnetOf(cluster);
    const nodePrefix = cluster.podSubnetNodeCIDRPrefix ?? defaultNodePrefix;
    const bits = nodePrefix - parseInterface(written).network.prefixLength;
    if (bits > mostBits) {
      return [
        finding(
          pathOf("podSubnetNodeCIDRPrefix"),
          cluster.podSubnetNodeCIDRPrefix,
          `${written} would be divided into more than 65536 parts, and Kubernetes would not start`,
          `write ${nodePrefix - bits + mostBits} or less, or a smaller podSubnetCIDR`,
        ),
      ];
    }
    const parts = bits < 0 ? 0 : 2 ** bits;
    const zonesOfRegion = place.region.zones?.length ?? 1;
    const nodes = nodeGroupsOfCluster(place)
      .map(({ replicas, minPerZone, zones }) =>
        minPerZone === undefined ? (replicas ?? 0) : minPerZone * (zones?.length ?? zonesOfRegion),
      )
      .reduce((sum, count) => sum + count, 0);
    return parts >= nodes
      ? []
      : [
          finding(
            pathOf("podSubnetCIDR"),
            cluster.podSubnetCIDR,
            `${written} has parts of /${nodePrefix} for ${parts} of ${nodes} nodes, and pods would not start on the others`,
            "write a larger podSubnetCIDR, or a greater podSubnetNodeCIDRPrefix",
          ),
        ];
  });

/** The greatest number of bits for services that Kubernetes takes. */
const mostServiceBits = 20;

/**
 * Kubernetes takes so many addresses for services and no more.
 *
 * Source: kubernetes/kubernetes `cmd/kube-apiserver/app/options/validation.go`.
 */
export const serviceSubnetIsNotTooLarge: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster: { serviceSubnetCIDR: written }, pathOf }) => {
    const longest = 32 - mostServiceBits;
    return written === undefined || parseInterface(written).network.prefixLength >= longest
      ? []
      : [
          finding(
            pathOf("serviceSubnetCIDR"),
            written,
            "it has too many addresses, and Kubernetes would not start",
            `write a subnet with a prefix of /${longest} or longer`,
          ),
        ];
  });
