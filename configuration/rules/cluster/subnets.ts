import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { networkText, parseInterface } from "../../ipv4";
import { problem } from "../../problems";
import type { Rule } from "../rule";

/** The installer counts the masters' addresses from this one of the network. */
const firstMasterAddress = 10;

/**
 * `internalNetworkCIDR` is the address of a network: all bits after the prefix are zero.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/master-node/variables.tf`.
 */
export const internalNetworkIsANetwork: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster, pathOf }) => {
    const written = cluster.internalNetworkCIDR;
    if (written === undefined) {
      return [];
    }
    const { address, network } = parseInterface(written);
    return address === network.first
      ? []
      : [
          problem(
            pathOf("internalNetworkCIDR"),
            written,
            "it is an address in a network, and the installer would stop with " +
              '"Invalid internalNetworkCIDR in VsphereClusterConfiguration."',
            `write the network's own address, ${networkText(network)}`,
          ),
        ];
  });

/**
 * Masters with a second network get their addresses there from `internalNetworkCIDR`, beginning with the
 * tenth; so it has to be large enough.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md` and
 * `candi/terraform-modules/master-node/main.tf` of the same module.
 */
export const internalNetworkHasRoomForMasters: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster, pathOf }) => {
    const written = cluster.internalNetworkCIDR;
    const masters = cluster.masterNodeGroup;
    const replicas = masters?.replicas;
    const networks = masters?.instanceClass?.additionalNetworks ?? [];
    if (written === undefined || replicas === undefined || networks.length === 0) {
      return [];
    }
    const { network } = parseInterface(written);
    const lastMaster = network.first + firstMasterAddress + replicas - 1;
    return lastMaster < network.last
      ? []
      : [
          problem(
            pathOf("internalNetworkCIDR"),
            written,
            `the masters get addresses in it from the tenth on, and it has none for ${replicas} masters`,
            "write a larger network, or give the masters no additional network",
          ),
        ];
  });
