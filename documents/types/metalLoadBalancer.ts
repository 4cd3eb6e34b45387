import type { StringMap, TolerationDocument } from "./kubernetes";

/** A custom resource of Deckhouse's MetalLB; all are cluster-scoped. */
interface MetalLoadBalancerResource<Kind extends string, Spec extends object> {
  readonly apiVersion: "network.deckhouse.io/v1alpha1";
  readonly kind: Kind;
  readonly metadata: { readonly name: string };
  readonly spec: Spec;
}

/** Addresses for Services, to be announced by BGP. Deckhouse 1.77 (deckhouse/deckhouse#18660). */
export type MetalLoadBalancerPool = MetalLoadBalancerResource<
  "MetalLoadBalancerPool",
  {
    /** Networks or ranges. */
    readonly addresses: readonly string[];
    readonly autoAssign?: boolean;
    readonly avoidBuggyIPs?: boolean;
  }
>;

/** A BGP router. Deckhouse 1.77. */
export type MetalLoadBalancerBGPPeer = MetalLoadBalancerResource<
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

/** Which nodes announce which pools to which routers. Deckhouse 1.77. */
export type MetalLoadBalancerConfiguration = MetalLoadBalancerResource<
  "MetalLoadBalancerConfiguration",
  {
    readonly mode: "BGP";
    readonly nodeSelector: StringMap;
    readonly bgp: { readonly peerNames: readonly string[] };
    readonly advertisements: readonly {
      readonly poolNames: readonly string[];
      readonly bgp?: {
        readonly communities?: readonly string[];
        readonly localPref?: number;
        readonly aggregationLength?: number;
      };
    }[];
  }
>;

/**
 * Addresses that nodes answer for in their own network, and which nodes. Came with version 2 of the module's settings
 * (deckhouse/deckhouse#9658).
 */
export type MetalLoadBalancerClass = MetalLoadBalancerResource<
  "MetalLoadBalancerClass",
  {
    readonly addressPool: readonly string[];
    readonly isDefault: false;
    readonly nodeSelector: StringMap;
    readonly tolerations?: readonly TolerationDocument[];
    readonly type: "L2";
    readonly l2?: { readonly interfaces: readonly string[] };
  }
>;

/** Any of them. Source of their fields: deckhouse/deckhouse `ee/se/modules/380-metallb/crds/`. */
export type MetalLoadBalancerDocument =
  | MetalLoadBalancerPool
  | MetalLoadBalancerBGPPeer
  | MetalLoadBalancerConfiguration
  | MetalLoadBalancerClass;
