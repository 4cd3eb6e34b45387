import type { Ingress } from "../../configuration/clusterTypes";
import { compact } from "../../configuration/compact";
import { hasMetallbResources } from "../../configuration/deckhouseVersion";
import type { DocumentInputs } from "../inputs";
import type { IngressInlet, IngressNginxControllerDocument } from "../types";
import { frontendSelector } from "./frontend";
import { tolerationsOf } from "./nodeTemplate";
import { resourceNames } from "./resourceNames";

/** What the ways of traffic depend on beside themselves. */
type IngressInputs = Pick<DocumentInputs, "region" | "deckhouse">;

/**
 * Builds the ingress controller on the frontend nodes.
 *
 * @param inputs the region and the version of Deckhouse
 * @param ingress what the configuration says
 */
export function ingressController(
  inputs: IngressInputs,
  ingress: Ingress,
): IngressNginxControllerDocument {
  return compact({
    apiVersion: "deckhouse.io/v1",
    kind: "IngressNginxController",
    metadata: { name: "main" },
    spec: {
      ingressClass: ingress.ingressClass,
      controllerVersion: ingress.controllerVersion,
      ...inletOf(inputs, ingress),
      nodeSelector: frontendSelector,
      tolerations: tolerationsOf(ingress.taints),
    },
  } as const);
}

function inletOf({ region, deckhouse }: IngressInputs, ingress: Ingress): IngressInlet {
  const names = resourceNames(region.name);
  switch (ingress.kind) {
    case "externalLoadBalancer": {
      const ports = { httpPort: ingress.httpPort, httpsPort: ingress.httpsPort };
      return ingress.proxyProtocol
        ? { inlet: "HostPortWithProxyProtocol", hostPortWithProxyProtocol: ports }
        : { inlet: "HostPort", hostPort: ports };
    }
    case "metallbBGP": {
      const annotation = hasMetallbResources(deckhouse.version)
        ? "network.deckhouse.io/load-balancer-pool"
        : "metallb.universe.tf/address-pool";
      return { inlet: "LoadBalancer", loadBalancer: { annotations: { [annotation]: names.pool } } };
    }
    case "metallbL2":
      return {
        inlet: "LoadBalancer",
        loadBalancer: {
          loadBalancerClass: names.frontend,
          annotations: {
            "network.deckhouse.io/l2-load-balancer-external-ips-count":
              ingress.addressCount.toString(),
          },
        },
      };
  }
}
