import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { packerPlugin } from "./binaries";
import { packerEnvironment, processEnvironment } from "./environment";
import type { LabFolders } from "./folders";
import { runCommand } from "../../commands/runCommand";
import { Stamp } from "./stamp";

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
