import type { DocumentSecrets } from "./inputs";

const placeholder = /<(?:SECRET|PLACEHOLDER): [A-Za-z][A-Za-z.]*>/;

/**
 * What stands in a document in place of a secret.
 *
 * @param name the secret
 * @returns `<SECRET: bgpPassword>`
 */
export function secretPlaceholder(name: keyof DocumentSecrets): string {
  return `<SECRET: ${name}>`;
}

/**
 * What stands in a document in place of something that nobody has told.
 *
 * @param path the configuration key that would tell it
 * @returns `<PLACEHOLDER: deckhouse.imagesRepo>`
 */
export function valuePlaceholder(path: string): string {
  return `<PLACEHOLDER: ${path}>`;
}

/**
 * Placeholders in place of secrets, for documents that can go into a repository. The password of the cluster's
 * account is in all documents, so it always has one.
 *
 * @param secrets the secrets, or anything else that is not undefined where there is one
 */
export function placeholderSecrets(secrets: {
  readonly [Key in keyof DocumentSecrets]?: unknown;
}): DocumentSecrets {
  const names = ["registryDockerCfg", "bgpPassword", "nsxtPassword"] as const;
  return {
    clusterAccountPassword: secretPlaceholder("clusterAccountPassword"),
    ...Object.fromEntries(
      names
        .filter((name) => secrets[name] !== undefined)
        .map((name) => [name, secretPlaceholder(name)]),
    ),
  };
}

/**
 * Finds what is left to fill in.
 *
 * @param text documents, as rendered
 * @returns the placeholders in the order of the text, each once
 */
export function placeholdersIn(text: string): string[] {
  return [...new Set(text.match(new RegExp(placeholder, "g")))];
}
