import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { loadConfiguration } from "../../../configuration/load";
import { ConfigurationError } from "../../../configuration/problems";
import { textInStackFile } from "../../../program/stackFile";
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
    for (const word of ["0042", "1e3", "0x10", "on", "yes", "2026-01-01", "1_000"]) {
      const file = fileWith(word);
      assert.equal(textInStackFile(file, [key, 0, "datacenter"]), word);
      assert.equal(textInStackFile(file, [key, 0, "zones", 1]), word);
    }
  });

  it("are nothing where there is no such place, no file, and no YAML", () => {
    const file = fileWith("0042");
    for (const path of [[key, 1, "datacenter"], [key, 0], ["other:key"], [key, 0, "name", "x"]]) {
      assert.equal(textInStackFile(file, path), undefined);
    }
    assert.equal(textInStackFile(join(folder, "none.yaml"), [key]), undefined);
    assert.equal(textInStackFile(fileWith("'"), [key, 0, "datacenter"]), undefined);
  });

  it("are told with what YAML made of them", () => {
    const file = fileWith("0042");
    assert.equal(parse("0042", { version: "1.1" }), 34);
    const load = (): unknown =>
      loadConfiguration({
        values: { [key]: JSON.stringify([{ name: "x", datacenter: 34, zones: [] }]) },
        encryptedKeys: new Set(),
        environment: {},
        writtenText: (path) => textInStackFile(file, path),
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
