import { ingressesOf, type Ingress } from "../configuration/clusterTypes";
import { deckhouseHas } from "../configuration/deckhouseVersions";
import type { DocumentInputs, Resource, StringMap } from "./inputs";
import { resourceNames } from "./metallbNames";
import { frontendSelector, tolerationsOf, type TolerationDocument } from "./nodeGroup";

/** The ports on which the controller listens on each node. */
interface HostPorts {
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Whose word on clients' addresses is taken: networks. Deckhouse 1.75 and later. */
  readonly acceptClientIPHeadersFrom?: readonly string[];
}

/** How traffic reaches the controller. */
type IngressInlet =
  | {
      readonly inlet: "HostPort";
      readonly hostPort: HostPorts & {
        readonly behindL7Proxy?: boolean;
        readonly realIPHeader?: string;
      };
    }
  | {
      readonly inlet: "HostPortWithProxyProtocol";
      readonly hostPortWithProxyProtocol: HostPorts;
    }
  | {
      readonly inlet: "LoadBalancer";
      readonly loadBalancer: {
        readonly loadBalancerClass?: string;
        /** Whose packets reach the Service: networks. */
        readonly sourceRanges?: readonly string[];
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
    /** Whose connections are accepted: networks. */
    readonly acceptRequestsFrom?: readonly string[];
  }
>;

/** Builds the ingress controllers, each on its frontend nodes. */
export function ingressControllers(inputs: DocumentInputs): IngressNginxControllerDocument[] {
  const { cluster } = inputs.region;
  return ingressesOf(cluster).map((ingress) => ({
    apiVersion: "deckhouse.io/v1",
    kind: "IngressNginxController",
    metadata: { name: ingress.name },
    spec: {
      ingressClass: ingress.ingressClass,
      controllerVersion: ingress.controllerVersion,
      ...inletOf(inputs, ingress),
      nodeSelector: frontendSelector(cluster, ingress),
      tolerations: tolerationsOf(ingress.taints),
      acceptRequestsFrom: ingress.acceptRequestsFrom,
    },
  }));
}

function inletOf({ region, deckhouse }: DocumentInputs, ingress: Ingress): IngressInlet {
  const names = resourceNames(region.name, ingress.name);
  switch (ingress.kind) {
    case "externalLoadBalancer": {
      const { httpPort, httpsPort, behindL7Proxy, realIPHeader } = ingress;
      const { acceptClientIPHeadersFrom } = ingress;
      const ports = { httpPort, httpsPort };
      return ingress.proxyProtocol
        ? {
            inlet: "HostPortWithProxyProtocol",
            hostPortWithProxyProtocol: { ...ports, acceptClientIPHeadersFrom },
          }
        : {
            inlet: "HostPort",
            hostPort: { ...ports, behindL7Proxy, realIPHeader, acceptClientIPHeadersFrom },
          };
    }
    case "metallbBGP": {
      const annotation = deckhouseHas(deckhouse.version, "metallbResources")
        ? "network.deckhouse.io/load-balancer-pool"
        : "metallb.universe.tf/address-pool";
      return {
        inlet: "LoadBalancer",
        loadBalancer: {
          sourceRanges: ingress.sourceRanges,
          annotations: { [annotation]: names.pool },
        },
      };
    }
    case "metallbL2":
      return {
        inlet: "LoadBalancer",
        loadBalancer: {
          loadBalancerClass: names.frontend,
          sourceRanges: ingress.sourceRanges,
          annotations: {
            "network.deckhouse.io/l2-load-balancer-external-ips-count":
              ingress.addressCount.toString(),
          },
        },
      };
  }
}
