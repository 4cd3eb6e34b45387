import assert from "node:assert/strict";

import type {
  TagAttachmentsInputs,
  TagAttachmentsOutputs,
} from "../../../../../components/regionZoneTagging/tagAttachments/model";
import { TagAttachmentsProvider } from "../../../../../components/regionZoneTagging/tagAttachments/provider";
import { withPrintedLines } from "../../../../support/printedLines";
import {
  categories,
  exampleAttachments,
  exampleVCenter,
  foreignAttached,
  objects,
  providerCode,
  tagged,
  tags,
} from "../../../../support/exampleVCenter";
import type { InMemoryVCenter } from "../../../../support/inMemoryVCenter";

type Outputs = TagAttachmentsOutputs & { readonly __provider: string };
type Inputs = TagAttachmentsInputs & { readonly __provider: string };

const lun = (number: number): string => `/X1/datastore/x1_lun_${number}`;
const [both, onlyA, onlyB] = [
  "k8s-region-x1 + k8s-zone-x1-a + k8s-zone-x1-b",
  "k8s-region-x1 + k8s-zone-x1-a",
  "k8s-region-x1 + k8s-zone-x1-b",
] as const;
const multiple = { "k8s-zone": ["k8s-zone-x1-a", "k8s-zone-x1-b"] };

/** The example with its datastores in the zones that are given. */
function placed(groups: Readonly<Record<string, readonly string[]>>): Inputs {
  const carriers = Object.entries(exampleAttachments.attachments).filter(
    ([path]) => !path.startsWith("/X1/datastore/"),
  );
  const attachments = { ...Object.fromEntries(carriers), ...tagged(groups) };
  return { ...exampleAttachments, multiple, attachments };
}

const tagsOfLun = (number: 1 | 2 | 3, ...on: readonly string[]): string[] =>
  on.map((tag) => `${objects[`lun${number}`]} ${tag}`);

describe("a datastore of several zones", () => {
  let vCenter: InMemoryVCenter;
  let provider: TagAttachmentsProvider;
  let state: Outputs;

  /** The attachments of datastores, without those of others. */
  const onDatastores = (): string[] =>
    vCenter
      .attachments()
      .filter((pair) => pair.startsWith("Datastore:") && !foreignAttached.includes(pair));

  /** Lun 1 is in both zones, and each other one in one. */
  const start = placed({ [both]: [lun(1)], [onlyA]: [lun(2)], [onlyB]: [lun(3)] });
  const { region, zoneA, zoneB } = tags;
  const [atStart1, atStart2, atStart3] = [
    tagsOfLun(1, region, zoneA, zoneB),
    tagsOfLun(2, region, zoneA),
    tagsOfLun(3, region, zoneB),
  ];

  beforeEach(async () => {
    vCenter = exampleVCenter();
    vCenter.addCategory(categories.zone, "k8s-zone", "MULTIPLE");
    provider = new TagAttachmentsProvider(vCenter.session());
    const { outs } = await provider.create(start);
    state = { ...outs, __provider: providerCode };
    vCenter.calls.length = 0;
  });

  it("carries the tags of all its zones, and differs in nothing afterwards", async () => {
    assert.deepEqual(onDatastores(), [...atStart1, ...atStart2, ...atStart3]);
    const { result, lines } = await withPrintedLines(() => provider.diff("id", state, start));
    assert.deepEqual([result.changes, lines], [false, []]);
  });

  for (const [what, groups, expected, changes] of [
    [
      "a datastore comes into a second zone",
      { [both]: [lun(1), lun(2)], [onlyB]: [lun(3)] },
      [...atStart1, ...tagsOfLun(2, region, zoneA, zoneB), ...atStart3],
      [`attach ${zoneB} ${objects.lun2}`],
    ],
    [
      "one leaves one of its zones",
      { [onlyA]: [lun(1), lun(2)], [onlyB]: [lun(3)] },
      [...tagsOfLun(1, region, zoneA), ...atStart2, ...atStart3],
      [`detach ${zoneB} ${objects.lun1}`],
    ],
    [
      "one moves from one zone to the other, next to one of both",
      { [both]: [lun(1)], [onlyB]: [lun(2), lun(3)] },
      [...atStart1, ...tagsOfLun(2, region, zoneB), ...atStart3],
      [`detach ${zoneA} ${objects.lun2}`, `attach ${zoneB} ${objects.lun2}`],
    ],
    [
      "one leaves all zones",
      { [onlyA]: [lun(2)], [onlyB]: [lun(3)] },
      [...atStart2, ...atStart3],
      [region, zoneA, zoneB].map((tag) => `detach ${tag} ${objects.lun1}`),
    ],
  ] as const) {
    it(`changes no more than the pairs that differ when ${what}`, async () => {
      await provider.update("id", state, placed(groups));
      assert.deepEqual(onDatastores(), expected);
      assert.deepEqual(vCenter.changes(), changes);
    });
  }

  it("is drift when somebody detaches one of its zones, and is repaired", async () => {
    vCenter.detachByHand(zoneB, objects.lun1);
    const sentence = `k8s-zone-x1-b is no longer attached to ${lun(1)}`;
    const { result, lines } = await withPrintedLines(() => provider.read("id", state));
    assert.deepEqual(lines, [`vCenter differs: ${sentence}`]);
    assert.equal(result.inputs?.attachments[lun(1)], onlyA);
    const refreshed = { ...result.props, __provider: providerCode };
    assert.equal((await provider.diff("id", refreshed, start)).changes, true);
    await provider.update("id", refreshed, start);
    assert.deepEqual(onDatastores(), [...atStart1, ...atStart2, ...atStart3]);
  });

  it("is as the state says after a refresh, also that its category is MULTIPLE", async () => {
    const { props, inputs } = await provider.read("id", state);
    assert.deepEqual(props, state);
    const { categories: ids, tags: tagIds, attachments } = state;
    assert.deepEqual(inputs, { categories: ids, tags: tagIds, attachments, multiple });
  });

  it("differs when the option changes, and when a zone is added, so that the state follows", async () => {
    const { multiple: _several, ...single } = start;
    assert.equal((await provider.diff("id", state, single)).changes, true);
    const more = { ...start, multiple: { "k8s-zone": [...multiple["k8s-zone"], "k8s-zone-x1-c"] } };
    assert.equal((await provider.diff("id", state, more)).changes, true);
  });

  it("keeps a tag of another stack through changes and the end of this one", async () => {
    const theirs = `${objects.lun1} ${tags.foreignZone}`;
    vCenter.attachByHand(tags.foreignZone, objects.lun1);
    assert.equal((await provider.diff("id", state, start)).changes, false);
    const { outs } = await provider.update("id", state, placed({ [onlyA]: [lun(1), lun(2)] }));
    assert.ok(!JSON.stringify(outs).includes(tags.foreignZone));
    assert.ok(vCenter.attachments().includes(theirs));
    await provider.delete("id", { ...outs, __provider: providerCode } as Outputs);
    assert.deepEqual(vCenter.attachments(), [...foreignAttached, theirs].sort());
  });

  it("loses all its tags with the stack", async () => {
    await provider.delete("id", state);
    assert.deepEqual(vCenter.attachments(), foreignAttached);
    // Somebody may have deleted the category, of whose tags vCenter then knows nothing.
    assert.ok(!vCenter.calls.some((call) => call.startsWith("tagIdsOfCategory")));
  });
});
