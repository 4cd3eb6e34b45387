/**
 * What is read from the files of a Packer folder, and what is changed in a private copy of them, as text: Packer cannot
 * be asked before its plugin is installed, and offers no way to override a block.
 */

/** The variables that the program sets. Passed to Packer last, so that they win over those of the folder. */
export const variablesFile = "deckhouse-vsphere.pkrvars.json";

/** The file with {@link pluginBlock}; Packer loads every file with this extension. */
export const pluginFile = "deckhouse-vsphere-plugin.pkr.hcl";

/** What Packer writes about the finished build. */
export const manifestFile = "deckhouse-vsphere-manifest.json";

/** The part of a boot command where Packer fills in its own address; Deckhouse's files spell it in two ways. */
const httpIp = /\{\{\s*\.HTTPIP\s*\}\}/g;

const variableBlock = /^[ \t]*variable[ \t]+"?([A-Za-z_][\w-]*)"?[ \t]*\{/gm;
const buildBlock = /^[ \t]*build\b[ \t]*(?:"[^"\n]*"[ \t]*)?\{/m;
const unverified = /^([ \t]*insecure_connection[ \t]*=[ \t]*)true\b/gm;

/** The names of the variables that a folder declares. */
export function declaredVariables(templates: Iterable<string>): Set<string> {
  const names = new Set<string>();
  for (const text of templates) {
    for (const match of text.matchAll(variableBlock)) names.add(match[1] ?? "");
  }
  return names;
}

/** Replaces Packer's own address with another one. */
export function withHttpAddress(text: string, address: string): string {
  return text.replaceAll(httpIp, address);
}

/** Whether a folder says which plugins it needs; Deckhouse's predates that. */
export function namesPlugins(text: string): boolean {
  return /^[ \t]*required_plugins\b/m.test(text);
}

/**
 * Makes `packer init` install the plugin from its present home. The lower bound is the oldest version tested with the
 * folders; the next major version may change what they use.
 */
export const pluginBlock = `packer {
  required_plugins {
    vsphere = {
      source  = "github.com/vmware/vsphere"
      version = ">= 1.4.2, < 3.0.0"
    }
  }
}
`;

/** Makes the first build record its result in a file. Undefined when the text has no build block. */
export function withManifest(text: string, manifest: string): string | undefined {
  const found = buildBlock.exec(text);
  if (found === null) return undefined;
  const end = found.index + found[0].length;
  const block = `\n  post-processor "manifest" {\n    output = ${JSON.stringify(manifest)}\n  }\n`;
  return text.slice(0, end) + block + text.slice(end);
}

/**
 * Makes Packer verify vCenter's certificate. Deckhouse's folder turns that off, which would let anybody on the network
 * path read the password.
 */
export function withVerifiedCertificate(text: string): string {
  return text.replaceAll(unverified, "$1false");
}

/**
 * Whether a folder makes Packer upload an installer or another disc to the plugin's default location, which is the
 * folder `packer_cache` on the machine's datastore.
 */
export function uploadsIntoCache(templates: readonly string[]): boolean {
  const some = (option: RegExp): boolean => templates.some((text) => option.test(text));
  return (
    some(/^[ \t]*(iso_urls?|cd_files|cd_content)\b/m) &&
    !some(/^[ \t]*remote_cache_(datastore|path)\b/m)
  );
}

/** The scripts that a folder's templates name, as sorted paths within it. */
export function namedScripts(templates: Iterable<string>): string[] {
  const scripts = new Set<string>();
  for (const text of templates) {
    for (const match of text.matchAll(/"(?:\$\{path\.root\}\/)?((?:\.\/)?scripts\/[\w./-]+)"/g)) {
      scripts.add((match[1] ?? "").replace(/^\.\//, ""));
    }
  }
  return [...scripts].sort();
}
