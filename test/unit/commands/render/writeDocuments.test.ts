import assert from "node:assert/strict";
import {
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
  mkdirSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { UserError } from "../../../../commands/main";
import { reportLines } from "../../../../commands/render/report";
import { writeDocuments } from "../../../../commands/render/writeDocuments";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";

describe("the files of render", () => {
  let folder: string;

  beforeEach(() => {
    folder = temporaryFolder();
  });

  afterEach(() => {
    removeFolder(folder);
  });
  const one = { x1: { "bootstrap.yaml": "whole\n", "ingress.yaml": "part\n" } };

  function modeOf(...path: string[]): number {
    return statSync(join(folder, ...path)).mode & 0o777;
  }

  it("that cannot be written are told in one sentence, without a stack trace", () => {
    writeFileSync(join(folder, "file"), "");
    assert.throws(
      () => writeDocuments(join(folder, "file"), one, { secret: true }),
      (error: unknown) =>
        error instanceof UserError &&
        /^--out: found ".*file": the files cannot be written there \(ENOTDIR.*\): name a folder/.test(
          error.message,
        ),
    );
  });

  it("stand in a folder for each region, readable by their owner alone", () => {
    const { files } = writeDocuments(folder, one, { secret: true });
    assert.deepEqual(
      files.map(({ path }) => path),
      ["x1/bootstrap.yaml", "x1/ingress.yaml"],
    );
    assert.equal(readFileSync(join(folder, "x1/bootstrap.yaml"), "utf8"), "whole\n");
    assert.deepEqual(
      [modeOf("x1"), modeOf("x1", "bootstrap.yaml"), modeOf("x1", "ingress.yaml")],
      [0o700, 0o600, 0o600],
    );
  });

  it("are readable by everybody when they hold placeholders", () => {
    writeDocuments(folder, one, { secret: false });
    assert.equal(modeOf("x1", "bootstrap.yaml") & 0o444, 0o444);
  });

  it("lose the mode of a file that was there", () => {
    mkdirSync(join(folder, "x1"));
    writeFileSync(join(folder, "x1", "bootstrap.yaml"), "old", { mode: 0o644 });
    writeDocuments(folder, one, { secret: true });
    assert.equal(modeOf("x1", "bootstrap.yaml"), 0o600);
  });

  it("take the place of a link, and do not follow it", () => {
    mkdirSync(join(folder, "x1"));
    writeFileSync(join(folder, "others"), "theirs");
    symlinkSync(join(folder, "others"), join(folder, "x1", "bootstrap.yaml"));
    writeDocuments(folder, one, { secret: true });
    assert.equal(readFileSync(join(folder, "others"), "utf8"), "theirs");
    assert.equal(readFileSync(join(folder, "x1/bootstrap.yaml"), "utf8"), "whole\n");
  });

  it("are removed when they have no documents any more, and files of others are kept", () => {
    writeDocuments(folder, one, { secret: true });
    writeFileSync(join(folder, "x1", "notes.txt"), "theirs");
    const less = { x1: { "bootstrap.yaml": "whole\n" } };
    const written = writeDocuments(folder, less, { secret: true });
    assert.deepEqual(written.removed, ["x1/ingress.yaml"]);
    assert.deepEqual(readdirSync(join(folder, "x1")).sort(), ["bootstrap.yaml", "notes.txt"]);
  });

  it("leave no part of a file behind", () => {
    mkdirSync(join(folder, "x1", "bootstrap.yaml"), { recursive: true });
    assert.throws(() => writeDocuments(folder, one, { secret: true }));
    assert.deepEqual(readdirSync(join(folder, "x1")), ["bootstrap.yaml"]);
  });
});

describe("the report of render", () => {
  const files = [
    { path: "x1/bootstrap.yaml", text: 'a: "<PLACEHOLDER: deckhouse.imagesRepo>"\n' },
    { path: "x2/bootstrap.yaml", text: 'a: "<PLACEHOLDER: deckhouse.imagesRepo>"\n' },
  ];

  it("names each file, and once what is left to fill in", () => {
    assert.deepEqual(reportLines("out", { files, removed: [] }, undefined), [
      "out/x1/bootstrap.yaml",
      "out/x2/bootstrap.yaml",
      "",
      "Left to fill in before the installation:",
      "  <PLACEHOLDER: deckhouse.imagesRepo>",
    ]);
  });

  it("says what was removed, and what the user should beware of", () => {
    const written = { files: [], removed: ["x1/ingress.yaml"] };
    assert.deepEqual(reportLines("out", written, "Beware."), [
      "out/x1/ingress.yaml removed: there are no such documents any more",
      "",
      "Beware.",
    ]);
  });
});
