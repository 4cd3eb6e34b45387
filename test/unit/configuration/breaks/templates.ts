import type { Changes } from "../../../support/changedConfiguration";
import type { RawConfiguration } from "../../../support/configurationArbitraries";
import { clusterBreak, newRegionWith, nextRegion, type Break } from "./break";

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

const placeOf = (raw: RawConfiguration): string =>
  `templateImage.places["${raw.regions[0]?.name ?? ""}"]`;

const group = "nodeGroups[0].instanceClass";
const missing = clusterBreak("nodesHaveTemplates", [
  { [`${group}.template`]: undefined },
  `${group}.template`,
  "the nodes have no template to be cloned from",
]);
const small = clusterBreak("templateDiskFits", [
  { [`${group}.template`]: undefined, [`${group}.rootDiskSize`]: 8 },
  "",
  "nodes have root disks of 8 GiB",
]);

/** Faults of the template, where it comes from and where it is to be. */
export const templateBreaks: Readonly<Record<string, Break>> = {
  "two sources of the template": {
    rule: "templateImageHasOneSource",
    changes: templateWith(() => ({ "templateImage.deckhouse": { ubuntu: "22.04" } })),
    path: () => "templateImage.deckhouse",
    says: "the two exclude each other",
  },
  "no source of the template": {
    rule: "templateImageHasOneSource",
    changes: templateWith(() => ({ "templateImage.builtin": undefined })),
    path: () => "templateImage",
    says: "it does not say where the template comes from",
  },
  "template that exists and would be built": {
    rule: "existingTemplatesAreNotBuilt",
    changes: () => ({ templateImage: { existing: { template: "Templates/t" }, memory: 2048 } }),
    path: () => "templateImage.memory",
    says: "templateImage.existing is only checked",
  },
  "image without checksum": {
    rule: "installerHasChecksum",
    changes: templateWith(() => ({ "templateImage.isoUrl": "u.iso" })),
    path: () => "templateImage.isoChecksum",
    says: "set both or neither",
  },
  "template without a network": {
    rule: "templatePlacesAreKnown",
    changes: (raw) => {
      const region = raw.regions.length;
      const added = missing.changes(raw);
      return {
        ...{ ...added, ...templateWith(() => ({}))(raw) },
        [`regions[${region}].clusterConfiguration`]: undefined,
      };
    },
    path: () => "templateImage.places.new.network",
    says: "the template needs a network in new",
  },
  "place outside": {
    rule: "templatePlacesAreInside",
    changes: templateWith((raw) => ({ [`${placeOf(raw)}.folder`]: "/Elsewhere/vm/f" })),
    path: (raw) => `${placeOf(raw)}.folder`,
    says: "it is outside",
  },
  "folder of all regions in none of them": {
    rule: "templateFolderIsInEveryDatacenter",
    changes: templateWith((raw) => ({
      "templateImage.folder": "/Elsewhere/vm/f",
      ...Object.fromEntries(
        raw.regions
          .slice(1)
          .map(({ name }) => [`templateImage.places["${name}"].folder`, "Templates"]),
      ),
    })),
    path: () => "templateImage.folder",
    says: "it is outside",
  },
  "datacenter that is a pattern": {
    rule: "datacentersOfBuildsAreNoPatterns",
    changes: (raw) => ({
      ...newRegionWith(() => ({ datacenter: "New*" }))(raw),
      templateImage: {
        ...{ builtin: {}, distribution: "buildInTurn" },
        places: Object.fromEntries(
          [...raw.regions.map(({ name }) => name), "new"].map((name) => [
            name,
            { network: "nodes" },
          ]),
        ),
      },
    }),
    path: (raw) => `${nextRegion(raw)}.datacenter`,
    says: "there is no way to quote them",
  },
  "datastore with a bracket": {
    rule: "datastoresOfBuildsHaveNoBrackets",
    changes: templateWith((raw) => ({ [`${placeOf(raw)}.datastore`]: "fast [1]" })),
    path: (raw) => `${placeOf(raw)}.datastore`,
    says: "a bracket of the name cannot be quoted",
  },
  "place of no region": {
    rule: "templatePlacesAreOfRegions",
    changes: templateWith(() => ({ "templateImage.places.elsewhere": {} })),
    path: () => "templateImage.places.elsewhere",
    says: "no region has this name",
  },
  "variable of the program": {
    rule: "templateVariablesAreFree",
    changes: templateWith(() => ({ "templateImage.variables": { vm_ram: 1024 } })),
    path: () => "templateImage.variables.vm_ram",
    says: "use templateImage.memory instead",
  },
  "building account without domain": {
    rule: "templateAccountHasDomain",
    changes: templateWith(() => ({ "templateImage.account": { username: "packer" } })),
    path: () => "templateImage.account.username",
    says: "the user has no domain",
  },
  "nodes without a template": {
    ...missing,
    // No other node may take its template from templateImage, which this takes away.
    changes: (raw) => ({
      ...missing.changes(raw),
      templateImage: undefined,
      ...Object.fromEntries(
        raw.regions.map((_, index) => [`regions[${index}].clusterConfiguration`, undefined]),
      ),
    }),
  },
  "template larger than a root disk": {
    ...small,
    changes: (raw) => ({
      ...small.changes(raw),
      templateImage: {
        builtin: {},
        diskSize: 9,
        places: Object.fromEntries(
          [...raw.regions.map(({ name }) => name), "new"].map((name) => [
            name,
            { network: "nodes" },
          ]),
        ),
      },
    }),
    path: () => "templateImage.diskSize",
  },
  "old template that may not be deleted": {
    rule: "protectedTemplatesStay",
    changes: templateWith(() => ({ "templateImage.oldTemplates": "remove", protect: true })),
    path: () => "templateImage.oldTemplates",
    says: "nothing that the stack made may be deleted",
  },
};
