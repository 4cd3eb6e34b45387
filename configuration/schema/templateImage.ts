import { z } from "zod";
import { secondsIn } from "../../template/duration";
import { ubuntuOfBuiltin, ubuntuOfDeckhouse } from "../../template/source";
import { text, verbatimText } from "./text";
import { templatePlaceSchema } from "./templatePlace";

/** What a build left is removed as abandoned when it is older than this: none may take longer. */
const longestSeconds = secondsIn("24h");

/** A length of time: whole seconds, minutes or hours. */
const duration = z
  .string()
  .regex(/^[1-9][0-9]{0,5}[smh]$/, {
    error: "is not a length of time: write it like 90s, 45m or 2h",
    abort: true,
  })
  .refine((value) => secondsIn(value) <= longestSeconds, "is too long: write at most 24h");

const builtinSchema = z.strictObject({
  ubuntu: z
    .enum(ubuntuOfBuiltin)
    .default("24.04")
    .meta({ description: "The release of Ubuntu.", examples: ["24.04"] }),
});

const deckhouseSchema = z.strictObject({
  ubuntu: z.enum(ubuntuOfDeckhouse).meta({
    description: "The release of Ubuntu.",
    examples: ["22.04"],
  }),
  commit: z
    .string()
    .regex(
      /^[0-9a-f]{40}$/,
      "is not a whole commit hash: write all 40 hexadecimal digits in lower case, because names and short hashes can come to mean something else",
    )
    .optional()
    .meta({
      description: "The commit of the repository, as its full hash.",
      examples: ["8c480510854a9fbc9a0294ea4627af92f6d0a275"],
      computedDefault: "the last commit known to have the release; see templates.md",
    }),
  repository: verbatimText.default("https://github.com/deckhouse/deckhouse.git").meta({
    description: "Where to fetch the commit from: an address that git takes, or a local clone.",
    examples: ["https://git.example.com/mirrors/deckhouse.git"],
  }),
});

const directorySchema = z.strictObject({
  path: verbatimText.meta({
    description:
      "The folder, from the root of this repository or as an absolute path. It declares the variables of " +
      "Deckhouse's folder (templates.md lists them), and its template's name ends with " +
      "`${var.image_name_suffix}`. The folder itself is never changed.",
    examples: ["../our-packer/ubuntu"],
  }),
  name: text
    .regex(
      /^[^/\\%]{1,50}$/u,
      "cannot name a template: write at most 50 characters, without / \\ %",
    )
    .meta({
      description: "What the template's name begins with; a fingerprint is added.",
      examples: ["ubuntu-noble-hardened"],
    }),
  variableFiles: z
    .array(
      verbatimText.regex(
        /^[^/].*\.pkrvars\.(hcl|json)$/,
        "is not a file of variables: write the path of a .pkrvars.hcl or .pkrvars.json file, from the folder on",
      ),
    )
    .default([])
    .meta({
      description: "Files of variables in the folder; of two that set one variable the later wins.",
      examples: [["24.04.pkrvars.hcl"]],
    }),
});

const existingSchema = z.strictObject({
  template: text
    .regex(
      /^[^/]+(?:\/[^/]+)*$/,
      "is not a path below the vm folder: write names with single slashes between them",
    )
    .meta({
      description:
        "Path of the template below each datacenter's vm folder. It may also be a virtual machine that is " +
        "switched off.",
      examples: ["Templates/ubuntu-24.04"],
    }),
});

const timeoutsSchema = z
  .strictObject({
    fetch: duration.default("10m").meta({
      description: "For fetching the source.",
      examples: ["10m"],
    }),
    init: duration.default("10m").meta({
      description: "For fetching Packer's plugin.",
      examples: ["10m"],
    }),
    build: duration.default("2h").meta({
      description:
        "For the whole build. Packer itself waits up to 45 minutes for an address and, with Deckhouse's " +
        "folder, 12 hours for SSH.",
      examples: ["2h"],
    }),
    copy: duration.default("2h").meta({
      description: "For one copy into another datacenter.",
      examples: ["2h"],
    }),
    cleanUp: duration.default("3m").meta({
      description: "For Packer to clean up after it was interrupted; then it is killed.",
      examples: ["3m"],
    }),
  })
  .prefault({})
  .meta({
    description: "How long each stage may take.",
    examples: [{ build: "1h" }],
  });

/** The template that nodes are cloned from: how it is made, or that it is there. */
export const templateImageSchema = z.strictObject({
  builtin: builtinSchema.optional().meta({
    description:
      "Build with the Packer folder of this project. Excludes `deckhouse`, `directory` and `existing`.",
    examples: [{ ubuntu: "24.04" }],
    computedDefault: "none",
  }),
  deckhouse: deckhouseSchema.optional().meta({
    description:
      "Build with the Packer folder that Deckhouse's repository had. Its templates lack some of what is " +
      "asked for today (templates.md).",
    examples: [{ ubuntu: "22.04" }],
    computedDefault: "none",
  }),
  directory: directorySchema.optional().meta({
    description: "Build with a Packer folder of your own.",
    examples: [{ path: "../our-packer/ubuntu", name: "ubuntu-noble-hardened" }],
    computedDefault: "none",
  }),
  existing: existingSchema.optional().meta({
    description: "Use a template that is there. It is only checked.",
    examples: [{ template: "Templates/ubuntu-24.04" }],
    computedDefault: "none",
  }),
  isoUrl: verbatimText.optional().meta({
    description:
      "Address of the installer's image, or the path of a file from the root of this repository. Goes with " +
      "`isoChecksum`.",
    examples: ["https://mirror.example.com/ubuntu-24.04.3-live-server-amd64.iso"],
    computedDefault: "what the Packer folder names",
  }),
  isoChecksum: text
    .regex(
      /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}|file:\S+)$/,
      "is not a checksum that Packer takes: write sha256:, sha512: and the hexadecimal digits, or file: and the address of a list of checksums",
    )
    .optional()
    .meta({
      description: "Checksum of the installer's image.",
      examples: ["file:https://releases.ubuntu.com/24.04/SHA256SUMS"],
      computedDefault: "what the Packer folder names",
    }),
  numCPUs: z
    .int()
    .min(1)
    .optional()
    .meta({
      description: "Processors of the template; each node gets its own number.",
      examples: [4],
      computedDefault: "what the Packer folder says",
    }),
  coresPerSocket: z
    .int()
    .min(1)
    .optional()
    .meta({
      description: "Cores of each processor of the template.",
      examples: [1],
      computedDefault: "what the Packer folder says",
    }),
  memory: z
    .int()
    .min(1024)
    .optional()
    .meta({
      description: "Memory of the template in MiB; each node gets its own.",
      examples: [4096],
      computedDefault: "what the Packer folder says",
    }),
  diskSize: z
    .int()
    .min(8)
    .optional()
    .meta({
      description: "Size of the template's disk in GiB. No node can have a smaller root disk.",
      examples: [20],
      computedDefault: "what the Packer folder says, about 20",
    }),
  variables: z
    .record(
      z
        .string()
        .regex(
          /^[A-Za-z_][A-Za-z0-9_-]*$/,
          "cannot name a Packer variable: use letters, digits, dashes and underscores",
        ),
      z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
    )
    .default({})
    .meta({
      description:
        "Further variables for Packer. They stand in the state; give a secret one as `PKR_VAR_<name>` in the " +
        "environment instead, where it does not count for the fingerprint.",
      examples: [{ vm_hardware_version: 17 }],
    }),
  httpAddress: z
    .string()
    .regex(
      /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/,
      "is not an address: write an IPv4 address or a host name of this machine, as the guest reaches it",
    )
    .optional()
    .meta({
      description:
        "Where the guest reaches the HTTP server that Packer runs on this machine, when this machine is not in " +
        "the guest's network: its address in a VPN, for example. Takes the place of `{{ .HTTPIP }}`.",
      examples: ["10.8.0.5"],
      computedDefault: "Packer takes the first address of this machine",
    }),
  folder: text.default("Templates").meta({
    description: "The folder for templates, below each datacenter's vm folder. It has to exist.",
    examples: ["Templates"],
  }),
  places: z
    .record(text, templatePlaceSchema)
    .default({})
    .meta({
      description: "Where the template is built or copied to, by the name of the region's tag.",
      examples: [{ "k8s-region-x1": { datastore: "x1_root" } }],
    }),
  distribution: z
    .enum(["copy", "buildInTurn", "buildTogether"])
    .default("copy")
    .meta({
      description:
        "How every region gets the template. `copy`: it is built in the first region and copied to the " +
        "others. `buildInTurn` and `buildTogether`: it is built in each, one after the other or at the same time.",
      examples: ["buildTogether"],
    }),
  oldTemplates: z
    .enum(["keep", "remove"])
    .default("keep")
    .meta({
      description:
        "What happens to a template that this stack made and that is not wanted any more: another one took its " +
        "place, or the stack is destroyed. Machines that Deckhouse cloned from it do not need it to run, but a " +
        "plan of Deckhouse's installer may still name it.",
      examples: ["remove"],
    }),
  account: z
    .strictObject({
      username: text.meta({
        description: "User with domain. Its password is the secret `templateImagePassword`.",
        examples: ["packer@vsphere.local"],
      }),
    })
    .optional()
    .meta({
      description:
        "The vCenter account that builds and copies, when it is not `vsphere:user`. What it needs is in " +
        "vcenter-rights.md.",
      examples: [{ username: "packer@vsphere.local" }],
      computedDefault: "`vsphere:user`",
    }),
  timeouts: timeoutsSchema,
});
