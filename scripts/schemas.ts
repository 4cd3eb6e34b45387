/**
 * Transcribes the schemas that Deckhouse publishes into the file that the tests hold documents against,
 * test/fixtures/deckhouseSchemas.json:
 *
 *     npm run schemas -- ../deckhouse
 *
 * The folder has one folder for each version of Deckhouse, laid out as the repository deckhouse/deckhouse is, and named
 * like the release: `v1.76.2`. `git archive` of the tag makes one. Only what decides whether a document is taken is kept,
 * no description; and a schema that several versions have is there once.
 */
import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { main } from "../commands/run";
import { transcribe } from "./deckhouseSchemas/transcribe";
import { transcriptionFile, transcriptionText } from "./deckhouseSchemas/transcription";
import { repositoryRoot } from "./lab/folders";

const usage = `Usage: npm run schemas -- FOLDER

FOLDER has a folder for each version of Deckhouse, such as v1.76.2, with the schemas of that version, laid out as
the repository deckhouse/deckhouse is: for example FOLDER/v1.76.2/candi/openapi/cluster_configuration.yaml.`;

main(async () => {
  const [folder, ...more] = process.argv.slice(2);
  const transcription = folder === undefined || more.length > 0 ? undefined : transcribe(folder);
  if (transcription === undefined) {
    if (folder !== undefined) console.error(`${folder}: there are no schemas of Deckhouse\n`);
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  writeFileSync(transcriptionFile, await transcriptionText(transcription));
  const versions = transcription.versions.map(({ deckhouse }) => deckhouse).join(", ");
  const count = Object.keys(transcription.schemas).length;
  console.log(
    `Wrote ${relative(repositoryRoot, transcriptionFile)}: ${count} schemas of Deckhouse ${versions}.`,
  );
});
