import { mergedClusterConfiguration } from "./clusterConfigurations";
import type { WrittenConfiguration } from "./schema";
import { smallestRootDisk, templatePlacesOf } from "./templatePlaces";
import type { BuiltTemplate, NodeDisks, TemplateImage } from "./types";
import { secondsIn } from "../template/request";
import type { TemplatePlace } from "../template/place";
import { defaultCommits, type PackerSource } from "../template/recipe";

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
      ...(isoUrl === undefined || isoChecksum === undefined
        ? {}
        : { installer: { url: isoUrl, checksum: isoChecksum } }),
      hardware: {
        ...(numCPUs === undefined ? {} : { numCPUs }),
        ...(coresPerSocket === undefined ? {} : { coresPerSocket }),
        ...(memory === undefined ? {} : { memory }),
        ...(diskSize === undefined ? {} : { diskSize }),
      },
      variables: image.variables,
    },
    regions: Object.fromEntries(
      templatePlacesOf(written).map(({ region, place }) => {
        const name = region.region.name ?? "";
        // The rule templatePlacesAreKnown has seen to the required keys.
        return [name, { ...nodeDisks(written, name), place: place as TemplatePlace }];
      }),
    ),
    distribution: image.distribution,
    oldTemplates: image.oldTemplates,
    ...(image.httpAddress === undefined ? {} : { httpAddress: image.httpAddress }),
    ...(image.account === undefined ? {} : { username: image.account.username }),
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
  return size === undefined ? {} : { smallestRootDisk: size };
}
