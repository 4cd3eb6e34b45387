import { join, resolve } from "node:path";

/** The releases of Ubuntu that this project's own Packer folders build. */
export const ubuntuOfBuiltin = ["22.04", "24.04"] as const;

/** The releases of Ubuntu that Deckhouse's old Packer folder builds. */
export const ubuntuOfDeckhouse = ["18.04", "20.04", "22.04"] as const;

/** This project's own Packer folder, template/packer/ubuntu-<release>. */
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
  /** An address that git takes, or the path of a local clone. */
  readonly repository: string;
}

/** Any folder that declares the variables of Deckhouse's. */
export interface DirectorySource {
  readonly kind: "directory";
  /** Absolute, or from the root of this repository. */
  readonly path: string;
  /** What the template's name begins with. */
  readonly name: string;
  /** In the folder, in the order in which Packer takes them. */
  readonly variableFiles: readonly string[];
}

/** A Packer folder to build a template with. */
export type PackerSource = BuiltinSource | DeckhouseSource | DirectorySource;

/**
 * The commit to take a release from when the configuration names none. The commit for 22.04 is that of a pull request
 * which was never merged and may break the older releases (deckhouse/deckhouse#3180), so those are taken from the last
 * one before it that has everything they need.
 */
export const defaultCommits: Readonly<Record<DeckhouseSource["ubuntu"], string>> = {
  "18.04": "c886458d495eb7238d50c1e6c6ea8cd29ad629c6",
  "20.04": "c886458d495eb7238d50c1e6c6ea8cd29ad629c6",
  "22.04": "8c480510854a9fbc9a0294ea4627af92f6d0a275",
};

/** Where the folder was in Deckhouse's repository (removed by 2024-02, deckhouse/deckhouse#4013). */
export const deckhouseFolder = "ee/modules/030-cloud-provider-vsphere/packer";

const codenames = { "18.04": "bionic", "20.04": "focal", "22.04": "jammy", "24.04": "noble" };

/**
 * What a template's name begins with, before the fingerprint. The part before it is the pattern of the Packer folder:
 * `<os_family>-<os_codename>-<os_version>`, and `-packer` with Deckhouse's.
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

/** The files of variables that belong to a release or were named, in the order in which Packer takes them. */
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
 * The folder on this machine that a source means; undefined for one that has to be fetched.
 *
 * @param root of this repository
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
