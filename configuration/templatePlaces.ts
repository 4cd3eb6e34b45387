import { instanceClassesOf, mergedClusterConfiguration } from "./clusterConfigurations";
import type { ConfigurationDraft, Draft } from "./draft";
import {
  clusterPath,
  datacenterPath,
  datastorePath,
  networkPath,
  vmFolderPath,
} from "./inventoryPaths";
import { regionsOf, valuesOf, zonesOfRegion, type RegionPlace } from "./places";
import { pathText } from "./problems";
import type { TemplatePlace } from "../templateImage/place";
import type { WrittenClusterConfiguration } from "./types";

/** Deckhouse's own size of a root disk, GiB, when an instance class names none (its Terraform modules). */
const defaultRootDiskSize = 50;

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
    const masters = mastersOf(draft, region);
    const [firstDatastore] = valuesOf("", firstZone?.zone.datastores);
    const datastore = own.datastore ?? masters?.datastore ?? firstDatastore?.value;
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
  const sizes = instanceClassesOf(cluster)
    .filter(({ template }) => template === undefined)
    .map(({ rootDiskSize }) => rootDiskSize ?? defaultRootDiskSize);
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}

function mastersOf(
  draft: ConfigurationDraft,
  { region }: RegionPlace,
): NonNullable<Draft<WrittenClusterConfiguration>["masterNodeGroup"]>["instanceClass"] {
  return mergedClusterConfiguration(draft.clusterConfiguration, region.clusterConfiguration)
    ?.masterNodeGroup?.instanceClass;
}
