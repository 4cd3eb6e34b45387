import fc from "fast-check";
import { deckhouseSchema } from "../../configuration/schema/deckhouse";
import { defined, maybe, type RawConfiguration } from "./arbitraries";
import { certificate } from "./certificate";
import { schemaOf } from "./deckhouseSchemas";

type RawDeckhouse = NonNullable<RawConfiguration["deckhouse"]>;

/** Some versions of 1.77 and newer, some older; absent for the one by default. */
export const someVersions: fc.Arbitrary<string | undefined> = fc.constantFrom(
  ...[undefined, "1.74.17", "1.75", "1.76.9", "1.77", "1.77.3", "1.78", "1.80", "1.100"],
);

/** What is to be installed, and the version of it that the documents are for. */
export interface DeckhousePlan {
  /** Absent when nothing is said of it. */
  readonly written: RawDeckhouse | undefined;
  readonly version: string;
}

/** What a configuration says of Deckhouse, in one of some versions. */
export function deckhouseOf(
  versions: fc.Arbitrary<string | undefined>,
): fc.Arbitrary<DeckhousePlan> {
  return fc
    .record({
      version: versions,
      releaseChannel: maybe(fc.constantFrom("Alpha" as const, "RockSolid" as const)),
      bundle: maybe(fc.constantFrom("Default" as const, "Minimal" as const, "Managed" as const)),
      imagesRepo: maybe(
        fc.constantFrom("registry.example.com/deckhouse/ee", "registry.example.com:5000/d8"),
      ),
      registryScheme: maybe(fc.constantFrom("HTTP" as const, "HTTPS" as const)),
      registryCA: maybe(fc.constant(certificate)),
      registryMode: maybe(fc.constantFrom("Unmanaged" as const, "Direct" as const)),
      logLevel: maybe(fc.constantFrom("Debug" as const, "Error" as const)),
      update: maybe(
        fc.constantFrom<NonNullable<RawDeckhouse["update"]>>(
          { mode: "Manual" },
          { windows: [{ from: "8:00", to: "15:30", days: ["Tue", "Sat"] }] },
          { mode: "AutoPatch", windows: [{ from: "00:00", to: "23:59" }] },
        ),
      ),
      insecureVCenter: maybe(fc.boolean()),
    })
    .map(({ registryMode, ...drawn }) => {
      // Before 1.75 the registry is in InitConfiguration, which has no mode.
      const mode = drawn.version?.startsWith("1.74") ? undefined : registryMode;
      const written = defined({ ...drawn, registryMode: mode }) as RawDeckhouse;
      return {
        written: Object.keys(written).length === 0 ? undefined : written,
        version: deckhouseSchema.parse(written).version,
      };
    });
}

/** Whether a version has MetalLB's custom resources, by Deckhouse's own schemas. */
export function hasResources(deckhouse: string): boolean {
  return schemaOf("MetalLoadBalancerPool", deckhouse) !== undefined;
}

/** Whether a version can be told whose word on clients' addresses is taken, by Deckhouse's own schemas. */
export function hasClientIPHeaderSources(deckhouse: string): boolean {
  const path = ["spec", "hostPort", "acceptClientIPHeadersFrom"];
  return partOf("IngressNginxController", deckhouse, ...path) !== undefined;
}

/** Whether a version accepts certificates of NSX-T's authority, by Deckhouse's own schemas. */
export function hasCertificates(deckhouse: string): boolean {
  return partOf("VsphereClusterConfiguration", deckhouse, "nsxt", "caBundle") !== undefined;
}

/** The versions of Kubernetes that a version of Deckhouse installs, by its own schemas. */
export function kubernetesVersions(deckhouse: string): readonly string[] {
  return valuesOf("ClusterConfiguration", deckhouse, "kubernetesVersion");
}

/** The versions of the ingress controller that a version of Deckhouse has, by its own schemas. */
export function controllerVersions(deckhouse: string): readonly string[] {
  return valuesOf("IngressNginxController", deckhouse, "spec", "controllerVersion");
}

/** What a field of a document may be. */
function valuesOf(kind: string, deckhouse: string, ...path: readonly string[]): readonly string[] {
  const values = partOf(kind, deckhouse, ...path)?.enum;
  if (values === undefined) throw new Error(`${kind}.${path.join(".")} has no list of values`);
  return values;
}

/** A part of a schema. */
interface Part {
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Part>>;
}

function partOf(kind: string, deckhouse: string, ...path: readonly string[]): Part | undefined {
  let part: Part | undefined = schemaOf(kind, deckhouse)?.schema;
  for (const key of path) part = part?.properties?.[key];
  return part;
}
