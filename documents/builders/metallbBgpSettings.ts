import { compact } from "../../configuration/compact";
import type { LegacyBgpPeer, MetallbSettings } from "../types";
import { frontendSelector } from "./frontend";
import type { BgpIngress } from "./metallbBgp";
import { tolerationsOf } from "./nodeTemplate";
import { resourceNames } from "./resourceNames";

/**
 * The communities that have a name, as numbers. `none` has none: it means that there are no communities. Source:
 * RFC 1997.
 */
const wellKnownCommunities: Readonly<Record<string, string>> = {
  "no-export": "65535:65281",
  "no-advertise": "65535:65282",
  "local-as": "65535:65283",
};

/**
 * Builds the settings of MetalLB as Deckhouse knew them up to 1.76: all of BGP in one `ModuleConfig`.
 *
 * @param region name of the region's tag
 * @param ingress what the configuration says
 * @param password of the BGP sessions, if they have one; it stands there in the clear
 */
export function bgpSettings(
  region: string,
  ingress: BgpIngress,
  password: string | undefined,
): MetallbSettings {
  const communities = ingress.communities?.filter((community) => community !== "none") ?? [];
  const advertisement = compact({
    "aggregation-length": ingress.aggregationLength,
    localpref: ingress.localPref,
    communities: communities.length === 0 ? undefined : communities,
  });
  return compact({
    bgpPeers: ingress.routers.flatMap((router) => peersOf(router, ingress, password)),
    addressPools: [
      {
        name: resourceNames(region).pool,
        protocol: "bgp",
        addresses: ingress.addresses,
        "auto-assign": ingress.autoAssign,
        "avoid-buggy-ips": ingress.avoidBuggyIPs,
        "bgp-advertisements": Object.keys(advertisement).length === 0 ? undefined : [advertisement],
      },
    ],
    // Deckhouse drops a community of an announcement that is no key here, without a word.
    bgpCommunities:
      communities.length === 0
        ? undefined
        : Object.fromEntries(
            communities.map((community) => [
              community,
              wellKnownCommunities[community] ?? community,
            ]),
          ),
    speaker: { nodeSelector: frontendSelector, tolerations: tolerationsOf(ingress.taints) },
  } as const);
}

/**
 * One session with a router for all nodes; or one for each node that has an address to speak from, and one for the
 * other nodes.
 */
function peersOf(
  router: string,
  ingress: BgpIngress,
  password: string | undefined,
): readonly LegacyBgpPeer[] {
  const { sourceAddresses = [] } = ingress;
  const session = {
    "peer-address": router,
    "peer-port": ingress.routerPort,
    "peer-asn": ingress.routerASN,
    "my-asn": ingress.clusterASN,
    "router-id": ingress.routerID,
    "hold-time": ingress.holdTime,
  };
  const hostname = "kubernetes.io/hostname";
  const values = sourceAddresses.map(({ nodeName }) => nodeName);
  return compact([
    ...sourceAddresses.map(({ nodeName, address }) => ({
      ...session,
      "source-address": address,
      password,
      "node-selector": { matchLabels: { [hostname]: nodeName } },
    })),
    {
      ...session,
      password,
      "node-selector":
        values.length === 0
          ? undefined
          : { matchExpressions: [{ key: hostname, operator: "NotIn" as const, values }] },
    },
  ]);
}
