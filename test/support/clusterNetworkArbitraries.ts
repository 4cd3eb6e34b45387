import fc from "fast-check";
import { defined, maybe, objectName, type RawInstanceClass, type RawNetwork } from "./arbitraries";

/** What a network of a cluster is for. */
export type NetworkKind = "nodes" | "public" | "routers" | "ordered";

/** A network with what groups of nodes have to know of it. */
export interface ClusterNetwork {
  readonly description: RawNetwork;
  /** The first three numbers of its addresses; it has 256 of them. */
  readonly prefix: string;
  readonly hasDhcp: boolean;
  /** The network in one of its two spellings. */
  readonly spelled: (inFull: boolean) => string;
}

/** The networks of a cluster; that with public addresses and that of the routers may be missing. */
export type ClusterNetworks = Readonly<Record<NetworkKind, ClusterNetwork>>;

/** How the networks of a cluster are named, and what they offer. */
const networksPlan = fc.record({
  names: fc.tuple(objectName, objectName, objectName, objectName),
  folders: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
  inFull: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
  nodesHaveDhcp: fc.boolean(),
  publicHasDhcp: fc.boolean(),
  isPublicSubnetKnown: fc.boolean(),
  isOrderedSubnetKnown: fc.boolean(),
  nodeAddress: fc.constantFrom("internal" as const, "both" as const),
  orderedAddress: maybe(fc.constantFrom("internal" as const, "both" as const)),
  hasGateways: fc.boolean(),
  areRangesKnown: fc.boolean(),
  nameservers: maybe(
    fc.constantFrom<NonNullable<RawNetwork["nameservers"]>>(
      {},
      { addresses: ["10.0.0.53"] },
      { addresses: [], search: ["example.com", "example.org"] },
    ),
  ),
  isPublicDescribed: fc.boolean(),
});

/** Whether the networks have gateways; otherwise each static address names one. */
export interface NetworksOfCluster {
  readonly networks: ClusterNetworks;
  readonly hasGateways: boolean;
  readonly hasPublic: boolean;
  /** What `networks` says. */
  readonly described: RawNetwork[];
}

/**
 * The networks of a cluster. Those of different regions have different addresses; the masters' has a known subnet, and
 * that of ordered nodes DHCP.
 *
 * @param datacenter the full path of the datacenter; undefined where the networks are to have the same names in all
 * @param number of the region
 */
export function networksOf(
  datacenter: string | undefined,
  number: number,
): fc.Arbitrary<NetworksOfCluster> {
  return networksPlan.map((plan) => {
    const network = (
      index: 0 | 1 | 2 | 3,
      prefix: string,
      own: Omit<RawNetwork, "path" | "subnet">,
      isSubnetKnown = true,
    ): ClusterNetwork => {
      const name = `${plan.folders[index] ? "folder/" : ""}${index} ${plan.names[index]}`;
      const spelled = (inFull: boolean): string =>
        inFull && datacenter !== undefined ? `${datacenter}/network/${name}` : name;
      return {
        description: defined({
          path: spelled(plan.inFull[index]),
          ...own,
          subnet: isSubnetKnown ? `${prefix}.0/24` : undefined,
          // Apart from what has its address for good.
          dhcpRange:
            plan.areRangesKnown && own.dhcp !== false ? `${prefix}.50-${prefix}.99` : undefined,
          gateway: plan.hasGateways ? `${prefix}.1` : undefined,
          nameservers: plan.nameservers,
        }),
        prefix,
        spelled,
        hasDhcp: own.dhcp !== false,
      };
    };
    const networks: ClusterNetworks = {
      nodes: network(0, `10.${number}.1`, {
        nodeAddress: plan.nodeAddress,
        dhcp: plan.nodesHaveDhcp,
      }),
      public: network(
        1,
        `198.51.${number}`,
        { nodeAddress: "external", dhcp: plan.publicHasDhcp },
        plan.isPublicSubnetKnown,
      ),
      routers: network(2, `192.0.${number}`, {}),
      ordered: network(
        3,
        `10.${number}.2`,
        defined({ nodeAddress: plan.orderedAddress }),
        plan.isOrderedSubnetKnown,
      ),
    };
    const kinds = ["nodes", "ordered", "routers", ...(plan.isPublicDescribed ? ["public"] : [])];
    return {
      networks,
      hasGateways: plan.hasGateways,
      hasPublic: plan.isPublicDescribed,
      described: (kinds as NetworkKind[]).map((kind) => networks[kind].description),
    };
  });
}

/** How a group of permanent nodes is connected. */
export const connectionPlan = fc.record({
  isPublic: fc.boolean(),
  isStatic: fc.boolean(),
  inFull: fc.boolean(),
  spareAddresses: fc.integer({ min: 0, max: 1 }),
  ownNameservers: fc.boolean(),
});

/** The adapters of permanent nodes: the node network, or a public one and that; and the routers' for frontends. */
export function connected(
  { networks, hasGateways, hasPublic }: NetworksOfCluster,
  plan: typeof connectionPlan extends fc.Arbitrary<infer Plan> ? Plan : never,
  group: { readonly order: number; readonly replicas: number; readonly reachesRouters: boolean },
): Pick<RawInstanceClass, "mainNetwork" | "additionalNetworks" | "mainNetworkIPAddresses"> {
  const isPublic = plan.isPublic && hasPublic;
  const main = isPublic ? networks.public : networks.nodes;
  const additional = [
    ...(isPublic ? [networks.nodes] : []),
    ...(group.reachesRouters ? [networks.routers] : []),
  ].map((network) => network.spelled(!plan.inFull));
  const isStatic = plan.isStatic || !main.hasDhcp;
  // Far from the gateway, from the masters' fixed addresses and from those of load balancers.
  const first = 100 + 20 * group.order;
  const addresses = Array.from({ length: group.replicas + plan.spareAddresses }, (_, index) =>
    defined({
      address: `${main.prefix}.${first + index}/24`,
      gateway: hasGateways && index % 2 === 0 ? undefined : `${main.prefix}.1`,
      nameservers: plan.ownNameservers ? { addresses: [`${main.prefix}.1`] } : undefined,
    }),
  );
  return defined({
    mainNetwork: main.spelled(plan.inFull),
    additionalNetworks: additional.length === 0 ? undefined : additional,
    mainNetworkIPAddresses: isStatic ? addresses : undefined,
  });
}
