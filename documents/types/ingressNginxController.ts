import type { StringMap, TolerationDocument } from "./kubernetes";

/** The ports on which the controller listens on each node. */
export interface HostPorts {
  readonly httpPort: number;
  readonly httpsPort: number;
}

/** How traffic gets to the controller. */
export type IngressInlet =
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
export interface IngressNginxControllerDocument {
  readonly apiVersion: "deckhouse.io/v1";
  readonly kind: "IngressNginxController";
  readonly metadata: { readonly name: string };
  readonly spec: IngressInlet & {
    readonly ingressClass: string;
    readonly controllerVersion?: string;
    readonly nodeSelector: StringMap;
    readonly tolerations?: readonly TolerationDocument[];
  };
}
