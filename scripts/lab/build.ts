/** Builds what the lab needs and is missing or changed. */
import { buildAll } from "./buildAll";
import { commandPlugin, labBinaries, vspherePlugin } from "./binaries";
import { goVersion } from "./buildBinary";
import { installDynamicLauncher, installEnginePlugin } from "./engineParts";
import { labFolders, labSources } from "./folders";
import { main } from "../../commands/main";
import { usesOfficialEngine } from "./official";
import { installPackerPlugin, removeEarlierPacker } from "./packerParts";
import { Progress } from "./progress";
import { tidyHome } from "./tidyHome";

main(async () => {
  const folders = labFolders();
  const official = usesOfficialEngine();
  const progress = new Progress();
  removeEarlierPacker(folders);
  const workshop = { folders, sources: labSources, goVersion: await goVersion() };
  const built = await buildAll(labBinaries(official), workshop, progress);
  if (!official) {
    installDynamicLauncher(folders);
    for (const plugin of [vspherePlugin, commandPlugin]) await installEnginePlugin(plugin, folders);
    await installPackerPlugin(folders);
    tidyHome(folders);
  }
  if (built.length > 0) progress.line("The lab is built.");
});
