import type { Nsxt } from "../../configuration/clusterTypes";
import { compact } from "../../configuration/compact";
import type { DocumentSecrets } from "../inputs";
import { secretPlaceholder } from "../placeholders";
import type { NsxtDocument } from "../types";

/**
 * Builds the part about NSX-T, which two documents have in the same shape.
 *
 * @param nsxt what the configuration says, if anything
 * @param secrets the password of NSX-T's user; a placeholder when it is not there
 */
export function nsxtDocument(
  nsxt: Nsxt | undefined,
  secrets: DocumentSecrets,
): NsxtDocument | undefined {
  if (nsxt === undefined) {
    return undefined;
  }
  const trusted = nsxt.caBundle !== undefined && nsxt.caBundle !== "";
  return compact({
    host: nsxt.host,
    user: nsxt.user,
    password: secrets.nsxtPassword ?? secretPlaceholder("nsxtPassword"),
    // Deckhouse refuses one next to the other, as it does for vCenter.
    ...(trusted ? { caBundle: nsxt.caBundle } : { insecureFlag: nsxt.insecureFlag }),
    defaultIpPoolName: nsxt.defaultIpPoolName,
    tier1GatewayPath: nsxt.tier1GatewayPath,
    size: nsxt.size,
    defaultTcpAppProfileName: nsxt.defaultTcpAppProfileName,
    defaultUdpAppProfileName: nsxt.defaultUdpAppProfileName,
    loadBalancerClass: nsxt.loadBalancerClass?.map((one) => ({
      name: one.name,
      ipPoolName: one.ipPoolName,
      tcpAppProfileName: one.tcpAppProfileName,
      udpAppProfileName: one.udpAppProfileName,
    })),
  });
}
