import { join, resolve } from "node:path";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";

/** The releases of Ubuntu that the built-in Packer folders install. */
export const ubuntuOfBuiltin = ["22.04", "24.04"] as const;

/** The releases of Ubuntu that Deckhouse's old Packer folder installs. */
export const ubuntuOfDeckhouse = ["18.04", "20.04", "22.04"] as const;

/** The built-in Packer folder, template/packer/ubuntu-<release>. */
export interface BuiltinSource {
  readonly kind: "builtin";
  readonly ubuntu: (typeof ubuntuOfBuiltin)[number];
}

/** The Packer folder of Deckhouse's repository at one commit. */
export interface DeckhouseSource {
  readonly kind: "deckhouse";
  readonly ubuntu: (typeof ubuntuOfDeckhouse)[number];
  /** The full hash, 40 hexadecimal digits. */
  readonly commit: string;
  /** A URL that git accepts, or the path of a local clone. */
  readonly repository: string;
}

/** Any folder that declares the same variables as Deckhouse's. */
export interface DirectorySource {
  readonly kind: "directory";
  /** Absolute, or relative to the root of this repository. */
  readonly path: string;
  /** The template's name up to the fingerprint. */
  readonly name: string;
  /** Paths within the folder, in the order in which Packer reads them. */
  readonly variableFiles: readonly string[];
}

/** A Packer folder that builds a template. */
export type PackerSource = BuiltinSource | DeckhouseSource | DirectorySource;

/** The value of a Packer variable. */
export type VariableValue = string | number | boolean | readonly string[];

/** The ISO image of an installer. */
export interface InstallerImage {
  /** A URL, or the path of a file: absolute, or relative to the root of this repository. */
  readonly url: string;
  /** `sha256:...`, `sha512:...`, or `file:` and the URL of a list of checksums. */
  readonly checksum: string;
}

/** The hardware of the template itself; what is omitted stays as the Packer folder has it. */
export interface TemplateHardware {
  readonly numCPUs?: number;
  readonly coresPerSocket?: number;
  /** MiB. */
  readonly memory?: number;
  /** GiB. */
  readonly diskSize?: number;
}

/** Everything that shapes an image, and nothing about where or how it is built. */
export interface ImageRecipe {
  readonly source: PackerSource;
  readonly installer?: InstallerImage;
  readonly hardware: TemplateHardware;
  /** Additional Packer variables. */
  readonly variables: Readonly<Record<string, VariableValue>>;
}

/**
 * The commit that a release is built from unless the configuration names one. The commit for 22.04 belongs to a pull
 * request that was never merged and may break the older releases (deckhouse/deckhouse#3180), so those use the last
 * commit before it that has all their files.
 */
export const defaultCommits: Readonly<Record<DeckhouseSource["ubuntu"], string>> = {
  "18.04": "c886458d495eb7238d50c1e6c6ea8cd29ad629c6",
  "20.04": "c886458d495eb7238d50c1e6c6ea8cd29ad629c6",
  "22.04": "8c480510854a9fbc9a0294ea4627af92f6d0a275",
};

/** Where Deckhouse's repository had the folder until February 2024 (deckhouse/deckhouse#4013). */
export const deckhouseFolder = "ee/modules/030-cloud-provider-vsphere/packer";

const codenames = { "18.04": "bionic", "20.04": "focal", "22.04": "jammy", "24.04": "noble" };

/**
 * The template's name up to the fingerprint: `<os_family>-<os_codename>-<os_version>`, as the Packer folders name it,
 * followed by `-packer` for Deckhouse's.
 */
export function baseName(source: PackerSource): string {
  switch (source.kind) {
    case "builtin":
      return `ubuntu-${codenames[source.ubuntu]}-${source.ubuntu}`;
    case "deckhouse":
      return `ubuntu-${codenames[source.ubuntu]}-${source.ubuntu}-packer`;
    case "directory":
      return source.name;
  }
}

/** The variable files that a source's release needs or the configuration names, in the order in which Packer reads them. */
export function variableFiles(source: PackerSource): readonly string[] {
  switch (source.kind) {
    case "builtin":
      return [];
    case "deckhouse":
      return [`${source.ubuntu}.pkrvars.hcl`];
    case "directory":
      return source.variableFiles;
  }
}

/**
 * The local folder of a source; undefined if the source has to be fetched first.
 *
 * @param root the root of this repository
 */
export function localFolder(source: PackerSource, root: string): string | undefined {
  switch (source.kind) {
    case "builtin":
      return join(root, "template", "packer", `ubuntu-${source.ubuntu}`);
    case "directory":
      return resolve(root, source.path);
    case "deckhouse":
      return undefined;
  }
}

/** Short enough for a name, long enough to tell the images of one vCenter apart. */
const fingerprintDigits = 8;

/** Incremented when this program starts to make other images from the same recipe. */
const recipeFormat = 1;

/**
 * Variables of the built-in Packer folders that control the build and leave no trace in the image. A new value is no
 * reason to build another template.
 */
const buildOnlyVariables: ReadonlySet<string> = new Set([
  "boot_wait",
  "ip_settle_timeout",
  "ip_wait_timeout",
  "shutdown_timeout",
  "ssh_port",
  "ssh_timeout",
]);

/**
 * The fingerprint of an image: the same for the same image, and known before anything is built.
 *
 * @param contents a hash of the Packer folder, unless the recipe already identifies its contents by a commit
 */
export function fingerprint(recipe: ImageRecipe, contents: string | undefined): string {
  const { source, installer, hardware, variables } = recipe;
  const shaping = Object.entries(variables).filter(
    ([name]) => source.kind !== "builtin" || !buildOnlyVariables.has(name),
  );
  const shape = [
    recipeFormat,
    source.kind,
    source.kind === "directory" ? source.variableFiles : source.ubuntu,
    source.kind === "deckhouse" ? source.commit : contents,
    installer === undefined ? null : installerIdentity(installer),
    hardware.numCPUs ?? null,
    hardware.coresPerSocket ?? null,
    hardware.memory ?? null,
    hardware.diskSize ?? null,
    shaping.sort(([one], [other]) => (one < other ? -1 : 1)),
  ];
  return createHash("sha256")
    .update(JSON.stringify(shape))
    .digest("hex")
    .slice(0, fingerprintDigits);
}

/** A checksum identifies the contents; a list of checksums does so only together with the file's name. */
function installerIdentity({ url, checksum }: InstallerImage): readonly string[] {
  return checksum.startsWith("file:")
    ? [checksum, url.slice(url.lastIndexOf("/") + 1)]
    : [checksum];
}

/** The template's name: always the same for the same recipe, and different for a different one. */
export function templateName(recipe: ImageRecipe, contents: string | undefined): string {
  return `${baseName(recipe.source)}-${fingerprint(recipe, contents)}`;
}

/**
 * What Packer or git leaves in a folder, and the file in which Deckhouse's instructions keep the place and the password:
 * none of it shapes an image.
 */
const notContent: ReadonlySet<string> = new Set([
  ".git",
  ".DS_Store",
  "crash.log",
  "packer_cache",
  "vsphere.auto.pkrvars.hcl",
]);

/** The files of a Packer folder that shape an image, as sorted paths within it. Follows symbolic links. */
export function contentFiles(folder: string, below = ""): string[] {
  return readdirSync(join(folder, below))
    .filter((name) => !notContent.has(name))
    .sort()
    .flatMap((name) => {
      const path = below === "" ? name : `${below}/${name}`;
      return statSync(join(folder, path)).isDirectory() ? contentFiles(folder, path) : [path];
    });
}

/** A hash of the names and contents of a Packer folder's files. @throws what node:fs throws */
export function folderContents(folder: string): string {
  const hash = createHash("sha256");
  for (const file of contentFiles(folder)) {
    const content = readFileSync(join(folder, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}
