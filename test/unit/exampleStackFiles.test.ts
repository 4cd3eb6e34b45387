import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { parse } from "yaml";
import { configurationSchema } from "../../configuration/schema";
import { shapeOf } from "../../configuration/schema/walk";
import { withUnusedKeys, writtenPart } from "../../scripts/examples/unusedKeys";
import { exampleStackFiles } from "../../scripts/generatedFiles";
import { repositoryRoot } from "../../scripts/lab/folders";

describe("the stack files of the examples", () => {
  for (const [file, text] of exampleStackFiles()) {
    it(`${relative(repositoryRoot, file)} has all other keys as comments (npm run generate writes them)`, () => {
      assert.equal(readFileSync(file, "utf8"), text);
      for (const key of Object.keys(shapeOf(configurationSchema) ?? {})) {
        assert.match(text, new RegExp(`^  (# )?deckhouse-vsphere:${key}:`, "m"));
      }
      assert.deepEqual(parse(text, { merge: true }), parse(writtenPart(text), { merge: true }));
    });
  }

  it("name the place of what could stand inside of what they have, and nothing that they have", () => {
    const text = "config:\n  deckhouse-vsphere:regions:\n    - name: a\n      datacenter: X1\n";
    const whole = withUnusedKeys(text);
    const [, inside = ""] = /^  # In regions\[0\]:\n([^]*?)^  # Beside them:/m.exec(whole) ?? [];
    assert.match(inside, /^  # zones:/m);
    assert.doesNotMatch(inside, /^  # (name|datacenter):/m);
    assert.doesNotMatch(whole, /^  # deckhouse-vsphere:regions:/m);
    assert.equal(withUnusedKeys(whole), whole);
  });
});
