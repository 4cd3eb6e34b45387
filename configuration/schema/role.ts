import { z } from "zod";
import { listedKinds } from "../../vcenter/offline";
import { text } from "./text";

/**
 * Who gets the role: `user@domain`, `DOMAIN\user`, or an object that can say it is a group. Both forms
 * come out as `{name, group}`.
 */
export const principalSchema = z.union([
  text.transform((name) => ({ name, group: false })),
  z.strictObject({
    name: text.meta({
      description: "The user or group with its domain.",
      examples: ["deckhouse-admins@vsphere.local"],
    }),
    group: z
      .boolean()
      .default(false)
      .meta({
        description: "Whether the principal is a group.",
        examples: [true],
      }),
  }),
]);

/** One object the role is granted on. */
export const grantTargetSchema = z.strictObject({
  path: text.meta({
    description: "Inventory path of the object; `/` is the root of the vCenter.",
    examples: ["/X1/vm/k8s"],
  }),
  kind: z
    .enum(listedKinds)
    .optional()
    .meta({
      description:
        "What the object is, where two have one path: a standard network and a distributed port group " +
        "of one name, for example.",
      examples: ["distributed port group"],
      computedDefault: "whatever is at the path, which then has to be one object alone",
    }),
  propagate: z
    .boolean()
    .default(true)
    .meta({
      description: "Whether everything below the object gets the role too.",
      examples: [false],
    }),
});

const granularRegionSchema = z.strictObject({
  vmFolder: text.optional().meta({
    description:
      "The folder of the cluster's virtual machines, below the datacenter's vm folder or as a full " +
      "path. It has to exist.",
    examples: ["k8s/x1"],
    computedDefault: "`vmFolderPath` of the region's cluster configuration",
  }),
  datastores: z
    .array(text)
    .min(1)
    .optional()
    .meta({
      description:
        "The datastores, or folders of datastores, that hold disks and volumes. vCenter takes no " +
        "permission on the datacenter's own datastore folder (`/X1/datastore`).",
      examples: [["/X1/datastore/k8s", "x1_root"]],
      computedDefault: "the datastores of the region's zones and of its instance classes",
    }),
  distributedSwitches: z
    .array(text)
    .default([])
    .meta({
      description:
        "The distributed switches the nodes' networks belong to, below the datacenter's network " +
        "folder or as full paths. They get the read-only role.",
      examples: [["x1_dvs"]],
    }),
  distributedPortGroups: z
    .array(text)
    .min(1)
    .meta({
      description:
        "The port groups the nodes are connected to, below the datacenter's network folder or as " +
        "full paths.",
      examples: [["k8s-nodes", "k8s-public"]],
    }),
  furtherObjects: z
    .array(grantTargetSchema)
    .default([])
    .meta({
      description:
        "Further objects of the region that get the role, such as the folder of the node templates.",
      examples: [[{ path: "/X1/vm/Templates" }]],
    }),
});

const granularSchema = z.strictObject({
  readOnlyRoleName: text.optional().meta({
    description: "Name of the second role, which can read and tag only.",
    examples: ["kubernetes-read-only"],
    computedDefault: "the role's name with `-read-only`",
  }),
  regions: z.record(text, granularRegionSchema).meta({
    description: "What is granted in each region, by the name of the region's tag.",
    examples: [{ "k8s-region-x1": { distributedPortGroups: ["k8s-nodes"] } }],
  }),
});

/** The role of the account that Deckhouse works with, and where it is granted to whom. */
export const roleSchema = z
  .strictObject({
    name: text.default("kubernetes").meta({
      description: "Name of the role in vCenter.",
      examples: ["deckhouse"],
    }),
    preset: z
      .enum(["current", "seed"])
      .optional()
      .meta({
        description:
          "The privileges to start from: `current` has the 85 of today's Deckhouse documentation, " +
          "`seed` the 118 of its first setup guide. Excludes `privileges`.",
        examples: ["seed"],
        computedDefault: "`current`, unless `privileges` is given",
      }),
    privileges: z
      .array(text)
      .min(1)
      .optional()
      .meta({
        description:
          "An own list of privilege ids in place of a preset. vCenter adds `System.Anonymous`, " +
          "`System.Read` and `System.View` by itself; here they change nothing.",
        examples: [["Datastore.AllocateSpace", "VirtualMachine.Config.AddNewDisk"]],
        computedDefault: "none, the preset counts",
      }),
    extraPrivileges: z
      .array(text)
      .default([])
      .meta({
        description: "Privilege ids in addition to the preset or the own list.",
        examples: [["VirtualMachine.Provisioning.MarkAsTemplate"]],
      }),
    principals: z
      .array(principalSchema)
      .min(1)
      .meta({
        description:
          "The users and groups that get the role, each with its domain: `user@domain` or " +
          "`DOMAIN\\user`, or an object with `name` and `group`. The program makes no users.",
        examples: [["deckhouse@vsphere.local", { name: "k8s-admins@vsphere.local", group: true }]],
      }),
    grant: z
      .union([z.enum(["datacenters", "root", "granular"]), z.array(grantTargetSchema).min(1)])
      .optional()
      .meta({
        description:
          "Where the role is granted. `root`: on the root of the vCenter. `datacenters`: on the " +
          "datacenter of each region. `granular`: on just the objects Deckhouse works with, and a " +
          "second, read-only role above them; see `role.granular`. Or an own list of objects.",
        examples: ["datacenters", [{ path: "/X1", propagate: true }]],
        computedDefault:
          "what the preset's document says: `datacenters` for `seed`, otherwise `root`",
      }),
    granular: granularSchema.optional().meta({
      description: "What `grant: granular` needs to know, and nothing else uses.",
      examples: [{ regions: { "k8s-region-x1": { distributedPortGroups: ["k8s-nodes"] } } }],
    }),
  })
  .meta({
    description:
      "The role for Deckhouse's account in vCenter: its privileges, who gets it, and on which objects.",
    examples: [{ preset: "seed", principals: ["deckhouse@vsphere.local"] }],
  });
