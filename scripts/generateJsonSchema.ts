/**
 * Writes schemas/stack-configuration.json from the zod schema, so that editors complete and check Pulumi.<stack>.yaml.
 *
 *     npx tsx scripts/generateJsonSchema.ts           writes the file
 *     npx tsx scripts/generateJsonSchema.ts --check   fails if the file is not current
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { stackFileSchema } from "./jsonSchema/stackFile";

/** The file this script writes. */
export const jsonSchemaFile = join(__dirname, "..", "schemas", "stack-configuration.json");

/** Writes the JSON Schema of the file of a stack as text, formatted like all files of the repository. */
export async function jsonSchemaText(): Promise<string> {
  const options = await resolveConfig(jsonSchemaFile);
  return format(JSON.stringify(stackFileSchema()), { ...options, filepath: jsonSchemaFile });
}

async function main(): Promise<void> {
  const current = await jsonSchemaText();
  if (!process.argv.includes("--check")) {
    writeFileSync(jsonSchemaFile, current);
    return;
  }
  if (readFileSync(jsonSchemaFile, "utf8") !== current) {
    process.stderr.write(
      "schemas/stack-configuration.json is not current: run npx tsx scripts/generateJsonSchema.ts\n",
    );
    process.exitCode = 1;
  }
}

if (require.main === module) {
  void main();
}
