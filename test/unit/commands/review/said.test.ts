import assert from "node:assert/strict";

import { saidIn } from "../../../../commands/review/said";
import { taggingTexts } from "../../../../components/regionZoneTagging/changes/fromTags";
import { otherTemplate } from "../../../../components/templateImage/otherTemplate";
import { changeTexts, nothing, type Part } from "../../../../findings/change";
import { say } from "../../../../findings/words";

const info = (message: string) => ({ severity: "info", message });

describe("what was said in a preview", () => {
  const intent: Part = {
    ...nothing,
    sentences: [say`zone ${"a"} loses datastore ${"/X1/datastore/lun"}`, say`role ${"r"}: 1 more`],
    dangers: [
      { kind: "datastoreLeft", words: say`datastore ${"/X1/datastore/lun"} leaves zone ${"a"}` },
    ],
  };

  it("has neither drift nor changes that the review tells in a place of their own", () => {
    const cluster = "/X1/host/one";
    const before = new Map([
      ["/X1", new Set(["region"])],
      [cluster, new Set(["a"])],
      ["/X1/datastore/lun", new Set(["region", "a"])],
    ]);
    const after = new Map([...before].slice(0, 2));
    const said = saidIn(
      [
        ...taggingTexts(before, after).map(info),
        info("vCenter differs: a is no longer attached to /X1"),
        info("role r: 1 more: now Host.Config"),
        info("zone b: cluster one, 2 datastores"),
      ],
      new Set(["a is no longer attached to /X1"]),
      intent,
    );
    assert.deepEqual(said, { errors: [], warnings: [], notes: [] });
  });

  it("has no other template, which a provider tells in the same words", () => {
    const other = otherTemplate("k8s-region-x1", "Templates/former", "Templates/present");
    const said = changeTexts(other).map(info);
    assert.equal(said.length, 2);
    assert.deepEqual(saidIn(said, new Set(), other), { errors: [], warnings: [], notes: [] });
  });

  it("has the number of sentences that were left out with those above it, of each kind", () => {
    const said = saidIn(
      [
        ...[info("zone a loses datastore /X1/datastore/lun"), info("and 7 more of this kind")],
        ...[info("warning: one thing: do it"), info("and 7 more of this kind")],
        ...[info("warning: another thing: do it"), info("and 7 more of this kind")],
        ...[info("warning: one thing: do it"), info("and 7 more of this kind")],
      ],
      new Set(),
      intent,
    );
    assert.deepEqual(said, {
      errors: [],
      warnings: [
        "one thing: do it; and 7 more of this kind",
        "another thing: do it; and 7 more of this kind",
      ],
      notes: [],
    });
  });

  it("has everything else", () => {
    const said = saidIn(
      [info("zone a loses datastore /X1/datastore/lun_2"), info("warning: something else: really")],
      new Set(),
      intent,
    );
    assert.deepEqual(said, {
      errors: [],
      warnings: ["something else: really"],
      notes: ["zone a loses datastore /X1/datastore/lun_2"],
    });
  });
});
