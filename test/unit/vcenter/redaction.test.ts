import assert from "node:assert/strict";
import fc from "fast-check";

import { templateFor } from "../../../template/packerText";
import { Redaction } from "../../../vcenter/redaction";
import { hostileTexts } from "../../support/hostileTexts";

function cleaned(secret: string, text: string): string {
  const redaction = new Redaction();
  redaction.add(secret);
  return redaction.clean(text);
}

describe("the redaction of secrets that are torn to pieces", () => {
  it("knows what the error of a template names", () => {
    const secret = 'P{{hunter2secret "and more"}}x';
    for (const text of [
      'template: root:1: function "hunter2secret" not defined in:',
      'unexpected "secret "and" in operand',
      "render 'password': hunter2s",
    ]) {
      assert.match(cleaned(secret, text), /\*\*\*/);
      assert.ok(!cleaned(secret, text).includes("hunter2s"), cleaned(secret, text));
    }
  });

  it("knows half of a short one", () => {
    assert.equal(
      cleaned("{{hunter2}}", 'function "hunter2" not defined'),
      'function "***" not defined',
    );
  });

  it("knows each line of one with several", () => {
    const secret = "first line\nsecond line";
    assert.equal(cleaned(secret, "==> x: first line"), "==> x: ***");
    assert.equal(cleaned(secret, "==> x: second line, and"), "==> x: ***, and");
  });

  it("leaves the words of others alone", () => {
    const text = "==> vsphere-iso.ubuntu: Creating virtual machine...";
    assert.equal(cleaned("vsphere-iso-2026", text), text);
    assert.equal(cleaned("{{hunter2secret}}", text), text);
  });

  it("leaves no eight characters of a hostile one, wherever it was cut", () => {
    fc.assert(
      fc.property(
        hostileTexts,
        fc.nat(60),
        fc.nat(60),
        fc.boolean(),
        (secret, one, other, asTemplate) => {
          fc.pre(/\{\{|\}\}|[$%]\{|\n/.test(secret));
          const redaction = new Redaction();
          redaction.add(secret);
          redaction.add(templateFor(secret));
          const printed = asTemplate ? templateFor(secret) : secret;
          const piece = printed.slice(Math.min(one, other), Math.max(one, other));
          const clean = redaction.clean(`unexpected <${piece}> in operand`);
          for (let start = 0; start + 8 <= piece.length; start++) {
            const shown = piece.slice(start, start + 8);
            if (/[\p{L}\p{N}]/u.test(shown) && !"unexpected <> in operand".includes(shown)) {
              assert.ok(!clean.includes(shown), `${JSON.stringify(shown)} in ${clean}`);
            }
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
