import { z } from "zod";
import { deckhouseVersions } from "../deckhouseVersions";
import { metallbBGPSchema, metallbL2Schema } from "./metallb";
import { ipv4Network, port, text } from "./text";

const networks = z.array(ipv4Network).min(1);

/** A load balancer of the user's own in front of the frontend nodes, on whose ports the ingress controller listens. */
export const externalLoadBalancerSchema = z.strictObject({
  httpPort: port.default(80).meta({
    description: "The port for HTTP on each frontend node.",
    examples: [80],
  }),
  httpsPort: port.default(443).meta({
    description: "The port for HTTPS on each frontend node.",
    examples: [443],
  }),
  proxyProtocol: z
    .boolean()
    .default(false)
    .meta({
      description:
        "Whether the load balancer uses the PROXY protocol, which passes on the clients' addresses.",
      examples: [true],
    }),
  behindL7Proxy: z
    .boolean()
    .optional()
    .meta({
      description:
        "Whether the load balancer speaks HTTP itself, and passes on the clients' addresses in `X-Forwarded-*` headers. " +
        "Any client that reaches the nodes past it can write these headers too: let nobody else in " +
        "(`acceptRequestsFrom`). Cannot be combined with `proxyProtocol`.",
      examples: [true],
      computedDefault: "Deckhouse's own, `false`",
    }),
  realIPHeader: z
    .string()
    .regex(
      /^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?$/,
      "is not the name of a header: use letters, digits and dashes",
    )
    .optional()
    .meta({
      description: "The header with the client's address. Only with `behindL7Proxy`.",
      examples: ["CF-Connecting-IP"],
      computedDefault: "Deckhouse's own, `X-Forwarded-For`",
    }),
  acceptClientIPHeadersFrom: networks.optional().meta({
    description:
      "The networks of the load balancers whose word on clients' addresses is taken, be it a header or the PROXY " +
      "protocol. Only with `behindL7Proxy` or `proxyProtocol`, and from Deckhouse 1.75 on.",
    examples: [["10.20.0.0/24"]],
    computedDefault: "Deckhouse's own, any",
  }),
});

/** How traffic gets into the cluster. */
export const ingressSchema = z.strictObject({
  externalLoadBalancer: externalLoadBalancerSchema.optional().meta({
    description:
      "A load balancer of your own sends traffic straight to the frontend nodes. Cannot be combined with `metallbBGP` or `metallbL2`.",
    examples: [{ httpsPort: 443 }],
    computedDefault: "none",
  }),
  metallbBGP: metallbBGPSchema.optional().meta({
    description:
      "MetalLB announces addresses to BGP routers. Cannot be combined with the other two.",
    examples: [
      {
        network: "k8s-bgp",
        routers: ["192.0.2.1"],
        routerASN: 64512,
        clusterASN: 64513,
        addresses: ["203.0.113.32/27"],
      },
    ],
    computedDefault: "none",
  }),
  metallbL2: metallbL2Schema.optional().meta({
    description:
      "MetalLB answers for addresses in the nodes' network. Cannot be combined with the other two.",
    examples: [{ addresses: ["10.20.0.200-10.20.0.210"] }],
    computedDefault: "none",
  }),
  nodeGroup: text.default("frontend").meta({
    description:
      "The node group that receives the traffic. Its nodes carry the label `node-role.deckhouse.io/frontend`.",
    examples: ["frontend"],
  }),
  ingressClass: z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
      "is not the name of an ingress class: use lower-case letters, digits, dashes and dots",
    )
    .default("nginx")
    .meta({
      description: "The ingress class the controller serves.",
      examples: ["nginx"],
    }),
  acceptRequestsFrom: networks.optional().meta({
    description:
      "The networks from which the controller accepts connections; it closes all others without an answer. What counts " +
      "is who connects: behind a load balancer of your own, that is the balancer.",
    examples: [["10.20.0.0/24", "198.51.100.7/32"]],
    computedDefault: "any",
  }),
  controllerVersion: text.optional().meta({
    description:
      "Version of the ingress controller, one of those that `deckhouse.version` accepts: " +
      deckhouseVersions
        .map(({ version, ingressControllers }) => `${ingressControllers.join(", ")} for ${version}`)
        .join("; ") +
      ".",
    examples: ["1.14"],
    computedDefault: "Deckhouse's own",
  }),
});

/**
 * A further ingress controller of a cluster, with all keys of the first one. Its name is part of the names of what belongs
 * to it, which leaves room for the region's in 63 characters.
 */
export const additionalIngressSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z0-9]([-a-z0-9]{0,28}[a-z0-9])?$/,
      "is not the name of an ingress controller: use up to 30 lower-case letters, digits and dashes, with a letter or " +
        "digit at both ends",
    )
    .meta({
      description:
        "Name of the `IngressNginxController`, and part of the names of what belongs to it. `main` is taken.",
      examples: ["internal"],
    }),
  ...ingressSchema.shape,
});
