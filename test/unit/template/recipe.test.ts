import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { repositoryRoot } from "../../../configuration/projectFiles";
import {
  baseName,
  deckhouseFolder,
  defaultCommits,
  localFolder,
  ubuntuOfBuiltin,
  ubuntuOfDeckhouse,
  variableFiles,
  type PackerSource,
} from "../../../template/recipe";

const builtin = ubuntuOfBuiltin.map((ubuntu): PackerSource => ({ kind: "builtin", ubuntu }));
const deckhouse = ubuntuOfDeckhouse.map((ubuntu): PackerSource => ({
  kind: "deckhouse",
  ubuntu,
  commit: "c".repeat(40),
  repository: "https://example.com/deckhouse.git",
}));
const directory = {
  kind: "directory",
  path: "../ours",
  name: "ours",
  variableFiles: ["b.pkrvars.hcl", "a.pkrvars.hcl"],
} as const;

describe("the source of a template", () => {
  it("names the template and its variable files as the Packer folders do", () => {
    assert.deepEqual(
      [...deckhouse, ...builtin, directory].map((source) => [
        baseName(source),
        ...variableFiles(source),
      ]),
      [
        ["ubuntu-bionic-18.04-packer", "18.04.pkrvars.hcl"],
        ["ubuntu-focal-20.04-packer", "20.04.pkrvars.hcl"],
        ["ubuntu-jammy-22.04-packer", "22.04.pkrvars.hcl"],
        ["ubuntu-jammy-22.04"],
        ["ubuntu-noble-24.04"],
        ["ours", "b.pkrvars.hcl", "a.pkrvars.hcl"],
      ],
    );
  });

  it("is Deckhouse's folder at the commit that is known to have the release", () => {
    assert.equal(deckhouseFolder, "ee/modules/030-cloud-provider-vsphere/packer");
    assert.deepEqual(defaultCommits, {
      "18.04": "c886458d495eb7238d50c1e6c6ea8cd29ad629c6",
      "20.04": "c886458d495eb7238d50c1e6c6ea8cd29ad629c6",
      "22.04": "8c480510854a9fbc9a0294ea4627af92f6d0a275",
    });
  });

  it("is a local folder, or has to be fetched", () => {
    const root = repositoryRoot();
    for (const source of deckhouse) assert.equal(localFolder(source, root), undefined);
    assert.equal(localFolder(directory, "/srv/deckhouse"), "/srv/ours");
    assert.equal(localFolder({ ...directory, path: "/opt/ours" }, root), "/opt/ours");
    for (const source of builtin) {
      const folder = localFolder(source, root)!;
      assert.ok(existsSync(join(folder, "version.pkr.hcl")), folder);
    }
  });
});
