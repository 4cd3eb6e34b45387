/**
 * Writes the generated files of the repository anew: the reference, the JSON Schema, the documents of the examples and of
 * the tests; and, with --sdk, the SDK of the vSphere provider, for which the lab has to be built.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  configurationReference,
  exampleStackFiles,
  referenceFile,
  writeExampleDocuments,
  jsonSchemaTexts,
} from "./generatedFiles";
import { goVersion } from "./lab/goBuild";
import { labFolders, labSources, repositoryRoot } from "./lab/folders";
import { generateSdk, sdkFolder } from "./lab/plugins";
import { main, runCommand, UserError } from "../commands/run";
import { usesOfficialEngine } from "./lab/environment";
import { Progress } from "./lab/progress";

main(async () => {
  const progress = new Progress();
  if (process.argv.includes("--sdk")) {
    await writeSdk(progress);
  }
  writeFileSync(referenceFile, configurationReference());
  progress.line("Wrote docs/configuration.md.");
  for (const [file, text] of await jsonSchemaTexts()) writeFileSync(file, text);
  progress.line("Wrote configuration/jsonSchema/*.json.");
  for (const [file, text] of exampleStackFiles()) writeFileSync(file, text);
  progress.line("Wrote the comments of examples/*/Pulumi.*.yaml.");
  writeExampleDocuments();
  progress.line("Wrote examples/*/documents and test/unit/documents/golden/*/documents.");
});

async function writeSdk(progress: Progress): Promise<void> {
  if (usesOfficialEngine()) {
    throw new UserError("The SDK is generated from the lab's plugin: leave LAB_OFFICIAL out.");
  }
  const workshop = { folders: labFolders(), sources: labSources, goVersion: await goVersion() };
  await generateSdk(join(repositoryRoot, sdkFolder), workshop, progress);
  // Its compiled form went with the old files.
  await runCommand(process.execPath, [join(repositoryRoot, "launch", "compile.js")]);
  progress.line(`Wrote ${sdkFolder}.`);
}
