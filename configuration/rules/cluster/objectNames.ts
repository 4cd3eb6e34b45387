import { finding, type Finding } from "../../../findings/finding";
import type { DatacenterFolder } from "../../../vcenter";
import {
  clusterConfigurationsOf,
  type ClusterConfigurationPlace,
  saidOf,
  valuesOf,
  zonesOfRegion,
  type ValuePlace,
  type Rule,
} from "../../places";
import {
  datacenterPath,
  isInside,
  objectName,
  objectPath,
  vmFolderPath,
} from "../../inventoryPaths";
import type { WrittenConfiguration } from "../../schema";
import { smallestRootDisk, templatePlacesOf } from "../../resolve/templateImage";
import { describedNetworks, networksOfGroup } from "./networks";
import { nodeGroupsOf, nodeGroupsOfCluster, type NodeGroupPlace } from "./nodeGroupPlaces";

/** A network lies in the datacenter of its region. Groups name others only where none are described. */
const networksAreInside: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const isDescribed = place.cluster.networks !== undefined;
    yield* outside(
      place.region.datacenter,
      "network",
      isDescribed
        ? describedNetworks(place)
        : nodeGroupsOfCluster(place).flatMap((group) => networksOfGroup(group)),
    );
  }
};

/** A datastore of nodes lies in the datacenter of their region. */
const nodeDatastoresAreInside: Rule = function* (configuration) {
  for (const place of clusterConfigurationsOf(configuration)) {
    const ofGroups = nodeGroupsOfCluster(place).flatMap(({ path, instanceClass }) =>
      valueAt(`${path}.instanceClass.datastore`, instanceClass.datastore),
    );
    yield* outside(place.region.datacenter, "datastore", [
      ...valueAt(place.pathOf("rootDiskDatastore"), place.cluster.rootDiskDatastore),
      ...ofGroups,
    ]);
  }
};

/** A template that nodes name lies in the datacenter of their region. */
const nodeTemplatesAreInside: Rule = function* (configuration) {
  for (const { path, cluster, instanceClass } of nodeGroupsOf(configuration)) {
    const { datacenter } = cluster.region;
    const { template } = instanceClass;
    if (template === undefined || isInside(datacenter, "vm", vmFolderPath(datacenter, template))) {
      continue;
    }
    yield finding(
      `${path}.instanceClass.template`,
      template,
      `it is outside ${datacenterPath(datacenter)}, where the nodes are`,
      "write the path below the datacenter's vm folder, without the datacenter",
    );
  }
};

/** The faults of objects that are not in the datacenter of the nodes that need them. */
function* outside(
  datacenter: string,
  folder: DatacenterFolder,
  objects: readonly ValuePlace<string>[],
): Iterable<Finding> {
  const place = datacenterPath(datacenter);
  for (const { path, value } of objects) {
    if (isInside(datacenter, folder, objectPath(datacenter, folder, value))) continue;
    yield finding(
      path,
      value,
      `it is outside ${place}, where the nodes are`,
      `write a path that begins with ${place}/${folder}/, or ${objectName(value)} alone`,
    );
  }
}

function valueAt(path: string, value: string | undefined): ValuePlace<string>[] {
  return value === undefined ? [] : [{ path, value }];
}

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
const namesAreNoPatterns: Rule = function* (configuration) {
  const existing = configuration.templateImage?.existing?.template;
  const names: LookedUp[] = [
    ...clusterConfigurationsOf(configuration).flatMap(namesOf),
    ...namesOfBuiltTemplate(configuration),
    { path: "templateImage.existing.template", value: existing, kind: "template" },
  ];
  for (const { path, value, kind, special = /[*?[\]\\]/g, isOwn = false } of names) {
    const found = [...new Set(value?.match(special))];
    if (found.length === 0) continue;
    const have = found.length === 1 ? "has" : "have";
    yield finding(
      path,
      value,
      `the installer reads it as a pattern, in which ${found.join(" and ")} ${have} a special meaning, and would stop ` +
        `with "${kind} not found" or take another ${kind}`,
      otherName(found, kind, isOwn),
    );
  }
};

function otherName(found: readonly string[], kind: string, isOwn: boolean): string {
  if (found.includes("\\")) {
    const rest = found.length === 1 ? "" : `, and use another ${kind} for the rest`;
    return `write a backslash as vCenter stores it, %5c${rest}`;
  }
  return isOwn
    ? "write another name"
    : `use another ${kind}; renaming this one would break whatever looks it up by its name`;
}

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

function namesOfGroup({ path, isMaster, instanceClass }: NodeGroupPlace): LookedUp[] {
  const at = `${path}.instanceClass`;
  const { template, datastore, resourcePool, mainNetwork, additionalNetworks } = instanceClass;
  const main: LookedUp = { path: `${at}.mainNetwork`, value: mainNetwork, kind: "network" };
  const additional = valuesOf(`${at}.additionalNetworks`, additionalNetworks);
  return [
    { path: `${at}.template`, value: template, kind: "template" },
    { path: `${at}.datastore`, value: datastore, kind: "datastore" },
    { path: `${at}.resourcePool`, value: resourcePool, kind: "resource pool" },
    isMaster ? { ...main, special: /[*?\\]/g } : main,
    ...additional.map((network) => ({ ...network, kind: "network" })),
  ];
}

/**
 * What the path of the template that is built consists of, apart from the datacenter: the documents give it to all nodes
 * that name no template of their own.
 */
function namesOfBuiltTemplate(configuration: WrittenConfiguration): LookedUp[] {
  const { templateImage } = configuration;
  if (templateImage === undefined || templateImage.existing !== undefined) return [];
  const withNodes = clusterConfigurationsOf(configuration)
    .filter(({ cluster }) => smallestRootDisk(cluster) !== undefined)
    .map(({ path }) => path);
  const places = templatePlacesOf(configuration).filter(({ region }) =>
    withNodes.includes(region.path),
  );
  if (places.length === 0) return [];
  const folders = places.map(({ region, path }) => {
    const own = saidOf(templateImage.places, region.region.name)?.folder;
    return own === undefined
      ? { path: "templateImage.folder", value: templateImage.folder, kind: "folder" }
      : { path: `${path}.folder`, value: own, kind: "folder" };
  });
  const name = templateImage.directory?.name;
  return [
    ...folders,
    { path: "templateImage.directory.name", value: name, kind: "template", isOwn: true },
  ];
}

/** What has to hold for the names of the objects that nodes are made of and placed in. */
export const objectNameRules: readonly Rule[] = [
  networksAreInside,
  nodeDatastoresAreInside,
  nodeTemplatesAreInside,
  namesAreNoPatterns,
];
