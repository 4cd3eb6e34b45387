import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { repositoryRoot } from "../../../configuration/repositoryRoot";
import {
  baseName,
  deckhouseFolder,
  defaultCommits,
  localFolder,
  ubuntuOfBuiltin,
  ubuntuOfDeckhouse,
  variableFiles,
  type PackerSource,
} from "../../../template/source";

const deckhouse = (ubuntu: (typeof ubuntuOfDeckhouse)[number]): PackerSource => ({
  ...({ kind: "deckhouse", ubuntu } as const),
  ...{ commit: "c".repeat(40), repository: "https://example.com/deckhouse.git" },
});
const directory: PackerSource = {
  ...({ kind: "directory", path: "../ours", name: "ours" } as const),
  variableFiles: ["b.pkrvars.hcl", "a.pkrvars.hcl"],
};

describe("the source of a template", () => {
  it("names the template as the Packer folders do", () => {
    assert.deepEqual(
      [
        ...ubuntuOfDeckhouse.map((ubuntu) => baseName(deckhouse(ubuntu))),
        ...ubuntuOfBuiltin.map((ubuntu) => baseName({ kind: "builtin", ubuntu })),
        baseName(directory),
      ],
      [
        "ubuntu-bionic-18.04-packer",
        "ubuntu-focal-20.04-packer",
        "ubuntu-jammy-22.04-packer",
        "ubuntu-jammy-22.04",
        "ubuntu-noble-24.04",
        "ours",
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

  it("has the files of variables of its release, in the order in which Packer takes them", () => {
    assert.deepEqual(variableFiles(deckhouse("20.04")), ["20.04.pkrvars.hcl"]);
    assert.deepEqual(variableFiles(directory), ["b.pkrvars.hcl", "a.pkrvars.hcl"]);
    assert.deepEqual(variableFiles({ kind: "builtin", ubuntu: "24.04" }), []);
  });

  it("is a folder on this machine, or has to be fetched", () => {
    const root = repositoryRoot();
    assert.equal(localFolder(deckhouse("22.04"), root), undefined);
    assert.equal(localFolder(directory, "/srv/deckhouse"), "/srv/ours");
    assert.equal(localFolder({ ...directory, path: "/opt/ours" }, root), "/opt/ours");
    for (const ubuntu of ubuntuOfBuiltin) {
      const folder = localFolder({ kind: "builtin", ubuntu }, root);
      assert.ok(folder !== undefined && existsSync(join(folder, "version.pkr.hcl")), folder);
    }
  });
});
