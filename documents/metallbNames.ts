/** The names of the objects of one ingress controller in its cluster. */
export interface ResourceNames {
  /** Of the addresses that are announced by BGP. */
  readonly pool: string;
  /** Of what the frontend nodes announce. */
  readonly frontend: string;
  /** Of the Secret with the password of all BGP sessions, of whichever controller. */
  readonly bgpPassword: string;
  /** Of a router, counted from 1. */
  readonly router: (number: number) => string;
}

/** Kubernetes makes label values of many names, and a label value has at most 63 characters. */
const longestName = 63;

/**
 * Names the objects of an ingress controller after the region's tag, and those of further controllers also after these. A
 * long tag name is cut short: each region is a cluster of its own, so the names need not tell regions apart.
 *
 * @param region name of the region's tag
 * @param controller name of the ingress controller, `main` for the first
 */
export function resourceNames(region: string, controller: string): ResourceNames {
  const named = (before: string, after = ""): string => {
    const room = longestName - before.length - after.length;
    return before + region.slice(0, room).replace(/-+$/, "") + after;
  };
  const own = controller === "main" ? "" : `-${controller}`;
  return {
    pool: named("ingress-", own),
    frontend: named("frontend-", own),
    bgpPassword: named("metallb-bgp-"),
    router: (number) => named("router-", `${own}-${number}`),
  };
}
