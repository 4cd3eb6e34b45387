import assert from "node:assert/strict";
import { UserError } from "../../../../commands/main";
import { chosenDocuments } from "../../../../commands/render/stackDocuments";

const outputs = {
  tagIds: { a: "b" },
  documents: { x1: { "bootstrap.yaml": "whole" }, x2: { "bootstrap.yaml": "second" } },
  documentsForRepository: { x1: { "bootstrap.yaml": "plain" }, x2: { "bootstrap.yaml": "2" } },
};

describe("the documents among a stack's outputs", () => {
  it("are those with secrets, unless placeholders are asked for", () => {
    assert.deepEqual(chosenDocuments(outputs, { placeholders: false }), outputs.documents);
    assert.deepEqual(
      chosenDocuments(outputs, { placeholders: true }),
      outputs.documentsForRepository,
    );
  });

  it("are found also when the others are hidden, as the engine hides a secret", () => {
    const hidden = { ...outputs, documents: "[secret]" };
    assert.deepEqual(
      chosenDocuments(hidden, { placeholders: true }),
      outputs.documentsForRepository,
    );
  });

  it("can be those of one region", () => {
    assert.deepEqual(chosenDocuments(outputs, { placeholders: false, region: "x2" }), {
      x2: { "bootstrap.yaml": "second" },
    });
  });

  for (const [title, given, region, says] of [
    ["a stack that is not up", {}, undefined, "run `pulumi up` first"],
    ["a stack without clusters", { documents: {} }, undefined, "run `pulumi up` first"],
    ["a region that does not exist", outputs, "x3", 'found "x3"'],
    ["a region that only an object has", outputs, "toString", "write one of x1, x2"],
  ] as const) {
    it(`are missing in ${title}, and the user is told what to do`, () => {
      assert.throws(
        () =>
          chosenDocuments(given, {
            placeholders: false,
            ...(region === undefined ? {} : { region }),
          }),
        (error: unknown) => error instanceof UserError && error.message.includes(says),
      );
    });
  }
});
