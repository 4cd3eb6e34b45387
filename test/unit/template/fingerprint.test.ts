import assert from "node:assert/strict";
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { fingerprint, templateName } from "../../../template/fingerprint";
import { contentFiles, folderContents } from "../../../template/folderContents";
import type { ImageRecipe } from "../../../template/recipe";
import { repositoryRoot } from "../../../configuration/repositoryRoot";
import { builtinRecipe } from "../../support/templateImages";
import { removeFolder, temporaryFolder, writeFiles } from "../../support/temporaryFolder";

describe("the fingerprint of a recipe", () => {
  const contents = "0".repeat(64);
  const directory: ImageRecipe = {
    source: { kind: "directory", path: "x", name: "ours", variableFiles: ["a.pkrvars.hcl"] },
    installer: { url: "https://example.com/u.iso", checksum: `sha256:${"a".repeat(64)}` },
    hardware: { numCPUs: 2, coresPerSocket: 1, memory: 2048, diskSize: 20 },
    variables: { locale: "de_DE", packages: ["vim", "curl"], retries: 3, fips: true },
  };

  it("has eight hexadecimal digits, and does not change with the program", () => {
    // Another format of what is hashed would have every user build anew: raise recipeFormat only for that.
    assert.equal(fingerprint(builtinRecipe, contents), "64f2dae4");
    assert.equal(fingerprint(directory, contents), "79d4ebb7");
    assert.equal(
      fingerprint(
        {
          source: {
            kind: "deckhouse",
            ubuntu: "22.04",
            commit: "8c480510854a9fbc9a0294ea4627af92f6d0a275",
            repository: "https://github.com/deckhouse/deckhouse.git",
          },
          hardware: {},
          variables: {},
        },
        undefined,
      ),
      "77d81f19",
    );
  });

  it("ends the template's name, after what the source calls it", () => {
    assert.equal(templateName(builtinRecipe, contents), "ubuntu-noble-24.04-64f2dae4");
    assert.equal(templateName(directory, contents), "ours-79d4ebb7");
  });

  it("does not mind the order in which variables stand", () => {
    const variables = Object.fromEntries(Object.entries(directory.variables).reverse());
    assert.equal(
      fingerprint({ ...directory, variables }, contents),
      fingerprint(directory, contents),
    );
  });

  it("minds name, value and kind of each variable", () => {
    const choices: ImageRecipe["variables"][] = [
      {},
      { one: "1" },
      { one: 1 },
      { one: true },
      { one: "true" },
      { one: ["1"] },
      { other: "1" },
      { one: "1", other: "1" },
    ];
    const seen = choices.map((variables) => fingerprint({ ...directory, variables }, contents));
    assert.equal(new Set(seen).size, seen.length);
  });

  it("tells one number of the hardware from another", () => {
    const seen = ["numCPUs", "coresPerSocket", "memory", "diskSize"].map((key) =>
      fingerprint({ ...directory, hardware: { [key]: 4 } }, contents),
    );
    assert.equal(new Set(seen).size, seen.length);
  });

  it("leaves out what says how this project's own folders build, and nothing else", () => {
    const of = (recipe: ImageRecipe, variables: ImageRecipe["variables"]): string =>
      fingerprint({ ...recipe, variables }, contents);
    for (const variables of [
      { boot_wait: "1s" },
      { ip_settle_timeout: "1s" },
      { ip_wait_timeout: "1h" },
      { shutdown_timeout: "1h" },
      { ssh_port: 2222 },
      { ssh_timeout: "1h" },
    ] as ImageRecipe["variables"][]) {
      const text = JSON.stringify(variables);
      assert.equal(of(builtinRecipe, variables), fingerprint(builtinRecipe, contents), text);
      assert.notEqual(of(directory, variables), of(directory, {}), `${text} of an unknown folder`);
    }
    assert.notEqual(
      of(builtinRecipe, { vm_hardware_version: 17 }),
      fingerprint(builtinRecipe, contents),
    );
  });

  it("leaves out only variables that this project's folders declare", () => {
    const declared = ["installation", "machine", "vcenter", "vsphere"]
      .map((name) => join(repositoryRoot(), "template/packer/ubuntu", `${name}.pkr.hcl`))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
    for (const name of [
      "boot_wait",
      "ip_settle_timeout",
      "ip_wait_timeout",
      "shutdown_timeout",
      "ssh_port",
      "ssh_timeout",
    ]) {
      assert.ok(declared.includes(`variable "${name}"`), name);
    }
  });
});

describe("the contents of a Packer folder", () => {
  let folder: string;
  let before: string;

  beforeEach(() => {
    folder = temporaryFolder();
    writeFiles(folder, { "a.pkr.hcl": "build {}\n", "scripts/one.sh": "true\n", "z.txt": "" });
    before = folderContents(folder);
  });

  afterEach(() => {
    removeFolder(folder);
  });

  it("are always hashed in the same way", () => {
    assert.equal(before, "d267d52c1995932a02ac0b14814a2dd09701cf432df4704e5df8ba87e988615a");
    assert.deepEqual(contentFiles(folder), ["a.pkr.hcl", "scripts/one.sh", "z.txt"]);
  });

  const changing: Readonly<Record<string, () => void>> = {
    "a changed byte": () => writeFileSync(join(folder, "scripts/one.sh"), "trve\n"),
    "a byte more": () => appendFileSync(join(folder, "a.pkr.hcl"), "\n"),
    "a renamed file": () => renameSync(join(folder, "z.txt"), join(folder, "y.txt")),
    "a file in another folder": () =>
      renameSync(join(folder, "z.txt"), join(folder, "scripts/z.txt")),
    "an added file": () => writeFileSync(join(folder, "b.sh"), ""),
    "a removed file": () => removeFolder(join(folder, "z.txt")),
    "the border between two files": () =>
      writeFiles(folder, { "scripts/one.sh": "true\nz", "z.txt": "" }),
  };
  for (const [what, change] of Object.entries(changing)) {
    it(`change with ${what}`, () => {
      change();
      assert.notEqual(folderContents(folder), before);
    });
  }

  const staying: Readonly<Record<string, () => void>> = {
    "a file that says where to build": () =>
      writeFiles(folder, { "vsphere.auto.pkrvars.hcl": "vcenter_server = 1" }),
    "what Packer downloaded": () => writeFiles(folder, { "packer_cache/u.iso": "iso" }),
    "what Packer wrote when it crashed": () => writeFiles(folder, { "crash.log": "oops" }),
    "git's own folder": () => writeFiles(folder, { ".git/HEAD": "ref", "scripts/.git": "link" }),
    "what a Mac leaves": () => writeFiles(folder, { ".DS_Store": "x" }),
    "the time of a file": () => utimesSync(join(folder, "a.pkr.hcl"), 1, 1),
    "an empty folder": () => mkdirSync(join(folder, "empty")),
    "a link in place of a file": () => {
      renameSync(join(folder, "scripts"), join(folder, ".git"));
      symlinkSync(".git", join(folder, "scripts"));
    },
  };
  for (const [what, change] of Object.entries(staying)) {
    it(`stay with ${what}`, () => {
      change();
      assert.equal(folderContents(folder), before);
    });
  }

  it("are those of every release of this project's own folders, with what they share", () => {
    const files = contentFiles(join(repositoryRoot(), "template/packer/ubuntu-24.04"));
    assert.ok(files.includes("version.pkr.hcl"));
    assert.ok(files.includes("scripts/verify.sh"), "of a linked folder");
    assert.ok(files.includes("vsphere.pkr.hcl"), "of a linked file");
  });

  it("cannot be told of a folder that is not there", () => {
    assert.throws(() => folderContents(join(folder, "missing")), /ENOENT/);
  });
});
