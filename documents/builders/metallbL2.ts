import type { Ingress } from "../../configuration/clusterTypes";
import { compact } from "../../configuration/compact";
import type { MetalLoadBalancerClass } from "../types";
import { frontendSelector } from "./frontend";
import { tolerationsOf } from "./nodeTemplate";
import { resourceNames } from "./resourceNames";

/** MetalLB in L2 mode. */
export type L2Ingress = Extract<Ingress, { readonly kind: "metallbL2" }>;

/**
 * Builds the class of load balancers whose addresses the frontend nodes answer for. It is not the default one: a
 * Service that names no class is not to take the addresses of the ingress.
 *
 * @param region name of the region's tag
 * @param ingress what the configuration says
 */
export function l2Class(region: string, ingress: L2Ingress): MetalLoadBalancerClass {
  const { addresses, interfaces, taints } = ingress;
  return compact({
    apiVersion: "network.deckhouse.io/v1alpha1",
    kind: "MetalLoadBalancerClass",
    metadata: { name: resourceNames(region).frontend },
    spec: {
      addressPool: addresses,
      isDefault: false,
      nodeSelector: frontendSelector,
      tolerations: tolerationsOf(taints),
      type: "L2",
      l2: interfaces && { interfaces },
    },
  } as const);
}
