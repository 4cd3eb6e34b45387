import { z } from "zod";
import { secondsIn } from "../../template/request";
import { ubuntuOfBuiltin, ubuntuOfDeckhouse } from "../../template/recipe";
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

/** What the releases are called, for editors. */
const ubuntuNames = {
  "18.04": "Bionic Beaver.",
  "20.04": "Focal Fossa.",
  "22.04": "Jammy Jellyfish.",
  "24.04": "Noble Numbat.",
};

const builtinSchema = z.strictObject({
  ubuntu: z
    .enum(ubuntuOfBuiltin)
    .default("24.04")
    .meta({
      description: "The Ubuntu release.",
      enumDescriptions: ubuntuNames,
      examples: ["24.04"],
    }),
});

const deckhouseSchema = z.strictObject({
  ubuntu: z.enum(ubuntuOfDeckhouse).meta({
    description: "The Ubuntu release.",
    enumDescriptions: ubuntuNames,
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
      description: "The commit of the repository, as a full hash.",
      examples: ["8c480510854a9fbc9a0294ea4627af92f6d0a275"],
      computedDefault: "the last commit known to have the release (see templates.md)",
    }),
  repository: verbatimText.default("https://github.com/deckhouse/deckhouse.git").meta({
    description: "Where to fetch the commit from: a Git URL or a local clone.",
    examples: ["https://git.example.com/mirrors/deckhouse.git"],
  }),
});

const directorySchema = z.strictObject({
  path: verbatimText.meta({
    description:
      "The folder, relative to the root of this repository or as an absolute path. It must declare the variables " +
      "of Deckhouse's folder (listed in templates.md), and its template's name must end with " +
      "`${var.image_name_suffix}`. The folder itself is never changed.",
    examples: ["../our-packer/ubuntu"],
  }),
  name: text
    .regex(
      /^[^/\\%]{1,50}$/u,
      "cannot name a template: write at most 50 characters, without / \\ %",
    )
    .meta({
      description: "The beginning of the template's name; a fingerprint is appended.",
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
      description:
        "Variable files in the folder. If two set the same variable, the later one wins.",
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
        "Path of the template, relative to each datacenter's vm folder. A powered-off virtual machine will do as " +
        "well.",
      examples: ["Templates/ubuntu-24.04"],
    }),
});

const timeoutsSchema = z
  .strictObject({
    fetch: duration.default("10m").meta({
      description: "The limit for fetching the source.",
      examples: ["10m"],
    }),
    init: duration.default("10m").meta({
      description: "The limit for fetching Packer's plugin.",
      examples: ["10m"],
    }),
    build: duration.default("2h").meta({
      description:
        "The limit for the whole build. Packer itself waits up to 45 minutes for an address and, with Deckhouse's " +
        "folder, up to 12 hours for SSH.",
      examples: ["2h"],
    }),
    copy: duration.default("2h").meta({
      description: "The limit for one copy to another datacenter.",
      examples: ["2h"],
    }),
    cleanUp: duration.default("3m").meta({
      description: "The limit for Packer to clean up after an interruption, before it is killed.",
      examples: ["3m"],
    }),
  })
  .prefault({})
  .meta({
    description:
      "How long each stage may take: a number followed by `s`, `m` or `h`, and 24 hours at most.",
    examples: [{ build: "1h" }],
  });

/** The template that nodes are cloned from: how it is made, or that it is there. */
export const templateImageSchema = z.strictObject({
  builtin: builtinSchema.optional().meta({
    description:
      "Build with this project's Packer folder. Cannot be combined with the other three.",
    examples: [{ ubuntu: "24.04" }],
    computedDefault: "none",
  }),
  deckhouse: deckhouseSchema.optional().meta({
    description:
      "Build with the Packer folder that Deckhouse's repository once had. Its templates lack some of what " +
      "Deckhouse requires today (see templates.md).",
    examples: [{ ubuntu: "22.04" }],
    computedDefault: "none",
  }),
  directory: directorySchema.optional().meta({
    description: "Build with a Packer folder of your own.",
    examples: [{ path: "../our-packer/ubuntu", name: "ubuntu-noble-hardened" }],
    computedDefault: "none",
  }),
  existing: existingSchema.optional().meta({
    description: "Use an existing template, which is only checked.",
    examples: [{ template: "Templates/ubuntu-24.04" }],
    computedDefault: "none",
  }),
  isoUrl: verbatimText.optional().meta({
    description:
      "URL of the installer image, or the path of a file relative to the root of this repository. Must be set " +
      "together with `isoChecksum`.",
    examples: ["https://mirror.example.com/ubuntu-24.04.3-live-server-amd64.iso"],
    computedDefault: "what the Packer folder specifies",
  }),
  isoChecksum: text
    .regex(
      /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}|file:\S+)$/,
      "is not a checksum that Packer takes: write sha256:, sha512: and the hexadecimal digits, or file: and the address of a list of checksums",
    )
    .optional()
    .meta({
      description: "Checksum of the installer image.",
      examples: ["file:https://releases.ubuntu.com/24.04/SHA256SUMS"],
      computedDefault: "what the Packer folder specifies",
    }),
  numCPUs: z
    .int()
    .min(1)
    .optional()
    .meta({
      description: "Number of processors of the template. Each node group sets its own.",
      examples: [4],
      computedDefault: "what the Packer folder specifies",
    }),
  coresPerSocket: z
    .int()
    .min(1)
    .optional()
    .meta({
      description: "Number of cores per processor of the template.",
      examples: [1],
      computedDefault: "what the Packer folder specifies",
    }),
  memory: z
    .int()
    .min(1024)
    .optional()
    .meta({
      description: "Memory of the template in MiB. Each node group sets its own.",
      examples: [4096],
      computedDefault: "what the Packer folder specifies",
    }),
  diskSize: z
    .int()
    .min(8)
    .optional()
    .meta({
      description: "Size of the template's disk in GiB. No node can have a smaller root disk.",
      examples: [20],
      computedDefault: "what the Packer folder specifies, about 20",
    }),
  variables: z
    .record(
      z
        .string()
        .regex(
          /^[A-Za-z_][A-Za-z0-9_-]*$/,
          "cannot name a Packer variable: use letters, digits, dashes and underscores",
        )
        .meta({ title: "variable" }),
      z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
    )
    .default({})
    .meta({
      description:
        "Further variables for Packer. They are stored in the state; pass secrets as `PKR_VAR_<name>` in the " +
        "environment instead, which the fingerprint does not take into account.",
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
        "The address at which the guest reaches Packer's HTTP server on this machine, if this machine is outside " +
        "the guest's network: its address in a VPN, for example. Replaces `{{ .HTTPIP }}`.",
      examples: ["10.8.0.5"],
      computedDefault: "the first address of this machine",
    }),
  folder: text.default("Templates").meta({
    description:
      "The folder for templates, relative to each datacenter's vm folder. It must exist.",
    examples: ["Templates"],
  }),
  places: z
    .record(text.meta({ title: "region" }), templatePlaceSchema.meta({ title: "place" }))
    .default({})
    .meta({
      description: "Where the template is built or copied to, by the name of the region's tag.",
      examples: [{ "k8s-region-x1": { datastore: "x1_root" } }],
    }),
  distribution: z
    .enum(["copy", "buildInTurn", "buildTogether"])
    .default("copy")
    .meta({
      description: "How every region gets the template.",
      enumDescriptions: {
        copy: "It is built in the first region and copied to the others.",
        buildInTurn: "It is built in each region, one after the other.",
        buildTogether: "It is built in all regions at the same time.",
      },
      examples: ["buildTogether"],
    }),
  oldTemplates: z
    .enum(["keep", "remove"])
    .default("keep")
    .meta({
      description:
        "What happens to a template of this stack that is no longer needed, because another one replaced it or " +
        "the stack is being destroyed. Virtual machines cloned from it do not need it to run, but a plan of " +
        "Deckhouse's installer may still refer to it.",
      enumDescriptions: {
        keep: "It stays in vCenter.",
        remove: "It is deleted from vCenter.",
      },
      examples: ["remove"],
    }),
  account: z
    .strictObject({
      username: text.meta({
        description:
          "The user, with its domain. Its password is the secret `templateImagePassword`.",
        examples: ["packer@vsphere.local"],
      }),
    })
    .optional()
    .meta({
      description:
        "The vCenter account that builds and copies, if it is not `vsphere:user`. vcenter-rights.md lists the " +
        "privileges it needs.",
      examples: [{ username: "packer@vsphere.local" }],
      computedDefault: "`vsphere:user`",
    }),
  timeouts: timeoutsSchema,
});
