import { finding, pathText, type Finding } from "../../../findings/finding";
import { ownModule } from "../../ownSettings";
import { clusterConfigurationsOf, type ClusterConfigurationPlace, type Rule } from "../../places";
import type { WrittenConfiguration } from "../../schema";

type ExtraSettings = NonNullable<ClusterConfigurationPlace["cluster"]["extraSettings"]>;

/** What is said of a module, and where. */
interface ModulePlace {
  readonly cluster: ClusterConfigurationPlace["cluster"];
  readonly name: string;
  readonly module: ExtraSettings[string];
  /** The path of the module, or of something in it. */
  readonly at: (...below: readonly string[]) => string;
}

function modulesOf(configuration: WrittenConfiguration): ModulePlace[] {
  return clusterConfigurationsOf(configuration).flatMap(({ cluster, pathOf }) =>
    Object.entries(cluster.extraSettings ?? {}).map(([name, module]) => ({
      cluster,
      name,
      module,
      // The dot before a plain key is written where something stands before it.
      at: (...below) => pathOf("extraSettings") + pathText(["x", name, ...below]).slice(1),
    })),
  );
}

/**
 * A module has a name that Kubernetes takes.
 *
 * Source: deckhouse/deckhouse `deckhouse-controller/crds/module-config.yaml`; RFC 1123.
 */
const extraModulesHaveNames: Rule = function* (configuration) {
  for (const { name, module, at } of modulesOf(configuration)) {
    if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) continue;
    yield finding(
      at(),
      module,
      `"${name}" is no name of a module, and Deckhouse would refuse the document`,
      "write the name as Deckhouse has it, for example prometheus",
    );
  }
};

/** What has a key in this program is written there and nowhere else: of two values, one would be ignored. */
const extraSettingsAreNew: Rule = function* (configuration) {
  for (const { name, module, at } of modulesOf(configuration)) {
    for (const [path, key] of Object.entries(ownModule(name)?.settings ?? {})) {
      yield* clash(module.settings, path.split("."), key, (below) => at("settings", ...below));
    }
  }
};

/** The fault of a setting that this program has a key for, or of a value that leaves no place for it. */
function* clash(
  settings: unknown,
  path: readonly string[],
  key: string,
  at: (path: readonly string[]) => string,
): Iterable<Finding> {
  let value = settings;
  for (const [depth, step] of path.entries()) {
    if (value === undefined) return;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      yield finding(
        at(path.slice(0, depth)),
        value,
        "Deckhouse has an object here, and this would replace what the program writes into it",
        "write an object, or remove it",
      );
      return;
    }
    value = Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined;
  }
  if (value === undefined) return;
  yield finding(
    at(path),
    value,
    "this program has a key for it, and of two values one would be ignored",
    `remove it here, and write ${key}`,
  );
}

/**
 * Settings are of the version that the rest of the document is of.
 *
 * Source: deckhouse/deckhouse `deckhouse-controller/crds/module-config.yaml` (`spec.version`).
 */
const extraSettingsHaveAVersion: Rule = function* (configuration) {
  const { version: deckhouse } = configuration.deckhouse;
  for (const { name, module, at } of modulesOf(configuration)) {
    const own = ownModule(name)?.version(deckhouse);
    if (own !== undefined && module.version !== undefined && module.version !== own) {
      yield finding(
        at("version"),
        module.version,
        `this program writes version ${own} of the settings of ${name}, and a document has one version`,
        `remove it, and write the settings as version ${own} has them`,
      );
    }
    if (own === undefined && module.version === undefined && module.settings !== undefined) {
      yield finding(
        at("version"),
        undefined,
        "Deckhouse would refuse settings without a version",
        `write the version that the settings of ${name} are of, as its reference has it`,
      );
    }
  }
};

/**
 * What the cluster cannot do without stays on, and what is no module is neither on nor off.
 *
 * Source: deckhouse/deckhouse `deckhouse-controller/crds/module-config.yaml` (`spec.enabled`).
 */
const neededModulesStayOn: Rule = function* (configuration) {
  for (const { cluster, name, module, at } of modulesOf(configuration)) {
    if (name === "global" && module.enabled !== undefined) {
      yield finding(
        at("enabled"),
        module.enabled,
        "global is no module that could be on or off, and Deckhouse would ignore this",
        "remove it",
      );
    } else if (module.enabled === false && isNeeded(name, cluster)) {
      yield finding(
        at("enabled"),
        module.enabled,
        `what the rest of the configuration describes needs ${name}`,
        name === "user-authn"
          ? "remove it, or remove firstUser"
          : name === "metallb"
            ? "remove it, or let traffic in by another way (ingress)"
            : "remove it",
      );
    }
  }
};

function isNeeded(name: string, cluster: ModulePlace["cluster"]): boolean {
  const { ingress, firstUser, controlPlane } = cluster;
  switch (name) {
    case "deckhouse":
    case "cloud-provider-vsphere":
      return true;
    case "metallb":
      return ingress?.metallbBGP !== undefined || ingress?.metallbL2 !== undefined;
    default:
      return name === "user-authn" && firstUser !== undefined && controlPlane !== "elsewhere";
  }
}

/** What has to hold for settings of modules that this program has no key for. */
export const extraSettingsRules: readonly Rule[] = [
  extraModulesHaveNames,
  extraSettingsAreNew,
  extraSettingsHaveAVersion,
  neededModulesStayOn,
];
