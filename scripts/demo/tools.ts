/**
 * Chooses what `make demo` runs on, and says why: `1`, for LAB_OFFICIAL, when the machine has a fitting pulumi and packer
 * and their plugins can be fetched, so that the simulated vCenter alone is built; else nothing, for the lab's own.
 *
 * What is built already is used: nothing is fetched then.
 */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { coerce, lt } from "semver";
import { main } from "../../commands/run";
import { findingText } from "../../findings/finding";
import { packer, toolFaults } from "../../template/tools";
import { commandPlugin, labBinaries, vspherePlugin } from "../lab/binaries";
import { labFolders, labSources, repositoryRoot } from "../lab/folders";
import { goVersion, needsBuild } from "../lab/goBuild";

/** How long one tool may take; a plugin has up to 100 megabytes. */
const longestMilliseconds = 180_000;

if (require.main === module) {
  main(async () => {
    const asked = process.env["LAB_OFFICIAL"];
    if (asked) {
      console.log(asked);
    } else if (!(await isLabBuilt())) {
      const why = await whyNotOfficial();
      console.error(
        why === undefined
          ? "Using the pulumi and packer of this machine; the simulated vCenter alone is built."
          : `Building the lab's own engine and Packer, because ${why}.`,
      );
      if (why === undefined) console.log("1");
    }
  });
}

async function isLabBuilt(): Promise<boolean> {
  const workshop = {
    folders: labFolders(),
    sources: labSources,
    goVersion: await goVersion(),
  };
  return labBinaries(false).every((binary) => !needsBuild(binary, workshop));
}

/** Why the machine's own tools are not to be used; undefined when they are. Fetches their plugins. */
export async function whyNotOfficial(): Promise<string | undefined> {
  const why = await whyNotPulumi();
  if (why !== undefined) return why;
  const [fault] = await toolFaults([packer]);
  if (fault !== undefined) return findingText(fault);
  for (const { name, version } of [vspherePlugin, commandPlugin]) {
    if (!(await succeeds("pulumi", "plugin", "install", "resource", name, version))) {
      return `pulumi could not fetch its plugin ${name} ${version}`;
    }
  }
  const folder = join(repositoryRoot, "template", "packer", "ubuntu-24.04");
  return (await succeeds("packer", "init", folder))
    ? undefined
    : "packer could not fetch its vSphere plugin";
}

/** An engine has to be at least as new as the SDK that talks to it. */
async function whyNotPulumi(): Promise<string | undefined> {
  const answer = await printed("pulumi", "version");
  if (answer === undefined) return "pulumi is not on the PATH";
  const found = coerce(answer);
  const { dependencies } = JSON.parse(
    readFileSync(join(repositoryRoot, "package.json"), "utf8"),
  ) as { dependencies: Record<string, string> };
  const oldest = dependencies["@pulumi/pulumi"] ?? "";
  if (found === null) return "the pulumi on the PATH does not say its version";
  return lt(found, oldest)
    ? `the pulumi on the PATH is ${found.version}, older than ${oldest}`
    : undefined;
}

async function succeeds(program: string, ...args: readonly string[]): Promise<boolean> {
  return (await printed(program, ...args)) !== undefined;
}

/** What a program prints; undefined when it fails or there is none. */
async function printed(program: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true", CHECKPOINT_DISABLE: "1" };
    const options = { timeout: longestMilliseconds, env };
    return (await promisify(execFile)(program, [...args], options)).stdout;
  } catch {
    return undefined;
  }
}
