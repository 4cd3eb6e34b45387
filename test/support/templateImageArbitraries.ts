import fc from "fast-check";

import * as raw from "./arbitraries";
import { smallestDisk } from "./clusterArbitraries";

type RawTemplateImage = NonNullable<raw.RawConfiguration["templateImage"]>;

const { defined, maybe, objectName, word } = raw;
const count = maybe(fc.integer({ min: 1, max: 64 }));

/** Seconds, minutes and hours, none of them more than a day. */
const duration = fc.oneof(
  ...Object.entries({ s: 86_400, m: 1440, h: 24 }).map(([unit, max]) =>
    fc.integer({ min: 1, max }).map((number) => `${number}${unit}`),
  ),
);

/** What a template is built with. */
const source: fc.Arbitrary<Partial<RawTemplateImage>> = fc.oneof(
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
        fc.array(fc.stringMatching(/^[a-z0-9]{1,12}\.pkrvars\.hcl$/), { maxLength: 2 }),
      ),
    })
    .map((directory) => ({ directory: defined(directory) })),
);

const installer = fc.constantFrom<Partial<RawTemplateImage>>(
  {},
  { isoUrl: "installer.iso", isoChecksum: `sha256:${"0".repeat(64)}` },
  { isoUrl: "https://example.com/u.iso", isoChecksum: "file:https://example.com/SHA256SUMS" },
);

/** A variable whose name no key of the configuration stands for. */
const variables = fc.dictionary(
  word.map((name) => `own_${name}`),
  fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 2 })),
  { maxKeys: 3 },
);

const place = fc.record({
  cluster: maybe(objectName),
  host: maybe(objectName),
  resourcePool: maybe(objectName),
  datastore: maybe(objectName),
  folder: maybe(objectName),
  network: objectName,
  hasNetwork: fc.boolean(),
});

/**
 * A template of each of the four kinds, with a place in every region; what follows from masters may be left out.
 *
 * @param isProtected whether nothing may be deleted, and so no old template either
 */
export function templateImageOf(
  regions: readonly raw.RawRegion[],
  clusters: readonly (raw.RawCluster | undefined)[],
  isProtected: boolean,
): fc.Arbitrary<RawTemplateImage> {
  const existing = fc
    .array(objectName, { minLength: 1, maxLength: 3 })
    .map((names): RawTemplateImage => ({ existing: { template: names.join("/") } }));
  const built = fc
    .record({
      source,
      installer,
      numCPUs: count,
      coresPerSocket: count,
      memory: maybe(fc.integer({ min: 1024, max: 1_000_000 })),
      diskSize: maybe(fc.constant(smallestDisk)),
      variables: maybe(variables),
      httpAddress: maybe(fc.constantFrom("10.8.0.5", "builder.example.com")),
      folder: maybe(objectName),
      places: fc.tuple(...regions.map(() => place)),
      distribution: maybe(
        fc.constantFrom("copy" as const, "buildInTurn" as const, "buildTogether" as const),
      ),
      oldTemplates: maybe(fc.constantFrom("keep" as const, isProtected ? "keep" : "remove")),
      account: maybe(fc.constant({ username: "packer@vsphere.local" })),
      timeouts: maybe(
        fc.record({ fetch: duration, build: duration, copy: duration, cleanUp: duration }),
      ),
    })
    .map(({ source: ofSource, installer: ofInstaller, places, ...rest }) => {
      const own = regions.map(({ name }, index) => {
        const { hasNetwork, network, ...written } = places[index]!;
        const follows = clusters[index]?.masterNodeGroup !== undefined && !hasNetwork;
        return [name, defined({ ...written, network: follows ? undefined : network })];
      });
      return {
        ...defined(rest),
        ...ofSource,
        ...ofInstaller,
        places: Object.fromEntries(own) as RawTemplateImage["places"],
      };
    });
  return fc.oneof({ weight: 1, arbitrary: existing }, { weight: 3, arbitrary: built });
}

/** Leaves it to `templateImage` which template the nodes of a cluster have, where its disk fits. */
export function withoutTemplates(cluster: raw.RawCluster | undefined): raw.RawCluster | undefined {
  type Instance = {
    readonly template?: string | undefined;
    readonly rootDiskSize?: number | undefined;
  };
  const without = <Group extends { readonly instanceClass: Instance }>(group: Group): Group => {
    const { template: _left, ...instanceClass } = group.instanceClass;
    const isSmall = (instanceClass.rootDiskSize ?? smallestDisk) < smallestDisk;
    return isSmall ? group : { ...group, instanceClass };
  };
  if (cluster === undefined) return undefined;
  const { masterNodeGroup, nodeGroups, ephemeralNodeGroups } = cluster;
  return {
    ...cluster,
    ...(masterNodeGroup && { masterNodeGroup: without(masterNodeGroup) }),
    ...(nodeGroups && { nodeGroups: nodeGroups.map(without) }),
    ...(ephemeralNodeGroups && { ephemeralNodeGroups: ephemeralNodeGroups.map(without) }),
  };
}
