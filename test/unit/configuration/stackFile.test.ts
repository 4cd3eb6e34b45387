import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { loadConfiguration } from "../../../configuration/load";
import { ConfigurationError } from "../../../findings/finding";
import { wordsOfStackFile } from "../../../configuration/stackSettings";
import { removeFolder, temporaryFolder } from "../../support/temporaryFolder";

describe("words of a stack's file that YAML makes other things of", () => {
  let folder: string;

  before(() => {
    folder = temporaryFolder();
  });

  after(() => {
    removeFolder(folder);
  });

  const fileWith = (word: string): string => {
    const file = join(folder, "Pulumi.test.yaml");
    writeFileSync(
      file,
      `config:\n  deckhouse-vsphere:regions:\n    - name: x # the first\n      datacenter: ${word}\n      zones: [1, ${word}]\n`,
    );
    return file;
  };
  const key = "deckhouse-vsphere:regions";

  it("are read as they were written", () => {
    for (const [word, value] of [
      ...([
        ["0042", 34],
        ["0042", 42],
        ["1e3", 1000],
        ["0x10", 16],
        ["0o17", 15],
      ] as const),
      ...([
        ["on", true],
        ["yes", true],
        ["1_000", 1000],
      ] as const),
    ]) {
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
    const zone = { name: "a", cluster: "c", datastoresFile: "a.yaml" };
    const asked: unknown[] = [];
    const regions = [{ name: "x", datacenter: 34, zones: [zone] }];
    assert.throws(() =>
      loadConfiguration({
        values: { [key]: JSON.stringify(regions) },
        encryptedKeys: new Set(),
        environment: {},
        readFile: () => ({ text: "- 0042\n" }),
        writtenText: (path) => void asked.push(path),
      }),
    );
    assert.deepEqual(asked, [[key, 0, "datacenter"]]);
  });

  it("are told with what YAML made of them", () => {
    const file = fileWith("0042");
    assert.equal(parse("0042", { version: "1.1" }), 34);
    const load = (): unknown =>
      loadConfiguration({
        values: { [key]: JSON.stringify([{ name: "x", datacenter: 34, zones: [] }]) },
        encryptedKeys: new Set(),
        environment: {},
        writtenText: wordsOfStackFile(file),
      });
    assert.throws(load, (error) => {
      assert.ok(error instanceof ConfigurationError);
      const line =
        'regions[0].datacenter: found 34: YAML makes 34 of 0042: put it in quotes, "0042"';
      assert.ok(error.message.split("\n").includes(line), error.message);
      return true;
    });
  });
});
