import { changed, type Changes } from "../../support/changedConfiguration";
import type { RawConfiguration } from "../../support/configurationArbitraries";
import { publicKey } from "./support";

/** One thing that breaks one rule in any configuration, and the line it gives. */
export interface Break {
  readonly changes: (raw: RawConfiguration) => Changes;
  /** The path of the fault, and a part of the line after it. */
  readonly path: (raw: RawConfiguration) => string;
  readonly says: string;
}

const nextRegion = (raw: RawConfiguration): string => `regions[${raw.regions.length}]`;
const nextZone = (raw: RawConfiguration): string =>
  `regions[0].zones[${raw.regions[0]?.zones.length ?? 0}]`;
const newZone = { name: "new", cluster: "new cluster", datastores: ["new datastore"] };
const newRegion = { name: "new", datacenter: "New", zones: [{ ...newZone, name: "new-zone" }] };

function newZoneWith(own: (raw: RawConfiguration) => object): Break["changes"] {
  return (raw) => ({ [nextZone(raw)]: { ...newZone, ...own(raw) } });
}

/** Makes the configuration have no granular grant and build no template, which a new region would have to be a part of. */
function newRegionWith(own: (raw: RawConfiguration) => object): Break["changes"] {
  return (raw) => ({
    [nextRegion(raw)]: { ...newRegion, ...own(raw) },
    "role.grant": "root",
    "role.granular": undefined,
    ...(raw.templateImage === undefined
      ? {}
      : { templateImage: { existing: { template: "Templates/theirs" } } }),
  });
}

/** Has a template built that is right in every region, beside what is wrong. */
function templateWith(own: (raw: RawConfiguration) => Changes): Break["changes"] {
  return (raw) => ({
    templateImage: {
      builtin: {},
      places: Object.fromEntries(raw.regions.map(({ name }) => [name, { network: "nodes" }])),
    },
    ...own(raw),
  });
}

const firstPlace = (raw: RawConfiguration): string =>
  `templateImage.places["${raw.regions[0]?.name ?? ""}"]`;

function masterBreak(key: string, value: unknown, place: string, says: string): Break {
  const cluster = {
    vmFolderPath: "new",
    vmFolderExists: true,
    sshPublicKey: publicKey,
    internalNetworkCIDR: "10.0.0.0/24",
    masterNodeGroup: {
      replicas: 1,
      instanceClass: {
        numCPUs: 1,
        memory: 1,
        template: "t",
        mainNetwork: "n",
        datastore: "d",
      },
    },
  };
  return {
    changes: newRegionWith(() => ({ clusterConfiguration: changed(cluster, { [key]: value }) })),
    path: (raw) => `${nextRegion(raw)}.clusterConfiguration.${place}`,
    says,
  };
}

const masters = "masterNodeGroup.instanceClass";
/** One fault for each rule that any configuration can be made to break, by what is wrong. */
export const breaks: Readonly<Record<string, Break>> = {
  "tag name": {
    changes: newZoneWith(() => ({ name: "New" })),
    path: (raw) => `${nextZone(raw)}.name`,
    says: "it cannot become a Kubernetes name",
  },
  "region tag twice": {
    changes: newRegionWith((raw) => ({ name: raw.regions[0]?.name })),
    path: (raw) => `${nextRegion(raw)}.name`,
    says: "regions[0].name has this name already",
  },
  "zone tag twice": {
    changes: newRegionWith((raw) => ({
      zones: [{ ...newZone, name: raw.regions[0]?.zones[0]?.name }],
    })),
    path: (raw) => `${nextRegion(raw)}.zones[0].name`,
    says: "regions[0].zones[0].name has this name already",
  },
  "datacenter twice": {
    changes: newRegionWith((raw) => ({ datacenter: raw.regions[0]?.datacenter.toLowerCase() })),
    path: (raw) => `${nextRegion(raw)}.datacenter`,
    says: "regions[0].datacenter is the same datacenter",
  },
  "cluster twice": {
    changes: newZoneWith((raw) => ({ cluster: raw.regions[0]?.zones[0]?.cluster })),
    path: (raw) => `${nextZone(raw)}.cluster`,
    says: "regions[0].zones[0].cluster is the same cluster",
  },
  "datastore twice": {
    changes: newZoneWith((raw) => ({ datastores: raw.regions[0]?.zones[0]?.datastores.slice(-1) })),
    path: (raw) => `${nextZone(raw)}.datastores[0]`,
    says: "is the same datastore, and a datastore can carry one zone tag only",
  },
  "cluster outside": {
    changes: newZoneWith(() => ({ cluster: "/Elsewhere/host/new" })),
    path: (raw) => `${nextZone(raw)}.cluster`,
    says: "the cluster is outside",
  },
  "datastore outside": {
    changes: newZoneWith(() => ({ datastores: ["/Elsewhere/datastore/new"] })),
    path: (raw) => `${nextZone(raw)}.datastores[0]`,
    says: "the datastore is outside",
  },
  "equal categories": {
    changes: () => ({ "categories.region.name": "same", "categories.zone.name": "SAME" }),
    path: () => "categories.zone.name",
    says: "the region category has this name too",
  },
  "category to be deleted": {
    changes: () => ({ "categories.zone.existing": true, "categories.deleteOnDestroy": true }),
    path: () => "categories.deleteOnDestroy",
    says: "an existing category is never deleted",
  },
  "principal without domain": {
    changes: ({ role }) => ({
      [`role.principals[${role.principals.length}]`]: { name: "bare", group: true },
    }),
    path: ({ role }) => `role.principals[${role.principals.length}]`,
    says: "the principal has no domain",
  },
  "principal twice": {
    changes: ({ role }) => ({
      [`role.principals[${role.principals.length}]`]: "VSPHERE.LOCAL\\Deckhouse",
      "clusterAccount.username": "deckhouse@vsphere.local",
    }),
    path: ({ role }) => `role.principals[${role.principals.length}]`,
    says: "role.principals[0] is the same principal",
  },
  "unknown privilege": {
    changes: ({ role }) => ({
      [`role.extraPrivileges`]: [...(role.extraPrivileges ?? []), "Folder.Crate"],
    }),
    path: ({ role }) => `role.extraPrivileges[${role.extraPrivileges?.length ?? 0}]`,
    says: "vCenter knows no such privilege",
  },
  "system role": {
    changes: () => ({ "role.name": "Admin" }),
    path: () => "role.name",
    says: "vCenter has a system role of this name",
  },
  "object granted twice": {
    changes: () => ({ "role.grant": [{ path: "/a" }, { path: "A" }], "role.granular": undefined }),
    path: () => "role.grant[1].path",
    says: "role.grant[0].path is the same object",
  },
  "host bits": masterBreak(
    "internalNetworkCIDR",
    "10.0.0.1/24",
    "internalNetworkCIDR",
    "10.0.0.0/24",
  ),
  "foreign zone": masterBreak(
    "masterNodeGroup.zones",
    ["elsewhere"],
    "masterNodeGroup.zones[0]",
    "no such zone",
  ),
  "masters' datastore": masterBreak(
    `${masters}.datastore`,
    "a/b",
    `${masters}.datastore`,
    "masters take a bare name",
  ),
  "masters' networks": masterBreak(
    `${masters}.additionalNetworks`,
    ["a", "b"],
    `${masters}.additionalNetworks`,
    "a master gets the same address",
  ),
  prefix: masterBreak("cloudPrefix", "p".repeat(46), "cloudPrefix", "at most 45 characters"),
  "missing key": masterBreak("sshPublicKey", undefined, "sshPublicKey", "needs it"),
  "two sources of the template": {
    changes: templateWith(() => ({ "templateImage.deckhouse": { ubuntu: "22.04" } })),
    path: () => "templateImage.deckhouse",
    says: "the two exclude each other",
  },
  "no source of the template": {
    changes: templateWith(() => ({ "templateImage.builtin": undefined })),
    path: () => "templateImage",
    says: "it does not say where the template comes from",
  },
  "image without checksum": {
    changes: templateWith(() => ({ "templateImage.isoUrl": "u.iso" })),
    path: () => "templateImage.isoChecksum",
    says: "set both or neither",
  },
  "place of no region": {
    changes: templateWith(() => ({ "templateImage.places.elsewhere": {} })),
    path: () => "templateImage.places.elsewhere",
    says: "no region has this name",
  },
  "place outside": {
    changes: templateWith((raw) => ({ [`${firstPlace(raw)}.folder`]: "/Elsewhere/vm/f" })),
    path: (raw) => `${firstPlace(raw)}.folder`,
    says: "it is outside",
  },
  "variable of the program": {
    changes: templateWith(() => ({ "templateImage.variables": { vm_ram: 1024 } })),
    path: () => "templateImage.variables.vm_ram",
    says: "use templateImage.memory instead",
  },
  "building account without domain": {
    changes: templateWith(() => ({ "templateImage.account": { username: "packer" } })),
    path: () => "templateImage.account.username",
    says: "the user has no domain",
  },
};
