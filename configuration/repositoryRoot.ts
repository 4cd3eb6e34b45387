import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The root of this repository: the nearest folder above the program's code that has a Pulumi.yaml. */
export function repositoryRoot(start = __dirname): string {
  let folder = start;
  while (!existsSync(join(folder, "Pulumi.yaml")) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return folder;
}
