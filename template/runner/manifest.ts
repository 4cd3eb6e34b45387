import { readFileSync } from "node:fs";

/**
 * The name of the machine that a build made, as Packer's manifest post-processor wrote it down.
 *
 * @throws Error when the manifest is not there, or tells of more or less than one machine
 */
export function builtMachine(file: string): string {
  const { builds = [] } = JSON.parse(readFileSync(file, "utf8")) as {
    builds?: { artifact_id?: string }[];
  };
  const [build, ...others] = builds;
  if (build?.artifact_id === undefined || others.length > 0) {
    throw new Error(
      `Packer's manifest tells of ${builds.length} machines, and there has to be one`,
    );
  }
  return build.artifact_id;
}
