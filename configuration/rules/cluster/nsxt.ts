import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { hostFaults } from "../../hosts";
import { finding } from "../../../findings/finding";
import type { Rule } from "../rule";

/**
 * NSX-T's certificate is verified with these, or not at all.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/openapi/cluster_configuration.yaml`.
 */
export const nsxtIsVerifiedOneWay: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster: { nsxt }, pathOf }) =>
    nsxt?.insecureFlag !== true || nsxt.caBundle === undefined || nsxt.caBundle === ""
      ? []
      : [
          finding(
            `${pathOf("nsxt")}.insecureFlag`,
            true,
            "caBundle is there too, and Deckhouse would refuse the document",
            "choose one; keep the certificates",
          ),
        ],
  );

/** NSX-T's manager is named as a host: Deckhouse puts `https://` before it. */
export const nsxtHostIsAHost: Rule = (draft) =>
  clusterConfigurationsOf(draft).flatMap(({ cluster: { nsxt }, pathOf }) =>
    nsxt?.host === undefined
      ? []
      : hostFaults(`${pathOf("nsxt")}.host`, nsxt.host, "nsx.example.com"),
  );
