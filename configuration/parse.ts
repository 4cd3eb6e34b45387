import { noFiles, withDatastoreFiles, type ReadFile } from "./datastoreFiles";
import { ConfigurationError } from "../findings/finding";
import { resolvedConfiguration } from "./resolve/configuration";
import { rules } from "./rules";
import { configurationSchema, type WrittenConfiguration } from "./schema";
import { schemaFaults, type WrittenText } from "./schema/faults";
import type { Configuration } from "./types";

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
export function parseConfiguration(
  written: unknown,
  { readFile = noFiles, writtenText }: ParseOptions = {},
): Configuration {
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
    throw new ConfigurationError([...faultsOfFiles, ...faults.map(inFile)]);
  }
  // Every zone has its list now, or there would be a fault.
  const configuration = result.data as WrittenConfiguration;
  const findings = rules.flatMap((rule) => [...rule(configuration)]);
  if (findings.length > 0) {
    throw new ConfigurationError(findings.map(inFile));
  }
  return resolvedConfiguration(configuration);
}
