import assert from "node:assert/strict";
import { Done, type DoneKind } from "../../../../components/dynamic/done";

describe("what is told of an up when it ends", () => {
  const cases: readonly {
    readonly of: string;
    readonly added: readonly (readonly [kind: DoneKind, count?: number])[];
    readonly failed: readonly string[];
    readonly text: string | undefined;
  }[] = [
    { of: "an up without changes", added: [], failed: [], text: undefined },
    { of: "nothing of a kind", added: [["attached", 0]], failed: [], text: undefined },
    {
      of: "all kinds, in their order",
      added: [["removed"], ["granted"], ["granted"], ["detached"], ["attached", 1_016]],
      failed: [],
      text: "done in vCenter: 1,016 tags attached, 1 tag taken off, 2 permissions granted, 1 permission removed",
    },
    {
      of: "what did not work, each once",
      added: [["granted"]],
      failed: ["permission of a@b on /X2", "permission of a@b on /X2", "tags on objects"],
      text:
        "done in vCenter: 1 permission granted. Did not work: permission of a@b on /X2, tags on objects. " +
        "The errors say why; what was done is in the state, and the next up does the rest",
    },
    {
      of: "many that did not work",
      added: [],
      failed: Array.from({ length: 8 }, (_, index) => `permission of a@b on /X${index}`),
      text:
        "done in vCenter: nothing. Did not work: permission of a@b on /X0, permission of a@b on /X1, " +
        "permission of a@b on /X2, permission of a@b on /X3, permission of a@b on /X4 and 3 more. " +
        "The errors say why; what was done is in the state, and the next up does the rest",
    },
  ];
  for (const { of, added, failed, text } of cases) {
    it(`is a sentence of ${of}`, () => {
      const done = new Done();
      for (const [kind, count] of added) done.add(kind, count);
      for (const what of failed) done.fail(what);
      assert.equal(done.text(), text);
      assert.equal(done.text(), undefined, "told once");
    });
  }
});
