import type { VCenterConnection } from "../vcenter";
import { isSpeakable } from "../findings/text";
import { caBundleKey, connectionFrom } from "./connection";
import type { ReadFile } from "./datastoreFiles";
import { parseConfiguration } from "./parse";
import { ConfigurationError, finding, type Finding } from "../findings/finding";
import {
  missingSecret,
  registryCredentialFaults,
  secretEdgeFaults,
  secretOf,
  secretSettings,
  type SecretName,
} from "./secrets";
import type { WrittenText } from "./schemaFaults";
import type { Configuration } from "./types";

const namespace = "deckhouse-vsphere:";

/** Keys that must be encrypted: the engine stores the whole configuration in the state, and prints it on demand. */
const secretKeys: readonly string[] = [
  "vsphere:password",
  ...Object.values(secretSettings).map(({ key }) => key),
];

/** Keys of the namespace that are read here, and not by the schema. */
const keysReadApart: ReadonlySet<string> = new Set([...secretKeys, caBundleKey]);

/** Where the settings of a stack come from. */
export interface StackSettings {
  /** All keys with their values; lists and objects as JSON text. */
  readonly values: Readonly<Record<string, string>>;
  /** The keys that are stored encrypted. */
  readonly encryptedKeys: ReadonlySet<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How a value stands in the stack's file, by its key with the namespace and what follows; absent where there is none. */
  readonly writtenText?: WrittenText;
  /** Reads the files that the configuration names. Without it none can be read. */
  readonly readFile?: ReadFile;
}

/** Where the program that builds templates finds the password of its account. */
export interface BuildingPassword {
  /** The password, when the stack's configuration has it. A secret. */
  readonly value?: string;
  /** The variable of the environment that has it otherwise, and need not be handed on. */
  readonly variable: string;
}

/** The secrets that the documents hold; undefined for what was not given. */
export type DocumentSecrets = Readonly<
  Record<Exclude<SecretName, "templateImagePassword">, string | undefined>
>;

/** Everything that the program runs on. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly connection: VCenterConnection;
  /** What the documents of the clusters hold in secret. */
  readonly documentSecrets: DocumentSecrets;
  /** Of the account that builds templates. */
  readonly buildingPassword: BuildingPassword;
}

/**
 * Reads and checks all settings of a stack before anything talks to vCenter.
 *
 * @throws ConfigurationError with all faults at once: of the configuration, the connection and the secrets
 */
export function loadConfiguration(settings: StackSettings): LoadedConfiguration {
  const problems: Finding[] = unencryptedSecrets(settings);
  const configuration = collect(problems, () =>
    parseConfiguration(ownKeys(settings.values), {
      readFile: settings.readFile,
      writtenText: ([key = "", ...path], value) =>
        settings.writtenText?.([`${namespace}${String(key)}`, ...path], value),
    }),
  );
  const connection = collect(problems, () =>
    connectionFrom((key) => settings.values[key], settings.environment),
  );
  const documentSecrets = documentSecretsFrom(settings);
  const edges = secretEdgeFaults(settings, usedSecrets(configuration));
  const registry = secretSettings.registryDockerCfg;
  problems.push(
    ...edges,
    ...(edges.some(({ where: path }) => path === registry.key || path === registry.variable)
      ? []
      : registryCredentialFaults(documentSecrets.registryDockerCfg)),
    ...missingDocumentSecrets(configuration, documentSecrets),
  );
  const builder =
    configuration?.templateImage?.kind === "built"
      ? configuration.templateImage.username
      : undefined;
  const { key, variable } = secretSettings.templateImagePassword;
  const buildingPassword =
    builder === undefined
      ? buildingPasswordFrom(settings, "vsphere:password", "VSPHERE_PASSWORD")
      : buildingPasswordFrom(settings, key, variable);
  if (
    builder !== undefined &&
    buildingPassword.value === undefined &&
    !settings.environment[variable]
  ) {
    problems.push(
      missingSecret(
        "templateImagePassword",
        `building the template needs the password of ${builder}`,
      ),
    );
  }
  if (configuration?.templateImage?.kind === "built") {
    problems.push(...unspeakablePassword(buildingPassword, settings, builder));
  }
  if (configuration === undefined || connection === undefined || problems.length > 0) {
    throw new ConfigurationError(problems);
  }
  return { configuration, connection, documentSecrets, buildingPassword };
}

function documentSecretsFrom(settings: StackSettings): DocumentSecrets {
  return {
    clusterAccountPassword: secretOf(settings, "clusterAccountPassword"),
    registryDockerCfg: secretOf(settings, "registryDockerCfg"),
    bgpPassword: secretOf(settings, "bgpPassword"),
    nsxtPassword: secretOf(settings, "nsxtPassword"),
  };
}

/** The secrets that go anywhere; of a configuration that cannot be read nobody knows. */
function usedSecrets(configuration: Configuration | undefined): ReadonlySet<SecretName> {
  const clusters = configuration?.regions.flatMap(({ cluster }) => cluster ?? []) ?? [];
  const uses: Readonly<Record<SecretName, boolean>> = {
    clusterAccountPassword: clusters.length > 0,
    registryDockerCfg: clusters.some(({ controlPlane }) => controlPlane === "vSphere"),
    bgpPassword: clusters.some(
      (cluster) => cluster.controlPlane === "vSphere" && cluster.ingress?.kind === "metallbBGP",
    ),
    nsxtPassword: clusters.some(({ nsxt }) => nsxt !== undefined),
    templateImagePassword:
      configuration?.templateImage?.kind === "built" &&
      configuration.templateImage.username !== undefined,
  };
  return new Set((Object.keys(uses) as SecretName[]).filter((name) => uses[name]));
}

/** Secrets without which no document can be made. */
function missingDocumentSecrets(
  configuration: Configuration | undefined,
  { clusterAccountPassword, nsxtPassword }: DocumentSecrets,
): Finding[] {
  const clusters = configuration?.regions.flatMap(({ cluster }) => cluster ?? []) ?? [];
  const nsxt = clusters.find((cluster) => cluster.nsxt !== undefined)?.nsxt;
  const account = configuration?.clusterAccount?.username ?? "its account";
  return [
    ...(clusters.length === 0 || clusterAccountPassword !== undefined
      ? []
      : [
          missingSecret(
            "clusterAccountPassword",
            `the cluster configuration needs the password of ${account}`,
          ),
        ]),
    ...(nsxt === undefined || nsxtPassword !== undefined
      ? []
      : [
          missingSecret(
            "nsxtPassword",
            `the cluster configuration needs the password of ${nsxt.user} in NSX-T`,
          ),
        ]),
  ];
}

function buildingPasswordFrom(
  { values }: StackSettings,
  key: string,
  variable: string,
): BuildingPassword {
  const value = values[key];
  return value === undefined || value === "" ? { variable } : { value, variable };
}

/**
 * A password that no login can hand over: vCenter takes it in XML, and Packer in a variable of its environment.
 *
 * @param builder the account of its own that builds, if there is one
 */
function unspeakablePassword(
  { value, variable }: BuildingPassword,
  { environment }: StackSettings,
  builder: string | undefined,
): Finding[] {
  const password = value ?? environment[variable] ?? "";
  const key = builder === undefined ? "vsphere:password" : secretSettings.templateImagePassword.key;
  // What is at an end is told with the ends of all secrets.
  return isSpeakable(password.trim())
    ? []
    : [
        finding(
          value === undefined ? variable : key,
          password,
          "it has a control character or a carriage return in it, which cannot be sent to vCenter",
          "set it again without; if it came out of a file, the file has more in it than the password",
        ),
      ];
}

/** Secrets that stand in the stack's file in the clear, and so would in the state. */
export function unencryptedSecrets({ values, encryptedKeys }: StackSettings): Finding[] {
  return secretKeys
    .filter((key) => values[key] !== undefined && !encryptedKeys.has(key))
    .map((key) =>
      finding(
        key,
        values[key],
        "it is not encrypted, so it would stand in the state in the clear",
        `run \`pulumi config set --secret ${key}\`, and change the password if the file was shared`,
      ),
    );
}

/** The keys that the schema describes, with values in place of JSON text. */
export function ownKeys(values: StackSettings["values"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key]) => key.startsWith(namespace) && !keysReadApart.has(key))
      .map(([key, value]) => [key.slice(namespace.length), parsed(value)]),
  );
}

/** Pulumi hands over text as it is, and everything else as JSON. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Runs one part, and adds its faults to those of the others. */
function collect<Part>(problems: Finding[], read: () => Part): Part | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigurationError) {
      problems.push(...error.findings);
      return undefined;
    }
    throw error;
  }
}
