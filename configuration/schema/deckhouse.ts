import { z } from "zod";
import { deckhouseVersions } from "../deckhouseVersions";
import { text, ipv4WithPrefix, updateWindows } from "./text";

/** The Deckhouse that is to be installed. */
export const deckhouseSchema = z
  .strictObject({
    version: z
      .string()
      .regex(
        /^1\.[0-9]{1,3}(\.[0-9]{1,3})?$/,
        'is not a version of Deckhouse: write it like "1.77"',
      )
      .default("1.77")
      .meta({
        description:
          "The version the documents are generated for: each version accepts other versions of Kubernetes and of the " +
          "ingress controller, and wants some settings elsewhere. For a version that this program does not know, it " +
          "writes what the nearest one takes, and warns.",
        examples: ["1.76"],
      }),
    releaseChannel: z
      .enum(["Alpha", "Beta", "EarlyAccess", "Stable", "RockSolid", "LTS"])
      .default("Stable")
      .meta({
        description: "The release channel that updates come from.",
        enumDescriptions: {
          Alpha: "The least stable channel, which gets new versions first.",
          Beta: "More stable than `Alpha`.",
          EarlyAccess: "More stable than `Beta`.",
          Stable: "More stable than `EarlyAccess`.",
          RockSolid: "More stable than `Stable`.",
          LTS: "The most stable channel, which skips versions; from Deckhouse 1.76 on.",
        },
        examples: ["RockSolid"],
      }),
    bundle: z
      .enum(["Default", "Minimal", "Managed"])
      .default("Default")
      .meta({
        description: "The set of modules that are enabled at first.",
        enumDescriptions: {
          Default: "The recommended set: networking, monitoring, authorization and more.",
          Minimal:
            "Deckhouse alone, without even a network plugin: modules that a cluster in vSphere needs have to be enabled by hand.",
          Managed: "For clusters whose control plane a cloud provider manages.",
        },
        examples: ["Minimal"],
      }),
    logLevel: z
      .enum(["Trace", "Debug", "Info", "Error"])
      .optional()
      .meta({
        description: "How much Deckhouse logs.",
        enumDescriptions: {
          Trace: "Everything.",
          Debug: "What developers look for.",
          Info: "What happens.",
          Error: "What goes wrong.",
        },
        examples: ["Debug"],
        computedDefault: "Deckhouse's own, `Info`",
      }),
    update: z
      .strictObject({
        mode: z
          .enum(["AutoPatch", "Auto", "Manual"])
          .optional()
          .meta({
            description: "Which updates Deckhouse makes without asking.",
            enumDescriptions: {
              AutoPatch: "Patch versions; a new minor version is confirmed by hand.",
              Auto: "All versions.",
              Manual: "None: every version is confirmed by hand.",
            },
            examples: ["Manual"],
            computedDefault: "Deckhouse's own, `AutoPatch`",
          }),
        windows: updateWindows.optional().meta({
          description: "The times in which Deckhouse may update itself.",
          examples: [[{ from: "22:00", to: "23:30", days: ["Sat", "Sun"] }]],
          computedDefault: "any time",
        }),
      })
      .optional()
      .meta({
        description: "How Deckhouse updates itself.",
        examples: [{ mode: "Manual" }],
        computedDefault: "Deckhouse's own",
      }),
    imagesRepo: text.optional().meta({
      description:
        "Address of the container registry with the images of your Deckhouse edition: host, port and path, without " +
        "`https://` and without a tag. Its credentials are the secret `registryDockerCfg`.",
      examples: ["registry.example.com/deckhouse/ee"],
      computedDefault: "a placeholder for you to fill in",
    }),
    registryScheme: z
      .enum(["HTTP", "HTTPS"])
      .optional()
      .meta({
        description: "The protocol of the registry.",
        enumDescriptions: { HTTP: "Without encryption.", HTTPS: "Encrypted with TLS." },
        examples: ["HTTP"],
        computedDefault: "Deckhouse's own, `HTTPS`",
      }),
    registryMode: z
      .enum(["Unmanaged", "Direct"])
      .optional()
      .meta({
        description: "How nodes get images from the registry. Only from Deckhouse 1.75 on.",
        enumDescriptions: {
          Unmanaged:
            "Under the registry's own address. Another registry later restarts all of Deckhouse.",
          Direct: "Under an address of Deckhouse's own, so that the registry can change later.",
        },
        examples: ["Direct"],
        computedDefault: "`Unmanaged`",
      }),
    registryCA: z
      .string()
      .optional()
      .meta({
        description:
          "Certificates of the authority that signed the registry's certificate, in PEM format.",
        examples: ["-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n"],
        computedDefault: "none",
      }),
    insecureVCenter: z
      .boolean()
      .default(false)
      .meta({
        description:
          "`true` if Deckhouse is to log in to vCenter without verifying its certificate: `insecure: true` in the " +
          "documents, and only there. Deckhouse before 1.78 accepts no certificate authority, so with a private one " +
          "there is no other way. Whoever gets between the cluster and vCenter can then read the password of the " +
          "cluster's account. This program itself goes on verifying.",
        examples: [true],
      }),
  })
  .prefault({})
  .meta({
    description: "The Deckhouse to install, and where its images come from.",
    examples: [{ version: "1.77", imagesRepo: "registry.example.com/deckhouse/ee" }],
  });

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
      'is not a version of Kubernetes: write it like "1.34", or Automatic',
    )
    .optional()
    .meta({
      description:
        "The version of Kubernetes, one of those that `deckhouse.version` accepts: " +
        deckhouseVersions
          .map(
            ({ version, kubernetes }) => `${kubernetes[0]} to ${kubernetes.at(-1)} for ${version}`,
          )
          .join(", ") +
        ". `Automatic` follows Deckhouse's recommendation.",
      examples: ["1.34"],
      computedDefault: "`Automatic`",
    }),
  defaultCRI: z
    .enum(["Containerd", "ContainerdV2", "NotManaged"])
    .optional()
    .meta({
      description:
        "The container runtime of nodes. Deckhouse's own file for a first installation sets `ContainerdV2`, and from " +
        "1.77 on nodes with `Containerd` can keep Deckhouse from updating itself (deckhouse#22015).",
      enumDescriptions: {
        Containerd: "Version 1 of containerd, on any Linux that Deckhouse supports.",
        ContainerdV2:
          "Version 2 of containerd. Nodes need cgroups v2, systemd 244 or newer, the kernel module `erofs`, and a kernel of 5.8 or " +
          "newer, though neither 6.12.0 to 6.12.28 nor 6.14.0 to 6.14.6.",
        NotManaged: "The one that the node template has; Deckhouse installs none.",
      },
      examples: ["ContainerdV2"],
      computedDefault: "Deckhouse's own, `Containerd`",
    }),
};
