import { clusterConfigurationsOf } from "../../clusterConfigurations";
import { problem } from "../../problems";
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
          problem(
            `${pathOf("nsxt")}.insecureFlag`,
            true,
            "caBundle is there too, and Deckhouse would refuse the document",
            "choose one; keep the certificates",
          ),
        ],
  );
