import assert from "node:assert/strict";
import { join } from "node:path";
import { configurationIn, plainValues } from "../../../../commands/discover/settings";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";

describe("a stack's file that is there", () => {
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
  });

  afterEach(() => {
    removeFolder(folder);
  });

  function file(text: string): string {
    writeFiles(folder, { "Pulumi.prod.yaml": text });
    return join(folder, "Pulumi.prod.yaml");
  }

  it("has its values without those that are encrypted", () => {
    const text =
      "encryptionsalt: v1:x\nconfig:\n  vsphere:user: a@b\n  vsphere:password:\n    secure: v1:y\n" +
      "  deckhouse-vsphere:protect: true\n";
    assert.deepEqual(plainValues(file(text)), {
      "vsphere:user": "a@b",
      "deckhouse-vsphere:protect": "true",
    });
  });

  for (const [what, text, wanted] of [
    [
      "no configuration",
      "encryptionsalt: v1:x\nconfig:\n  vsphere:user: a@b\n",
      /--out found\.yaml/,
    ],
    ["nothing at all", "", /--out found\.yaml/],
    ["a part of one", "config:\n  deckhouse-vsphere:protect: true\n", /regions: found nothing/],
    ["no YAML", "config: [", /Pulumi\.prod\.yaml: it is not YAML/],
  ] as const) {
    it(`is refused with a way out when it has ${what}`, () => {
      assert.throws(() => configurationIn(file(text), folder), wanted);
    });
  }
});
