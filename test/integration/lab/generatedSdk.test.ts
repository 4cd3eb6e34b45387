import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goVersion } from "../../../scripts/lab/goBuild";
import { labFolders, labSources, repositoryRoot } from "../../../scripts/lab/folders";
import { generateSdk, sdkFolder } from "../../../scripts/lab/plugins";
import { usesOfficialEngine } from "../../../scripts/lab/environment";
import { Progress } from "../../../scripts/lab/progress";

/** The text of each file below a folder, but for what was compiled from them. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const files = names.filter(
    (name) => !/^(bin|node_modules)(\/|$)/.test(name) && statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

describe("the generated package @pulumi/vsphere", function () {
  // The generator may have to be built first.
  this.timeout(600_000);
  let folder: string;

  before(function () {
    // Then the lab has no plugin of its own to generate it from.
    if (usesOfficialEngine()) this.skip();
    folder = mkdtempSync(join(tmpdir(), "generated-sdk-"));
  });

  after(() => {
    if (!usesOfficialEngine()) rmSync(folder, { recursive: true });
  });

  it("is what the lab's plugin gives, byte for byte", async () => {
    const workshop = { folders: labFolders(), sources: labSources, goVersion: await goVersion() };
    await generateSdk(folder, workshop, new Progress({ write: () => undefined }));
    assert.deepEqual(contents(join(repositoryRoot, sdkFolder)), contents(folder));
  });
});
