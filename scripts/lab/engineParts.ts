import { chmodSync, copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { EnginePlugin } from "./binaries";
import { labSources, type LabFolders } from "./folders";
import { runCommand } from "../../commands/runCommand";
import { Stamp } from "./stamp";

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
