import assert from "node:assert/strict";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { loadConfiguration, type StackSettings } from "../../../configuration/load";
import type { WrittenText } from "../../../configuration/schema/faults";
import { ConfigurationError } from "../../../findings/finding";
import { projectFiles, wordsOfStackFile } from "../../../configuration/projectFiles";
import { folderForEachTest, writeFiles } from "../../support/temporaryFolder";
import { withoutPointers } from "../../support/pointers";

describe("words of a stack's file that YAML makes other things of", () => {
  let folder: string;

  folderForEachTest((made) => (folder = made));

  const fileWith = (word: string): string => {
    const file = join(folder, "Pulumi.test.yaml");
    writeFileSync(
      file,
      `config:\n  deckhouse-vsphere:regions:\n    - name: x # the first\n      datacenter: ${word}\n      zones: [1, ${word}]\n`,
    );
    return file;
  };
  const key = "deckhouse-vsphere:regions";

  /** The message about a region whose datacenter is the word 0042 in YAML. */
  const load = (zones: readonly object[], writtenText: WrittenText): string => {
    const settings: StackSettings = {
      values: { [key]: JSON.stringify([{ name: "x", datacenter: 34, zones }]) },
      encryptedKeys: new Set(),
      environment: {},
      readFile: () => ({ text: "- 0042\n" }),
      writtenText,
    };
    try {
      loadConfiguration(settings);
    } catch (error) {
      assert.ok(error instanceof ConfigurationError);
      return error.message;
    }
    return assert.fail("nothing failed");
  };

  it("are read as they were written", () => {
    const words = { "1e3": 1000, "0x10": 16, "0o17": 15, "1_000": 1000, on: true, yes: true };
    for (const [word, value] of [["0042", 34], ["0042", 42], ...Object.entries(words)] as const) {
      const wordAt = wordsOfStackFile(fileWith(word));
      assert.equal(wordAt([key, 0, "datacenter"], value), word);
      assert.equal(wordAt([key, 0, "zones", 1], value), word);
    }
  });

  it("are nothing where there is no such place, no file, and no YAML", () => {
    const wordAt = wordsOfStackFile(fileWith("0042"));
    for (const path of [[key, 1, "datacenter"], [key, 0], ["other:key"], [key, 0, "name", "x"]]) {
      assert.equal(wordAt(path, 34), undefined);
    }
    assert.equal(wordsOfStackFile(join(folder, "none.yaml"))([key], 34), undefined);
    assert.equal(wordsOfStackFile(fileWith("'"))([key, 0, "datacenter"], 34), undefined);
  });

  it("are nothing where the value comes from elsewhere, so that YAML makes another one of them", () => {
    for (const word of ["0043", '"0042"', "x"]) {
      assert.equal(wordsOfStackFile(fileWith(word))([key, 0, "datacenter"], 34), undefined);
    }
  });

  it("are read from the file once, however many there are", () => {
    const file = fileWith("0042");
    const wordAt = wordsOfStackFile(file);
    assert.equal(wordAt([key, 0, "datacenter"], 34), "0042");
    rmSync(file);
    assert.equal(wordAt([key, 0, "zones", 1], 34), "0042");
  });

  it("are not looked for in the stack's file when they stand in one of datastores", () => {
    const asked: unknown[] = [];
    load([{ name: "a", cluster: "c", datastoresFile: "a.yaml" }], (path) => void asked.push(path));
    assert.deepEqual(asked, [[key, 0, "datacenter"]]);
  });

  it("are told with what YAML made of them", () => {
    const file = fileWith("0042");
    assert.equal(parse("0042", { version: "1.1" }), 34);
    const message = load([], wordsOfStackFile(file));
    const line = 'regions[0].datacenter: found 34: YAML makes 34 of 0042: put it in quotes, "0042"';
    assert.ok(withoutPointers(message).split("\n").includes(line), message);
  });
});

describe("files of the project", () => {
  const read = (path: string) => projectFiles(join(folder, "project"))(path);
  const wrong = (path: string): string => {
    const content = read(path);
    assert.ok("wrong" in content && content.remedy !== "", JSON.stringify(content));
    return content.wrong;
  };
  let folder: string;

  folderForEachTest((made) => {
    folder = made;
    writeFiles(folder, { "project/datastores/a.yaml": "- lün\n", "secret.yaml": "secret" });
  });

  it("are read by their paths from the project's folder", () => {
    for (const path of ["datastores/a.yaml", "./datastores/../datastores/a.yaml"]) {
      assert.deepEqual(read(path), { text: "- lün\n" });
    }
  });

  it("are not those outside of it, by no way", () => {
    symlinkSync(folder, join(folder, "project", "up"));
    symlinkSync("../secret.yaml", join(folder, "project", "link.yaml"));
    for (const path of [
      ...["../secret.yaml", "datastores/../../secret.yaml", "up/secret.yaml", "link.yaml"],
      ...[join(folder, "secret.yaml"), join(folder, "project", "datastores", "a.yaml"), ".."],
    ]) {
      assert.match(wrong(path), /^the file would be outside of the project's folder, /, path);
    }
  });

  it("that cannot be read are told in words", () => {
    writeFileSync(join(folder, "project", "latin1.yaml"), Buffer.from("- l\xfcn\n", "latin1"));
    symlinkSync("loop", join(folder, "project", "loop"));
    assert.match(wrong("missing.yaml"), /^there is no such file in the project's folder, \//);
    assert.match(wrong("datastores/a.yaml/b"), /^there is no such file/);
    assert.equal(wrong("datastores"), "it is not a file");
    assert.equal(wrong("."), "it is not a file");
    assert.equal(wrong("latin1.yaml"), "the file is not in UTF-8");
    assert.equal(wrong("loop"), "the file cannot be read (ELOOP)");
    assert.match(wrong("a\0b"), /^the file cannot be read \(/);
  });
});
