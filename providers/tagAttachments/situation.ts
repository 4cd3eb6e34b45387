import { folded, type Finding } from "../../configuration/folding";
import type { ManagedObject } from "../../vcenter";
import type { LiveView } from "../liveView";
import type { TagAttachmentsInputs, TagAttachmentsOutputs } from "./model";
import { planAttachments, type AttachmentPlan, type TagsByObject } from "./plan";
import { resolveConfiguration, resolveRecorded } from "./resolve";

/** Configuration, state and vCenter, side by side, in vCenter's own identifiers. */
export interface Situation {
  readonly desired: TagsByObject;
  readonly recorded: TagsByObject;
  readonly actual: TagsByObject;
  readonly managed: ReadonlySet<string>;
  /** All objects that take part, by object key. */
  readonly objects: ReadonlyMap<string, ManagedObject>;
  /** Names of the tags that configuration or state know, by id. */
  readonly tagNames: ReadonlyMap<string, string>;
  /** Objects of the configuration that cannot be tagged, one sentence each, many of a kind folded. */
  readonly faults: readonly string[];
  /** Recorded objects that somebody renamed or moved since, one sentence each. */
  readonly renamings: readonly string[];
}

/** Reads what vCenter has on every object that the configuration or the state names: three calls for 2,000 objects. */
export async function readSituation(
  live: LiveView,
  inputs: TagAttachmentsInputs,
  recorded: TagAttachmentsOutputs | undefined,
): Promise<Situation> {
  const [inventory, instanceUuid] = await Promise.all([live.inventory(), live.instanceUuid()]);
  const configured = resolveConfiguration(inventory, inputs);
  const earlier =
    recorded === undefined ? undefined : resolveRecorded(inventory, instanceUuid, recorded);
  const objects = new Map([...(earlier?.objects ?? []), ...configured.objects]);
  const attached = await live.attachedTags([...objects.values()]);
  return {
    desired: configured.tagsByObject,
    recorded: earlier?.tagsByObject ?? new Map(),
    actual: new Map([...objects.keys()].map((key) => [key, new Set(attached.get(key) ?? [])])),
    managed: new Set(Object.values(inputs.tags)),
    objects,
    tagNames: new Map(
      [recorded?.tags ?? {}, inputs.tags].flatMap((tags) =>
        Object.entries(tags).map(([name, id]): [string, string] => [id, name]),
      ),
    ),
    faults: configured.faults,
    renamings: earlier?.renamings ?? [],
  };
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
      plan.detach,
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
): Finding[] {
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
