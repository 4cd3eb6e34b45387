import fc from "fast-check";
import { defined, maybe, word, type RawCluster } from "./arbitraries";

type RawIngress = NonNullable<RawCluster["ingress"]>;

/** How traffic gets into a cluster. */
export type IngressKind = "externalLoadBalancer" | "metallbBGP" | "metallbL2";

/** What the rest of the configuration says about the frontends. */
export interface IngressPlace {
  readonly kind: IngressKind;
  /** Of the region. */
  readonly number: number;
  readonly nodeGroup: string;
  /** 0 for the first ingress controller, 1 for a second one on the same nodes. */
  readonly order: 0 | 1;
  /** The network of the routers, as the configuration spells it. */
  readonly routersNetwork: string;
  /** The first three numbers of the addresses of the frontends' main network. */
  readonly prefix: string;
  /** Whether Deckhouse is 1.77 or newer. */
  readonly hasResources: boolean;
  /** Whether it can be told whose word on clients' addresses is taken. */
  readonly hasClientIPHeaderSources: boolean;
}

/** Networks, of clients or of load balancers. */
const networks = maybe(
  fc.subarray(["0.0.0.0/0", "10.0.0.0/8", "198.51.100.0/24", "203.0.113.7/32"], { minLength: 1 }),
);

/**
 * Everything about ingress that is drawn, for each of its kinds.
 *
 * @param controllerVersions those that there are
 */
export const ingressPlan = (controllerVersions: readonly string[]) =>
  fc.record({
    ports: fc.record({
      httpPort: maybe(fc.constantFrom(1, 80, 8080, 65_535)),
      httpsPort: maybe(fc.constantFrom(2, 443, 6442, 6444, 65_534)),
    }),
    clients: fc.constantFrom<object>(
      {},
      { proxyProtocol: false, behindL7Proxy: false },
      { proxyProtocol: true, behindL7Proxy: false },
      { behindL7Proxy: true },
      { behindL7Proxy: true, realIPHeader: "X-Real-IP" },
    ),
    networks,
    acceptRequestsFrom: networks,
    asns: fc.tuple(
      ...[0, 1].map(() =>
        fc.oneof(
          fc.constantFrom(1, 64_512, 65_534, 65_536, 4_294_967_294),
          fc.integer({ min: 70_000, max: 4_000_000_000 }),
        ),
      ),
    ),
    routers: fc.integer({ min: 1, max: 3 }),
    ranges: fc.subarray([0, 1, 2], { minLength: 1 }),
    routerPort: maybe(fc.integer({ min: 1, max: 65_535 })),
    routerID: maybe(fc.ipV4()),
    holdTime: maybe(fc.constantFrom("0s", "3s", "3000ms", "90s", "2m", "18h", "65535s")),
    hasSources: fc.boolean(),
    pool: fc.record({ autoAssign: maybe(fc.boolean()), avoidBuggyIPs: maybe(fc.boolean()) }),
    communities: maybe(
      fc.uniqueArray(fc.constantFrom("0:0", "64512:100", "65535:65535", "no-export", "none"), {
        minLength: 1,
        maxLength: 3,
      }),
    ),
    localPref: maybe(fc.integer({ min: 0, max: 4_294_967_295 })),
    aggregationLength: maybe(fc.integer({ min: 0, max: 32 })),
    interfaces: maybe(fc.constant(["ens192", "ens224"])),
    addressCount: maybe(fc.integer({ min: 1, max: 5 })),
    ingressClass: maybe(word),
    controllerVersion: maybe(fc.constantFrom(...controllerVersions)),
  });

/** The prefix length of the smallest network among the ranges below: nothing shorter can be announced for them. */
function longestPrefix(ranges: readonly number[]): number {
  return Math.max(...ranges.map((index) => [27, 30, 32][index]!));
}

type IngressPlan = ReturnType<typeof ingressPlan> extends fc.Arbitrary<infer Plan> ? Plan : never;

/** One of the three ways, without fault. */
export function ingressOf(plan: IngressPlan, place: IngressPlace): RawIngress {
  return defined({
    [place.kind]: wayOf(plan, place),
    nodeGroup: place.nodeGroup === "frontend" ? undefined : place.nodeGroup,
    acceptRequestsFrom: plan.acceptRequestsFrom,
    ingressClass: plan.ingressClass,
    controllerVersion: plan.controllerVersion,
  });
}

function wayOf(plan: IngressPlan, { kind, number, ...place }: IngressPlace): object {
  const pick = (ranges: readonly [string, string, string]): string[] =>
    plan.ranges.map((index) => ranges[index]!);
  switch (kind) {
    case "externalLoadBalancer":
      return defined({
        ...(place.order === 0 ? plan.ports : { httpPort: 8081, httpsPort: 8444 }),
        ...plan.clients,
        acceptClientIPHeadersFrom:
          place.hasClientIPHeaderSources && Object.values(plan.clients).includes(true)
            ? plan.networks
            : undefined,
      });
    case "metallbBGP": {
      const announced = `203.0.${number}`;
      const first = 32 + 96 * place.order;
      return defined({
        network: place.routersNetwork,
        routers: Array.from(
          { length: plan.routers },
          (_, index) => `192.0.${number}.${index + 1 + 10 * place.order}`,
        ),
        routerASN: plan.asns[0],
        clusterASN: plan.asns[1],
        // Next to each other, and one of a single address.
        addresses: pick([
          `${announced}.${first}/27`,
          `${announced}.${first + 32}-${announced}.${first + 67}`,
          `${announced}.${first + 68}-${announced}.${first + 68}`,
        ]),
        sourceRanges: plan.networks,
        routerPort: plan.routerPort && (place.hasResources ? plan.routerPort : 16_384),
        routerID: plan.routerID,
        holdTime: plan.holdTime,
        sourceAddresses: plan.hasSources
          ? [0, 1].map((index) => ({
              nodeName: `node-${index}`,
              address: `192.0.${number}.${100 + index}`,
            }))
          : undefined,
        ...defined(plan.pool),
        communities: plan.communities,
        localPref: plan.localPref,
        aggregationLength:
          plan.aggregationLength === undefined
            ? undefined
            : Math.max(plan.aggregationLength, longestPrefix(plan.ranges)),
      });
    }
    case "metallbL2":
      return defined({
        addresses: pick([
          `${place.prefix}.${200 + 11 * place.order}-${place.prefix}.${210 + 11 * place.order}`,
          `${place.prefix}.${224 + 16 * place.order}/29`,
          `${place.prefix}.${254 - place.order}/32`,
        ]),
        sourceRanges: plan.networks,
        interfaces: plan.interfaces,
        addressCount: plan.addressCount,
      });
  }
}
