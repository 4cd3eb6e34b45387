import {
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { loadConfiguration, type StackSettings } from "../../configuration/load";
import { repositoryRoot } from "../../configuration/projectFiles";
import { shellWord } from "../../findings/text";
import { UserError } from "../run";
import type { Place } from "./named";
import { placeText } from "./report";
import { UneditableFile, withExisting } from "./stackFile";

/** A file with its new text. */
export interface EditedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The file of a stack with `existing: true` at some places. Writes nothing yet.
 *
 * @throws UserError when that has to be written by hand
 */
export function editedStackFile(stack: string, places: readonly Place[]): EditedFile {
  const name = `Pulumi.${stack.slice(stack.lastIndexOf("/") + 1)}.yaml`;
  const written = join(repositoryRoot(process.cwd()), name);
  try {
    if (!existsSync(written)) throw new UneditableFile("there is no such file");
    // Where it is a link, what it leads to is replaced.
    const path = realpathSync(written);
    return { path, text: withExisting(readFileSync(path, "utf8"), places) };
  } catch (error) {
    if (!(error instanceof UneditableFile)) throw error;
    const commands = places.map(
      (place) =>
        `  pulumi config set --stack ${shellWord(stack)} --path ${shellWord(`deckhouse-vsphere:${placeText(place)}.existing`)} true`,
    );
    throw new UserError(
      [
        `${name}: it cannot be edited without a person: ${error.message}. Nothing was written. Write it by hand, or by these ` +
          "commands, which drop comments where they have to:",
        ...commands,
      ].join("\n"),
    );
  }
}

/** Replaces a file in one step: nobody ever reads half of it. */
export function writeWhole({ path, text }: EditedFile): void {
  const unfinished = `${path}.${process.pid}.unfinished`;
  writeFileSync(unfinished, text, { mode: statSync(path).mode });
  renameSync(unfinished, path);
}

/** The settings of a stack as they are with `existing: true` at some places. */
export function settingsWithExisting(
  settings: StackSettings,
  places: readonly Place[],
): StackSettings {
  const values: Record<string, string> = { ...settings.values };
  for (const [first, ...rest] of places) {
    const key = `deckhouse-vsphere:${first}`;
    const value = JSON.parse(values[key] ?? "{}") as Nested;
    let at = value;
    for (const step of rest) at = at[step] ??= {};
    at["existing"] = true as unknown as Nested;
    values[key] = JSON.stringify(value);
  }
  return { ...settings, values };
}

/**
 * Makes sure that a stack's configuration is still accepted when it says that things exist.
 *
 * @throws ConfigurationError when it is not
 */
export function refuseContradiction(settings: StackSettings, places: readonly Place[]): void {
  loadConfiguration(settingsWithExisting(settings, places));
}

interface Nested {
  [step: string | number]: Nested;
}
