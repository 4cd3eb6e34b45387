import { ingressesOf } from "../configuration/clusterTypes";
import { announcedCommunities } from "../configuration/communities";
import { deckhouseHas } from "../configuration/deckhouseVersions";
import {
  type DocumentInputs,
  moduleConfig,
  unlessEmpty,
  type ModuleConfig,
  type StringMap,
} from "./inputs";
import { resourceNames } from "./metallbNames";
import { isBgp, type BgpIngress } from "./metallbResources";
import { frontendSelector, tolerationsOf, type TolerationDocument } from "./nodeGroup";

/** A router, in version 2 of the settings: one session from each node that the selector matches. */
interface LegacyBgpPeer {
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

/** Addresses for Services, in version 2 of the settings. */
interface LegacyAddressPool {
  readonly name: string;
  readonly protocol: "bgp";
  readonly addresses: readonly string[];
  readonly "auto-assign"?: boolean;
  readonly "avoid-buggy-ips"?: boolean;
  readonly "bgp-advertisements"?: readonly {
    readonly "aggregation-length"?: number;
    readonly localpref?: number;
    /** Keys of `bgpCommunities`. Others have no effect. */
    readonly communities?: readonly string[];
  }[];
}

/**
 * Settings of MetalLB, version 2. From version 3 on there are none: custom resources have replaced them. Version 2 still lists
 * `layer2` as a protocol of pools, but its conversion deletes such pools and their annotation no longer has an effect:
 * L2 is a custom resource with both.
 *
 * Source: deckhouse/deckhouse `ee/se/modules/380-metallb/openapi/config-values.yaml` and `openapi/conversions/`.
 */
export interface MetallbSettings {
  readonly bgpPeers?: readonly LegacyBgpPeer[];
  readonly addressPools?: readonly LegacyAddressPool[];
  /** Name to value; here each is its own name. */
  readonly bgpCommunities?: StringMap;
  /** The pods that announce addresses. */
  readonly speaker?: {
    readonly nodeSelector?: StringMap;
    readonly tolerations?: readonly TolerationDocument[];
  };
}

/** The `ModuleConfig` of MetalLB: version 3 of the settings from Deckhouse 1.77 on, 2 before. */
export type MetallbModuleConfig = ModuleConfig<"metallb", 2 | 3, MetallbSettings>;

/**
 * Builds the settings of MetalLB.
 *
 * @returns undefined when no traffic comes in through MetalLB
 */
export function metallbModule(inputs: DocumentInputs): MetallbModuleConfig | undefined {
  const ingresses = ingressesOf(inputs.region.cluster);
  if (ingresses.every(({ kind }) => kind === "externalLoadBalancer")) {
    return undefined;
  }
  return deckhouseHas(inputs.deckhouse.version, "metallbResources")
    ? moduleConfig("metallb", 3, undefined)
    : moduleConfig("metallb", 2, bgpSettings(inputs, ingresses.filter(isBgp)));
}

/**
 * BGP as Deckhouse took it up to 1.76: in the settings of the module, with the password in plain text. MetalLB announces all
 * pools to all routers; a rule has seen to it that all are reached from the same nodes.
 *
 * @returns undefined when there is no BGP
 */
function bgpSettings(
  { region, secrets }: DocumentInputs,
  ingresses: readonly BgpIngress[],
): MetallbSettings | undefined {
  const [first] = ingresses;
  if (first === undefined) return undefined;
  const communities = ingresses.flatMap((one) => announcedCommunities(one.communities) ?? []);
  return {
    bgpPeers: ingresses.flatMap((ingress) =>
      ingress.routers.flatMap((router) => legacyPeers(router, ingress, secrets.bgpPassword)),
    ),
    addressPools: ingresses.map((ingress) => legacyPool(region.name, ingress)),
    // Deckhouse silently drops a community of an advertisement that is no key here.
    bgpCommunities:
      communities.length === 0
        ? undefined
        : Object.fromEntries(communities.map((community) => [community, community])),
    speaker: {
      nodeSelector: frontendSelector(region.cluster, first),
      tolerations: tolerationsOf(first.taints),
    },
  };
}

function legacyPool(region: string, ingress: BgpIngress): LegacyAddressPool {
  const advertisement = unlessEmpty({
    "aggregation-length": ingress.aggregationLength,
    localpref: ingress.localPref,
    communities: announcedCommunities(ingress.communities),
  });
  return {
    name: resourceNames(region, ingress.name).pool,
    protocol: "bgp",
    addresses: ingress.addresses,
    "auto-assign": ingress.autoAssign,
    "avoid-buggy-ips": ingress.avoidBuggyIPs,
    "bgp-advertisements": advertisement && [advertisement],
  };
}

/**
 * One session with a router for all nodes; or one for each node that has a source address, and one for the remaining
 * nodes.
 */
function legacyPeers(
  router: string,
  ingress: BgpIngress,
  password: string | undefined,
): readonly LegacyBgpPeer[] {
  const { sourceAddresses = [] } = ingress;
  const hostname = "kubernetes.io/hostname";
  const values = sourceAddresses.map(({ nodeName }) => nodeName);
  const session = {
    "peer-address": router,
    "peer-port": ingress.routerPort,
    "peer-asn": ingress.routerASN,
    "my-asn": ingress.clusterASN,
    "router-id": ingress.routerID,
    "hold-time": ingress.holdTime,
  };
  return [
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
          : { matchExpressions: [{ key: hostname, operator: "NotIn", values }] },
    },
  ];
}
