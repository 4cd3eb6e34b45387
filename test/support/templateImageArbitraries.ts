import fc from "fast-check";

import {
  defined,
  maybe,
  objectName,
  word,
  type RawCluster,
  type RawConfiguration,
  type RawRegion,
} from "./arbitraries";
import { smallestDisk } from "./clusterArbitraries";

type RawTemplateImage = NonNullable<RawConfiguration["templateImage"]>;

/** Seconds, minutes and hours, none of them more than a day. */
const duration = fc.oneof(
  fc.integer({ min: 1, max: 86_400 }).map((seconds) => `${seconds}s`),
  fc.integer({ min: 1, max: 1440 }).map((minutes) => `${minutes}m`),
  fc.integer({ min: 1, max: 24 }).map((hours) => `${hours}h`),
);

/** What a template is built with. */
const builtSource: fc.Arbitrary<Partial<RawTemplateImage>> = fc.oneof(
  fc
    .record({ ubuntu: maybe(fc.constantFrom("22.04" as const, "24.04" as const)) })
    .map((builtin) => ({ builtin: defined(builtin) })),
  fc
    .record({
      ubuntu: fc.constantFrom("18.04" as const, "20.04" as const, "22.04" as const),
      commit: maybe(fc.stringMatching(/^[0-9a-f]{40}$/)),
      repository: maybe(objectName),
    })
    .map((deckhouse) => ({ deckhouse: defined(deckhouse) })),
  fc
    .record({
      path: objectName,
      name: objectName,
      variableFiles: maybe(
        fc.array(
          word.map((name) => `${name}.pkrvars.hcl`),
          { maxLength: 2 },
        ),
      ),
    })
    .map((directory) => ({ directory: defined(directory) })),
);

/** A variable whose name no key of the configuration stands for. */
const variables = fc.dictionary(
  word.map((name) => `own_${name}`),
  fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 2 })),
  { maxKeys: 3 },
);

/**
 * A template of each of the four kinds, with a place in every region; what follows from masters may be left out.
 *
 * @param isProtected whether nothing may be deleted, and so no old template either
 */
export function templateImageOf(
  regions: readonly RawRegion[],
  clusters: readonly (RawCluster | undefined)[],
  isProtected: boolean,
): fc.Arbitrary<RawTemplateImage> {
  const existing = fc
    .record({ template: fc.array(objectName, { minLength: 1, maxLength: 3 }) })
    .map(({ template }): RawTemplateImage => ({ existing: { template: template.join("/") } }));
  const place = fc.record({
    cluster: maybe(objectName),
    host: maybe(objectName),
    resourcePool: maybe(objectName),
    datastore: maybe(objectName),
    folder: maybe(objectName),
    network: objectName,
    hasNetwork: fc.boolean(),
  });
  const built = fc
    .record({
      source: builtSource,
      installer: fc.constantFrom<Partial<RawTemplateImage>>(
        {},
        { isoUrl: "installer.iso", isoChecksum: `sha256:${"0".repeat(64)}` },
        {
          isoUrl: "https://example.com/installer.iso",
          isoChecksum: "file:https://example.com/SHA256SUMS",
        },
      ),
      numCPUs: maybe(fc.integer({ min: 1, max: 64 })),
      coresPerSocket: maybe(fc.integer({ min: 1, max: 64 })),
      memory: maybe(fc.integer({ min: 1024, max: 1_000_000 })),
      diskSize: maybe(fc.constant(smallestDisk)),
      variables: maybe(variables),
      httpAddress: maybe(fc.constantFrom("10.8.0.5", "builder.example.com")),
      folder: maybe(objectName),
      places: fc.tuple(...regions.map(() => place)),
      distribution: maybe(
        fc.constantFrom("copy" as const, "buildInTurn" as const, "buildTogether" as const),
      ),
      oldTemplates: maybe(
        isProtected
          ? fc.constant("keep" as const)
          : fc.constantFrom("keep" as const, "remove" as const),
      ),
      account: maybe(fc.constant({ username: "packer@vsphere.local" })),
      timeouts: maybe(
        fc.record({ fetch: duration, build: duration, copy: duration, cleanUp: duration }),
      ),
    })
    .map(({ source, installer, places, ...rest }) => {
      const own = regions.map(({ name }, index) => {
        const { hasNetwork, network, ...written } = places[index]!;
        const follows = clusters[index]?.masterNodeGroup !== undefined && !hasNetwork;
        return [name, defined({ ...written, network: follows ? undefined : network })];
      });
      return {
        ...defined(rest),
        ...source,
        ...installer,
        places: Object.fromEntries(own) as RawTemplateImage["places"],
      };
    });
  return fc.oneof({ weight: 1, arbitrary: existing }, { weight: 3, arbitrary: built });
}

/** Leaves it to `templateImage` which template the nodes of a cluster have, where its disk fits. */
export function withoutTemplates(cluster: RawCluster | undefined): RawCluster | undefined {
  const without = <
    Group extends {
      readonly instanceClass: {
        readonly template?: string | undefined;
        readonly rootDiskSize?: number | undefined;
      };
    },
  >(
    group: Group,
  ): Group => {
    const { template: _left, ...instance } = group.instanceClass;
    return (instance.rootDiskSize ?? smallestDisk) < smallestDisk
      ? group
      : { ...group, instanceClass: instance };
  };
  return (
    cluster && {
      ...cluster,
      ...(cluster.masterNodeGroup && { masterNodeGroup: without(cluster.masterNodeGroup) }),
      ...(cluster.nodeGroups && { nodeGroups: cluster.nodeGroups.map(without) }),
      ...(cluster.ephemeralNodeGroups && {
        ephemeralNodeGroups: cluster.ephemeralNodeGroups.map(without),
      }),
    }
  );
}
