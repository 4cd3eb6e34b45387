import { foldedSentences, moreOfAKind, mostOfAKind } from "../../../findings/folding";
import { compareNaturally } from "../../../findings/text";
import { containsUnknown, unknownValue } from "../../dynamic/dynamicProvider";
import type { LiveView } from "../../dynamic/liveView";
import { shellWord } from "../../dynamic/shellWord";
import type { PathsByTag, TagAttachmentsInputs, TagAttachmentsOutputs } from "./model";
import { findConflicts, planAttachments, type TagChange } from "./plan";
import { protectedPairs } from "./protection";
import { pathOf, readSituation, type Situation } from "./situation";

/** What a preview has to say about the inputs. */
export interface AttachmentsCheck {
  /** What vCenter would refuse, or protection does, a sentence each. */
  readonly reasons: readonly string[];
  /** What will be detached although the state did not record it; undefined when that is nothing. */
  readonly announced: PathsByTag | undefined;
  /** The same in words, a sentence for each tag. */
  readonly announcements: readonly string[];
}

/**
 * Everything about the inputs that vCenter would refuse later, found at preview: objects that do not exist, tags of
 * others in the way, and names that are taken; and what would go, protected or not recorded.
 *
 * @param earlier the inputs in the state, empty when there are none: a tag that the stack made, and now gives up, is
 *   not one of others
 */
export async function checkAttachments(
  live: LiveView,
  inputs: TagAttachmentsInputs,
  earlier: Partial<TagAttachmentsInputs>,
): Promise<AttachmentsCheck> {
  if (containsUnknown(inputs.attachments)) {
    return { reasons: [], announced: undefined, announcements: [] };
  }
  const { announced: announcedEarlier = {} } = earlier;
  const known = await readSituation(
    live,
    // Tags that were announced, and that an up could not detach, are still this stack's.
    { ...inputs, announced: announcedEarlier },
    asRecorded(earlier),
  );
  const situation = { ...known, announced: new Map<string, Set<string>>() };
  const { detach, unannounced } = planAttachments(situation);
  const reasons = [
    ...situation.faults,
    ...(await takenNames(live, inputs)),
    ...(await conflicts(live, inputs, situation)),
    ...(inputs.protect === true ? protectedPairs(detach, situation) : []),
  ];
  return {
    reasons,
    announced: announcementsOf(unannounced, situation),
    announcements: await Promise.all(
      unannounced.map((change) => announcement(live, change, situation)),
    ),
  };
}

function announcementsOf(
  changes: readonly TagChange[],
  situation: Situation,
): PathsByTag | undefined {
  const paths = changes.map(({ tag, objects }): [string, string[]] => [
    tag,
    objects.map((object) => pathOf(situation, object)).sort(),
  ]);
  return paths.length === 0 ? undefined : Object.fromEntries(paths);
}

async function announcement(
  live: LiveView,
  { tag, objects }: TagChange,
  situation: Situation,
): Promise<string> {
  const name = situation.tagNames.get(tag) ?? (await live.tag(tag))?.name ?? tag;
  const paths = objects.map((object) => pathOf(situation, object)).sort();
  return (
    `${name} will be detached from ${paths.join(", ")}: it does not belong there, and the state does not say that this ` +
    "stack attached it"
  );
}

/** Inputs as if they were a state that knows no references. */
function asRecorded({
  categories,
  tags,
  attachments,
}: Partial<TagAttachmentsInputs>): TagAttachmentsOutputs | undefined {
  return categories === undefined || tags === undefined || attachments === undefined
    ? undefined
    : { categories, tags, attachments, vCenter: "", references: {}, drift: [] };
}

/** A tag or category whose id is still unknown will be created: its name must be free. */
async function takenNames(live: LiveView, inputs: TagAttachmentsInputs): Promise<string[]> {
  if (!containsUnknown([inputs.categories, inputs.tags])) {
    return [];
  }
  const taken: string[] = [];
  for (const [name, id] of Object.entries(inputs.categories)) {
    const category = await live.category(name);
    if (category === undefined) {
      continue;
    }
    if (id === unknownValue) {
      taken.push(
        `category ${category.name}: it exists in vCenter already, and this stack did not make it: ` +
          "say in the configuration that it exists (categories.region.existing or categories.zone.existing: true), " +
          "or choose another name",
      );
    }
    const wanted = new Set(
      Object.entries(inputs.tags)
        .filter(([, tagId]) => tagId === unknownValue)
        .map(([tagName]) => tagName.toLowerCase()),
    );
    const existing = wanted.size === 0 ? [] : await live.tags(category.id);
    for (const tag of existing.filter((candidate) => wanted.has(candidate.name.toLowerCase()))) {
      taken.push(
        `tag ${tag.name}: it exists in category ${category.name} already, and this stack did not make it: ` +
          "choose another name; deleting this tag would take it off every object that carries it, and a cluster that " +
          "finds its zones or volumes by it would lose them",
      );
    }
  }
  return foldedSentences(taken);
}

/** Tags of others, of our categories, on objects that are to carry ours. */
async function conflicts(
  live: LiveView,
  inputs: TagAttachmentsInputs,
  situation: Situation,
): Promise<string[]> {
  if (containsUnknown(inputs.categories)) {
    return [];
  }
  const tagsOfCategory = await Promise.all(
    Object.entries(inputs.categories).map(
      async ([name, id]) => [name, new Set(await live.tagIds(id))] as const,
    ),
  );
  const found = findConflicts(situation, new Map(tagsOfCategory))
    .map((conflict) => ({ ...conflict, path: pathOf(situation, conflict.object) }))
    .sort((one, other) => compareNaturally(one.path, other.path));
  // Each tag's name is a call to vCenter: those that are not shown are not asked for.
  const shown = await Promise.all(
    found.slice(0, mostOfAKind).map(async ({ path, foreignTag, category }) => {
      const name = (await live.tag(foreignTag))?.name ?? foreignTag;
      return (
        `${path}: it carries the tag ${name} of category ${category}, which this stack did not make: ` +
        "an object may carry one tag of the category only: take the object out of the configuration, or ask whose tag it " +
        "is. A cluster that finds its zone or volumes by that tag would lose this object if it was detached; where there " +
        `is no such cluster: govc tags.detach -c ${[category, name, path].map(shellWord).join(" ")}`
      );
    }),
  );
  return [...shown, ...moreOfAKind(found.length)];
}
