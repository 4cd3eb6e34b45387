import { z } from "zod";
import { text } from "./text";

const dnsLabels = String.raw`(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*`;
const withPlaceholder = String.raw`%s([-a-z0-9]*[a-z0-9])?|[a-z0-9]([-a-z0-9]*)?%s([-a-z0-9]*)?[a-z0-9]|[a-z0-9]([-a-z0-9]*)?%s`;

/** How the web interfaces of Deckhouse's modules are reached by HTTPS. */
const httpsSchema = z.strictObject({
  mode: z
    .enum(["CertManager", "CustomCertificate", "OnlyInURI", "Disabled"])
    .optional()
    .meta({
      description: "Where certificates come from.",
      enumDescriptions: {
        CertManager: "From cert-manager, by a `ClusterIssuer`.",
        CustomCertificate: "From a Secret in the namespace `d8-system`.",
        OnlyInURI: "From a load balancer of your own in front, which ends HTTPS.",
        Disabled: "From nowhere: HTTP only, with which nobody can log in.",
      },
      examples: ["OnlyInURI"],
      computedDefault: "Deckhouse's own, `CertManager`",
    }),
  clusterIssuerName: text.optional().meta({
    description: "The `ClusterIssuer` of cert-manager. Only with the mode `CertManager`.",
    examples: ["selfsigned"],
    computedDefault: "Deckhouse's own, `letsencrypt`",
  }),
  customCertificate: text.optional().meta({
    description:
      "The Secret with the certificate, of the type `kubernetes.io/tls`, in the namespace `d8-system`. Required with " +
      "the mode `CustomCertificate`, and only with it.",
    examples: ["wildcard-tls"],
    computedDefault: "none",
  }),
});

/** What a cluster configuration says to all modules of Deckhouse: the `ModuleConfig` named `global`. */
export const globalKeys = {
  publicDomainTemplate: z
    .string()
    .regex(
      new RegExp(`^(${withPlaceholder})${dnsLabels}$`),
      "is not a template of a domain: write one with %s for the name of the service, like %s.k8s.example.com",
    )
    .optional()
    .meta({
      description:
        "The domain of the web interfaces of Deckhouse's modules, with `%s` in place of the name of each. Its names " +
        "have to lead to the frontend nodes.",
      examples: ["%s.k8s.example.com"],
      computedDefault: "none: no web interface can be reached",
    }),
  https: httpsSchema.optional().meta({
    description: "How these web interfaces are reached by HTTPS.",
    examples: [{ mode: "CertManager", clusterIssuerName: "selfsigned" }],
    computedDefault:
      "Deckhouse's own: certificates from Let's Encrypt, which needs a way to the Internet",
  }),
  highAvailability: z
    .boolean()
    .optional()
    .meta({
      description: "Whether Deckhouse's modules run in several instances.",
      examples: [true],
      computedDefault: "Deckhouse's own, `true` for more than one master",
    }),
  customTolerationKeys: z
    .array(text)
    .min(1)
    .optional()
    .meta({
      description:
        "Keys of taints that Deckhouse's modules tolerate, beside `dedicated` and `dedicated.deckhouse.io`. Taints of " +
        "node groups with any other key are refused.",
      examples: [["dedicated.example.com"]],
      computedDefault: "none",
    }),
};
