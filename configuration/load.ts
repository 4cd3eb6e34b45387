import type { VCenterConnection } from "../vcenter";
import {
  buildingPasswordFaults,
  buildingPasswordFrom,
  type BuildingPassword,
} from "./buildingPassword";
import { connectionFrom, documentCertificateFaults } from "./connection";
import { type ReadFile, noFiles, withDatastoreFiles } from "./datastoreFiles";
import { ConfigurationError, onTopic, type Finding } from "../findings/finding";
import {
  documentSecretFaults,
  documentSecretsFrom,
  unencryptedSecrets,
  type DocumentSecrets,
} from "./secrets";
import { allSettings } from "./settings";
import { type WrittenText, schemaFaults } from "./schema/faults";
import type { Configuration } from "./types";
import { namedObjects, type NamedObject } from "./namedObjects";
import { resolvedConfiguration } from "./resolve/configuration";
import { ruleFindings } from "./rules";
import { configurationSchema, type WrittenConfiguration } from "./schema";

const namespace = "deckhouse-vsphere:";

/** Keys of the namespace that are read here, and not by the schema. */
const keysReadApart: ReadonlySet<string> = new Set(allSettings.map(({ key }) => key));

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

/** Everything that the program runs on. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly connection: VCenterConnection;
  /** What the documents of the clusters hold in secret. */
  readonly documentSecrets: DocumentSecrets;
  /** Of the account that builds templates. */
  readonly buildingPassword: BuildingPassword;
  /** The objects of vCenter that the configuration names, and where it does. */
  readonly names: readonly NamedObject[];
}

/**
 * Reads and checks all settings of a stack before anything talks to vCenter.
 *
 * @throws ConfigurationError with all faults at once: of the configuration, the connection and the secrets
 */
export function loadConfiguration(stack: StackSettings): LoadedConfiguration {
  const sources = { lookup: (key: string) => stack.values[key], environment: stack.environment };
  const findings: Finding[] = onTopic("secrets", unencryptedSecrets(stack));
  const read = collect(findings, () =>
    readConfiguration(ownKeys(stack.values), {
      readFile: stack.readFile,
      writtenText: ([key = "", ...path], value) =>
        stack.writtenText?.([`${namespace}${String(key)}`, ...path], value),
    }),
  );
  const configuration = read?.configuration;
  const connection = collect(findings, () => connectionFrom(sources));
  if (configuration !== undefined && connection !== undefined) {
    findings.push(
      ...onTopic("certificate-authority", documentCertificateFaults(configuration, connection)),
    );
  }
  const documentSecrets = documentSecretsFrom(sources);
  const buildingPassword = buildingPasswordFrom(sources, configuration?.templateImage);
  findings.push(
    ...onTopic("secrets", [
      ...documentSecretFaults(sources, configuration),
      ...buildingPasswordFaults(sources, configuration?.templateImage),
    ]),
  );
  if (read === undefined || connection === undefined || findings.length > 0) {
    throw new ConfigurationError(findings);
  }
  return { ...read, connection, documentSecrets, buildingPassword };
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

/** Runs one part, and adds its findings to those of the others. */
function collect<Part>(findings: Finding[], read: () => Part): Part | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigurationError) {
      findings.push(...error.findings);
      return undefined;
    }
    throw error;
  }
}

/** What a configuration is read with, beside its own values. */
export interface ParseOptions {
  /** Reads the files that it names. Without it none can be read. */
  readonly readFile?: ReadFile | undefined;
  /** How a value was written, where that is known. */
  readonly writtenText?: WrittenText | undefined;
}

/**
 * Checks the stack configuration and fills in everything that follows from it. Nothing outside is asked:
 * what only vCenter knows is checked elsewhere.
 *
 * @param written the keys of the namespace `deckhouse-vsphere`, without the secret ones, as plain values
 * @throws ConfigurationError with all faults of single keys at once; when there is none, with all of the rules at once
 */
export function parseConfiguration(written: unknown, options: ParseOptions = {}): Configuration {
  return readConfiguration(written, options).configuration;
}

/** Like {@link parseConfiguration}, with the objects of vCenter that the configuration names. */
export function readConfiguration(
  written: unknown,
  { readFile = noFiles, writtenText }: ParseOptions = {},
): Pick<LoadedConfiguration, "configuration" | "names"> {
  const { raw, problems: faultsOfFiles, inFile, isInFile } = withDatastoreFiles(written, readFile);
  // Compiling the schema takes longer than checking with it, once.
  const result = configurationSchema.safeParse(raw, { jitless: true });
  if (!result.success || faultsOfFiles.length > 0) {
    const faults = schemaFaults(
      configurationSchema,
      raw,
      result.error?.issues ?? [],
      (path, value) => (isInFile(path) ? undefined : writtenText?.(path, value)),
    );
    throw new ConfigurationError([
      ...onTopic("datastore-files", faultsOfFiles),
      ...onTopic("configuration-keys", faults.map(inFile)),
    ]);
  }
  // Every zone has its list now, or there would be a fault.
  const configuration = result.data as WrittenConfiguration;
  const findings = ruleFindings(configuration);
  if (findings.length > 0) {
    throw new ConfigurationError(findings.map(inFile));
  }
  const places = namedObjects(configuration);
  return {
    configuration: resolvedConfiguration(configuration),
    names: places.map((place) => ({ ...place, at: placeInFile(inFile, place.at) })),
  };
}

/** Where a place is, of which a finding would say it: perhaps in a file of datastores. */
function placeInFile(inFile: (finding: Finding) => Finding, at: string): string {
  return inFile({ severity: "warning", where: at, wrong: "", remedy: "" }).where;
}
