import { containsUnknown, failuresOf, unknownValue, type CheckFailure } from "../dynamicProvider";
import type { LiveView } from "../liveView";
import type { TagAttachmentsInputs, TagAttachmentsOutputs } from "./model";
import { findConflicts } from "./plan";
import { pathOf, readSituation, type Situation } from "./situation";

/**
 * Everything about the inputs that vCenter would refuse later, found at preview: objects that do not exist, tags of
 * others in the way, and names that are taken. The failures name no property, because the engine would print the
 * property's whole value before each of them.
 *
 * @param earlier the inputs in the state, empty when there are none: a tag that the stack made, and now gives up, is
 *   not one of others
 */
export async function checkAttachments(
  live: LiveView,
  inputs: TagAttachmentsInputs,
  earlier: Partial<TagAttachmentsInputs>,
): Promise<CheckFailure[]> {
  if (containsUnknown(inputs.attachments)) {
    return [];
  }
  const situation = await readSituation(live, inputs, asRecorded(earlier));
  const reasons = [
    ...situation.faults,
    ...(await takenNames(live, inputs)),
    ...(await conflicts(live, inputs, situation)),
  ];
  return failuresOf(reasons);
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
  return taken;
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
  const found = findConflicts(situation, new Map(tagsOfCategory));
  return Promise.all(
    found.map(async ({ object, foreignTag, category }) => {
      const name = (await live.tag(foreignTag))?.name ?? foreignTag;
      const path = pathOf(situation, object);
      return (
        `${path}: it carries the tag ${name} of category ${category}, which this stack did not make: ` +
        "an object may carry one tag of the category only: take the object out of the configuration, or ask whose tag it " +
        "is. A cluster that finds its zone or volumes by that tag would lose this object if it was detached; where there " +
        `is no such cluster: govc tags.detach -c '${category}' '${name}' '${path}'`
      );
    }),
  );
}
