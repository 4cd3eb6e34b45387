import assert from "node:assert/strict";

import fc from "fast-check";

import {
  findConflicts,
  planAttachments,
  type AttachmentPlan,
  type PlanInputs,
  type TagsByObject,
} from "../../../../../components/regionZoneTagging/tagAttachments/plan";

/** The category of each tag. `region-1` to `zone-2` are managed, `*-old` were, `*-foreign` and backups are others'. */
const categoryOf: Readonly<Record<string, "region" | "zone" | "backup">> = {
  ...{ "region-1": "region", "region-2": "region", "region-foreign": "region" },
  ...{ "zone-1": "zone", "zone-2": "zone", "zone-old": "zone", "zone-foreign": "zone" },
  ...{ "backup-1": "backup", "backup-2": "backup" },
};
const managed = new Set(["region-1", "region-2", "zone-1", "zone-2"]);
const single: ReadonlySet<unknown> = new Set(["region", "zone"]);
const tagsOfCategory = new Map(
  ["region", "zone"].map((category) => [
    category,
    new Set(Object.keys(categoryOf).filter((tag) => categoryOf[tag] === category)),
  ]),
);
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

/** Any situation that vCenter allows: in it, the categories of regions and zones are SINGLE. */
const situations: fc.Arbitrary<PlanInputs> = fc.record({
  desired: tagging(["region-1", "region-2"], ["zone-1", "zone-2"]),
  recorded: tagging(["region-1", "region-2"], ["zone-1", "zone-2", "zone-old"]),
  actual: tagging(
    ["region-1", "region-2", "region-foreign"],
    ["zone-1", "zone-2", "zone-old", "zone-foreign"],
    ["backup-1"],
    ["backup-2"],
  ),
  managed: fc.constant(managed),
  announced: tagging(["region-1", "region-2"], ["zone-1", "zone-2", "zone-foreign"], ["backup-1"]),
});

/** A vCenter that does what a plan says: detaches first, and refuses a second tag of a SINGLE category. */
function applied(actual: TagsByObject, plan: AttachmentPlan): Map<string, Set<string>> {
  const result = new Map([...actual].map(([object, tags]) => [object, new Set(tags)]));
  for (const { tag, objects } of plan.detach) {
    objects.forEach((object) => result.get(object)?.delete(tag));
  }
  for (const { tag, objects } of plan.attach) {
    for (const object of objects) {
      const tags = result.get(object) ?? new Set<string>();
      const category = categoryOf[tag];
      if (!single.has(category) || ![...tags].some((other) => categoryOf[other] === category)) {
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
function isOurs({ desired, recorded, announced }: PlanInputs, pair: string): boolean {
  const [object = "", tag = ""] = pair.split(" ");
  return has(recorded, pair) || (has(announced, pair) && desired.has(object) && managed.has(tag));
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
    managed: new Set([...managed].reverse()),
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
    always((situation, { detach }) => {
      assert.deepEqual(
        pairsOfPlan(detach).filter(
          (pair) => !has(situation.recorded, pair) && !has(situation.announced, pair),
        ),
        [],
      );
    });
  });

  it("has nothing left to announce after a preview, and asks to announce nothing of others or recorded", () => {
    always((situation, { unannounced }) => {
      assert.deepEqual(planAttachments(withAnnouncements(situation)).unannounced, []);
      for (const pair of pairsOfPlan(unannounced)) {
        const [object = "", tag = ""] = pair.split(" ");
        assert.ok(managed.has(tag) && situation.desired.has(object), pair);
        assert.ok(!has(situation.recorded, pair) && !has(situation.desired, pair), pair);
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

  it("leaves every pair of others, on its own objects and on all others", () => {
    always((situation, plan) => {
      const foreign = pairsIn(situation.actual).filter((pair) => !isOurs(situation, pair));
      const after = applied(situation.actual, plan);
      assert.deepEqual(
        foreign.filter((pair) => !has(after, pair)),
        [],
      );
    });
  });

  it("adds nothing but wanted pairs", () => {
    always((situation, plan) => {
      const added = pairsIn(applied(situation.actual, plan)).filter(
        (pair) => !has(situation.actual, pair),
      );
      assert.deepEqual(
        added.filter((pair) => !has(situation.desired, pair)),
        [],
      );
    });
  });

  it("leaves no pair that was recorded and is no longer wanted", () => {
    always((situation, plan) => {
      const after = applied(situation.actual, plan);
      const left = pairsIn(situation.recorded).filter(
        (pair) => has(after, pair) && !has(situation.desired, pair),
      );
      assert.deepEqual(left, []);
    });
  });

  it("has nothing to do the second time", () => {
    always((anySituation) => {
      const situation = withAnnouncements(anySituation);
      fc.pre(findConflicts(situation, tagsOfCategory).length === 0);
      const actual = applied(situation.actual, planAttachments(situation));
      for (const recorded of [situation.recorded, situation.desired]) {
        assert.deepEqual(planAttachments({ ...situation, actual, recorded }), {
          detach: [],
          attach: [],
          unannounced: [],
        });
      }
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
    always((situation, plan) => {
      const other = planAttachments(reordered(situation));
      assert.deepEqual(pairsOfPlan(other.attach).sort(), pairsOfPlan(plan.attach).sort());
      assert.deepEqual(pairsOfPlan(other.detach).sort(), pairsOfPlan(plan.detach).sort());
      assert.deepEqual(pairsOfPlan(other.unannounced).sort(), pairsOfPlan(plan.unannounced).sort());
    });
  });

  it("finds as conflicts exactly the tags of others, of the category of a wanted tag", () => {
    always((situation) => {
      const expected = pairsIn(situation.actual).filter((pair) => {
        const [object = "", tag = ""] = pair.split(" ");
        const wanted = [...(situation.desired.get(object) ?? [])];
        return (
          wanted.some((other) => categoryOf[other] === categoryOf[tag]) &&
          !managed.has(tag) &&
          !has(situation.recorded, pair)
        );
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
