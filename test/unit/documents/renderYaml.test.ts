import assert from "node:assert/strict";
import { parse } from "yaml";
import { renderYaml } from "../../../documents";

const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

describe("renderYaml", () => {
  it("writes text of several lines as a block", () => {
    assert.equal(
      renderYaml({ caBundle: certificate }),
      "caBundle: |\n  -----BEGIN CERTIFICATE-----\n  MIIB\n  -----END CERTIFICATE-----\n",
    );
  });

  it("quotes what another reader could take for something else than text", () => {
    const words = [
      "yes",
      "No",
      "on",
      "y",
      "null",
      "~",
      "1e3",
      "0x1F",
      "010",
      "1:30",
      "",
      "=",
      "e0",
    ];
    for (const word of words) {
      assert.equal(renderYaml({ a: word }), `a: ${JSON.stringify(word)}\n`);
    }
  });

  it("leaves numbers and truth values as they are", () => {
    assert.equal(renderYaml({ a: 1, b: true, c: undefined }), "a: 1\nb: true\n");
  });

  it("reads back any difficult text", () => {
    for (const text of [
      " lead",
      "trail ",
      "a\n\n b\n",
      "\ttab",
      "ключ",
      "a: b",
      "#x",
      "\u0007",
      "x\n",
    ]) {
      assert.deepEqual(parse(renderYaml({ text })), { text });
    }
  });

  it("writes what occurs twice twice, without an alias", () => {
    const shared = ["b"];
    assert.equal(renderYaml({ one: shared, two: shared }), "one:\n  - b\ntwo:\n  - b\n");
  });

  it("folds no long line", () => {
    assert.equal(renderYaml({ a: "word ".repeat(50) + "x" }).split("\n").length, 2);
  });
});
