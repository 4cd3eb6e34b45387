import { createHash } from "node:crypto";

import type { ImageRecipe, InstallerImage } from "./recipe";
import { baseName } from "./source";

/** Digits of a fingerprint: few enough for a name, enough to tell the images of one vCenter apart. */
const digits = 8;

/** Raised when the program itself comes to make other images of the same recipe. */
const recipeFormat = 1;

/**
 * Variables of this project's own folders that say how to build, and leave no trace in the image: other values of them
 * are no reason for another template.
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
 * The short fingerprint of an image: equal for equal images, known without building anything.
 *
 * @param recipe what shapes the image
 * @param contents a hash of the Packer folder, where the recipe does not already name its content by a commit
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
  return createHash("sha256").update(JSON.stringify(shape)).digest("hex").slice(0, digits);
}

/** A checksum says all about the content; a list of checksums does so together with the name of the file. */
function installerIdentity({ url, checksum }: InstallerImage): readonly string[] {
  return checksum.startsWith("file:")
    ? [checksum, url.slice(url.lastIndexOf("/") + 1)]
    : [checksum];
}

/** The name of the template: the same recipe always has the same, and another one has another. */
export function templateName(recipe: ImageRecipe, contents: string | undefined): string {
  return `${baseName(recipe.source)}-${fingerprint(recipe, contents)}`;
}
