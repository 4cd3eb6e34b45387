import assert from "node:assert/strict";

import fc from "fast-check";

import {
  findConflicts,
  foundPairs,
  has as hasPair,
  leftPairs,
  planAttachments,
  selected,
  withoutObjects,
  type AttachmentPlan,
  type PlanInputs,
  type TagsByObject,
} from "../../../../../components/regionZoneTagging/tagAttachments/plan";

/** The category of each tag. `region-1` to `zone-2` are managed, `*-old` were, `*-foreign` and backups are others'. */
const tagsByCategory = {
  region: new Set(["region-1", "region-2", "region-foreign"]),
  zone: new Set(["zone-1", "zone-2", "zone-old", "zone-foreign"]),
  backup: new Set(["backup-1", "backup-2"]),
};
const categoryOf = Object.fromEntries(
  Object.entries(tagsByCategory).flatMap(([category, ids]) => [...ids].map((id) => [id, category])),
);
const managed = new Set(["region-1", "region-2", "zone-1", "zone-2"]);
const { backup: _backup, ...single } = tagsByCategory;
const tagsOfCategory = new Map(Object.entries(single));
const objectNames = ["dc-1", "cluster-1", "lun-1", "lun-2", "lun-3", "lun-4"];

/** Any objects, each with at most one of each given list of tags; `undefined` for none. */
function tagging(...choices: readonly (readonly string[])[]): fc.Arbitrary<TagsByObject> {
  const tags = fc
    .tuple(...choices.map((choice) => fc.constantFrom(undefined, ...choice)))
    .map((chosen) => new Set(chosen.filter((tag) => tag !== undefined)));
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...objectNames), tags), {
      selector: ([object]) => object,
    })
    .map((pairs) => new Map(pairs));
}

/** What the parts of a situation are drawn as: any of the tags can be one of others, and a pair is found or made. */
const withOthers = (
  parts: fc.Arbitrary<Omit<PlanInputs, "managed" | "existing">>,
): fc.Arbitrary<PlanInputs> =>
  fc.tuple(parts, fc.subarray([...managed])).map(([drawn, existing]) => ({
    ...drawn,
    found: selected(drawn.found, (object, tag) => !hasPair(drawn.recorded, object, tag)),
    existing: new Set(existing),
    managed: new Set([...managed].filter((tag) => !existing.includes(tag))),
  }));

/** Any situation that vCenter allows: in it, the categories of regions and zones are SINGLE. */
const situations: fc.Arbitrary<PlanInputs> = withOthers(
  fc.record({
    desired: tagging(["region-1", "region-2"], ["zone-1", "zone-2"]),
    recorded: tagging(["region-1", "region-2"], ["zone-1", "zone-2", "zone-old"]),
    actual: tagging(
      ["region-1", "region-2", "region-foreign"],
      ["zone-1", "zone-2", "zone-old", "zone-foreign"],
      ["backup-1"],
      ["backup-2"],
    ),
    found: tagging(["region-1"], ["zone-1", "zone-2", "zone-old"]),
    announced: tagging(
      ["region-1", "region-2"],
      ["zone-1", "zone-2", "zone-foreign"],
      ["backup-1"],
    ),
  }),
);

/** The same where the category of zones is MULTIPLE: any object has any number of their tags. */
const situationsOfMultiple: fc.Arbitrary<PlanInputs> = withOthers(
  fc.record({
    desired: tagging(["region-1", "region-2"], ["zone-1"], ["zone-2"]),
    recorded: tagging(["region-1", "region-2"], ["zone-1"], ["zone-2"], ["zone-old"]),
    actual: tagging(
      ["region-1", "region-2"],
      ...[["zone-1"], ["zone-2"], ["zone-old"], ["zone-foreign"], ["backup-1"]],
    ),
    found: tagging(["zone-1"], ["zone-2"], ["zone-old"]),
    announced: tagging(["region-1"], ["zone-1"], ["zone-2"], ["zone-foreign"]),
  }),
);

/** A vCenter that does what a plan says: detaches first, and refuses a second tag of a SINGLE category. */
function applied(
  actual: TagsByObject,
  plan: AttachmentPlan,
  multiple: readonly string[] = ["backup"],
): Map<string, Set<string>> {
  const result = new Map([...actual].map(([object, tags]) => [object, new Set(tags)]));
  for (const { tag, objects } of plan.detach) {
    objects.forEach((object) => result.get(object)?.delete(tag));
  }
  for (const { tag, objects } of plan.attach) {
    for (const object of objects) {
      const tags = result.get(object) ?? new Set<string>();
      const category = categoryOf[tag];
      const isTaken = [...tags].some((other) => categoryOf[other] === category);
      if (multiple.includes(category ?? "") || !isTaken) {
        result.set(object, tags.add(tag));
      }
    }
  }
  return result;
}

function pairsIn(tags: TagsByObject): string[] {
  return [...tags].flatMap(([object, ids]) => [...ids].map((tag) => `${object} ${tag}`)).sort();
}

function pairsOfPlan(changes: AttachmentPlan["attach"]): string[] {
  return changes.flatMap(({ tag, objects }) => objects.map((object) => `${object} ${tag}`));
}

function has(tags: TagsByObject, pair: string): boolean {
  const [object = "", tag = ""] = pair.split(" ");
  return tags.get(object)?.has(tag) ?? false;
}

/** Whether a pair of vCenter is this stack's to change: one that it recorded, or one that it said will go. */
function isOurs(situation: PlanInputs, pair: string): boolean {
  const { desired, recorded, found, announced } = situation;
  const [object = "", tag = ""] = pair.split(" ");
  if (has(found, pair)) return false;
  return (
    has(recorded, pair) ||
    (has(announced, pair) && desired.has(object) && situation.managed.has(tag))
  );
}

/** The same situation after a preview that said what will be detached. */
function withAnnouncements(situation: PlanInputs): PlanInputs {
  const { unannounced } = planAttachments({ ...situation, announced: new Map() });
  const announced = new Map<string, Set<string>>();
  for (const { tag, objects } of unannounced) {
    for (const object of objects) {
      announced.set(object, (announced.get(object) ?? new Set<string>()).add(tag));
    }
  }
  return { ...situation, announced };
}

/** The same situation, with everything in another order. */
function reordered(situation: PlanInputs): PlanInputs {
  const turned = (tags: TagsByObject): TagsByObject =>
    new Map([...tags].reverse().map(([object, ids]) => [object, new Set([...ids].reverse())]));
  return {
    desired: turned(situation.desired),
    recorded: turned(situation.recorded),
    actual: turned(situation.actual),
    found: turned(situation.found),
    existing: new Set([...situation.existing].reverse()),
    managed: new Set([...situation.managed].reverse()),
    announced: turned(situation.announced),
  };
}

describe("planning the attachments, whatever the situation", () => {
  const always = (claim: (situation: PlanInputs, plan: AttachmentPlan) => void): void =>
    fc.assert(
      fc.property(situations, (situation) => claim(situation, planAttachments(situation))),
      { numRuns: 500 },
    );

  it("detaches nothing that was neither recorded nor announced", () => {
    always(({ recorded, announced }, { detach }) => {
      const isTold = (pair: string) => has(recorded, pair) || has(announced, pair);
      assert.deepEqual(
        pairsOfPlan(detach).filter((pair) => !isTold(pair)),
        [],
      );
    });
  });

  it("has nothing left to announce after a preview, and asks to announce nothing of others or recorded", () => {
    always((situation, { unannounced }) => {
      assert.deepEqual(planAttachments(withAnnouncements(situation)).unannounced, []);
      for (const pair of pairsOfPlan(unannounced)) {
        const [object = "", tag = ""] = pair.split(" ");
        assert.ok(situation.managed.has(tag) && situation.desired.has(object), pair);
        assert.ok(!has(situation.recorded, pair) && !has(situation.desired, pair), pair);
        assert.ok(!has(situation.found, pair), pair);
      }
    });
  });

  it("ends with every wanted pair after a preview, unless a tag of others is in the way", () => {
    always((anySituation) => {
      const situation = withAnnouncements(anySituation);
      const after = applied(situation.actual, planAttachments(situation));
      const blocked = findConflicts(situation, tagsOfCategory);
      for (const pair of pairsIn(situation.desired)) {
        const [object, tag = ""] = pair.split(" ");
        const isBlocked = blocked.some(
          (conflict) => conflict.object === object && conflict.category === categoryOf[tag],
        );
        assert.equal(has(after, pair), !isBlocked, pair);
      }
    });
  });

  it("leaves every pair of others, adds only wanted ones, and leaves none that is recorded and not wanted", () => {
    always((situation, plan) => {
      const { actual, desired, recorded } = situation;
      const after = applied(actual, plan);
      for (const pair of pairsIn(actual)) {
        assert.ok(isOurs(situation, pair) || has(after, pair), pair);
      }
      for (const pair of pairsIn(after)) {
        assert.ok(has(actual, pair) || has(desired, pair), pair);
        assert.ok(!has(recorded, pair) || has(desired, pair), pair);
      }
    });
  });

  it("has nothing to do the second time", () => {
    always((anySituation) => {
      const situation = withAnnouncements(anySituation);
      fc.pre(findConflicts(situation, tagsOfCategory).length === 0);
      const actual = applied(situation.actual, planAttachments(situation));
      for (const recorded of [situation.recorded, situation.desired]) {
        const plan = planAttachments({ ...situation, actual, recorded });
        assert.deepEqual(plan, { detach: [], attach: [], unannounced: [] });
      }
    });
  });

  it("takes for found what was there with a tag of others, or was found, and never what it made", () => {
    always((situation) => {
      const { actual, desired, recorded, found, existing } = situation;
      const expected = pairsIn(actual).filter((pair) => {
        const isOfOthers = existing.has(pair.split(" ")[1] ?? "") || has(found, pair);
        return has(desired, pair) && !has(recorded, pair) && isOfOthers;
      });
      assert.deepEqual(pairsIn(foundPairs(situation)), expected);
    });
  });

  it("leaves every found pair, and tells those that the configuration does not have", () => {
    always((situation, plan) => {
      const { actual, desired, found } = situation;
      const after = applied(actual, plan);
      const there = pairsIn(actual).filter((pair) => has(found, pair));
      assert.ok(there.every((pair) => has(after, pair)));
      const left = there.filter((pair) => !has(desired, pair));
      assert.deepEqual(pairsIn(leftPairs(situation)), left);
    });
  });

  it("names no pair twice, no tag twice in one step, and no pair in vain", () => {
    always(({ actual }, { attach, detach, unannounced }) => {
      const steps = [attach, detach, unannounced];
      const all = steps.flatMap(pairsOfPlan);
      assert.equal(new Set(all).size, all.length);
      for (const step of steps) {
        assert.equal(new Set(step.map(({ tag }) => tag)).size, step.length);
        assert.ok(step.every(({ objects }) => objects.length > 0));
      }
      assert.ok(pairsOfPlan([...detach, ...unannounced]).every((pair) => has(actual, pair)));
      assert.ok(pairsOfPlan(attach).every((pair) => !has(actual, pair)));
    });
  });

  it("is the same whatever the order of objects and tags", () => {
    const sorted = ({ attach, detach, unannounced }: AttachmentPlan) =>
      [attach, detach, unannounced].map((step) => pairsOfPlan(step).sort());
    always((situation, plan) => {
      assert.deepEqual(sorted(planAttachments(reordered(situation))), sorted(plan));
    });
  });

  it("finds as conflicts exactly the tags of others, of the category of a wanted tag", () => {
    always((situation) => {
      const expected = pairsIn(situation.actual).filter((pair) => {
        const [object = "", tag = ""] = pair.split(" ");
        const wanted = [...(situation.desired.get(object) ?? [])];
        const isOfCategory = wanted.some((other) => categoryOf[other] === categoryOf[tag]);
        const isOthers = !situation.managed.has(tag) && !has(situation.recorded, pair);
        const stays = isOthers || has(situation.found, pair);
        return isOfCategory && stays && !wanted.includes(tag);
      });
      const found = findConflicts(situation, tagsOfCategory);
      assert.deepEqual(
        found.map(({ object, foreignTag }) => `${object} ${foreignTag}`).sort(),
        expected,
      );
      assert.ok(found.every(({ foreignTag, category }) => categoryOf[foreignTag] === category));
    });
  });
});

describe("planning the attachments where an object may carry several zone tags", () => {
  it("ends with the wanted pairs and those of others, and has nothing to do the second time", () => {
    fc.assert(
      fc.property(situationsOfMultiple, (anySituation) => {
        const situation = withAnnouncements(anySituation);
        const { desired, actual, recorded } = situation;
        // The category of regions stays SINGLE.
        const regions = new Map([["region", tagsByCategory.region]]);
        fc.pre(findConflicts(situation, regions).length === 0);
        const plan = planAttachments(situation);
        const after = applied(actual, plan, ["backup", "zone"]);
        const isOthers = (pair: string): boolean => !isOurs(situation, pair);
        const expected = [...pairsIn(actual).filter(isOthers), ...pairsIn(desired)];
        assert.deepEqual(pairsIn(after), [...new Set(expected)].sort());
        assert.ok(pairsIn(actual).every((pair) => !pair.endsWith("-foreign") || has(after, pair)));
        for (const known of [recorded, desired]) {
          const again = planAttachments({ ...situation, actual: after, recorded: known });
          assert.deepEqual(again, { detach: [], attach: [], unannounced: [] });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("the plan", () => {
  const pairs = (tags: Record<string, string[]>): TagsByObject =>
    new Map(Object.entries(tags).map(([object, ids]) => [object, new Set(ids)]));

  it("has one change for each tag, and moves an object by detaching the old zone alone", () => {
    const situation = {
      desired: pairs({ lun1: ["region-1", "zone-2"], lun2: ["region-1"] }),
      recorded: pairs({ lun1: ["region-1", "zone-1"] }),
      actual: pairs({ lun1: ["zone-1", "backup-1"], lun2: [] }),
      managed,
      found: pairs({}),
      existing: new Set<string>(),
      announced: pairs({}),
    };
    assert.deepEqual(planAttachments(situation), {
      detach: [{ tag: "zone-1", objects: ["lun1"] }],
      attach: [
        { tag: "region-1", objects: ["lun1", "lun2"] },
        { tag: "zone-2", objects: ["lun1"] },
      ],
      unannounced: [],
    });
  });

  it("sees what stands beside the wanted tag, where the category allows several", () => {
    const wanted = pairs({ lun1: ["zone-1"] });
    const situation = {
      desired: wanted,
      recorded: wanted,
      actual: pairs({ lun1: ["zone-1", "zone-2", "zone-foreign"] }),
      managed,
      found: pairs({}),
      existing: new Set<string>(),
      announced: pairs({ lun1: ["zone-2"] }),
    };
    const change = { tag: "zone-2", objects: ["lun1"] };
    const nothing = { detach: [], attach: [], unannounced: [] };
    assert.deepEqual(planAttachments(situation), { ...nothing, detach: [change] });
    const untold = { ...situation, announced: pairs({ lun1: ["zone-1"], lun2: ["zone-2"] }) };
    assert.deepEqual(planAttachments(untold), { ...nothing, unannounced: [change] });
    assert.deepEqual(findConflicts(situation, tagsOfCategory), [
      { object: "lun1", foreignTag: "zone-foreign", category: "zone" },
    ]);
  });

  it("without some objects has no change that is left without objects", () => {
    const changes = [
      { tag: "region-1", objects: ["lun1", "lun2"] },
      { tag: "zone-1", objects: ["lun1"] },
    ];
    const left = [{ tag: "region-1", objects: ["lun2"] }];
    assert.deepEqual(withoutObjects(changes, new Set(["lun1"])), left);
  });
});
