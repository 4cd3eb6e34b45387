import type { Ingress } from "../configuration/clusterTypes";
import { deckhouseHas } from "../configuration/deckhouseVersions";
import type { DocumentInputs, Resource, StringMap } from "./inputs";
import { resourceNames } from "./metallbResources";
import { frontendSelector, tolerationsOf, type TolerationDocument } from "./nodeGroup";

/** The ports on which the controller listens on each node. */
interface HostPorts {
  readonly httpPort: number;
  readonly httpsPort: number;
}

/** How traffic reaches the controller. */
type IngressInlet =
  | { readonly inlet: "HostPort"; readonly hostPort: HostPorts }
  | {
      readonly inlet: "HostPortWithProxyProtocol";
      readonly hostPortWithProxyProtocol: HostPorts;
    }
  | {
      readonly inlet: "LoadBalancer";
      readonly loadBalancer: {
        readonly loadBalancerClass?: string;
        /** Of the controller's Service. */
        readonly annotations: StringMap;
      };
    };

/**
 * Deckhouse's `IngressNginxController`. Source: deckhouse/deckhouse
 * `modules/402-ingress-nginx/crds/ingress-nginx.yaml`.
 */
export type IngressNginxControllerDocument = Resource<
  "deckhouse.io/v1",
  "IngressNginxController",
  IngressInlet & {
    readonly ingressClass: string;
    readonly controllerVersion?: string;
    readonly nodeSelector: StringMap;
    readonly tolerations?: readonly TolerationDocument[];
  }
>;

/**
 * Builds the ingress controller on the frontend nodes.
 *
 * @returns undefined when the configuration has no ingress
 */
export function ingressController(
  inputs: DocumentInputs,
): IngressNginxControllerDocument | undefined {
  const { ingress } = inputs.region.cluster;
  return (
    ingress && {
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
    }
  );
}

function inletOf({ region, deckhouse }: DocumentInputs, ingress: Ingress): IngressInlet {
  const names = resourceNames(region.name);
  switch (ingress.kind) {
    case "externalLoadBalancer": {
      const ports = { httpPort: ingress.httpPort, httpsPort: ingress.httpsPort };
      return ingress.proxyProtocol
        ? { inlet: "HostPortWithProxyProtocol", hostPortWithProxyProtocol: ports }
        : { inlet: "HostPort", hostPort: ports };
    }
    case "metallbBGP": {
      const annotation = deckhouseHas(deckhouse.version, "metallbResources")
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
