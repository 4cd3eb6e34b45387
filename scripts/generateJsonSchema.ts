/**
 * Writes the files of schemas/ from the zod schema, so that editors complete and check Pulumi.<stack>.yaml and the files
 * that it names.
 *
 *     npx tsx scripts/generateJsonSchema.ts           writes the files
 *     npx tsx scripts/generateJsonSchema.ts --check   fails if one of them is not current
 */
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { format, resolveConfig } from "prettier";
import { datastoresFileSchema } from "../configuration/jsonSchema/values";
import { stackFileSchema } from "../configuration/jsonSchema/stackFile";

const folder = join(__dirname, "..", "configuration", "jsonSchema");

/** The JSON Schema of the file of a stack. */
export const jsonSchemaFile = join(folder, "stack-configuration.json");

/** The JSON Schema of a file with the datastores of a zone. */
export const datastoresSchemaFile = join(folder, "datastores.json");

/** What this script writes: the text of each file, formatted like all files of the repository. */
export async function jsonSchemaTexts(): Promise<ReadonlyMap<string, string>> {
  const options = await resolveConfig(jsonSchemaFile);
  const schemas = new Map([
    [jsonSchemaFile, stackFileSchema()],
    [datastoresSchemaFile, datastoresFileSchema()],
  ]);
  const texts = [...schemas].map(
    async ([file, schema]) =>
      [file, await format(JSON.stringify(schema), { ...options, filepath: file })] as const,
  );
  return new Map(await Promise.all(texts));
}

async function main(): Promise<void> {
  for (const [file, current] of await jsonSchemaTexts()) {
    if (!process.argv.includes("--check")) {
      writeFileSync(file, current);
    } else if (readFileSync(file, "utf8") !== current) {
      process.stderr.write(
        `schemas/${basename(file)} is not current: run npx tsx scripts/generateJsonSchema.ts\n`,
      );
      process.exitCode = 1;
    }
  }
}

if (require.main === module) {
  void main();
}
