import { ingressesOf, type Ingress } from "../configuration/clusterTypes";
import { deckhouseHas } from "../configuration/deckhouseVersions";
import { type DocumentInputs, unlessEmpty, type Resource, type StringMap } from "./inputs";
import { announcedCommunities } from "../configuration/communities";
import { resourceNames, type ResourceNames } from "./metallbNames";
import { frontendSelector } from "./nodeGroup";

/** MetalLB in BGP mode. */
export type BgpIngress = Extract<Ingress, { readonly kind: "metallbBGP" }>;

/** MetalLB in L2 mode. */
type L2Ingress = Extract<Ingress, { readonly kind: "metallbL2" }>;

/** A custom resource of Deckhouse's MetalLB. Source: deckhouse/deckhouse `ee/se/modules/380-metallb/crds/`. */
type MetallbResource<Kind extends string, Spec extends object> = Resource<
  "network.deckhouse.io/v1alpha1",
  Kind,
  Spec
>;

/** Addresses for Services, to be announced by BGP. Deckhouse 1.77 and later (deckhouse/deckhouse#18660). */
export type MetalLoadBalancerPool = MetallbResource<
  "MetalLoadBalancerPool",
  {
    /** Networks or ranges. */
    readonly addresses: readonly string[];
    readonly autoAssign?: boolean;
    readonly avoidBuggyIPs?: boolean;
  }
>;

/** A BGP router. Deckhouse 1.77 and later. */
export type MetalLoadBalancerBGPPeer = MetallbResource<
  "MetalLoadBalancerBGPPeer",
  {
    readonly peerAddress: string;
    readonly peerPort?: number;
    readonly peerASN: number;
    readonly myASN: number;
    readonly routerID?: string;
    /** With its unit: `3s`. */
    readonly holdTime: string;
    /** A Secret with the key `password` and the label `network.deckhouse.io/metallb-bgp-password`. */
    readonly passwordSecretRef?: { readonly name: string; readonly namespace: string };
    readonly sourceAddresses?: readonly { readonly nodeName: string; readonly address: string }[];
  }
>;

/** Which nodes announce which pools to which routers. Deckhouse 1.77 and later. */
export type MetalLoadBalancerConfiguration = MetallbResource<
  "MetalLoadBalancerConfiguration",
  {
    readonly mode: "BGP";
    readonly nodeSelector: StringMap;
    readonly bgp: { readonly peerNames: readonly string[] };
    readonly advertisements: readonly {
      readonly poolNames: readonly string[];
      readonly bgp?: {
        /** Two numbers each; MetalLB reads no names, although the schema has some. */
        readonly communities?: readonly string[];
        readonly localPref?: number;
        readonly aggregationLength?: number;
      };
    }[];
  }
>;

/**
 * Addresses that nodes answer for in their own network, and which nodes do, whatever taints these have. It came with
 * version 2 of the module's settings (deckhouse/deckhouse#9658); tolerations went in deckhouse/deckhouse#11224.
 */
export type MetalLoadBalancerClass = MetallbResource<
  "MetalLoadBalancerClass",
  {
    readonly addressPool: readonly string[];
    readonly isDefault: false;
    readonly nodeSelector: StringMap;
    readonly type: "L2";
    readonly l2?: { readonly interfaces: readonly string[] };
  }
>;

/** A `Secret` of Kubernetes, with plain text that the API server encodes. Source: Kubernetes API reference, `core/v1`. */
export interface SecretDocument {
  readonly apiVersion: "v1";
  readonly kind: "Secret";
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: StringMap;
  };
  /** Secret. */
  readonly stringData: StringMap;
}

/** Any resource of the load balancer. */
export type MetallbDocument =
  | SecretDocument
  | MetalLoadBalancerPool
  | MetalLoadBalancerBGPPeer
  | MetalLoadBalancerConfiguration
  | MetalLoadBalancerClass;

/** The namespace of Deckhouse itself, which exists before any module does. */
const secretNamespace = "d8-system";

/**
 * Builds the custom resources of MetalLB, each before those that refer to it: for each ingress controller one in L2 mode; in
 * BGP mode all of BGP from Deckhouse 1.77 on, and none before, when BGP is in the module's settings.
 */
export function metallbResources({
  region,
  deckhouse,
  secrets,
}: DocumentInputs): MetallbDocument[] {
  const ingresses = ingressesOf(region.cluster);
  const hasResources = deckhouseHas(deckhouse.version, "metallbResources");
  const isNeeded = hasResources && ingresses.some(isBgp) && secrets.bgpPassword !== undefined;
  const secret = isNeeded ? passwordSecret(region.name, secrets.bgpPassword) : undefined;
  return [
    ...(secret ? [secret] : []),
    ...ingresses.flatMap((ingress): MetallbDocument[] => {
      const names = resourceNames(region.name, ingress.name);
      const nodeSelector = frontendSelector(region.cluster, ingress);
      if (ingress.kind === "metallbL2") return [loadBalancerClass(names, ingress, nodeSelector)];
      if (!isBgp(ingress) || !hasResources) return [];
      return [
        pool(names, ingress),
        ...ingress.routers.map((router, index) =>
          peer(names.router(index + 1), router, ingress, secret),
        ),
        announcement(names, ingress, nodeSelector),
      ];
    }),
  ];
}

/** Whether traffic comes in through MetalLB in BGP mode. */
export function isBgp(ingress: Ingress): ingress is BgpIngress {
  return ingress.kind === "metallbBGP";
}

/** Not the default class: a Service that names none must not take the ingress controller's addresses. */
function loadBalancerClass(
  names: ResourceNames,
  ingress: L2Ingress,
  nodeSelector: StringMap,
): MetalLoadBalancerClass {
  return {
    apiVersion: "network.deckhouse.io/v1alpha1",
    kind: "MetalLoadBalancerClass",
    metadata: { name: names.frontend },
    spec: {
      addressPool: ingress.addresses,
      isDefault: false,
      nodeSelector,
      type: "L2",
      l2: ingress.interfaces && { interfaces: ingress.interfaces },
    },
  };
}

/**
 * MetalLB reads the key `password`; Deckhouse finds the Secret by its label and copies it. Source: deckhouse/deckhouse
 * `ee/se/modules/380-metallb/hooks/discovery_bgp.go`.
 */
function passwordSecret(region: string, password: string): SecretDocument {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: resourceNames(region, "main").bgpPassword,
      namespace: secretNamespace,
      labels: { "network.deckhouse.io/metallb-bgp-password": "true" },
    },
    stringData: { password },
  };
}

function pool(names: ResourceNames, ingress: BgpIngress): MetalLoadBalancerPool {
  const { addresses, autoAssign, avoidBuggyIPs } = ingress;
  return {
    apiVersion: "network.deckhouse.io/v1alpha1",
    kind: "MetalLoadBalancerPool",
    metadata: { name: names.pool },
    spec: { addresses, autoAssign, avoidBuggyIPs },
  };
}

function peer(
  name: string,
  router: string,
  ingress: BgpIngress,
  secret: SecretDocument | undefined,
): MetalLoadBalancerBGPPeer {
  return {
    apiVersion: "network.deckhouse.io/v1alpha1",
    kind: "MetalLoadBalancerBGPPeer",
    metadata: { name },
    spec: {
      peerAddress: router,
      peerPort: ingress.routerPort,
      peerASN: ingress.routerASN,
      myASN: ingress.clusterASN,
      routerID: ingress.routerID,
      holdTime: ingress.holdTime,
      passwordSecretRef: secret && { name: secret.metadata.name, namespace: secretNamespace },
      sourceAddresses: ingress.sourceAddresses?.map(({ nodeName, address }) => ({
        nodeName,
        address,
      })),
    },
  };
}

function announcement(
  names: ResourceNames,
  ingress: BgpIngress,
  nodeSelector: StringMap,
): MetalLoadBalancerConfiguration {
  const { localPref, aggregationLength } = ingress;
  const communities = announcedCommunities(ingress.communities);
  return {
    apiVersion: "network.deckhouse.io/v1alpha1",
    kind: "MetalLoadBalancerConfiguration",
    metadata: { name: names.frontend },
    spec: {
      mode: "BGP",
      nodeSelector,
      bgp: { peerNames: ingress.routers.map((_, index) => names.router(index + 1)) },
      advertisements: [
        {
          poolNames: [names.pool],
          bgp: unlessEmpty({ communities, localPref, aggregationLength }),
        },
      ],
    },
  };
}
