import { noFiles, withDatastoreFiles } from "./datastoreFiles";
import { draftOf, type ConfigurationDraft } from "./draft";
import { ConfigurationError } from "./problems";
import { resolvedConfiguration } from "./resolve";
import { rules } from "./rules";
import { configurationSchema } from "./schema";
import { schemaFaults } from "./schemaFaults";
import type { Configuration } from "./types";

/**
 * Checks the stack configuration and fills in everything that follows from it. Nothing outside is asked:
 * what only vCenter knows is checked elsewhere.
 *
 * @param written the keys of the namespace `deckhouse-vsphere`, without the secret ones, as plain values
 * @param readFile reads the files that it names
 * @throws ConfigurationError with every fault at once, of single keys and of rules between keys alike
 */
export function parseConfiguration(written: unknown, readFile = noFiles): Configuration {
  const { raw, problems: faultsOfFiles, inFile } = withDatastoreFiles(written, readFile);
  // Compiling the schema takes longer than checking with it, once.
  const result = configurationSchema.safeParse(raw, { jitless: true });
  const draft = result.success
    ? result.data
    : ((draftOf(configurationSchema, raw) ?? {}) as ConfigurationDraft);
  const faults = result.success ? [] : schemaFaults(configurationSchema, raw, result.error.issues);
  const faulty = (path: string): boolean => faults.some((fault) => isAtOrBelow(path, fault.path));
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
