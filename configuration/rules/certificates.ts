import { certificateFaults } from "../certificates";
import { clusterConfigurationsOf } from "../clusterConfigurations";
import type { Rule } from "./rule";

/**
 * Certificates that documents hold can be read. Empty text means none, as for Deckhouse.
 *
 * Source: deckhouse/deckhouse `go_lib/dependency/vsphere/vsphere.go` (setCABundleIfNeed), and `candi/openapi/`
 * (`registryCA`).
 */
export const certificatesAreReadable: Rule = (draft) => [
  ...faultsOf(
    "deckhouse.registryCA",
    draft.deckhouse?.registryCA,
    "no image could be fetched from the registry",
  ),
  ...clusterConfigurationsOf(draft).flatMap(({ cluster, pathOf }) =>
    faultsOf(
      `${pathOf("nsxt")}.caBundle`,
      cluster.nsxt?.caBundle,
      "NSX-T's certificate could not be verified",
    ),
  ),
];

function faultsOf(path: string, value: string | undefined, consequence: string) {
  return value ? certificateFaults(path, value, consequence) : [];
}
