import {
  ephemeralClassesOf,
  mergedClusterConfiguration,
  permanentClassesOf,
  type InstanceClassDraft,
} from "./clusterConfigurations";
import type { ConfigurationDraft, Draft } from "./draft";
import {
  clusterPath,
  datacenterPath,
  datastorePath,
  networkPath,
  vmFolderPath,
} from "./inventoryPaths";
import { regionsOf, valuesOf, zonesOfRegion, type RegionPlace } from "./places";
import { pathText } from "../findings/finding";
import type { TemplatePlace } from "../template/place";
import type { WrittenClusterConfiguration } from "./types";

/** Deckhouse's own sizes of a root disk, GiB, when an instance class names none (its Terraform modules and `crds/`). */
export const defaultRootDiskSizes = { permanent: 50, ephemeral: 20 };

/** Where in a region the template is to be, as far as it is known, and where the configuration says so. */
export interface TemplatePlaceDraft {
  readonly region: RegionPlace;
  /** The path of what the configuration says of this place: `templateImage.places["k8s-region-x1"]`. */
  readonly path: string;
  /** Full paths; a key that follows from nothing is absent. */
  readonly place: Draft<TemplatePlace>;
}

/**
 * Works out where the template is to be in each region: what `templateImage.places` says, and for the rest what the
 * region and its cluster already name.
 *
 * @param draft the configuration, as far as it could be read
 */
export function templatePlacesOf(draft: ConfigurationDraft): TemplatePlaceDraft[] {
  return regionsOf(draft).flatMap((region) => {
    const { name, datacenter } = region.region;
    if (name === undefined || datacenter === undefined) {
      return [];
    }
    const own = draft.templateImage?.places?.[name] ?? {};
    const [firstZone] = zonesOfRegion(region);
    const cluster = own.cluster ?? firstZone?.zone.cluster;
    const written = mergedClusterConfiguration(
      draft.clusterConfiguration,
      region.region.clusterConfiguration,
    );
    const masters = written?.masterNodeGroup?.instanceClass;
    const rootDiskDatastore = written?.rootDiskDatastore;
    const [firstDatastore] = valuesOf("", firstZone?.zone.datastores);
    const datastore =
      own.datastore ?? masters?.datastore ?? rootDiskDatastore ?? firstDatastore?.value;
    const network = own.network ?? masters?.mainNetwork;
    const folder = own.folder ?? draft.templateImage?.folder;
    return [
      {
        region,
        path: templatePlacePath(name),
        place: {
          datacenter: datacenterPath(datacenter),
          resourcePool: own.resourcePool ?? "",
          ...(own.host === undefined ? {} : { host: own.host }),
          ...(cluster === undefined ? {} : { cluster: clusterPath(datacenter, cluster) }),
          ...(datastore === undefined ? {} : { datastore: datastorePath(datacenter, datastore) }),
          ...(network === undefined ? {} : { network: networkPath(datacenter, network) }),
          ...(folder === undefined ? {} : { folder: vmFolderPath(datacenter, folder) }),
        },
      },
    ];
  });
}

/** The path of what the configuration says about the place in one region. */
export function templatePlacePath(region: string): string {
  return pathText(["templateImage", "places", region]);
}

/**
 * The smallest root disk, GiB, of the nodes that are cloned from the template of `templateImage`.
 *
 * @param cluster the region's cluster configuration, if it has one
 * @returns undefined when there are no such nodes
 */
export function smallestRootDisk(
  cluster: Draft<WrittenClusterConfiguration> | undefined,
): number | undefined {
  const sizes = rootDisksOf(cluster)
    .filter(({ template }) => template === undefined)
    .map(({ size }) => size);
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}

/** A root disk of nodes: GiB, and the template its nodes name, if any. */
interface RootDisk {
  readonly size: number;
  readonly template: string | undefined;
}

/**
 * The root disks of a cluster's nodes, masters first, with Deckhouse's own sizes filled in.
 *
 * @param cluster the region's cluster configuration, if it has one
 */
function rootDisksOf(cluster: Draft<WrittenClusterConfiguration> | undefined): RootDisk[] {
  const disksOf = (
    instanceClasses: readonly InstanceClassDraft[],
    defaultSize: number,
  ): RootDisk[] =>
    instanceClasses.map(({ rootDiskSize, template }) => ({
      size: rootDiskSize ?? defaultSize,
      template,
    }));
  return [
    ...disksOf(permanentClassesOf(cluster), defaultRootDiskSizes.permanent),
    ...disksOf(ephemeralClassesOf(cluster), defaultRootDiskSizes.ephemeral),
  ];
}
