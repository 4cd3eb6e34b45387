import type { StringMap, TolerationDocument } from "./kubernetes";

/** A router, of version 2 of the settings: one session from each node that the selector takes. */
export interface LegacyBgpPeer {
  readonly "peer-address": string;
  /** 1-16384. */
  readonly "peer-port"?: number;
  readonly "peer-asn": number;
  readonly "my-asn": number;
  readonly "router-id"?: string;
  /** With its unit: `3s`. */
  readonly "hold-time": string;
  readonly "source-address"?: string;
  /** Secret. */
  readonly password?: string;
  readonly "node-selector"?:
    | { readonly matchLabels: StringMap }
    | {
        readonly matchExpressions: readonly {
          readonly key: string;
          readonly operator: "NotIn";
          readonly values: readonly string[];
        }[];
      };
}

/** How addresses are announced, of version 2 of the settings. */
export interface LegacyBgpAdvertisement {
  readonly "aggregation-length"?: number;
  readonly localpref?: number;
  /** Keys of `bgpCommunities`. Others have no effect. */
  readonly communities?: readonly string[];
}

/** Addresses for Services, of version 2 of the settings. */
export interface LegacyAddressPool {
  readonly name: string;
  readonly protocol: "bgp";
  readonly addresses: readonly string[];
  readonly "auto-assign"?: boolean;
  readonly "avoid-buggy-ips"?: boolean;
  readonly "bgp-advertisements"?: readonly LegacyBgpAdvertisement[];
}

/**
 * Settings of MetalLB. Version 3 knows `speaker` only; the rest has become custom resources there. Version 2 still
 * lists `layer2` as a protocol of pools, but its conversion deletes them and their annotation has no effect any more:
 * L2 is a custom resource in both.
 *
 * Source: deckhouse/deckhouse `ee/se/modules/380-metallb/openapi/config-values.yaml` and `openapi/conversions/`.
 */
export interface MetallbSettings {
  readonly bgpPeers?: readonly LegacyBgpPeer[];
  readonly addressPools?: readonly LegacyAddressPool[];
  /** Name to value. */
  readonly bgpCommunities?: StringMap;
  /** The pods that announce addresses. */
  readonly speaker?: {
    readonly nodeSelector?: StringMap;
    readonly tolerations?: readonly TolerationDocument[];
  };
}
