/**
 * Writes the documents of generated configurations into a folder, for Deckhouse's own checks or a checker of theirs:
 *
 *     npm run documents -- --count 2000 --seed 1 --out FOLDER
 *
 * It is a test's tool and so in test/: the configurations come from the generator of the property tests.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { parseArgs } from "node:util";
import { main, UserError } from "../../commands/run";
import { knownVersions } from "../support/deckhouseSchemas";
import { generatedDocuments, type GenerationPlan } from "../support/generatedDocuments";

const usage = `Usage: npm run documents -- --out FOLDER [--count 100] [--seed 1] [--version 1.76]

Draws configurations that have no fault, as the property tests do, and writes the documents of each of their clusters to
FOLDER/<version of Deckhouse>/<number of the configuration>-<region>.yaml. Documents of kinds of which no schema was read
(users, extra documents) go to FOLDER/without-schema/ in the same way. The same seed gives the same files.

  --out FOLDER     where to: for each version a folder that is new or empty
  --count N        how many configurations, 100 unless it is told
  --seed N         what the random numbers start from, 1 unless it is told
  --version V      one version of Deckhouse; without it ${knownVersions.join(", ")} take turns`;

/** The folder of what no schema is known for. */
const others = "without-schema";

/** After how many milliseconds there is news. */
const patience = 2000;

/** What the command line asks for; undefined when it does not say what is needed. */
function wanted(): (GenerationPlan & { readonly out: string }) | undefined {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      count: { type: "string", default: "100" },
      seed: { type: "string", default: "1" },
      version: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { out, count, seed, version } = values;
  if (values.help || out === undefined) return undefined;
  return {
    out,
    count: wholeNumber("--count", count),
    seed: wholeNumber("--seed", seed),
    versions: version === undefined ? knownVersions : [knownVersion(version)],
  };
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new UserError(`${option}: found "${text}": it is not a number: write it like 2000`);
  }
  return Number(text);
}

function knownVersion(version: string): string {
  if (!knownVersions.includes(version)) {
    throw new UserError(
      `--version: found "${version}": there are no schemas of it: write one of ${knownVersions.join(", ")}`,
    );
  }
  return version;
}

/** Makes the folder of a version. */
function freshFolder(out: string, version: string): void {
  const folder = join(out, version);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new UserError(
      `--out: found "${out}": ${folder} has files in it, which would be taken for new ones: name another folder`,
    );
  }
  mkdirSync(folder, { recursive: true });
}

main(async () => {
  const plan = wanted();
  if (plan === undefined) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const { out, count, versions } = plan;
  for (const version of versions) {
    freshFolder(out, version);
    freshFolder(out, join(others, version));
  }
  let told = Date.now();
  let configurations = 0;
  let written = 0;
  for (const files of generatedDocuments(plan)) {
    for (const { version, name, text, withoutSchema } of files) {
      writeFileSync(join(out, version, name), text);
      if (withoutSchema !== "") writeFileSync(join(out, others, version, name), withoutSchema);
    }
    configurations += 1;
    written += files.length;
    if (Date.now() - told > patience) {
      told = Date.now();
      console.error(`  … ${configurations} of ${count} configurations, ${written} files`);
      // Time for signals and output.
      await setImmediate();
    }
  }
  console.log(
    `Wrote ${written} files of ${configurations} configurations to ${out}, and documents of kinds without a schema to ` +
      `${join(out, others)}.`,
  );
});
