import { join } from "node:path";
import { buildAll } from "./buildAll";
import { sdkGenerator, vspherePlugin } from "./binaries";
import { binaryFile, type Workshop } from "./buildBinary";
import type { Progress } from "./progress";
import { runCommand } from "../../commands/runCommand";

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
