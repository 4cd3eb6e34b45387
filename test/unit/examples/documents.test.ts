import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { exampleDocuments } from "../../../scripts/examples/documents";
import { exampleFolder, exampleNames } from "../../../scripts/examples/examples";
import { documentsFolder, generatedMark } from "../../../scripts/generateExampleDocuments";
import { repositoryRoot } from "../../../scripts/lab/folders";

describe("the examples", () => {
  it("are all that the folder has", () => {
    const folders = readdirSync(join(repositoryRoot, "examples"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    assert.deepEqual(folders.sort(), [...exampleNames].sort());
  });

  for (const name of exampleNames) {
    it(`${name} has the documents that come of it (make generate writes them)`, () => {
      const documents = exampleDocuments(name);
      assert.deepEqual(
        readdirSync(documentsFolder(name)).sort(),
        Object.keys(documents)
          .map((region) => `${region}.yaml`)
          .sort(),
      );
      for (const [region, text] of Object.entries(documents)) {
        const file = join(exampleFolder(name), "documents", `${region}.yaml`);
        assert.equal(readFileSync(file, "utf8"), generatedMark(name) + text);
      }
    });
  }
});
