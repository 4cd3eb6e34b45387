import { noFiles, withDatastoreFiles, type ReadFile } from "./datastoreFiles";
import { draftOf, type ConfigurationDraft } from "./draft";
import { ConfigurationError } from "../findings/finding";
import { resolvedConfiguration } from "./resolve";
import { rules } from "./rules";
import { configurationSchema } from "./schema";
import { schemaFaults, type WrittenText } from "./schemaFaults";
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
 * @throws ConfigurationError with every fault at once, of single keys and of rules between keys alike
 */
export function parseConfiguration(
  written: unknown,
  { readFile = noFiles, writtenText }: ParseOptions = {},
): Configuration {
  const { raw, problems: faultsOfFiles, inFile, isInFile } = withDatastoreFiles(written, readFile);
  // Compiling the schema takes longer than checking with it, once.
  const result = configurationSchema.safeParse(raw, { jitless: true });
  const draft = result.success
    ? result.data
    : ((draftOf(configurationSchema, raw) ?? {}) as ConfigurationDraft);
  const faults = result.success
    ? []
    : schemaFaults(configurationSchema, raw, result.error.issues, (path, value) =>
        isInFile(path) ? undefined : writtenText?.(path, value),
      );
  const faulty = (path: string): boolean => faults.some((fault) => isAtOrBelow(path, fault.where));
  const problems = [
    ...faultsOfFiles,
    ...[...faults, ...rules.flatMap((rule) => rule(draft, faulty))].map(inFile),
  ];
  if (problems.length > 0 || !result.success) {
    throw new ConfigurationError(problems);
  }
  return resolvedConfiguration(result.data);
}

function isAtOrBelow(path: string, faultPath: string): boolean {
  return faultPath.startsWith(path) && /^([.[]|$)/.test(faultPath.slice(path.length));
}
