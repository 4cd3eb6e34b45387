import assert from "node:assert/strict";
import fc from "fast-check";

import { patternFor, templateFor } from "../../../template/packerText";
import { hostileTexts } from "../../support/hostileTexts";

describe("a text for an option of Packer's plugin", () => {
  it("is itself when it means nothing to a template", () => {
    for (const text of [
      "",
      "x1_lun_1",
      "a{b}c",
      "}}",
      "${x} %{y}",
      'quoted "` \\',
      "пароль \u{1F512}",
    ]) {
      assert.equal(templateFor(text), text);
    }
  });

  it("has its braces in a string literal of the template", () => {
    assert.equal(templateFor("a{{b}}"), 'a{{"{{"}}b}}');
    assert.equal(templateFor("{{{x"), '{{"{{{"}}x');
  });

  it("has its letters in escapes where HCL would compose them", () => {
    assert.equal(templateFor("e\u0301"), 'e{{"\\u0301"}}');
    assert.equal(templateFor("o\u0308{\u{1D15E}"), 'o{{"\\u0308"}}{{"{\\U0001d15e"}}');
  });

  it("comes through HCL unchanged", () => {
    fc.assert(
      fc.property(hostileTexts, (text) => {
        assert.equal(templateFor(text).normalize("NFC"), templateFor(text));
      }),
    );
  });
});

describe("a path for a look-up of Packer's plugin", () => {
  it("is itself when it is no pattern", () => {
    for (const path of ["", "X1", "/Europe/X 1", "folder/x1#lun%2f1.old", "a{b}!^$"]) {
      assert.equal(patternFor(path), path);
    }
  });

  it("has what a pattern is made of escaped", () => {
    assert.equal(patternFor("a*b/c?d"), "a\\*b/c\\?d");
    assert.equal(patternFor("[1]\\x"), "\\[1\\]\\\\x");
  });

  it("has a name's first dot escaped, which would lead elsewhere", () => {
    assert.equal(patternFor("../.hidden/..."), "\\../\\.hidden/\\...");
  });
});
