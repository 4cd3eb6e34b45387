import { z } from "zod";
import { text } from "./text";

/**
 * The address of a proxy. A login in it is let through here, so that a rule can say where it belongs, and hide it.
 *
 * Source: deckhouse/deckhouse `candi/openapi/cluster_configuration.yaml` (`proxy`).
 */
const proxyAddress = z
  .string()
  .regex(
    /^https?:\/\/(\S*@)?[0-9a-zA-Z.-]+(:[0-9]{1,5})?$/,
    "is not the address of a proxy: write it like http://proxy.example.com:3128, without a path",
  );

/** How nodes and Deckhouse reach what is outside: Deckhouse's `proxy`. Its password is the secret `proxyPassword`. */
export const proxySchema = z.strictObject({
  httpProxy: proxyAddress.optional().meta({
    description:
      "The proxy for HTTP, without user and password: those are `username` and the secret `proxyPassword`.",
    examples: ["http://proxy.example.com:3128"],
    computedDefault: "none",
  }),
  httpsProxy: proxyAddress.optional().meta({
    description:
      "The proxy for HTTPS, without user and password. It is mostly the same, and mostly reached by `http://`.",
    examples: ["http://proxy.example.com:3128"],
    computedDefault: "none",
  }),
  username: text.optional().meta({
    description:
      "The user who logs in to the proxies, as it is, without percent signs for special characters. Its password is the " +
      "secret `proxyPassword`.",
    examples: ["deckhouse"],
    computedDefault: "none: the proxies ask for no login",
  }),
  noProxy: z
    .array(
      z
        .string()
        .regex(
          /^[a-z0-9./-]+$/,
          "is neither an address, a network nor a domain in lower case: write it like 10.20.0.0/24 or .example.com",
        ),
    )
    .min(1)
    .optional()
    .meta({
      description:
        "Addresses, networks and domains that are reached without a proxy; a dot before a domain means everything in it. " +
        "Deckhouse adds the addresses of pods and services, and the cluster's domain. Add the networks of the nodes, and " +
        "vCenter.",
      examples: [["10.20.0.0/24", "vcenter.example.com", ".internal.example.com"]],
      computedDefault: "only what Deckhouse adds",
    }),
});
