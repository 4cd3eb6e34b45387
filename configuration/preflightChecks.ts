/**
 * The checks of vCenter by name, each with what holds when it passes. Data alone: the process that makes the checks at a
 * preview does not load the schemas.
 */
export const preflightChecks = {
  connection: "vCenter can be reached, is trusted, and lets the account log in and look",
  version: "Deckhouse supports this version of vCenter",
  objects: "every object that the configuration names exists, and is of its kind",
  namesakes:
    "the networks and datastores that the installer looks for by name alone have names of their own",
  spellings: "names that documents hold are in vCenter letter by letter as they are there",
  folderNames: "the folders of each datacenter have the names that vCenter gives them",
  categories: "the tag categories fit what their tags are attached to",
  names: "what the stack is going to make does not exist yet",
  existing: "the tags and the role that the configuration says to exist do",
  tags: "each region's tag is on one datacenter and each zone's on one cluster, in the whole vCenter",
  foreignTags:
    "no object of the configuration, and nothing above a node, carries a tag of others that is in the way",
  zoneOrder: "the zones of each region are in the order in which they were",
  clusterHosts: "every zone's cluster has a host that can run nodes",
  volumeDatastores: "every host of a zone can write to the zone's datastores",
  rootDiskDatastores:
    "every host that nodes can run on can write to the datastore of their root disks",
  storageClasses: "Deckhouse makes a StorageClass of its own of each of a region's datastores",
  networksOnHosts: "every host of a region's zones has the region's networks",
  resourcePools: "every resource pool that the configuration names exists",
  templates: "every template that instance classes name is one that nodes can be cloned from",
  templateImage: "the template of templateImage is in every region, or can be made there",
  templatesAlike: "templates of one name are alike in every region",
  vmFolders: "the folder for each cluster's virtual machines can be made, or is there as written",
  storagePolicies: "every storage policy that the configuration names exists",
  distributedResourceScheduler:
    "DRS is on in every cluster in which Deckhouse makes a resource pool",
  principals: "every user and group of the role exists",
  permissionsInTheWay:
    "no user or group of the role has another role where the role is to be granted",
  accountRights: "the account that runs Pulumi may do what pulumi up is going to",
  privileges: "vCenter knows every privilege of the role",
  effectivePrivileges:
    "each principal may do what its role says on every object that it is granted on",
} as const;

/** The name of a check. */
export type PreflightCheckName = keyof typeof preflightChecks;
