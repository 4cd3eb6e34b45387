import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { baseName, type ImageRecipe, type InstallerImage } from "./recipe";

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
