import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

import { variablesFile } from "../hcl";
import {
  declaredVariables,
  namedScripts,
  namesPlugins,
  pluginBlock,
  withHttpAddress,
  withManifest,
  withVerifiedCertificate,
} from "../packerFolder";
import { manifestFile, placeFile, pluginFile, recipeFile } from "../packerFiles";
import { placeVariables, recipeVariables, requiredVariables } from "../packerVariables";
import type { ImageRecipe } from "../recipe";
import { variableFiles, type PackerSource } from "../source";
import type { BuildRequest, TemplateRequest } from "../request";
import { RunFailure } from "./failure";

/** What a private copy is made for. */
export interface CopyOptions {
  /** The root of this repository, to which paths of the configuration are relative. */
  readonly root: string;
  /** What the template's name has to end with during this build. */
  readonly suffix: string;
  /** A folder with a plain path, for links to files that Packer is to find under a plain name. */
  readonly links: string;
}

/**
 * Makes a copied Packer folder ready to build with: the user's own folder is never changed.
 *
 * @param folder the copy
 * @throws RunFailure for a folder that cannot be built with
 */
export function preparePrivateCopy(
  folder: string,
  { place, vCenter }: TemplateRequest,
  build: BuildRequest,
  { root, suffix, links }: CopyOptions,
): void {
  const { source, variables } = build.recipe;
  const templates = readTexts(folder, ".pkr.hcl");
  const declared = declaredVariables(templates.values());
  assertComplete(folder, source, templates, declared);
  assertDeclared(Object.keys(variables), declared);

  const change = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  if (build.httpAddress !== undefined) {
    const address = build.httpAddress;
    const named = variableFiles(source).map((name): [string, string] => [
      name,
      readFileSync(join(folder, name), "utf8"),
    ]);
    const texts = new Map([...templates, ...readTexts(folder, ".pkrvars.hcl"), ...named]);
    const changed = [...texts].filter(([, text]) => withHttpAddress(text, address) !== text);
    if (changed.length === 0) {
      throw new RunFailure(
        "prepare",
        `no file of the Packer folder has {{ .HTTPIP }}, in whose place ${address} would be put`,
        "write {{ .HTTPIP }} in the boot command, or leave templateImage.httpAddress out",
      );
    }
    for (const [name, text] of changed) change(name, withHttpAddress(text, address));
  }
  if (source.kind === "deckhouse" && !vCenter.insecure) {
    for (const [name, text] of readTexts(folder, ".pkr.hcl")) {
      change(name, withVerifiedCertificate(text));
    }
  }
  if (![...templates.values()].some(namesPlugins)) change(pluginFile, pluginBlock);
  addManifest(folder, change);

  const given = Object.entries(placeVariables(vCenter, place)).filter(
    ([name]) => name !== "vcenter_insecure_connection" || declared.has(name),
  );
  assertDeclared(
    ["vcenter_host"].filter((name) => given.some(([key]) => key === name)),
    declared,
  );
  change(placeFile, variablesFile(Object.fromEntries(given)));
  const ofRecipe = recipeVariables(withLinkedInstaller(build.recipe, root, links), suffix);
  assertDeclared(Object.keys(ofRecipe), declared);
  change(recipeFile, variablesFile(ofRecipe));
}

/** The files of variables to name on Packer's command line, in order: a later one counts more. */
export function variableFileArguments(source: PackerSource): string[] {
  return [...variableFiles(source), recipeFile].map((file) => `-var-file=${file}`);
}

/**
 * The recipe with an installer that is a file of this machine under a link with a plain path: Packer reads it as a URL,
 * to which `#`, `?` and `%` mean something, and the vSphere plugin uploads it under the link's name. That begins with the
 * checksum: the plugin takes an uploaded file of the same name for the same file.
 */
function withLinkedInstaller(recipe: ImageRecipe, root: string, links: string): ImageRecipe {
  const { installer } = recipe;
  if (installer === undefined || installer.url.includes("://")) return recipe;
  const file = resolve(root, installer.url);
  if (!existsSync(file)) {
    throw new RunFailure(
      "prepare",
      `${file}: there is no such file`,
      "correct templateImage.isoUrl",
    );
  }
  const identity = createHash("sha256").update(installer.checksum).digest("hex").slice(0, 12);
  const url = join(links, `${identity}-${basename(file).replaceAll(/[^\w.+-]/g, "_")}`);
  symlinkSync(file, url);
  return { ...recipe, installer: { ...installer, url } };
}

/** The texts of a folder's files with that ending, by name. */
function readTexts(folder: string, ending: string): Map<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending) && name !== placeFile);
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

function addManifest(folder: string, change: (name: string, text: string) => void): void {
  for (const [name, text] of readTexts(folder, ".pkr.hcl")) {
    const withIt = withManifest(text, manifestFile);
    if (withIt !== undefined) {
      change(name, withIt);
      return;
    }
  }
  throw new RunFailure(
    "prepare",
    "no *.pkr.hcl file of the Packer folder has a build block",
    "name a folder with a Packer template in HCL",
  );
}

/** Every file that the build will ask for is there, before vCenter is asked for anything. */
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
    throw new RunFailure(
      "prepare",
      `the Packer folder lacks ${missing.join(", ")}`,
      source.kind === "deckhouse"
        ? "name a commit that has them as templateImage.deckhouse.commit (docs/templates.md)"
        : "add them, or correct templateImage.directory",
    );
  }
  const undeclared = requiredVariables.filter((name) => !declared.has(name));
  if (undeclared.length > 0) {
    throw new RunFailure(
      "prepare",
      `the Packer folder does not declare the variables ${undeclared.join(", ")}`,
      "declare and use them (docs/templates.md says what for)",
    );
  }
}

function assertDeclared(names: readonly string[], declared: ReadonlySet<string>): void {
  const unknown = names.filter((name) => !declared.has(name));
  if (unknown.length > 0) {
    throw new RunFailure(
      "prepare",
      `the Packer folder declares no variable ${unknown.join(", ")}, which the configuration sets`,
      `remove it from templateImage; there are ${[...declared].sort().join(", ")}`,
    );
  }
}
