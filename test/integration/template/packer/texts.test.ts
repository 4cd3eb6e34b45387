import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";

import { variablesFile } from "../../../../template/packerFolder";
import { templateFor } from "../../../../template/packerVariables";
import { hostileTexts, namedHostileTexts } from "../../../support/hostileTexts";
import { runPacker } from "../../../support/labPrograms";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";

const texts = [...namedHostileTexts, ...fc.sample(hostileTexts, { numRuns: 300, seed: 7 })];

/** What no text has in it. */
const separator = "\u001E";

/** A build without a machine, one option of which holds all variables: it is expanded as those of the vSphere plugin. */
function template(untyped: boolean): string {
  return [
    ...texts.map(
      (_, index) => `variable "text_${index}" {\n${untyped ? "" : "  type = string\n"}}`,
    ),
    'source "file" "received" {\n  target = "received"',
    `  content = join("\\u001E", [${texts.map((_, index) => `var.text_${index}`).join(", ")}])`,
    '}\nbuild {\n  sources = ["source.file.received"]\n}\n',
  ].join("\n");
}

const given = (prefix = ""): Record<string, string> =>
  Object.fromEntries(texts.map((text, index) => [`${prefix}text_${index}`, templateFor(text)]));

describe("hostile texts reach the plugins of the real Packer byte for byte", () => {
  for (const untyped of [true, false]) {
    for (const [way, environment, variables] of [
      ["the environment, as the password does", given("PKR_VAR_"), {}],
      ["a variable file, as everything else does", {}, given()],
    ] as const) {
      it(`through ${way}, to variables ${untyped ? "without" : "with"} a type`, async () => {
        const folder = temporaryFolder();
        writeFiles(folder, {
          "build.pkr.hcl": template(untyped),
          [variablesFile]: `${JSON.stringify(variables)}\n`,
        });
        const parameters = ["build", "-color=false", `-var-file=${variablesFile}`, "."];
        const run = await runPacker(parameters, { folder, environment });
        assert.equal(run.exitCode, 0, run.output);
        const received = readFileSync(join(folder, "received"), "utf8").split(separator);
        removeFolder(folder);
        assert.deepEqual(received, texts);
      });
    }
  }
});
