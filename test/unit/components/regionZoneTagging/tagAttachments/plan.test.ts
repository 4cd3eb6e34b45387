import assert from "node:assert/strict";

import {
  findConflicts,
  planAttachments,
  withoutObjects,
  type AttachmentPlan,
  type PlanInputs,
  type TagsByObject,
} from "../../../../../components/regionZoneTagging/tagAttachments/plan";

/** `{"lun-1": ["region", "zone-a"]}` as the planner takes it. */
function pairs(tags: Record<string, string[]>): TagsByObject {
  return new Map(Object.entries(tags).map(([object, ids]) => [object, new Set(ids)]));
}

function inputs(
  desired: Record<string, string[]>,
  recorded: Record<string, string[]>,
  actual: Record<string, string[]>,
  announced: Record<string, string[]> = {},
): PlanInputs {
  return {
    desired: pairs(desired),
    recorded: pairs(recorded),
    actual: pairs(actual),
    managed: new Set(["region", "zone-a", "zone-b"]),
    announced: pairs(announced),
  };
}

describe("planAttachments", () => {
  const cases: readonly { name: string; inputs: PlanInputs; plan: Partial<AttachmentPlan> }[] = [
    {
      name: "attaches everything at first, each tag in one change",
      inputs: inputs({ lun1: ["region", "zone-a"], lun2: ["region"] }, {}, { lun1: [], lun2: [] }),
      plan: {
        detach: [],
        attach: [
          { tag: "region", objects: ["lun1", "lun2"] },
          { tag: "zone-a", objects: ["lun1"] },
        ],
      },
    },
    {
      name: "does nothing when all is there",
      inputs: inputs({ lun1: ["zone-a"] }, { lun1: ["zone-a"] }, { lun1: ["zone-a"] }),
      plan: { detach: [], attach: [] },
    },
    {
      name: "attaches again what somebody detached",
      inputs: inputs({ lun1: ["zone-a"] }, { lun1: ["zone-a"] }, { lun1: [] }),
      plan: { detach: [], attach: [{ tag: "zone-a", objects: ["lun1"] }] },
    },
    {
      name: "moves a datastore: the old zone goes, the new one comes, the region stays",
      inputs: inputs(
        { lun1: ["region", "zone-b"] },
        { lun1: ["region", "zone-a"] },
        { lun1: ["region", "zone-a"] },
      ),
      plan: {
        detach: [{ tag: "zone-a", objects: ["lun1"] }],
        attach: [{ tag: "zone-b", objects: ["lun1"] }],
      },
    },
    {
      name: "detaches what was recorded from an object that is no longer named",
      inputs: inputs({}, { lun1: ["zone-a"] }, { lun1: ["zone-a"] }),
      plan: { detach: [{ tag: "zone-a", objects: ["lun1"] }], attach: [] },
    },
    {
      name: "detaches a recorded tag that the stack no longer manages",
      inputs: inputs({ lun1: ["zone-a"] }, { lun1: ["zone-old"] }, { lun1: ["zone-old"] }),
      plan: {
        detach: [{ tag: "zone-old", objects: ["lun1"] }],
        attach: [{ tag: "zone-a", objects: ["lun1"] }],
      },
    },
    {
      name: "has nothing to detach when somebody did it already",
      inputs: inputs({}, { lun1: ["zone-a"] }, { lun1: [] }),
      plan: { detach: [], attach: [] },
    },
    {
      name: "takes away a wrong tag of its own from an object that is named, once that was announced",
      inputs: inputs(
        { lun1: ["zone-a"] },
        { lun1: ["zone-a"] },
        { lun1: ["zone-a", "zone-b"] },
        { lun1: ["zone-b"] },
      ),
      plan: { detach: [{ tag: "zone-b", objects: ["lun1"] }] },
    },
    {
      name: "only asks to announce a wrong tag of its own that was not: on another object, or another tag",
      inputs: inputs(
        { lun1: ["zone-a"], lun2: ["zone-a"] },
        {},
        { lun1: ["zone-b"], lun2: ["zone-a"] },
        { lun1: ["zone-a"], lun2: ["zone-b"] },
      ),
      plan: {
        attach: [{ tag: "zone-a", objects: ["lun1"] }],
        unannounced: [{ tag: "zone-b", objects: ["lun1"] }],
      },
    },
    {
      name: "takes nothing of others away, even if that was announced",
      inputs: inputs(
        { lun1: ["zone-a"] },
        {},
        { lun1: ["zone-a", "backup"], lun2: ["zone-a"] },
        { lun1: ["backup", "zone-a"], lun2: ["zone-a"] },
      ),
      plan: {},
    },
    {
      name: "leaves tags of others on its objects",
      inputs: inputs({ lun1: ["zone-a"] }, { lun1: ["zone-a"] }, { lun1: ["zone-a", "backup"] }),
      plan: { detach: [], attach: [] },
    },
    {
      name: "leaves its own tag on an object that nobody named and nobody recorded",
      inputs: inputs({ lun1: ["zone-a"] }, {}, { lun1: ["zone-a"], other: ["zone-a"] }),
      plan: { detach: [], attach: [] },
    },
    {
      name: "leaves a tag on an object of which another tag was recorded",
      inputs: inputs({}, { lun1: ["region"] }, { lun1: ["region", "zone-a"] }),
      plan: { detach: [{ tag: "region", objects: ["lun1"] }], attach: [] },
    },
  ];
  for (const { name, inputs: situation, plan } of cases) {
    it(name, () => {
      const expected = { detach: [], attach: [], unannounced: [], ...plan };
      assert.deepEqual(planAttachments(situation), expected);
    });
  }
});

describe("changes without some objects", () => {
  it("have no change that is left without objects", () => {
    const changes = [
      { tag: "region", objects: ["lun1", "lun2"] },
      { tag: "zone-a", objects: ["lun1"] },
    ];
    assert.deepEqual(withoutObjects(changes, new Set(["lun1"])), [
      { tag: "region", objects: ["lun2"] },
    ]);
  });
});

describe("findConflicts", () => {
  const tagsOfCategory = new Map([
    ["regions", new Set(["region", "region-of-others"])],
    ["zones", new Set(["zone-a", "zone-b", "zone-old", "zone-of-others"])],
  ]);
  const find = (...parts: Parameters<typeof inputs>): ReturnType<typeof findConflicts> =>
    findConflicts(inputs(...parts), tagsOfCategory);

  it("finds a tag of others of the same category", () => {
    assert.deepEqual(find({ lun1: ["zone-a"] }, {}, { lun1: ["zone-of-others"] }), [
      { object: "lun1", foreignTag: "zone-of-others", category: "zones" },
    ]);
  });

  it("finds it also beside the wanted tag, where the category allows several", () => {
    assert.deepEqual(find({ lun1: ["zone-a"] }, {}, { lun1: ["zone-a", "zone-of-others"] }), [
      { object: "lun1", foreignTag: "zone-of-others", category: "zones" },
    ]);
  });

  it("does not mind tags of other categories", () => {
    assert.deepEqual(find({ lun1: ["zone-a"] }, {}, { lun1: ["backup", "region-of-others"] }), []);
  });

  it("does not take the stack's own tags for others', managed now or recorded", () => {
    assert.deepEqual(find({ lun1: ["zone-a"] }, {}, { lun1: ["zone-b"] }), []);
    assert.deepEqual(
      find({ lun1: ["zone-a"] }, { lun1: ["zone-old"] }, { lun1: ["zone-old"] }),
      [],
    );
  });

  it("does not look at objects that are only recorded", () => {
    assert.deepEqual(find({}, { lun1: ["zone-a"] }, { lun1: ["zone-of-others"] }), []);
  });
});
