import assert from "node:assert/strict";
import { mkdirSync, readFileSync, renameSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";

import { repositoryRoot } from "../../../configuration/projectFiles";
import {
  contentFiles,
  fingerprint,
  folderContents,
  templateName,
  type ImageRecipe,
} from "../../../template/recipe";
import { declaredVariables } from "../../../template/packerFolder";
import { folderForEachTest, removeFolder, writeFiles } from "../../support/temporaryFolder";
import { builtinRecipe } from "../../support/templateImages";

describe("the fingerprint of a recipe", () => {
  const contents = "0".repeat(64);
  const directory: ImageRecipe = {
    source: { kind: "directory", path: "x", name: "ours", variableFiles: ["a.pkrvars.hcl"] },
    installer: { url: "https://example.com/u.iso", checksum: `sha256:${"a".repeat(64)}` },
    hardware: { numCPUs: 2, coresPerSocket: 1, memory: 2048, diskSize: 20 },
    variables: { locale: "de_DE", packages: ["vim", "curl"], retries: 3, fips: true },
  };
  const deckhouse: ImageRecipe = {
    source: {
      kind: "deckhouse",
      ubuntu: "22.04",
      commit: "8c480510854a9fbc9a0294ea4627af92f6d0a275",
      repository: "https://github.com/deckhouse/deckhouse.git",
    },
    hardware: {},
    variables: {},
  };
  const of = (recipe: ImageRecipe, changes: Partial<ImageRecipe> = {}): string =>
    fingerprint({ ...recipe, ...changes }, contents);

  it("has eight hexadecimal digits at the end of the name, and does not change with the program", () => {
    // A change of what is hashed would make every user build anew: raise recipeFormat only for that.
    assert.equal(templateName(builtinRecipe, contents), "ubuntu-noble-24.04-64f2dae4");
    assert.equal(templateName(directory, contents), "ours-79d4ebb7");
    assert.equal(templateName(deckhouse, undefined), "ubuntu-jammy-22.04-packer-77d81f19");
  });

  it("ignores the order of variables", () => {
    const variables = Object.fromEntries(Object.entries(directory.variables).reverse());
    assert.equal(of(directory, { variables }), of(directory));
  });

  it("differs by name, value and type of each variable, and by each number of the hardware", () => {
    const seen = [
      ...["{}", '{"one":"1"}', '{"one":1}', '{"one":true}', '{"one":"true"}', '{"one":["1"]}'],
      ...['{"other":"1"}', '{"one":"1","other":"1"}'],
    ].map((text) => of(directory, { variables: JSON.parse(text) as ImageRecipe["variables"] }));
    const hardware = ["numCPUs", "coresPerSocket", "memory", "diskSize"].map((key) =>
      of(directory, { hardware: { [key]: 4 } }),
    );
    assert.equal(new Set([...seen, ...hardware]).size, 12);
  });

  const buildOnly = {
    boot_wait: "1s",
    ip_settle_timeout: "1s",
    ip_wait_timeout: "1h",
    shutdown_timeout: "1h",
    ssh_port: 2222,
    ssh_timeout: "1h",
  };

  it("leaves out what controls the build of the built-in folders, and nothing else", () => {
    const file = join(repositoryRoot(), "template/packer/ubuntu/installation.pkr.hcl");
    const declared = declaredVariables([readFileSync(file, "utf8")]);
    for (const [name, value] of Object.entries(buildOnly)) {
      const variables = { [name]: value };
      assert.ok(declared.has(name), name);
      assert.equal(of(builtinRecipe, { variables }), of(builtinRecipe), name);
      assert.notEqual(of(directory, { variables }), of(directory, { variables: {} }), name);
    }
    assert.notEqual(
      of(builtinRecipe, { variables: { vm_hardware_version: 17 } }),
      of(builtinRecipe),
    );
  });
});

describe("the contents of a Packer folder", () => {
  let folder: string;
  let before: string;
  const at = (path: string): string => join(folder, path);
  const write = (path: string, text: string) => () => writeFiles(folder, { [path]: text });

  folderForEachTest((made) => {
    folder = made;
    writeFiles(folder, { "a.pkr.hcl": "build {}\n", "scripts/one.sh": "true\n", "z.txt": "" });
    before = folderContents(folder);
  });

  it("are always hashed in the same way", () => {
    assert.equal(before, "d267d52c1995932a02ac0b14814a2dd09701cf432df4704e5df8ba87e988615a");
    assert.deepEqual(contentFiles(folder), ["a.pkr.hcl", "scripts/one.sh", "z.txt"]);
  });

  const changing: Readonly<Record<string, () => void>> = {
    "a changed byte": write("scripts/one.sh", "trve\n"),
    "an additional byte": write("a.pkr.hcl", "build {}\n\n"),
    "a renamed file": () => renameSync(at("z.txt"), at("y.txt")),
    "a file in another folder": () => renameSync(at("z.txt"), at("scripts/z.txt")),
    "an added file": write("b.sh", ""),
    "a removed file": () => removeFolder(at("z.txt")),
    "the border between two files": write("scripts/one.sh", "true\nz"),
  };
  const staying: Readonly<Record<string, () => void>> = {
    "a file that says where to build": write("vsphere.auto.pkrvars.hcl", "vcenter_server = 1"),
    "what Packer downloaded": write("packer_cache/u.iso", "iso"),
    "what Packer wrote when it crashed": write("crash.log", "oops"),
    "git's own folder": write("scripts/.git/HEAD", "ref"),
    "what a Mac leaves": write(".DS_Store", "x"),
    "the time of a file": () => utimesSync(at("a.pkr.hcl"), 1, 1),
    "an empty folder": () => {
      mkdirSync(at("empty"));
    },
    "a link in place of a folder": () => {
      renameSync(at("scripts"), at(".git"));
      symlinkSync(".git", at("scripts"));
    },
  };
  for (const [cases, isEqual] of [
    [changing, false],
    [staying, true],
  ] as const) {
    for (const [what, change] of Object.entries(cases)) {
      it(`${isEqual ? "stay the same" : "change"} with ${what}`, () => {
        change();
        assert.equal(folderContents(folder) === before, isEqual);
      });
    }
  }

  it("include what the built-in folders share through links", () => {
    const files = contentFiles(join(repositoryRoot(), "template/packer/ubuntu-24.04"));
    for (const file of ["version.pkr.hcl", "scripts/verify.sh", "vsphere.pkr.hcl"]) {
      assert.ok(files.includes(file), file);
    }
  });

  it("cannot be read from a folder that does not exist", () => {
    assert.throws(() => folderContents(at("missing")), /ENOENT/);
  });
});
