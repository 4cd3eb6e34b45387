/** Writes the generated files of the repository anew: the SDK, the reference, the JSON Schema and the examples' documents. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationReference, referenceFile } from "./generateConfigurationReference";
import { writeExampleDocuments } from "./generateExampleDocuments";
import { jsonSchemaTexts } from "./generateJsonSchema";
import { goVersion } from "./lab/goBuild";
import { labFolders, labSources, repositoryRoot } from "./lab/folders";
import { generateSdk, sdkFolder } from "./lab/plugins";
import { main, runCommand, UserError } from "../commands/run";
import { usesOfficialEngine } from "./lab/environment";
import { Progress } from "./lab/progress";

main(async () => {
  if (usesOfficialEngine()) {
    throw new UserError("The SDK is generated from the lab's plugin: leave LAB_OFFICIAL out.");
  }
  const progress = new Progress();
  const workshop = { folders: labFolders(), sources: labSources, goVersion: await goVersion() };
  await generateSdk(join(repositoryRoot, sdkFolder), workshop, progress);
  // Its compiled form went with the old files.
  await runCommand(process.execPath, [join(repositoryRoot, "launch", "compile.js")]);
  progress.line(`Wrote ${sdkFolder}.`);
  writeFileSync(referenceFile, configurationReference());
  progress.line("Wrote docs/configuration.md.");
  for (const [file, text] of await jsonSchemaTexts()) writeFileSync(file, text);
  progress.line("Wrote schemas.");
  writeExampleDocuments();
  progress.line("Wrote examples/*/documents and test/unit/documents/golden/*/documents.");
});
