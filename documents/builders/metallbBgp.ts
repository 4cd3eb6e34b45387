import type { Ingress } from "../../configuration/clusterTypes";
import { compact } from "../../configuration/compact";
import type {
  MetalLoadBalancerBGPPeer,
  MetalLoadBalancerConfiguration,
  MetalLoadBalancerPool,
  SecretDocument,
} from "../types";
import { frontendSelector } from "./frontend";
import { resourceNames } from "./resourceNames";

/** MetalLB in BGP mode. */
export type BgpIngress = Extract<Ingress, { readonly kind: "metallbBGP" }>;

/** The namespace of Deckhouse itself: it is there before any module is. */
const secretNamespace = "d8-system";

/**
 * Builds the custom resources of BGP as Deckhouse knows them from 1.77 on, each before what names it.
 *
 * @param region name of the region's tag
 * @param ingress what the configuration says
 * @param password of the BGP sessions, if they have one
 */
export function bgpResources(
  region: string,
  ingress: BgpIngress,
  password: string | undefined,
): readonly (
  SecretDocument | MetalLoadBalancerPool | MetalLoadBalancerBGPPeer | MetalLoadBalancerConfiguration
)[] {
  return [
    ...(password === undefined ? [] : [passwordSecret(region, password)]),
    pool(region, ingress),
    ...ingress.routers.map((_, index) => peer(region, ingress, index, password !== undefined)),
    configuration(region, ingress),
  ];
}

/**
 * MetalLB takes the key `password`; Deckhouse finds the Secret by its label and copies it. Source: deckhouse/deckhouse
 * `ee/se/modules/380-metallb/hooks/discovery_bgp.go`.
 */
function passwordSecret(region: string, password: string): SecretDocument {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: resourceNames(region).bgpPassword,
      namespace: secretNamespace,
      labels: { "network.deckhouse.io/metallb-bgp-password": "true" },
    },
    stringData: { password },
  };
}

function pool(region: string, ingress: BgpIngress): MetalLoadBalancerPool {
  const { addresses, autoAssign, avoidBuggyIPs } = ingress;
  return compact({
    apiVersion: "network.deckhouse.io/v1alpha1",
    kind: "MetalLoadBalancerPool",
    metadata: { name: resourceNames(region).pool },
    spec: { addresses, autoAssign, avoidBuggyIPs },
  } as const);
}

function peer(
  region: string,
  ingress: BgpIngress,
  index: number,
  hasPassword: boolean,
): MetalLoadBalancerBGPPeer {
  const names = resourceNames(region);
  return compact({
    apiVersion: "network.deckhouse.io/v1alpha1",
    kind: "MetalLoadBalancerBGPPeer",
    metadata: { name: names.router(index + 1) },
    spec: {
      peerAddress: ingress.routers[index] ?? "",
      peerPort: ingress.routerPort,
      peerASN: ingress.routerASN,
      myASN: ingress.clusterASN,
      routerID: ingress.routerID,
      holdTime: ingress.holdTime,
      passwordSecretRef: hasPassword
        ? { name: names.bgpPassword, namespace: secretNamespace }
        : undefined,
      sourceAddresses: ingress.sourceAddresses?.map(({ nodeName, address }) => ({
        nodeName,
        address,
      })),
    },
  } as const);
}

function configuration(region: string, ingress: BgpIngress): MetalLoadBalancerConfiguration {
  const names = resourceNames(region);
  const { communities, localPref, aggregationLength } = ingress;
  const bgp = compact({ communities, localPref, aggregationLength });
  return compact({
    apiVersion: "network.deckhouse.io/v1alpha1",
    kind: "MetalLoadBalancerConfiguration",
    metadata: { name: names.frontend },
    spec: {
      mode: "BGP",
      nodeSelector: frontendSelector,
      bgp: { peerNames: ingress.routers.map((_, index) => names.router(index + 1)) },
      advertisements: [
        { poolNames: [names.pool], bgp: Object.keys(bgp).length === 0 ? undefined : bgp },
      ],
    },
  } as const);
}
