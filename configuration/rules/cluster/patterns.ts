import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
} from "../../clusterConfigurations";
import { valuesOf, zonesOfRegion, type ValuePlace } from "../../places";
import { finding, type Finding } from "../../../findings/finding";
import { smallestRootDisk, templatePlacesOf } from "../../templatePlaces";
import type { ConfigurationDraft } from "../../draft";
import type { Rule } from "../rule";
import { nodeGroupsOfCluster, type NodeGroupPlace } from "./nodeGroupPlaces";

/** A name that the installer looks up. */
interface LookedUp extends ValuePlace<string | undefined> {
  /** `resource pool`. */
  readonly kind: string;
  /** What has another meaning in a pattern, as far as the installer does not quote it itself. */
  readonly special?: RegExp;
  /** Whether the configuration gives the name, so that nobody else knows it. */
  readonly isOwn?: boolean;
}

/**
 * Names of objects that Deckhouse looks up by path have nothing in them that has another meaning in a pattern: such a name
 * stands for other names, and for itself only by chance. Deckhouse's documents have no way to quote it. The installer
 * quotes brackets by itself in the masters' main network, and nowhere else (deckhouse/deckhouse#13449). It finds
 * datacenter and cluster by their tags, and uses their paths to look up resource pools and the disks of the masters.
 *
 * Source: vmware/govmomi `find/doc.go` and `find/recurser.go` (path.Match), by which vmware/terraform-provider-vsphere finds
 * objects; deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/`, for what is looked up.
 */
export const namesAreNoPatterns: Rule = (draft) => [
  ...clusterConfigurationsOf(draft).flatMap((place) => namesOf(place).flatMap(faultOf)),
  ...namesOfBuiltTemplate(draft).flatMap(faultOf),
  ...faultOf({
    path: "templateImage.existing.template",
    value: draft.templateImage?.existing?.template,
    kind: "template",
  }),
];

function namesOf(place: ClusterConfigurationPlace): LookedUp[] {
  const { region, cluster, pathOf } = place;
  return [
    { path: `${place.path}.datacenter`, value: region.datacenter, kind: "datacenter" },
    ...zonesOfRegion(place).map(({ path, zone }) => ({
      path: `${path}.cluster`,
      value: zone.cluster,
      kind: "cluster",
    })),
    { path: pathOf("vmFolderPath"), value: cluster.vmFolderPath, kind: "folder" },
    { path: pathOf("rootDiskDatastore"), value: cluster.rootDiskDatastore, kind: "datastore" },
    { path: pathOf("baseResourcePool"), value: cluster.baseResourcePool, kind: "resource pool" },
    ...nodeGroupsOfCluster(place).flatMap(namesOfGroup),
  ];
}

/**
 * What the path of the template that is built consists of, apart from the datacenter: the documents give it to all nodes
 * that name no template of their own.
 */
function namesOfBuiltTemplate(draft: ConfigurationDraft): LookedUp[] {
  const { templateImage } = draft;
  if (templateImage === undefined || templateImage.existing !== undefined) {
    return [];
  }
  const withNodes = clusterConfigurationsOf(draft)
    .filter(({ cluster }) => smallestRootDisk(cluster) !== undefined)
    .map(({ path }) => path);
  const places = templatePlacesOf(draft).filter(({ region }) => withNodes.includes(region.path));
  const folders = places.map(({ region, path }) => {
    const own = templateImage.places?.[region.region.name ?? ""]?.folder;
    return own === undefined
      ? { path: "templateImage.folder", value: templateImage.folder }
      : { path: `${path}.folder`, value: own };
  });
  const distinct = [...new Map(folders.map((folder) => [folder.path, folder])).values()];
  return [
    ...distinct.map((folder) => ({ ...folder, kind: "folder" })),
    ...(places.length === 0
      ? []
      : [
          {
            path: "templateImage.directory.name",
            value: templateImage.directory?.name,
            kind: "template",
            isOwn: true,
          },
        ]),
  ];
}

function namesOfGroup({ path, isMaster, instanceClass }: NodeGroupPlace): LookedUp[] {
  const at = `${path}.instanceClass`;
  const { template, datastore, resourcePool, mainNetwork, additionalNetworks } = instanceClass;
  return [
    { path: `${at}.template`, value: template, kind: "template" },
    { path: `${at}.datastore`, value: datastore, kind: "datastore" },
    { path: `${at}.resourcePool`, value: resourcePool, kind: "resource pool" },
    {
      ...{ path: `${at}.mainNetwork`, value: mainNetwork, kind: "network" },
      ...(isMaster ? { special: /[*?\\]/g } : {}),
    },
    ...valuesOf(`${at}.additionalNetworks`, additionalNetworks).map((network) => ({
      ...network,
      kind: "network",
    })),
  ];
}

function faultOf({ path, value, kind, special = /[*?[\]\\]/g, isOwn }: LookedUp): Finding[] {
  const found = [...new Set(value?.match(special))];
  return found.length === 0
    ? []
    : [
        finding(
          path,
          value,
          `the installer reads it as a pattern, in which ${found.join(" and ")} ${found.length === 1 ? "has" : "have"} ` +
            `another meaning, and would stop with "${kind} not found" or take another ${kind}`,
          found.includes("\\")
            ? `write a backslash as vCenter stores it, %5c${found.length === 1 ? "" : `, and use another ${kind} for the rest`}`
            : isOwn
              ? "write another name"
              : `use another ${kind}; with another name this one would be unknown to clusters and people that look for it`,
        ),
      ];
}
