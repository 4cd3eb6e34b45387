import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { repositoryRoot } from "../../scripts/lab/folders";
import { picture, recordingFile, shownLines, shownSteps } from "../../scripts/recording";

const headings = [
  ...readFileSync(join(repositoryRoot, "scripts", "demo.ts"), "utf8").matchAll(
    /show\.heading\("([^"]+)"\)/g,
  ),
].map(([, heading = ""]) => heading);

describe("the recording of the demonstration", () => {
  const recorded = readFileSync(recordingFile, "utf8");

  it("shows steps that the demonstration has, numbered as they are there", () => {
    const shown = headings.flatMap((heading, index) =>
      shownSteps.some((begins) => new RegExp(`^${begins}(?=$|[ :,])`).test(heading))
        ? [`${index + 1}. ${heading}`]
        : [],
    );
    assert.equal(shown.length, shownSteps.length);
    assert.deepEqual(
      [...recorded.matchAll(/>(\d+\. [^<]+)<\/text>/g)].map(([, text]) => text),
      shown,
    );
  });

  it("is well-formed, no wider than a review that the demonstration indents, and has no script", () => {
    assert.equal(XMLValidator.validate(recorded), true);
    const lines = [...recorded.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(
      ([, text = ""]) => text,
    );
    assert.ok(lines.length > 30);
    assert.ok(lines.every((line) => line.replaceAll(/&\w+;/g, "x").length <= 123));
    assert.doesNotMatch(recorded, /<script|href|on\w+=/);
  });

  it("leaves out what is too long, and the steps that are not shown", () => {
    const many = Array.from({ length: 40 }, (_, index) => `   line ${index}`);
    const lines = shownLines(
      `\n1. Begin\n   a\n\n2. pulumi up\n${many.join("\n")}\n\n3. Done\n   b\n`,
    );
    assert.equal(lines[0], "2. pulumi up");
    assert.deepEqual(lines.slice(-2), ["   ... and 9 more lines", ""]);
    assert.equal(lines.length, 34);
  });

  it("keeps what vCenter calls things out of the picture's markup", () => {
    assert.match(picture(["   <b>&"]), />\u00a0{3}&lt;b&gt;&amp;<\/text>/);
  });
});
