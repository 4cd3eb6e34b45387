import { z } from "zod";
import { ipv4WithPrefix, text } from "./text";

/** What a cluster configuration says about Kubernetes itself: Deckhouse's `ClusterConfiguration`. */
export const kubernetesKeys = {
  podSubnetCIDR: ipv4WithPrefix.optional().meta({
    description: "The address range of pods.",
    examples: ["10.111.0.0/16"],
    computedDefault: "`10.111.0.0/16`",
  }),
  podSubnetNodeCIDRPrefix: z
    .int()
    .min(16)
    .max(30)
    .optional()
    .meta({
      description: "Prefix length of each node's share of `podSubnetCIDR`.",
      examples: [24],
      computedDefault: "Deckhouse's own, 24",
    }),
  serviceSubnetCIDR: ipv4WithPrefix.optional().meta({
    description: "The address range of services.",
    examples: ["10.222.0.0/16"],
    computedDefault: "`10.222.0.0/16`",
  }),
  clusterDomain: text
    .regex(
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/u,
      "is not a domain: write words of lower-case letters, digits and dashes, with dots between them",
    )
    .optional()
    .meta({
      description: "The domain of services inside the cluster.",
      examples: ["cluster.local"],
      computedDefault: "`cluster.local`",
    }),
  kubernetesVersion: z
    .string()
    .regex(
      /^(Automatic|1\.[0-9]{1,2})$/,
      'is not a version of Kubernetes: write it like "1.31", or Automatic',
    )
    .optional()
    .meta({
      description: "The version of Kubernetes. `Automatic` follows Deckhouse's recommendation.",
      examples: ["1.31"],
      computedDefault: "`Automatic`",
    }),
};
