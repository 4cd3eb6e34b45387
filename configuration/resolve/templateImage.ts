import {
  mergedClusterConfiguration,
  ephemeralClassesOf,
  permanentClassesOf,
  type WrittenInstanceClass,
  regionsOf,
  saidOf,
  valuesOf,
  zonesOfRegion,
  type RegionPlace,
} from "../places";
import type { WrittenConfiguration } from "../schema";
import type {
  BuiltTemplate,
  NodeDisks,
  TemplateImage,
  WrittenClusterConfiguration,
} from "../types";
import { secondsIn, type TemplatePlace } from "../../template/request";
import { defaultCommits, type PackerSource } from "../../template/recipe";
import {
  clusterPath,
  datacenterPath,
  datastorePath,
  networkPath,
  vmFolderPath,
} from "../inventoryPaths";
import { pathText } from "../../findings/finding";

type Written = NonNullable<WrittenConfiguration["templateImage"]>;

/**
 * Fills in what the configuration leaves out about the template of the nodes.
 *
 * @param written a configuration without faults: rules have seen to it that there is one source, and that every place
 *   is known
 */
export function resolvedTemplateImage(written: WrittenConfiguration): TemplateImage | undefined {
  const { templateImage } = written;
  if (templateImage === undefined) {
    return undefined;
  }
  const source = packerSource(templateImage);
  return source === undefined
    ? {
        kind: "existing",
        template: templateImage.existing?.template ?? "",
        regions: Object.fromEntries(
          written.regions.map(({ name }) => [name, nodeDisks(written, name)]),
        ),
      }
    : builtTemplate(written, templateImage, source);
}

function builtTemplate(
  written: WrittenConfiguration,
  image: Written,
  source: PackerSource,
): BuiltTemplate {
  const { isoUrl, isoChecksum, numCPUs, coresPerSocket, memory, diskSize, timeouts } = image;
  return {
    kind: "built",
    recipe: {
      source,
      installer:
        isoUrl === undefined || isoChecksum === undefined
          ? undefined
          : { url: isoUrl, checksum: isoChecksum },
      hardware: {
        numCPUs,
        coresPerSocket,
        memory,
        diskSize,
      },
      variables: image.variables,
    },
    regions: Object.fromEntries(
      templatePlacesOf(written).map(({ region, place }) => {
        const { name } = region.region;
        // The rule templatePlacesAreKnown has seen to the required keys.
        return [name, { ...nodeDisks(written, name), place: place as TemplatePlace }];
      }),
    ),
    distribution: image.distribution,
    oldTemplates: image.oldTemplates,
    httpAddress: image.httpAddress,
    username: image.account?.username,
    timeouts: {
      fetch: secondsIn(timeouts.fetch),
      init: secondsIn(timeouts.init),
      build: secondsIn(timeouts.build),
      copy: secondsIn(timeouts.copy),
      cleanUp: secondsIn(timeouts.cleanUp),
    },
  };
}

/** The Packer folder to build with; undefined when nothing is built. */
function packerSource({ builtin, deckhouse, directory }: Written): PackerSource | undefined {
  if (builtin !== undefined) {
    return { kind: "builtin", ubuntu: builtin.ubuntu };
  }
  if (deckhouse !== undefined) {
    const { ubuntu, commit, repository } = deckhouse;
    return { kind: "deckhouse", ubuntu, commit: commit ?? defaultCommits[ubuntu], repository };
  }
  return directory === undefined ? undefined : { kind: "directory", ...directory };
}

function nodeDisks(written: WrittenConfiguration, name: string): NodeDisks {
  const region = written.regions.find((candidate) => candidate.name === name);
  const size = smallestRootDisk(
    mergedClusterConfiguration(written.clusterConfiguration, region?.clusterConfiguration),
  );
  return { smallestRootDisk: size };
}

/** Deckhouse's own sizes of a root disk, GiB, when an instance class names none (its Terraform modules and `crds/`). */
export const defaultRootDiskSizes = { permanent: 50, ephemeral: 20 };

/** Where in a region the template is to be, as far as it is known, and where the configuration says so. */
export interface WrittenTemplatePlace {
  readonly region: RegionPlace;
  /** The path of what the configuration says of this place: `templateImage.places["k8s-region-x1"]`. */
  readonly path: string;
  /** Full paths; a key that follows from nothing is absent. */
  readonly place: Partial<TemplatePlace>;
}

/**
 * Works out where the template is to be in each region: what `templateImage.places` says, and for the rest what the
 * region and its cluster already name.
 */
export function templatePlacesOf(configuration: WrittenConfiguration): WrittenTemplatePlace[] {
  return regionsOf(configuration).map((region) => {
    const { name, datacenter } = region.region;
    const own = saidOf(configuration.templateImage?.places, name) ?? {};
    const [firstZone] = zonesOfRegion(region);
    const cluster = own.cluster ?? firstZone?.zone.cluster;
    const written = mergedClusterConfiguration(
      configuration.clusterConfiguration,
      region.region.clusterConfiguration,
    );
    const masters = written?.masterNodeGroup?.instanceClass;
    const rootDiskDatastore = written?.rootDiskDatastore;
    const [firstDatastore] = valuesOf("", firstZone?.zone.datastores);
    const datastore =
      own.datastore ?? masters?.datastore ?? rootDiskDatastore ?? firstDatastore?.value;
    const network = own.network ?? masters?.mainNetwork;
    const folder = own.folder ?? configuration.templateImage?.folder;
    return {
      region,
      path: templatePlacePath(name),
      place: {
        datacenter: datacenterPath(datacenter),
        resourcePool: own.resourcePool ?? "",
        host: own.host,
        cluster: cluster && clusterPath(datacenter, cluster),
        datastore: datastore && datastorePath(datacenter, datastore),
        network: network && networkPath(datacenter, network),
        folder: folder && vmFolderPath(datacenter, folder),
      },
    };
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
  cluster: WrittenClusterConfiguration | undefined,
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
function rootDisksOf(cluster: WrittenClusterConfiguration | undefined): RootDisk[] {
  const disksOf = (
    instanceClasses: readonly WrittenInstanceClass[],
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
