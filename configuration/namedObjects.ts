import { networkKinds } from "../vcenter/offline";
import type { ObjectKind } from "../vcenter";
import {
  clusterPath,
  datacenterPath,
  datastorePath,
  networkPath,
  vmFolderPath,
} from "./inventoryPaths";
import {
  clusterConfigurationsOf,
  regionsOf,
  saidOf,
  valuesOf,
  zonesOfRegion,
  type ClusterConfigurationPlace,
  type RegionPlace,
} from "./places";
import { grantPlaces } from "./resolve/grants";
import { defaultRootDiskSizes, templatePlacesOf } from "./resolve/templateImage";
import { nodeGroupsOfCluster, type NodeGroupPlace } from "./rules/cluster/nodeGroupPlaces";
import { resourcePoolPath } from "../template/request";
import type { WrittenConfiguration } from "./schema";

/** An object of vCenter that the configuration names, and where it does. */
export interface NamedObject {
  /** The configuration path: `regions[0].zones[1].datastores[2]`. */
  readonly at: string;
  /** The full inventory path: `/X1/datastore/x1_lun_1`. */
  readonly path: string;
  /** What it can be. */
  readonly kinds: readonly ObjectKind[];
  /** The full path of the datacenter that it is in; its own of a datacenter, and none of an object above all. */
  readonly datacenter?: string;
  /** The full path of the cluster that it is in, which is named as well: of a resource pool and a host. */
  readonly cluster?: string;
  /** Whether Deckhouse makes it, so that it need not exist. */
  readonly isMade?: true;
  /** Whether it is a datastore for the root disks of nodes. */
  readonly isForRootDisks?: true;
  /** The region whose template it is needed for, and only while that has to be made. */
  readonly templateOf?: string;
  /** GiB, of a template: the root disk of the nodes that are cloned from it. */
  readonly rootDiskSize?: number;
  /** What Deckhouse does where it is missing: the end of a sentence that begins with `and`. */
  readonly consequence: string;
  /** What helps where it is missing, beside another path. */
  readonly remedy?: string;
}

/**
 * Every object that has to exist in vCenter, in the order of the configuration. One that is named in several places is
 * there several times.
 *
 * @param configuration one without faults
 */
export function namedObjects(configuration: WrittenConfiguration): NamedObject[] {
  return [
    ...regionsOf(configuration).flatMap(ofRegion),
    ...clusterConfigurationsOf(configuration).flatMap(ofCluster),
    ...ofTemplatePlaces(configuration),
    ...ofGrants(configuration),
  ];
}

function ofRegion(place: RegionPlace): NamedObject[] {
  const { path, region } = place;
  const datacenter = datacenterPath(region.datacenter);
  return [
    {
      at: `${path}.datacenter`,
      path: datacenter,
      kinds: ["datacenter"],
      datacenter,
      consequence: "Deckhouse would find no datacenter with the region's tag",
    },
    ...zonesOfRegion(place).flatMap(({ path: at, zone }): NamedObject[] => [
      {
        at: `${at}.cluster`,
        path: clusterPath(region.datacenter, zone.cluster),
        kinds: ["cluster"],
        datacenter,
        consequence: "the installer would find no cluster with the zone's tag",
      },
      ...valuesOf(`${at}.datastores`, zone.datastores).map((one): NamedObject => ({
        at: one.path,
        path: datastorePath(region.datacenter, one.value),
        kinds: ["datastore"],
        datacenter,
        consequence: "Deckhouse would make no StorageClass for it",
      })),
    ]),
  ];
}

function ofCluster(place: ClusterConfigurationPlace): NamedObject[] {
  const { cluster, pathOf, region } = place;
  const datacenter = datacenterPath(region.datacenter);
  const stops = "the installer would not find it";
  const { rootDiskDatastore } = cluster;
  return [
    ...valuesOf(pathOf("networks"), cluster.networks).map(({ path, value }): NamedObject => ({
      at: `${path}.path`,
      path: networkPath(region.datacenter, value.path),
      kinds: networkKinds,
      datacenter,
      consequence: stops,
    })),
    ...(rootDiskDatastore === undefined
      ? []
      : [rootDisks(pathOf("rootDiskDatastore"), region.datacenter, rootDiskDatastore)]),
    ...nodeGroupsOfCluster(place).flatMap((group) => ofGroup(place, group)),
    ...poolsOf(place, pathOf("baseResourcePool"), cluster.baseResourcePool, undefined),
    ...(cluster.vmFolderPath === undefined
      ? []
      : [
          {
            at: pathOf("vmFolderPath"),
            path: vmFolderPath(region.datacenter, cluster.vmFolderPath),
            kinds: ["folder"] as const,
            datacenter,
            ...(cluster.vmFolderExists !== true &&
              cluster.controlPlane !== "elsewhere" && { isMade: true as const }),
            consequence:
              "the installer, which vmFolderExists tells that it exists, would not create it",
            remedy:
              cluster.controlPlane === "elsewhere"
                ? "create it"
                : "create it, write vmFolderExists: false",
          },
        ]),
  ];
}

function ofGroup(place: ClusterConfigurationPlace, group: NodeGroupPlace): NamedObject[] {
  const { path, instanceClass, isEphemeral, zones } = group;
  const { datacenter } = place.region;
  const { datastore, template, resourcePool, rootDiskSize } = instanceClass;
  const at = `${path}.instanceClass`;
  const defaultSize = defaultRootDiskSizes[isEphemeral ? "ephemeral" : "permanent"];
  return [
    ...(datastore === undefined ? [] : [rootDisks(`${at}.datastore`, datacenter, datastore)]),
    ...(template === undefined
      ? []
      : [
          {
            at: `${at}.template`,
            path: vmFolderPath(datacenter, template),
            kinds: ["virtual machine"] as const,
            datacenter: datacenterPath(datacenter),
            rootDiskSize: rootDiskSize ?? defaultSize,
            consequence: "no node could be cloned",
          },
        ]),
    ...poolsOf(place, `${at}.resourcePool`, resourcePool, zones),
  ];
}

/** A resource pool is in the cluster of each zone. */
function poolsOf(
  { region }: ClusterConfigurationPlace,
  at: string,
  resourcePool: string | undefined,
  zones: readonly string[] | undefined,
): NamedObject[] {
  if (resourcePool === undefined) return [];
  return region.zones
    .filter(({ name }) => zones === undefined || zones.includes(name))
    .map(({ cluster }) => clusterPath(region.datacenter, cluster))
    .map((cluster) => ({
      at,
      path: resourcePoolPath({ cluster, resourcePool }),
      kinds: ["resource pool"] as const,
      datacenter: datacenterPath(region.datacenter),
      cluster,
      consequence: "the installer would not find it",
    }));
}

function rootDisks(at: string, datacenter: string, datastore: string): NamedObject {
  return {
    at,
    path: datastorePath(datacenter, datastore),
    kinds: ["datastore"],
    datacenter: datacenterPath(datacenter),
    isForRootDisks: true,
    consequence: "the installer would not find it",
  };
}

/**
 * Where templates are made. What follows from the region and from its cluster (the first zone's cluster, the masters'
 * datastore and network) is named there already.
 */
function ofTemplatePlaces(configuration: WrittenConfiguration): NamedObject[] {
  const { templateImage } = configuration;
  if (templateImage === undefined || templateImage.existing !== undefined) return [];
  return templatePlacesOf(configuration).flatMap(({ region: { region }, path, place }) => {
    const own = saidOf(templateImage.places, region.name) ?? {};
    const { cluster = "", resourcePool = "", host = "" } = place;
    const parts: readonly (readonly [
      key: keyof typeof own,
      full: string | undefined,
      ...kinds: ObjectKind[],
    ])[] = [
      ["cluster", cluster, "cluster", "standalone host"],
      ["datastore", place.datastore, "datastore"],
      ["network", place.network, ...networkKinds],
      ["folder", place.folder, "folder"],
      ["resourcePool", resourcePoolPath({ cluster, resourcePool }), "resource pool"],
      ["host", `${cluster}/${host}`, "host"],
    ];
    return parts.flatMap(([key, full, ...kinds]): NamedObject[] => {
      const isOwn = own[key] !== undefined;
      if (full === undefined || (!isOwn && key !== "folder")) return [];
      return [
        {
          at: isOwn ? `${path}.${key}` : "templateImage.folder",
          path: full,
          kinds,
          datacenter: datacenterPath(region.datacenter),
          ...((key === "host" || key === "resourcePool") && { cluster }),
          templateOf: region.name,
          consequence: "the template could not be made there",
        },
      ];
    });
  });
}

/** Objects of an own list of grants, and of a granular one. The others are named as regions already. */
function ofGrants(configuration: WrittenConfiguration): NamedObject[] {
  return grantPlaces(configuration)
    .filter(({ path, grant }) => grant.path !== "/" && !path.endsWith(".datacenter"))
    .map(({ path, grant }): NamedObject => ({
      at: path,
      path: grant.path,
      kinds: grant.kinds ?? [],
      consequence: "the role could not be granted on it",
    }));
}
