import type { Finding } from "../../../findings/finding";
import { listed } from "../../../findings/text";
import { adoption, ifInterrupted } from "../../../preflight/adoption";
import { containsUnknown, unknownValue } from "../../dynamic/dynamicProvider";
import { hiddenRemedy, objectFinding } from "../../dynamic/findObject";
import type { LiveView } from "../../dynamic/liveView";
import { checkCardinality } from "./cardinality";
import { conflicts } from "./conflicts";
import { mayReadTags } from "../readableTags";
import { isRemaining } from "../remainingCategory";
import { byPath, type AttachmentsByPath } from "./model";
import type {
  CategorySettings,
  CheckedAlone,
  PathsByTag,
  TagAttachmentsInputs,
  TagAttachmentsOutputs,
} from "./model";
import {
  both,
  foundPairs,
  has,
  leftPairs,
  planAttachments,
  rememberedPairs,
  selected,
  type TagChange,
  type TagsByObject,
} from "./plan";
import { pathOf, readSituation, tagName, type Situation } from "./situation";

/** How many objects a message names at most. */
const mostObjects = 5;

/** What a preview has to say about the inputs. */
export interface AttachmentsCheck {
  /** What vCenter would refuse, or the stack's protection does. */
  readonly findings: readonly Finding[];
  /** What will be detached although the state did not record it; undefined when that is nothing. */
  readonly announced: PathsByTag | undefined;
  /** The same in words, a sentence for each tag. */
  readonly announcements: readonly string[];
  /** The pairs that were there before the stack, and stay; undefined when there are none. */
  readonly found: AttachmentsByPath | undefined;
  /** What else a user should know, a sentence each. */
  readonly remarks: readonly string[];
}

/**
 * Everything about the inputs that vCenter would refuse later, found at preview: objects that do not exist, tags of
 * others in the way, and names that are taken; and what would be detached although it is protected or not recorded.
 *
 * @param earlier the inputs in the state, empty when there are none: a tag that the stack made, and now gives up, is
 *   not one of others
 * @param alone what the program says for this look only, and the account that looks
 */
export async function checkAttachments(
  live: LiveView,
  inputs: TagAttachmentsInputs,
  earlier: Partial<TagAttachmentsInputs>,
  { categorySettings = {}, user = "" }: CheckedAlone & { readonly user?: string } = {},
): Promise<AttachmentsCheck> {
  if (containsUnknown(inputs.attachments)) {
    return { findings: [], announced: undefined, announcements: [], found: undefined, remarks: [] };
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
  const cardinality = await checkCardinality(live, inputs, earlier);
  const findings = [
    ...situation.faults,
    ...(await takenNames(live, inputs, { settings: categorySettings, user })),
    ...cardinality.findings,
    ...(await conflicts(live, inputs, { situation, shared: cardinality.shared })),
    ...(inputs.protect === true ? protectedPairs(detach, situation) : []),
  ];
  const announced = unannounced.map(({ tag, objects }) => ({
    tag,
    paths: sortedPaths(situation, objects),
  }));
  return {
    findings,
    remarks: [...cardinality.remarks, ...acceptedSentences(situation), ...leftSentences(situation)],
    found: foundByPath(situation),
    announced:
      announced.length === 0
        ? undefined
        : Object.fromEntries(announced.map(({ tag, paths }) => [tag, paths])),
    announcements: await Promise.all(
      announced.map(async ({ tag, paths }) => {
        const name = situation.tagNames.get(tag) ?? (await live.tag(tag))?.name ?? tag;
        return (
          `${name} will be detached from ${paths.join(", ")}: it does not belong there, and the state does not say that ` +
          "this stack attached it"
        );
      }),
    ),
  };
}

/** Inputs as if they were a state that knows no references. */
function asRecorded({
  categories = {},
  tags = {},
  attachments,
  existing,
  found,
}: Partial<TagAttachmentsInputs>): TagAttachmentsOutputs | undefined {
  // The engine hands over all of them or, for a resource that is not in the state, none.
  return (
    attachments && {
      ...{ categories, tags, attachments, vCenter: "", references: [], drift: [] },
      ...(existing && { existing }),
      ...(found && { found }),
    }
  );
}

function foundByPath(situation: Situation): AttachmentsByPath | undefined {
  const { attachments } = byPath(
    pairsByName(situation, both(foundPairs(situation), rememberedPairs(situation))).map((pair) => ({
      ...pair,
      reference: undefined,
    })),
  );
  return Object.keys(attachments).length === 0 ? undefined : attachments;
}

/**
 * What is accepted for the first time, because it is attached already and the tag is one of others: a sentence for each tag.
 * An `up` that was killed after it attached something leaves no trace of that in the state, so nobody can tell it from what
 * others attached.
 */
function acceptedSentences(situation: Situation): string[] {
  const accepted = selected(
    foundPairs(situation),
    (object, tag) => !has(situation.found, object, tag),
  );
  return pathsByTag(situation, accepted).map(
    ([tag, objects]) =>
      `${tag} is on ${objects} already: it stays there, also after pulumi destroy. ${ifInterrupted}`,
  );
}

/** What was attached before the stack, and leaves the configuration: a sentence for each tag. */
export function leftSentences(situation: Situation): string[] {
  return pathsByTag(situation, leftPairs(situation)).map(
    ([tag, objects]) => `${tag} stays on ${objects}: it was attached there before this stack`,
  );
}

/** The paths of pairs as a text, by the name of the tag. */
function pathsByTag(situation: Situation, pairs: TagsByObject): [string, string][] {
  const paths = new Map<string, string[]>();
  for (const { tag, path } of pairsByName(situation, pairs)) {
    paths.set(tag, [...(paths.get(tag) ?? []), path]);
  }
  return [...paths].map(([tag, objects]) => [tag, listed(objects.sort(), mostObjects)]);
}

function pairsByName(
  situation: Situation,
  pairs: TagsByObject,
): { readonly tag: string; readonly path: string }[] {
  return [...pairs].flatMap(([object, tags]) =>
    [...tags].map((tag) => ({ tag: tagName(situation, tag), path: pathOf(situation, object) })),
  );
}

/**
 * A tag or category whose id is still unknown will be created: its name must be free. A category is, too, that is as the
 * stack would make it and has no tags: the stack left it there in a destroy, or in an up that was interrupted, and takes it
 * back (components/vsphereProvider/remaining.ts). Not where this account may not read tags, to which one of others looks empty.
 */
async function takenNames(
  live: LiveView,
  inputs: TagAttachmentsInputs,
  {
    settings,
    user,
  }: { readonly settings: Readonly<Record<string, CategorySettings>>; readonly user: string },
): Promise<Finding[]> {
  const wanted = new Set(
    Object.entries(inputs.tags)
      .filter(([, id]) => id === unknownValue)
      .map(([name]) => name.toLowerCase()),
  );
  const taken: Finding[] = [];
  for (const [name, id] of Object.entries(inputs.categories)) {
    if (id !== unknownValue && wanted.size === 0) continue;
    const category = await live.category(name);
    if (category === undefined) continue;
    const tags = await live.tags(category.id);
    if (id === unknownValue) {
      if (!isRemaining(category, tags, name, settings[name])) {
        taken.push(takenCategory(category.name));
      } else if (!(await live.ask("may tags be read", (client) => mayReadTags(client, user)))) {
        taken.push(unreadableCategory(category.name, user));
      }
    }
    for (const tag of tags) {
      if (wanted.has(tag.name.toLowerCase())) taken.push(takenTag(tag.name, category.name));
    }
  }
  return taken;
}

function takenCategory(name: string): Finding {
  return objectFinding(
    `category ${name}`,
    "it exists in vCenter already, and this stack did not make it",
    "say in the configuration that it exists (categories.region.existing or categories.zone.existing: true), take it into " +
      `the stack with all that exists (${adoption} --take), or choose another name`,
  );
}

function unreadableCategory(name: string, user: string): Finding {
  return objectFinding(
    `category ${name}`,
    `it exists in vCenter already, and whether it is an empty one that this stack left, ${user} cannot see: vCenter shows ` +
      "no tags to an account that may not read them",
    "grant the account the role Read-only on tags by a Global Permission (System.Read). Where it is this stack's, take it into " +
      `the state (${adoption} --take); otherwise say in the configuration that it exists (categories.region.existing or ` +
      "categories.zone.existing: true)",
  );
}

function takenTag(name: string, category: string): Finding {
  return objectFinding(
    `tag ${name}`,
    `it exists in category ${category} already, and this stack did not make it`,
    `say in the configuration that it exists (existing: true beside its name), take it into the stack (${adoption} --take), or ` +
      "choose another name; deleting this tag would take it off every object that carries it, and a cluster that finds its " +
      "zones or volumes by it would lose them",
  );
}

/**
 * Which recorded pairs a change would detach against the stack's protection, all of them in one finding. A tag that was
 * never recorded is not protected: to take a wrong one off protects the right one.
 *
 * @param detach what would be detached, announced pairs included
 */
export function protectedPairs(detach: readonly TagChange[], situation: Situation): Finding[] {
  const pairs = detach.flatMap(({ tag, objects }) => {
    const recorded = objects.filter((object) => situation.recorded.get(object)?.has(tag));
    const paths = sortedPaths(situation, recorded);
    return paths.length === 0 ? [] : [`${tagName(situation, tag)} from ${paths.join(", ")}`];
  });
  if (pairs.length === 0) return [];
  return [
    {
      severity: "error",
      where: "protect",
      found: "true",
      wrong: `this change would detach ${pairs.sort().join("; ")}`,
      remedy:
        "leave these objects where they are in the configuration, or set protect to false, run pulumi up, and make the " +
        "change then",
    },
  ];
}

/** Of which recorded objects nothing can be known or changed, because this account does not see them. */
export function hiddenPairs({ hidden }: Situation): Finding[] {
  return hidden.map(({ path, pairs }) =>
    objectFinding(
      path,
      `vCenter has it, but this account cannot see it, so ${pairs.map(({ tag }) => tag).join(" and ")} can neither be looked ` +
        "for nor detached",
      hiddenRemedy,
    ),
  );
}

function sortedPaths(situation: Situation, objects: readonly string[]): string[] {
  return objects.map((object) => pathOf(situation, object)).sort();
}
