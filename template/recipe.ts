import { join, resolve } from "node:path";

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
