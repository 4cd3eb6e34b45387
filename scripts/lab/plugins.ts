import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../commands/run";
import { packerPlugin, sdkGenerator, vspherePlugin, type EnginePlugin } from "./binaries";
import { packerEnvironment, processEnvironment } from "./environment";
import { labSources, type LabFolders } from "./folders";
import { binaryFile, buildAll, Stamp, type Workshop } from "./goBuild";
import type { Progress } from "./progress";

/**
 * Puts the launcher of dynamic resources beside the engine, which looks for it there. It is a script; the official
 * engine comes with the same.
 */
export function installDynamicLauncher(folders: LabFolders): void {
  const name = "pulumi-resource-pulumi-nodejs";
  mkdirSync(folders.engine, { recursive: true });
  copyFileSync(join(labSources, name), join(folders.engine, name));
  chmodSync(join(folders.engine, name), 0o755);
}

/**
 * Installs a plugin that was built for the engine, as the engine itself would an official one, so that it finds it by
 * its version without looking at the PATH. Returns whether there was anything to do.
 */
export async function installEnginePlugin(
  plugin: EnginePlugin,
  folders: LabFolders,
): Promise<boolean> {
  const { name, version, binary } = plugin;
  const file = join(folders.build, binary);
  const installed = join(folders.pulumiHome, "plugins", `resource-${name}-v${version}`, binary);
  const stamp = new Stamp(join(folders.stamps, `${binary}.installed`), installed);
  const content = createHash("sha256").update(readFileSync(file)).digest("hex");
  if (stamp.isFresh(content)) return false;
  stamp.remove();
  await runCommand(
    join(folders.engine, "pulumi"),
    ["plugin", "install", "resource", name, version, "--file", file, "--reinstall"],
    {
      environment: {
        ...process.env,
        PULUMI_HOME: folders.pulumiHome,
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    },
  );
  stamp.write(content);
  return true;
}

/**
 * Installs the vSphere plugin that was built for Packer, so that `packer init` finds it in place and asks nobody for
 * it. Returns whether there was anything to do.
 */
export async function installPackerPlugin(folders: LabFolders): Promise<boolean> {
  const { source, binary } = packerPlugin;
  const file = join(folders.build, binary);
  const folder = join(folders.packerPlugins, ...source.split("/"));
  const installed = join(folder, installedName(folder) ?? binary);
  const stamp = new Stamp(join(folders.stamps, `${binary}.installed`), installed);
  const content = createHash("sha256").update(readFileSync(file)).digest("hex");
  if (stamp.isFresh(content)) return false;
  stamp.remove();
  // Packer keeps other releases beside the one it installs, and then takes the newest.
  rmSync(folder, { recursive: true, force: true });
  await runCommand(
    join(folders.packerBin, "packer"),
    ["plugins", "install", "--path", file, source],
    {
      environment: processEnvironment(packerEnvironment({ folders, official: false })),
    },
  );
  stamp.write(content);
  return true;
}

/** Removes the Packer of an earlier lab, which was where an official one must be found first. */
export function removeEarlierPacker(folders: LabFolders): void {
  rmSync(join(folders.bin, "packer"), { force: true });
}

/** What Packer has called the binary: it adds its interface and the platform, `packer-plugin-vsphere_v1.4.2_x5.0_...`. */
function installedName(folder: string): string | undefined {
  const { binary, version } = packerPlugin;
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder).find(
    (name) => name.startsWith(`${binary}_v${version}_`) && !name.endsWith("_SHA256SUM"),
  );
}

/** The folder of the committed TypeScript package @pulumi/vsphere, from the root of the repository. */
export const sdkFolder = join("sdks", "vsphere");

/** Writes the TypeScript package @pulumi/vsphere from the schema of the lab's plugin, which has to be built before. */
export async function generateSdk(
  folder: string,
  workshop: Workshop,
  progress: Progress,
): Promise<void> {
  await buildAll([sdkGenerator], workshop, progress);
  const plugin = join(workshop.folders.build, vspherePlugin.binary);
  const { stdout: schema } = await runCommand(plugin, ["schema"]);
  await runCommand(binaryFile(sdkGenerator, workshop.folders), ["-out", folder], { input: schema });
}

const keptMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Removes what engines of more than a day ago left in PULUMI_HOME: each command writes a log there, and each project of
 * a test a note of its stack.
 */
export function tidyHome(folders: LabFolders, now = Date.now()): void {
  for (const name of ["logs", "workspaces"]) {
    const folder = join(folders.pulumiHome, name);
    for (const file of existsSync(folder) ? readdirSync(folder) : []) {
      const age = now - statSync(join(folder, file)).mtimeMs;
      if (age > keptMilliseconds) rmSync(join(folder, file), { recursive: true, force: true });
    }
  }
}
