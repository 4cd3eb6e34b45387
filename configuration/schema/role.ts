import { z } from "zod";
import { listedKinds } from "../../vcenter/offline";
import { knownPrivileges } from "../privileges";
import { text } from "./text";

/** The id of a privilege. Editors offer all that are known; a rule tells what vCenter would refuse. */
const privilegeId = text.meta({ suggestions: [...knownPrivileges].sort() });

/**
 * Who gets the role: `user@domain`, `DOMAIN\user`, or an object that can say it is a group. Both forms
 * come out as `{name, group}`.
 */
export const principalSchema = z.union([
  text.transform((name) => ({ name, group: false })),
  z
    .strictObject({
      name: text.meta({
        description: "The user or group, with its domain.",
        examples: ["deckhouse-admins@vsphere.local"],
      }),
      group: z
        .boolean()
        .default(false)
        .meta({
          description: "Whether the principal is a group.",
          examples: [true],
        }),
    })
    .meta({ title: "user or group" }),
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
        "The kind of object, where two objects share a path: a standard network and a distributed port " +
        "group of the same name, for example.",
      enumDescriptions: {
        folder: "A folder of the inventory, of any kind.",
        datacenter: "A datacenter.",
        cluster: "A cluster of hosts.",
        "standalone host": "A host outside of all clusters.",
        datastore: "A datastore.",
        "datastore cluster": "A datastore cluster (Storage DRS).",
        "distributed port group": "A port group of a distributed switch.",
        "standard network": "A network of standard switches.",
        "NSX network": "A segment of NSX that no distributed switch carries.",
        "distributed switch": "A distributed switch.",
      },
      examples: ["distributed port group"],
      computedDefault: "whatever is at the path, which must then be a single object",
    }),
  propagate: z
    .boolean()
    .default(true)
    .meta({
      description: "Whether the role also applies to everything below the object.",
      examples: [false],
    }),
});

const granularRegionSchema = z.strictObject({
  vmFolder: text.optional().meta({
    description:
      "The folder of the cluster's virtual machines, relative to the datacenter's vm folder or as a " +
      "full path. It must exist.",
    examples: ["k8s/x1"],
    computedDefault: "`vmFolderPath` of the region's cluster configuration",
  }),
  datastores: z
    .array(text)
    .min(1)
    .optional()
    .meta({
      description:
        "The datastores, or datastore folders, that hold disks and volumes. vCenter accepts no " +
        "permission on the datacenter's top datastore folder (`/X1/datastore`).",
      examples: [["/X1/datastore/k8s", "x1_root"]],
      computedDefault: "the datastores of the region's zones and of its instance classes",
    }),
  distributedSwitches: z
    .array(text)
    .default([])
    .meta({
      description:
        "The distributed switches of the nodes' networks, relative to the datacenter's network folder " +
        "or as full paths. The read-only role is granted on them.",
      examples: [["x1_dvs"]],
    }),
  distributedPortGroups: z
    .array(text)
    .min(1)
    .meta({
      description:
        "The port groups the nodes are connected to, relative to the datacenter's network folder or as " +
        "full paths.",
      examples: [["k8s-nodes", "k8s-public"]],
    }),
  furtherObjects: z
    .array(grantTargetSchema.meta({ title: "vCenter object" }))
    .default([])
    .meta({
      description:
        "Further objects of the region to grant the role on, such as the folder of the node templates.",
      examples: [[{ path: "/X1/vm/Templates" }]],
    }),
});

const granularSchema = z.strictObject({
  readOnlyRoleName: text.optional().meta({
    description: "Name of the second role, which can only read and tag.",
    examples: ["kubernetes-read-only"],
    computedDefault: "the role's name followed by `-read-only`",
  }),
  regions: z
    .record(text.meta({ title: "region" }), granularRegionSchema.meta({ title: "region" }))
    .meta({
      description:
        "The objects to grant the role on in each region, by the name of the region's tag.",
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
    existing: z
      .boolean()
      .default(false)
      .meta({
        description:
          "`true` if another stack or a person created the role. The program then looks it up by name, tells how its " +
          "privileges differ from those wanted here, and never changes or deletes it. Permissions with it that " +
          "were there before stay, also after `pulumi destroy`.",
        examples: [true],
      }),
    preset: z
      .enum(["current", "seed"])
      .optional()
      .meta({
        description: "The set of privileges to start from. Cannot be combined with `privileges`.",
        enumDescriptions: {
          current: "The 85 privileges that Deckhouse documents today.",
          seed: "The 118 privileges of Deckhouse's first setup guide.",
        },
        examples: ["seed"],
        computedDefault: "`current`, unless `privileges` is given",
      }),
    privileges: z
      .array(privilegeId)
      .min(1)
      .optional()
      .meta({
        description:
          "A list of privilege ids of your own, in place of a preset. vCenter adds `System.Anonymous`, " +
          "`System.Read` and `System.View` by itself; listing them changes nothing.",
        examples: [["Datastore.AllocateSpace", "VirtualMachine.Config.AddNewDisk"]],
        computedDefault: "none: the preset applies",
      }),
    extraPrivileges: z
      .array(privilegeId)
      .default([])
      .meta({
        description: "Privilege ids in addition to those of `preset` or `privileges`.",
        examples: [["VirtualMachine.Provisioning.MarkAsTemplate"]],
      }),
    unknownPrivileges: z
      .enum(["leaveOut", "refuse"])
      .default("leaveOut")
      .meta({
        description:
          "What to do about a privilege that this vCenter does not know, because it is older or lacks a plugin: vCenter " +
          "would reject the whole role.",
        enumDescriptions: {
          leaveOut: "The role is made without it, and a warning names it.",
          refuse: "It is an error.",
        },
        examples: ["refuse"],
      }),
    principals: z
      .array(principalSchema)
      .min(1)
      .default([])
      .meta({
        description:
          "The users and groups to grant the role to, each with its domain: `user@domain` or " +
          "`DOMAIN\\user`, or an object with `name` and `group`. The program does not create users. Without any, the " +
          "role is granted to nobody.",
        examples: [["deckhouse@vsphere.local", { name: "k8s-admins@vsphere.local", group: true }]],
      }),
    grant: z
      .union([
        z.enum(["datacenters", "root", "granular"]).meta({
          enumDescriptions: {
            datacenters: "On the datacenter of each region.",
            root: "On the root of the vCenter.",
            granular:
              "Only on the objects that Deckhouse works with, and a second, read-only role above them: see `role.granular`.",
          },
        }),
        z.array(grantTargetSchema.meta({ title: "vCenter object" })).min(1),
      ])
      .optional()
      .meta({
        description:
          "Where to grant the role: one of these models, or a list of objects of your own.",
        examples: ["datacenters", [{ path: "/X1", propagate: true }]],
        computedDefault:
          "`datacenters` with the preset `seed`, otherwise `root`, as their documents have it",
      }),
    granular: granularSchema.optional().meta({
      description: "The settings of `grant: granular`; nothing else uses them.",
      examples: [{ regions: { "k8s-region-x1": { distributedPortGroups: ["k8s-nodes"] } } }],
    }),
  })
  .optional()
  .meta({
    description:
      "The vCenter role of Deckhouse's account: its privileges, who gets it, and on which objects.",
    computedDefault: "none: the stack makes no role and sets no permissions",
    examples: [{ preset: "seed", principals: ["deckhouse@vsphere.local"] }],
  });

/** The vCenter account that goes into the cluster configuration. Its password is a key of its own. */
export const clusterAccountSchema = z
  .strictObject({
    username: text.optional().meta({
      description:
        "The user Deckhouse logs in to vCenter as, with its domain: `user@domain`. Its password is the " +
        "secret `clusterAccountPassword`.",
      examples: ["deckhouse@vsphere.local"],
      computedDefault: "the only user among `role.principals`",
    }),
  })
  .prefault({})
  .meta({
    description:
      "The vCenter account that Deckhouse uses in the cluster, as opposed to the one this program runs with.",
    examples: [{ username: "deckhouse@vsphere.local" }],
  });
