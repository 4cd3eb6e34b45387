/** What an object's name is limited to here: that of a label's value, as Kubernetes makes labels of many names. */
const longest = 63;

/** The names of a region's objects in its cluster. */
export interface ResourceNames {
  /** Of the addresses that are announced by BGP. */
  readonly pool: string;
  /** Of what the frontend nodes announce. */
  readonly frontend: string;
  /** Of the Secret with the password of the BGP sessions. */
  readonly bgpPassword: string;
  /** Of a router, counted from 1. */
  readonly router: (number: number) => string;
}

/**
 * Names a region's objects after its tag. A long tag name is cut: each region is a cluster of its own, so that it
 * need not tell regions apart.
 *
 * @param region name of the region's tag
 */
export function resourceNames(region: string): ResourceNames {
  return {
    pool: named("ingress-", region),
    frontend: named("frontend-", region),
    bgpPassword: named("metallb-bgp-", region),
    router: (number) => named("router-", region, `-${number}`),
  };
}

function named(before: string, region: string, after = ""): string {
  const room = longest - before.length - after.length;
  return before + region.slice(0, room).replace(/-+$/, "") + after;
}
