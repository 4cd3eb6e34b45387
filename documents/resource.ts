/** Labels, annotations and selectors. */
export type StringMap = Readonly<Record<string, string>>;

/** A cluster-scoped resource of the Kubernetes API, as all of Deckhouse's custom resources are. */
export interface Resource<ApiVersion extends string, Kind extends string, Spec extends object> {
  readonly apiVersion: ApiVersion;
  readonly kind: Kind;
  readonly metadata: { readonly name: string };
  readonly spec: Spec;
}

/**
 * Deckhouse's `ModuleConfig`: turns a module on and holds its settings. Source: deckhouse/deckhouse
 * `deckhouse-controller/crds/module-config.yaml`.
 */
export interface ModuleConfig<
  Name extends string,
  Version extends number,
  Settings extends object,
> extends Resource<
  "deckhouse.io/v1alpha1",
  "ModuleConfig",
  {
    /** Version of the settings' schema, which differs between versions of Deckhouse. */
    readonly version: Version;
    readonly enabled: true;
    readonly settings?: Settings;
  }
> {
  readonly metadata: { readonly name: Name };
}

/** Builds the document that turns a module on. */
export function moduleConfig<Name extends string, Version extends number, Settings extends object>(
  name: Name,
  version: Version,
  settings: Settings | undefined,
): ModuleConfig<Name, Version, Settings> {
  return {
    apiVersion: "deckhouse.io/v1alpha1",
    kind: "ModuleConfig",
    metadata: { name },
    spec: { version, enabled: true, settings },
  };
}

/** The object, or undefined when none of its keys has a value: an empty section would say nothing. */
export function unlessEmpty<Section extends object>(section: Section): Section | undefined {
  return Object.values(section).every((value) => value === undefined) ? undefined : section;
}
