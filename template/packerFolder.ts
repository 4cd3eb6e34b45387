/**
 * What is read in a Packer folder and changed in a private copy of it, text by text. Packer itself cannot be asked
 * before its plugin is there, and has no way to override a block.
 */

/** A place in a boot command or template where Packer puts its own address; Deckhouse's files have both spellings. */
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

/** Puts an address in the place of Packer's own. Returns the text as it was when it has none. */
export function withHttpAddress(text: string, address: string): string {
  return text.replaceAll(httpIp, address);
}

/** Whether a folder says which plugin it needs; Deckhouse's is older than that. */
export function namesPlugins(text: string): boolean {
  return /^[ \t]*required_plugins\b/m.test(text);
}

/**
 * The block that has `packer init` get the plugin, from its present home. The first version is the oldest that was
 * tried here; the next major one may change what the folders use.
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

/** Has the first build write what it made into a file. Undefined when the text has no build. */
export function withManifest(text: string, manifest: string): string | undefined {
  const found = buildBlock.exec(text);
  if (found === null) return undefined;
  const end = found.index + found[0].length;
  const block = `\n  post-processor "manifest" {\n    output = ${JSON.stringify(manifest)}\n  }\n`;
  return text.slice(0, end) + block + text.slice(end);
}

/**
 * Has Packer verify vCenter's certificate: Deckhouse's folder turns that off, and then whoever stands in between can
 * read the password.
 */
export function withVerifiedCertificate(text: string): string {
  return text.replaceAll(unverified, "$1false");
}

/**
 * Whether a folder has Packer upload an installer or another disc, and to where the plugin does so when nothing else is
 * said: the folder `packer_cache` of the machine's datastore.
 */
export function uploadsIntoCache(templates: readonly string[]): boolean {
  const some = (option: RegExp): boolean => templates.some((text) => option.test(text));
  return (
    some(/^[ \t]*(iso_urls?|cd_files|cd_content)\b/m) &&
    !some(/^[ \t]*remote_cache_(datastore|path)\b/m)
  );
}

/** The scripts of its own that a folder's templates name, as paths in it. */
export function namedScripts(templates: Iterable<string>): string[] {
  const scripts = new Set<string>();
  for (const text of templates) {
    for (const match of text.matchAll(/"(?:\$\{path\.root\}\/)?((?:\.\/)?scripts\/[\w./-]+)"/g)) {
      scripts.add((match[1] ?? "").replace(/^\.\//, ""));
    }
  }
  return [...scripts].sort();
}
