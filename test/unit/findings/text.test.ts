import assert from "node:assert/strict";
import fc from "fast-check";

import { fenced } from "../../../commands/review/fence";
import { failuresOf } from "../../../components/dynamic/dynamicProvider";
import { PartialFailure, asProviderError, tell } from "../../../components/dynamic/errors";
import { failure, failureText } from "../../../template/runner/failure";
import { Redaction } from "../../../vcenter/http/redaction";
import { VCenterError } from "../../../vcenter";
import { visibleLine, visibleText } from "../../../findings/text";
import { exampleRequest } from "../../support/templateImages";
import { withPrintedLines } from "../../support/printedLines";

const disguising = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.constantFrom(
        "\u001b[2J",
        "\u0000",
        "\u009b31m",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u200b",
        "\n",
      ),
    ),
  )
  .map((parts) => parts.join(""));

describe("a text from others", () => {
  it("is shown with what would disguise it written out", () => {
    assert.equal(
      visibleLine("a\u001b[31mb\u0000c\u202ed\u2066e\u{e0041}f\u009bg\ud800h"),
      "a\\x1b[31mb\\x00c\\u202ed\\u2066e\\u{e0041}f\\x9bg\\ud800h",
    );
  });

  it("stays as it is in every language, with marks that are a part of letters", () => {
    for (const text of ["Узлы", "Größe", "数据存储", "تخزين", "नोड", "y\u0308", "😀"]) {
      assert.equal(visibleLine(text), text);
    }
  });

  it("keeps the line breaks of several findings, of a name none", () => {
    assert.equal(visibleText("one\r\n\ttwo\n"), "one\n\ttwo\n");
    assert.equal(visibleLine("one\r\n\ttwo"), "one\\r\\n\\ttwo");
  });
});

describe("a secret with an escape sequence in it", () => {
  it("is taken out of a text in which it was written out before", () => {
    const redaction = new Redaction();
    redaction.add("hunter2\u001b\u202e\ntwo");
    assert.equal(redaction.clean(visibleText("is hunter2\u001b\u202e\ntwo")), "is ***");
    assert.equal(redaction.clean(visibleLine("is hunter2\u001b\u202e\ntwo")), "is ***");
  });
});

describe("escape sequences and direction marks in names", () => {
  const ways: Record<string, (name: string) => string | Promise<string>> = {
    "in an error of vCenter": (name) =>
      new VCenterError({ kind: "notFound", operation: "find", object: name, answer: name }).message,
    "in an error of a resource": (name) => asProviderError(new Error(`${name}: gone`)).message,
    "in what was done in part": (name) => {
      const { message, reasons } = new PartialFailure("id", {}, [name, "and more"]);
      return [message, ...reasons].join("\n");
    },
    "in a finding of a preview": (name) =>
      failuresOf([name])
        .map(({ reason }) => reason)
        .join("\n"),
    "in a sentence of a preview": async (name) => {
      const { lines } = await withPrintedLines(() => {
        tell(name);
        return Promise.resolve();
      });
      return lines.join("\n");
    },
    "in the report of a build": (name) =>
      failureText(failure("build", { where: name, wrong: name, remedy: name }, [name]), {
        ...{ request: exampleRequest, stage: "build", seconds: 1, logFile: "log", remarks: [name] },
      }),
    "in a comment under a pull request": (name) => fenced("text", name, 10_000),
  };
  for (const [way, shown] of Object.entries(ways)) {
    it(`never get to a terminal or a page ${way}`, async () => {
      await fc.assert(
        fc.asyncProperty(hostile, async (name) => {
          assert.doesNotMatch((await shown(name)).replaceAll(/[\n\t]/g, ""), disguising);
        }),
      );
    });
  }
});
