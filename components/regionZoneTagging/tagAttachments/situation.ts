import { ProviderError } from "../../dynamic/errors";
import { onlyObjectAt } from "../../dynamic/findObject";
import type { LiveView } from "../../dynamic/liveView";
import type { PathsByTag, TagAttachmentsInputs, TagAttachmentsOutputs } from "./model";
import {
  both,
  planAttachments,
  type AttachmentPlan,
  type PlanInputs,
  type TagsByObject,
} from "./plan";
import {
  inventoryOf,
  resolveConfiguration,
  resolveRecorded,
  taggableKinds,
  type HiddenObject,
} from "./resolve";
import { type Finding, folded, type Foldable } from "../../../findings/finding";
import { isVCenterError, objectKey, type ManagedObject } from "../../../vcenter";

/** Configuration, state and vCenter, side by side, in vCenter's own identifiers. */
export interface Situation extends PlanInputs {
  /** All objects that take part, by object key. */
  readonly objects: ReadonlyMap<string, ManagedObject>;
  /** Names of the tags that configuration or state know, by id. */
  readonly tagNames: ReadonlyMap<string, string>;
  /** Objects of the configuration that cannot be tagged. */
  readonly faults: readonly Finding[];
  /** Recorded objects that somebody renamed or moved since, one sentence each. */
  readonly renamings: readonly string[];
  /** Recorded objects that vCenter has and this account cannot see: nothing is known of their tags. */
  readonly hidden: readonly HiddenObject[];
}

/**
 * Reads what vCenter has on every object that the configuration or the state names: three calls for 2,000 objects.
 *
 * @throws ProviderError when this account cannot read the tags that the state recorded
 */
export async function readSituation(
  live: LiveView,
  inputs: TagAttachmentsInputs,
  recorded: TagAttachmentsOutputs | undefined,
): Promise<Situation> {
  const inventory = await inventoryOf(live, inputs, recorded);
  const configured = resolveConfiguration(inventory, inputs);
  const earlier =
    recorded === undefined ? undefined : await resolveRecorded(live, inventory, recorded);
  const objects = new Map([...(earlier?.objects ?? []), ...configured.objects]);
  const attached = await live.attachedTags([...objects.values()]);
  const announced = inputs.announced ?? {};
  const situation: Situation = {
    desired: configured.tagsByObject,
    recorded: earlier?.made ?? new Map(),
    found: earlier?.found ?? new Map(),
    existing: existingTags(inputs, recorded),
    actual: new Map([...objects.keys()].map((key) => [key, new Set(attached.get(key) ?? [])])),
    managed: managedTags(inputs, recorded),
    announced: byObject(announced, (path) => onlyObjectAt(inventory, path, taggableKinds)),
    objects,
    tagNames: new Map(
      [recorded?.tags ?? {}, inputs.tags].flatMap((tags) =>
        Object.entries(tags).map(([name, id]): [string, string] => [id, name]),
      ),
    ),
    faults: configured.faults,
    renamings: earlier?.renamings ?? [],
    hidden: earlier?.hidden ?? [],
  };
  await requireReadableTags(live, situation, both(situation.recorded, situation.found));
  return situation;
}

/** Inputs or state: both name tags, and which of them are others'. */
type Named = Pick<TagAttachmentsInputs, "tags" | "existing">;

/** The ids of the tags that are others': by the configuration, and by the state for those that it has given up. */
function existingTags(inputs: Named, recorded: Named | undefined): Set<string> {
  const given = (recorded?.existing ?? []).filter((name) => inputs.tags[name] === undefined);
  return new Set([
    ...(inputs.existing ?? []).flatMap((name) => inputs.tags[name] ?? []),
    ...given.flatMap((name) => recorded?.tags[name] ?? []),
  ]);
}

/** What the state knows is ours until it is gone, also a tag that the configuration has given up; never one of others. */
function managedTags(inputs: TagAttachmentsInputs, recorded: Named | undefined): Set<string> {
  const existing = existingTags(inputs, recorded);
  const known = [
    ...Object.values(inputs.tags),
    ...Object.values(recorded?.tags ?? {}),
    ...Object.keys(inputs.announced ?? {}),
  ];
  return new Set(known.filter((tag) => !existing.has(tag)));
}

function byObject(
  paths: PathsByTag,
  find: (path: string) => ManagedObject | undefined,
): TagsByObject {
  const tagsByObject = new Map<string, Set<string>>();
  for (const [tag, tagged] of Object.entries(paths)) {
    for (const object of tagged.flatMap((path) => find(path) ?? [])) {
      const key = objectKey(object);
      tagsByObject.set(key, (tagsByObject.get(key) ?? new Set<string>()).add(tag));
    }
  }
  return tagsByObject;
}

/**
 * Says, one sentence a pair, how vCenter differs from the configuration while configuration and state agree: what
 * somebody else changed. Many of a kind are folded.
 */
export function describeDrift(situation: Situation): string[] {
  const plan = planAttachments(situation);
  return folded([
    ...situation.renamings.map((text) => ({ kind: "renamed", about: text, text: () => text })),
    ...differences(
      plan.attach,
      situation,
      (tag, object) => `${tag} is no longer attached to ${object}`,
    ),
    ...differences(
      [...plan.detach, ...plan.unannounced],
      situation,
      (tag, object) => `${tag} is attached to ${object}, and does not belong there`,
    ),
  ]);
}

/** One finding for each pair; those of one change are of one kind. */
function differences(
  changes: AttachmentPlan["attach"],
  situation: Situation,
  sentence: (tag: string, object: string) => string,
): Foldable[] {
  return changes.flatMap(({ tag, objects }) =>
    objects.map((key) => {
      const object = pathOf(situation, key);
      return {
        kind: sentence("", ""),
        about: object,
        text: () => sentence(tagName(situation, tag), object),
      };
    }),
  );
}

/** The name of a tag, or its id when neither configuration nor state know it. */
export function tagName(situation: Situation, id: string): string {
  return situation.tagNames.get(id) ?? id;
}

/** The path of an object that takes part. */
export function pathOf(situation: Situation, key: string): string {
  return situation.objects.get(key)?.path ?? key;
}

/** How many names one sentence holds. */
const namedTags = 5;

/** What vCenter shows of the tags. */
interface Seen {
  readonly actual: TagsByObject;
  /** Names of the tags that configuration or state know, by id. */
  readonly tagNames: ReadonlyMap<string, string>;
}

/**
 * Makes sure that what vCenter does not show is really not there. vCenter lists only the tags that an account may read
 * (vSphere Automation API, TagAssociation, `tag_ids`): an account without that right gets empty answers. Only a tag that
 * was seen nowhere is in doubt; read by its id, vCenter refuses it to such an account, and does not know one that is gone.
 *
 * @param expected the pairs that should be there
 * @throws ProviderError that names the tags which cannot be read
 */
export async function requireReadableTags(
  live: LiveView,
  { actual, tagNames }: Seen,
  expected: TagsByObject,
): Promise<void> {
  const seen = new Set([...actual.values()].flatMap((tags) => [...tags]));
  const wanted = new Set([...expected.values()].flatMap((tags) => [...tags]));
  const doubtful = [...wanted].filter((tag) => !seen.has(tag));
  const readable = await Promise.all(doubtful.map((tag) => isReadable(live, tag)));
  const hidden = doubtful.filter((_, index) => readable[index] === false);
  if (hidden.length > 0) {
    const names = hidden.slice(0, namedTags).map((tag) => tagNames.get(tag) ?? tag);
    const rest = hidden.length - names.length;
    throw new ProviderError(
      `this account cannot read the tags ${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}, so nothing is known of ` +
        "the objects that carry them: grant it the role Read-only on tags by a Global Permission (System.Read), or use " +
        "another account",
      "hidden-tags",
    );
  }
}

/** Whether the account may read a tag; one that is gone could be read. */
async function isReadable(live: LiveView, tag: string): Promise<boolean> {
  try {
    await live.tag(tag);
    return true;
  } catch (error) {
    if (isVCenterError(error, "noPermission")) {
      return false;
    }
    throw error;
  }
}
