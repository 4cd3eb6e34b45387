import { registryLogin } from "../../configuration/registry";
import { withoutSchema } from "./schemaFaults";
import { hasCertificates } from "./deckhouseArbitraries";
import fc from "fast-check";
import { parseConfiguration } from "../../configuration";
import { clusterDocuments, renderDocuments, type ClusterDocument } from "../../documents";
import { certificate } from "./certificate";
import { rawConfigurationOf, type RawConfiguration } from "./configurationArbitraries";

/** What documents are made of beside the configuration. */
export const furtherInputs = fc.record({
  password: fc.string({ minLength: 1 }),
  bgpPassword: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  insecure: fc.boolean(),
  caBundle: fc.constantFrom(undefined, certificate),
});

/** A value of {@link furtherInputs}. */
export type FurtherInputs = typeof furtherInputs extends fc.Arbitrary<infer Value> ? Value : never;

/** The documents of a region. */
export interface RegionSet {
  readonly region: string;
  readonly documents: readonly ClusterDocument[];
}

/** The documents of each region that has a cluster, with secrets as they are in an installation. */
export function documentSets(raw: RawConfiguration, further: FurtherInputs): readonly RegionSet[] {
  const { regions, deckhouse } = parseConfiguration(raw);
  const { insecure, caBundle, password, bgpPassword } = further;
  return regions.flatMap(({ name, datacenter, zones, cluster }) => {
    if (cluster === undefined) return [];
    const { imagesRepo } = deckhouse;
    const registryDockerCfg = registryCredentials(imagesRepo);
    const documents = clusterDocuments({
      region: { name, datacenter, cluster, zones: zones.map((zone) => zone.name) },
      categories: { region: "k8s-region", zone: "k8s-zone" },
      provider: {
        server: "vcenter.example.com",
        username: "deckhouse@vsphere.local",
        insecure,
        caBundle: hasCertificates(deckhouse.version) ? caBundle : undefined,
      },
      deckhouse,
      template: "Templates/built",
      storagePolicyId: "an-id",
      secrets: {
        clusterAccountPassword: password,
        bgpPassword,
        nsxtPassword: password,
        proxyPassword: password,
        firstUserPasswordHash: password,
        registryDockerCfg,
      },
      ...(registryDockerCfg !== undefined &&
        imagesRepo !== undefined && {
          registryLogin: registryLogin(registryDockerCfg, imagesRepo),
        }),
    });
    return [{ region: name, documents }];
  });
}

/** Credentials for exactly the registry's host, in the form that Docker writes. */
function registryCredentials(imagesRepo: string | undefined): string | undefined {
  if (imagesRepo === undefined) return undefined;
  const [host = ""] = imagesRepo.split("/");
  const auth = Buffer.from("user:password").toString("base64");
  return Buffer.from(JSON.stringify({ auths: { [host]: { auth } } })).toString("base64");
}

/** Which documents are wanted. */
export interface GenerationPlan {
  /** How many configurations. */
  readonly count: number;
  /** The same documents come of the same seed. */
  readonly seed: number;
  /** Versions of Deckhouse, which take turns. */
  readonly versions: readonly string[];
}

/** All documents of one region, as the file that is given to Deckhouse. */
export interface GeneratedFile {
  /** The version of Deckhouse. */
  readonly version: string;
  /** `17-r1-a.yaml`: the number of the configuration and the region. */
  readonly name: string;
  readonly text: string;
  /** Those of kinds for which there are no schemas, as text of their own; empty when there are none. */
  readonly withoutSchema: string;
}

/** Whether Deckhouse's schemas that were read say nothing of a document: those of users, and extra documents. */
function isWithoutSchema({ document }: ClusterDocument): boolean {
  return document.kind !== "ModuleConfig" && withoutSchema.includes(document.kind);
}

/** Documents as the one file that is given to Deckhouse. */
function wholeText(documents: readonly ClusterDocument[]): string {
  const files = renderDocuments(documents);
  return files["bootstrap.yaml"] ?? files["resources.yaml"] ?? "";
}

/** How many configurations are drawn at a time: the first of a row are small, the later ones varied. */
const row = 50;

/**
 * Draws configurations without fault and renders their documents.
 *
 * @returns the files of one configuration after the other; none for a configuration without a cluster
 */
export function* generatedDocuments({
  count,
  seed,
  versions,
}: GenerationPlan): Iterable<readonly GeneratedFile[]> {
  const rows = new Map<string, Iterator<readonly [RawConfiguration, FurtherInputs]>>(
    versions.map((version, index) => [version, drawn(version, seed + index)]),
  );
  for (let number = 1; number <= count; number += 1) {
    const version = versions[(number - 1) % versions.length]!;
    const [raw, further] = rows.get(version)!.next().value as [RawConfiguration, FurtherInputs];
    yield documentSets(raw, further).map(({ region, documents }) => {
      const others = documents.filter(isWithoutSchema);
      return {
        version,
        name: `${number}-${region}.yaml`,
        text: wholeText(documents.filter((one) => !others.includes(one))),
        withoutSchema: wholeText(others),
      };
    });
  }
}

/** Configurations for a version without end. */
function* drawn(
  version: string,
  seed: number,
): Generator<readonly [RawConfiguration, FurtherInputs]> {
  const arbitrary = fc.tuple(rawConfigurationOf(fc.constant(version)), furtherInputs);
  for (let index = 0; ; index += 1) {
    yield* fc.sample(arbitrary, { numRuns: row, seed: seed + 1000 * index });
  }
}
