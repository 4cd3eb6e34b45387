import { z } from "zod";
import { text } from "./text";

/** The checks of `npm run check` by name, each with what holds when it passes. */
export const preflightChecks = {
  version: "Deckhouse supports this version of vCenter",
  objects: "every object that the configuration names exists, and is of its kind",
  categories: "the tag categories fit what their tags are attached to",
  tags: "each region's tag is on one datacenter and each zone's on one cluster, in the whole vCenter",
  foreignTags: "no object of the configuration carries a tag of others that is in the way",
  clusterHosts: "every zone's cluster has a host that can run nodes",
  volumeDatastores: "every host of a zone can write to the zone's datastores",
  networksOnHosts: "every host of a region's zones has the region's networks",
  resourcePools: "every resource pool that the configuration names exists",
  templates: "every template that instance classes name is one that nodes can be cloned from",
  vmFolders: "the folder for each cluster's virtual machines can be made, or is there as written",
  storagePolicies: "every storage policy that the configuration names exists",
  distributedResourceScheduler:
    "DRS is on in every cluster in which Deckhouse makes a resource pool",
  principals: "every user and group of the role exists",
  accountRights: "the account that runs Pulumi may do what pulumi up is going to",
  privileges: "vCenter knows every privilege of the role",
  effectivePrivileges:
    "each principal may do what its role says on every object that it is granted on",
} as const;

/** The name of a check. */
export type PreflightCheckName = keyof typeof preflightChecks;

/** What a stack says of single checks: nobody turns one down without a reason that others can read. */
export const preflightSchema = z
  .partialRecord(
    z.enum(Object.keys(preflightChecks) as [PreflightCheckName, ...PreflightCheckName[]]).meta({
      title: "check",
      enumDescriptions: { ...preflightChecks },
    }),
    z
      .strictObject({
        level: z.enum(["warn", "off"]).meta({
          description: "What becomes of the check.",
          enumDescriptions: {
            warn: "What it finds is a warning, and stops nothing.",
            off: "It is not made.",
          },
          examples: ["warn"],
        }),
        reason: text.meta({
          description: "Why. It is shown each time.",
          examples: ["the hosts of the new rack get their mounts next week"],
        }),
      })
      .meta({ title: "check" }),
  )
  .default({})
  .meta({
    description:
      "Checks of `npm run check` that this stack takes less seriously, by their names, each with its reason. " +
      `The checks: ${Object.entries(preflightChecks)
        .map(([name, claim]) => `\`${name}\` (${claim})`)
        .join("; ")}.`,
    examples: [
      {
        volumeDatastores: {
          level: "warn",
          reason: "the hosts of the new rack get their mounts next week",
        },
      },
    ],
  });
