import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";

import { variablesFile } from "../../../../template/hcl";
import { templateFor } from "../../../../template/packerText";
import { hostileTexts, namedHostileTexts } from "../../../support/hostileTexts";
import { runPacker } from "../../../support/packerProcess";
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

describe("hostile texts reach the plugins of the real Packer byte for byte", function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => removeFolder(folder));

  /** What came to the plugin, by the order of the texts. */
  async function received(
    files: Readonly<Record<string, string>>,
    environment: Readonly<Record<string, string>>,
  ): Promise<string[]> {
    writeFiles(folder, files);
    const run = await runPacker(["build", "-color=false", "."], { folder, environment });
    assert.equal(run.exitCode, 0, run.output);
    return readFileSync(join(folder, "received"), "utf8").split(separator);
  }

  for (const untyped of [true, false]) {
    it(`through the environment, as the password goes, to variables ${untyped ? "without" : "with"} a type`, async () => {
      const environment = Object.fromEntries(
        texts.map((text, index) => [`PKR_VAR_text_${index}`, templateFor(text)]),
      );
      const files = { "build.pkr.hcl": template(untyped) };
      assert.deepEqual(await received(files, environment), texts);
    });
  }

  it("through a file, as the place goes", async () => {
    const given = Object.fromEntries(
      texts.map((text, index) => [`text_${index}`, templateFor(text)]),
    );
    const files = {
      "build.pkr.hcl": template(true),
      "place.auto.pkrvars.hcl": variablesFile(given),
    };
    assert.deepEqual(await received(files, {}), texts);
  });
});
