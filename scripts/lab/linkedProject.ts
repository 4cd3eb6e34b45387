import { copyFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "./folders";

/** What the engine needs to find beside Pulumi.yaml to run the repository's program. */
const linked = ["Pulumi.yaml", "package.json", "launch", "node_modules"];

/**
 * Makes a Pulumi project in a folder of its own that runs the program of this repository: commands that write to the
 * stack's configuration file, and the choice of a stack, then leave the repository as it is.
 *
 * @param folder is made
 * @param configuration the file to copy as Pulumi.<stack>.yaml
 */
export function linkProject(
  folder: string,
  stack = "dev",
  configuration = join(repositoryRoot, "Pulumi.dev.yaml"),
): void {
  mkdirSync(folder, { recursive: true });
  for (const name of linked) symlinkSync(join(repositoryRoot, name), join(folder, name));
  copyFileSync(configuration, join(folder, `Pulumi.${stack}.yaml`));
}
