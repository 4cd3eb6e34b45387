import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

import {
  declaredVariables,
  manifestFile,
  namedScripts,
  namesPlugins,
  pluginBlock,
  pluginFile,
  variablesFile,
  withHttpAddress,
  withManifest,
  withVerifiedCertificate,
} from "../packerFolder";
import { placeVariables, recipeVariables, requiredVariables } from "../packerVariables";
import { variableFiles, type ImageRecipe, type PackerSource } from "../recipe";
import type { BuildRequest, TemplateRequest } from "../request";
import { failure, type RunFailure } from "./failure";

/** What a private copy is made for. */
export interface CopyOptions {
  /** The root of this repository, to which paths of the configuration are relative. */
  readonly root: string;
  /** The end of the template's name during this build. */
  readonly suffix: string;
  /** A folder with a plain path, for links to files that Packer has to find under a plain name. */
  readonly links: string;
}

/**
 * Prepares a copied Packer folder for a build; the user's own folder is never changed.
 *
 * @param folder the copy
 * @throws RunFailure for a folder that cannot be used
 */
export function preparePrivateCopy(
  folder: string,
  { place, vCenter }: TemplateRequest,
  { recipe, httpAddress }: BuildRequest,
  { root, suffix, links }: CopyOptions,
): void {
  const { source } = recipe;
  const templates = readTexts(folder, ".pkr.hcl");
  const declared = declaredVariables(templates.values());
  assertComplete(folder, source, templates, declared);

  const change = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  if (httpAddress !== undefined) replaceHttpAddress(folder, source, httpAddress, change);
  if (source.kind === "deckhouse" && !vCenter.insecure) {
    for (const [name, text] of readTexts(folder, ".pkr.hcl")) {
      change(name, withVerifiedCertificate(text));
    }
  }
  if (![...templates.values()].some(namesPlugins)) change(pluginFile, pluginBlock);
  addManifest(folder, source, change);

  const { vcenter_insecure_connection: insecure, ...given } = {
    ...recipeVariables(withLinkedInstaller(recipe, root, links), suffix),
    ...placeVariables(vCenter, place),
  };
  assertDeclared(source, Object.keys(given), declared);
  // Deckhouse's folder has no variable for it, because it never verifies the certificate.
  const verification =
    insecure !== undefined && declared.has("vcenter_insecure_connection")
      ? { vcenter_insecure_connection: insecure }
      : {};
  change(variablesFile, `${JSON.stringify({ ...given, ...verification }, null, 2)}\n`);
}

/** The arguments that pass the variable files to Packer, in order: a later file wins over an earlier one. */
export function variableFileArguments(source: PackerSource): string[] {
  return [...variableFiles(source), variablesFile].map((file) => `-var-file=${file}`);
}

/**
 * Links to an installer that is a local file under a plain path: Packer reads the path as a URL, in which `#`, `?` and
 * `%` have a meaning, and the vSphere plugin uploads the file under the link's name. That name starts with the checksum,
 * because the plugin takes an uploaded file of the same name for the same file.
 */
function withLinkedInstaller(recipe: ImageRecipe, root: string, links: string): ImageRecipe {
  const { installer } = recipe;
  if (installer === undefined || installer.url.includes("://")) return recipe;
  const file = resolve(root, installer.url);
  if (!existsSync(file)) {
    throw failure("prepare", {
      where: file,
      wrong: "no such file",
      remedy: "correct templateImage.isoUrl",
    });
  }
  const identity = createHash("sha256").update(installer.checksum).digest("hex").slice(0, 12);
  const url = join(links, `${identity}-${basename(file).replaceAll(/[^\w.+-]/g, "_")}`);
  symlinkSync(file, url);
  return { ...recipe, installer: { ...installer, url } };
}

/** The texts of a folder's files with that extension, by name. */
function readTexts(folder: string, extension: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith(extension));
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

function replaceHttpAddress(
  folder: string,
  source: PackerSource,
  address: string,
  change: (name: string, text: string) => void,
): void {
  const named = variableFiles(source).map((name): [string, string] => [
    name,
    readFileSync(join(folder, name), "utf8"),
  ]);
  const texts = new Map([
    ...readTexts(folder, ".pkr.hcl"),
    ...readTexts(folder, ".pkrvars.hcl"),
    ...named,
  ]);
  const changed = [...texts].filter(([, text]) => withHttpAddress(text, address) !== text);
  if (changed.length === 0) {
    throw unusable(
      source,
      `no file of the Packer folder contains {{ .HTTPIP }}, which ${address} would replace`,
      "write {{ .HTTPIP }} in the boot command, or omit templateImage.httpAddress",
    );
  }
  for (const [name, text] of changed) change(name, withHttpAddress(text, address));
}

function addManifest(
  folder: string,
  source: PackerSource,
  change: (name: string, text: string) => void,
): void {
  for (const [name, text] of readTexts(folder, ".pkr.hcl")) {
    const changed = withManifest(text, manifestFile);
    if (changed !== undefined) {
      change(name, changed);
      return;
    }
  }
  throw unusable(
    source,
    "no *.pkr.hcl file of the Packer folder contains a build block",
    "name a folder with a Packer template in HCL",
  );
}

/** Checks that every file the build will need is there, before vCenter is asked for anything. */
function assertComplete(
  folder: string,
  source: PackerSource,
  templates: ReadonlyMap<string, string>,
  declared: ReadonlySet<string>,
): void {
  const files = [...variableFiles(source), ...namedScripts(templates.values())];
  if (source.kind === "deckhouse") files.push(`boot_config/ubuntu-${source.ubuntu}`);
  const missing = files.filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) {
    throw unusable(
      source,
      `the Packer folder lacks ${missing.join(", ")}`,
      source.kind === "deckhouse"
        ? "name a commit that has them as templateImage.deckhouse.commit (docs/templates.md)"
        : "add them, or correct templateImage.directory",
    );
  }
  const undeclared = requiredVariables.filter((name) => !declared.has(name));
  if (undeclared.length > 0) {
    throw unusable(
      source,
      `the Packer folder does not declare the variables ${undeclared.join(", ")}`,
      "declare and use them (docs/templates.md explains them)",
    );
  }
}

function assertDeclared(
  source: PackerSource,
  names: readonly string[],
  declared: ReadonlySet<string>,
): void {
  const unknown = names.filter((name) => !declared.has(name));
  if (unknown.length > 0) {
    throw unusable(
      source,
      `the configuration sets ${unknown.join(", ")}, which the Packer folder does not declare`,
      `remove the setting from templateImage; the folder declares ${[...declared].sort().join(", ")}`,
    );
  }
}

function unusable({ kind }: PackerSource, wrong: string, remedy: string): RunFailure {
  return failure("prepare", { where: `templateImage.${kind}`, wrong, remedy });
}
