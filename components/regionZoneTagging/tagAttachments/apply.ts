import { ProviderError, asProviderError } from "../../dynamic/errors";
import { objectFinding } from "../../dynamic/findObject";
import type { LiveView } from "../../dynamic/liveView";
import { hiddenPairs, leftSentences, protectedPairs } from "./check";
import { lateConflicts } from "./conflicts";
import {
  byPath,
  type RecordedPair,
  type TagAttachmentsInputs,
  type TagAttachmentsOutputs,
} from "./model";
import {
  both,
  foundPairs,
  has,
  planAttachments,
  rememberedPairs,
  selected,
  withoutObjects,
  type TagChange,
  type TagsByObject,
} from "./plan";
import { pathOf, readSituation, requireReadableTags, tagName, type Situation } from "./situation";
import {
  findingTexts,
  type Finding,
  folded,
  wording,
  type Foldable,
} from "../../../findings/finding";
import { objectKey, type VCenterClient } from "../../../vcenter";

/** The heading of docs/troubleshooting.md about what is refused here. */
const topic = "tag-attachments";

/** What was achieved, and one sentence for each pair that was not, many of a kind folded. */
export interface ApplyResult {
  readonly outputs: TagAttachmentsOutputs;
  readonly failures: readonly string[];
  /** Which pairs stay because others attached them, a sentence for each tag. */
  readonly left: readonly string[];
  /** How many pairs were attached and detached, as far as vCenter shows it. */
  readonly attached: number;
  readonly detached: number;
}

/**
 * Makes the pairs of the configuration true, and undoes recorded pairs that it no longer names. An object on which
 * somebody attached another tag of the stack after the preview is left alone, and reported.
 *
 * Reads, writes in batches, then reads again and believes only that: a batch call answers 200 also when items of it
 * failed. The outputs have what did succeed, also when something failed. Throws only when nothing was changed.
 */
export async function applyAttachments(
  client: VCenterClient,
  live: LiveView,
  inputs: TagAttachmentsInputs,
  recorded: TagAttachmentsOutputs | undefined,
): Promise<ApplyResult> {
  const before = await readSituation(live, inputs, recorded);
  const plan = planAttachments(before);
  const refusals = findingTexts(
    [
      ...before.faults,
      ...hiddenPairs(before),
      ...(inputs.protect === true ? protectedPairs(plan.detach, before) : []),
      ...(await lateConflicts(live, inputs, before)),
    ],
    topic,
  );
  if (refusals.length > 0) {
    throw new ProviderError(refusals.join("\n"), topic);
  }
  // Before anything is attached: what is there now, and is not the stack's, was there before it.
  const found = foundPairs(before);
  const left = leftSentences(before);
  const leftAlone = objectsOf(plan.unannounced);
  const answers = new Map<string, string>();
  const interrupted: string[] = [];
  for (const step of [
    { changes: plan.detach, act: client.tagging.detach.bind(client.tagging) },
    { changes: plan.attach, act: client.tagging.attach.bind(client.tagging) },
  ]) {
    const changes = withoutObjects(step.changes, leftAlone);
    const errors = await changeAll(changes, before, step.act, answers);
    interrupted.push(...errors);
  }
  const vCenter = await live.instanceUuid();
  const remembered = rememberedPairs(before);
  const after = await readAgain(live.afterChange(), inputs, recorded, interrupted);
  if (after === undefined) {
    // Nothing is known about what was reached: what may be there stays recorded, so that it can be undone.
    return {
      outputs: outputs(inputs, vCenter, before, {
        all: both(both(before.recorded, before.desired), remembered),
        found: both(found, remembered),
      }),
      failures: folded(interrupted.map(foldableError)),
      left,
      ...{ attached: 0, detached: 0 },
    };
  }
  const open = planAttachments(after);
  const detach = withoutObjects(open.detach, leftAlone);
  const attach = withoutObjects(open.attach, leftAlone);
  return {
    outputs: outputs(inputs, vCenter, after, {
      all: both(reached(after), remembered),
      found: both(found, remembered),
    }),
    left,
    attached: pairsIn(withoutObjects(plan.attach, leftAlone)) - pairsIn(attach),
    detached: pairsIn(withoutObjects(plan.detach, leftAlone)) - pairsIn(detach),
    failures: [
      ...folded(interrupted.map(foldableError)),
      ...findingTexts(notAnnounced(plan.unannounced, before), topic),
      ...folded([
        ...unreached(detach, after, answers, "could not be detached from"),
        ...unreached(attach, after, answers, "could not be attached to"),
      ]),
    ],
  };
}

function objectsOf(changes: readonly TagChange[]): Set<string> {
  return new Set(changes.flatMap(({ objects }) => objects));
}

function pairsIn(changes: readonly TagChange[]): number {
  return changes.reduce((count, { objects }) => count + objects.length, 0);
}

function notAnnounced(changes: readonly TagChange[], situation: Situation): Finding[] {
  return changes.flatMap(({ tag, objects }) =>
    objects.map((object) =>
      objectFinding(
        pathOf(situation, object),
        `the tag ${tagName(situation, tag)} does not belong there, and was attached after the preview looked, so nothing was ` +
          "changed on this object",
        "run pulumi preview, which says what will be detached, and then pulumi up",
      ),
    ),
  );
}

/** What stopped a whole call; vCenter's errors stay errors. */
function foldableError(text: string): Foldable {
  return { kind: wording(text), about: text, topic: "vcenter-refused", text: () => text };
}

type Act = VCenterClient["tagging"]["attach"];

/** Makes all changes of one step; gathers what vCenter said of single objects, and returns what stopped a whole call. */
async function changeAll(
  changes: readonly TagChange[],
  situation: Situation,
  act: Act,
  answers: Map<string, string>,
): Promise<string[]> {
  const outcomes = await Promise.allSettled(
    changes.map(async ({ tag, objects }) => {
      const targets = objects.flatMap((key) => situation.objects.get(key) ?? []);
      // Stays when the call throws; its error is told once, in a line of its own.
      answers.set(answerKey(tag, ""), "the call that should do it failed");
      const { failures } = await act(tag, targets);
      answers.delete(answerKey(tag, ""));
      for (const failure of failures) {
        const key = failure.object === undefined ? "" : objectKey(failure.object);
        answers.set(answerKey(tag, key), failure.message);
      }
    }),
  );
  return outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [asProviderError(outcome.reason).message] : [],
  );
}

/** The second look; undefined when vCenter cannot be asked any more. */
async function readAgain(
  live: LiveView,
  inputs: TagAttachmentsInputs,
  recorded: TagAttachmentsOutputs | undefined,
  interrupted: string[],
): Promise<Situation | undefined> {
  try {
    const situation = await readSituation(live, inputs, recorded);
    // What was attached and cannot be read would otherwise pass for refused, and be forgotten.
    await requireReadableTags(live, situation, situation.desired);
    return situation;
  } catch (error) {
    interrupted.push(asProviderError(error).message);
    return undefined;
  }
}

/** The pairs of ours that are really there: wanted ones, and recorded ones that could not be detached. */
function reached({ desired, recorded, actual }: Situation): TagsByObject {
  return selected(actual, (object, tag) => has(desired, object, tag) || has(recorded, object, tag));
}

/** What the state is to hold. */
interface Recorded {
  /** Every pair, the found ones among them. */
  readonly all: TagsByObject;
  /** The pairs that were there before the stack. */
  readonly found: TagsByObject;
}

function outputs(
  inputs: TagAttachmentsInputs,
  vCenter: string,
  situation: Situation,
  { all, found }: Recorded,
): TagAttachmentsOutputs {
  const recordedPairs = namedPairs(situation, all);
  const foundByPath = byPath(
    namedPairs(
      situation,
      selected(found, (object, tag) => has(all, object, tag)),
    ),
  ).attachments;
  // A tag that was given up is known for as long as it hangs on an object that takes part: it has to go first.
  const names = new Set(recordedPairs.map(({ tag }) => tag));
  const hanging = new Set([...situation.actual.values()].flatMap((tags) => [...tags]));
  const earlierTags = [...situation.tagNames].flatMap(([id, name]) =>
    (names.has(name) || hanging.has(id)) && inputs.tags[name] === undefined
      ? [[name, id] as const]
      : [],
  );
  const tags = { ...inputs.tags, ...Object.fromEntries(earlierTags) };
  const existing = Object.keys(tags).filter((name) => situation.existing.has(tags[name] ?? ""));
  return {
    categories: inputs.categories,
    ...(inputs.multiple && { multiple: inputs.multiple }),
    ...(existing.length > 0 && { existing: existing.sort() }),
    ...(Object.keys(foundByPath).length > 0 && { found: foundByPath }),
    tags,
    ...byPath(recordedPairs),
    vCenter,
    drift: [],
  };
}

function namedPairs(situation: Situation, pairs: TagsByObject): RecordedPair[] {
  return [...pairs].flatMap(([key, tags]) =>
    [...tags].map((tag) => ({
      tag: tagName(situation, tag),
      path: pathOf(situation, key),
      reference: key,
    })),
  );
}

/** Pairs that are not as they should be after the change. What vCenter answered tells kinds apart. */
function unreached(
  changes: readonly TagChange[],
  situation: Situation,
  answers: ReadonlyMap<string, string>,
  what: string,
): Foldable[] {
  return changes.flatMap(({ tag, objects }) =>
    objects.map((object) => {
      const answer =
        answers.get(answerKey(tag, object)) ??
        answers.get(answerKey(tag, "")) ??
        "vCenter reported no error, but the change is not there";
      const path = pathOf(situation, object);
      return {
        kind: `${what}: ${wording(answer)}`,
        about: path,
        topic: "vcenter-refused",
        text: () => `${path}: the tag ${tagName(situation, tag)} ${what} it: ${answer}`,
      };
    }),
  );
}

function answerKey(tag: string, object: string): string {
  return `${tag} ${object}`;
}
