import type { ClusterBase } from "../configuration/clusterTypes";
import { ownModule } from "../configuration/ownSettings";
import type { DocumentInputs } from "./inputs";

/** A document of one's own, of any kind. */
export type ExtraDocument = NonNullable<ClusterBase["extraDocuments"]>[number];

/**
 * A `ModuleConfig` with settings that this program has no keys for. Source: deckhouse/deckhouse
 * `deckhouse-controller/crds/module-config.yaml`.
 */
export interface ExtraModuleConfig {
  readonly apiVersion: "deckhouse.io/v1alpha1";
  readonly kind: "ModuleConfig";
  readonly metadata: { readonly name: string };
  readonly spec: {
    /** Version of the settings' schema. */
    readonly version?: number;
    /** Absent for `global`, which is no module. */
    readonly enabled?: boolean;
    readonly settings?: object;
  };
}

type ExtraModule = NonNullable<ClusterBase["extraSettings"]>[string];

/**
 * Adds the settings that this program has no keys for: to its own documents, and as further ones. Rules have seen to it that
 * they replace nothing.
 *
 * @param own the documents that the program writes; undefined for those that it has no need of
 */
export function withExtraSettings<Own extends ExtraModuleConfig>(
  { region: { cluster }, deckhouse }: DocumentInputs,
  own: readonly (Own | undefined)[],
): readonly (Own | ExtraModuleConfig)[] {
  const extra = Object.entries(cluster.extraSettings ?? {});
  const written = own.filter((document) => document !== undefined);
  const joined = written.map((document) => {
    const [, module] = extra.find(([name]) => name === document.metadata.name) ?? [];
    return module === undefined ? document : joinedModule(document, module);
  });
  const further = extra
    .filter(([name]) => !written.some(({ metadata }) => metadata.name === name))
    .map(([name, module]) => furtherModule(name, module, deckhouse.version));
  return [...joined, ...further];
}

function joinedModule(document: ExtraModuleConfig, { settings }: ExtraModule): ExtraModuleConfig {
  const all = merged(document.spec.settings, settings);
  return { ...document, spec: { ...document.spec, settings: all as object | undefined } };
}

/** The installer refuses a module that is neither on nor off. Source: deckhouse/deckhouse `dhctl/pkg/config`. */
function furtherModule(
  name: string,
  { version, enabled = true, settings }: ExtraModule,
  deckhouse: string,
): ExtraModuleConfig {
  const ofSettings = settings && ownModule(name)?.version(deckhouse);
  return {
    apiVersion: "deckhouse.io/v1alpha1",
    kind: "ModuleConfig",
    metadata: { name },
    spec: {
      version: version ?? ofSettings,
      enabled: name === "global" ? undefined : enabled,
      settings,
    },
  };
}

/** One object of two, at every depth. */
function merged(one: unknown, other: unknown): unknown {
  if (other === undefined) return one;
  if (!isObject(one) || !isObject(other)) return other;
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(keys.map((key) => [key, merged(one[key], other[key])]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
