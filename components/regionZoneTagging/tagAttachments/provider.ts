import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import {
  containsUnknown,
  SessionProvider,
  type Bag,
  type CheckResult,
  type CreateResult,
  type DiffResult,
  type DynamicProvider,
  type ReadResult,
} from "../../dynamic/dynamicProvider";
import { Done } from "../../dynamic/done";
import { PartialFailure, tell } from "../../dynamic/errors";
import { realPath } from "../../dynamic/findObject";
import type { LiveView } from "../../dynamic/liveView";
import type { VCenterSession } from "../../dynamic/vcenterSession";
import { applyAttachments, type ApplyResult } from "./apply";
import { checkAttachments, hiddenPairs } from "./check";
import { firstTaggingTexts, taggingTexts } from "../changes/fromTags";
import type { TagsByPath } from "../changes/model";
import { formerNames } from "../changes/renamed";
import {
  byPath,
  isAmong,
  pairsOf,
  type AttachmentsByPath,
  type CheckedAlone,
  type RecordedPair,
  type TagAttachmentsInputs,
  type TagAttachmentsOutputs,
} from "./model";
import { both, has } from "./plan";
import { inventoryOf } from "./resolve";
import { describeDrift, pathOf, readSituation, tagName, type Situation } from "./situation";
import { inventoryPath } from "../../../configuration/inventoryPaths";
import { driftText } from "../../../findings/change";
import { findingTexts } from "../../../findings/finding";
import type { Inventory } from "../../../vcenter";

type Inputs = TagAttachmentsInputs;
type Outputs = TagAttachmentsOutputs;

/** Nothing to attach: what remains is to detach what the state recorded. */
const nothing: Pick<Inputs, "attachments"> = { attachments: {} };

/** Attaches tags to objects that the stack does not own, and touches nothing but the pairs it made. */
export class TagAttachmentsProvider
  extends SessionProvider
  implements DynamicProvider<Inputs, Outputs>
{
  protected readonly topic = "tag-attachments";
  readonly #done: Done;

  /** @param done counts what is attached and detached */
  constructor(session: VCenterSession, done = new Done()) {
    super(session);
    this.#done = done;
  }

  check(olds: Partial<Inputs>, program: Inputs & CheckedAlone): Promise<CheckResult<Inputs>> {
    const { categorySettings, ...news } = program;
    const look = async (live: LiveView) => {
      const { findings, announced, announcements, found, remarks } = await checkAttachments(
        live,
        news,
        olds,
        { ...(categorySettings && { categorySettings }), user: this.session.connection.user },
      );
      if (findings.length > 0) return { inputs: news, findings };
      if (olds.attachments === undefined && !containsUnknown(news.attachments)) {
        tell(...firstTaggingTexts(tagsByPath(pairsOf(news.attachments))));
      }
      tell(...announcements, ...remarks);
      const attachments = containsUnknown(news.attachments)
        ? news.attachments
        : withRealPaths(await inventoryOf(live, news), news.attachments);
      const inputs = {
        ...news,
        attachments,
        ...(found && { found }),
        ...(announced && { announced }),
      };
      return { inputs, findings };
    };
    // Without vCenter, what was found stays found.
    const otherwise = { ...news, ...(olds.found && { found: olds.found }) };
    return this.checked<Inputs>(() => this.session.read(look), otherwise);
  }

  /**
   * Compares with vCenter itself, not only with the state: a plain preview shows what somebody changed by hand. What the
   * program changes is told here and not in the check, which sees the inputs of a refresh in place of what was recorded.
   */
  async diff(_id: string, olds: Outputs, news: Inputs): Promise<DiffResult> {
    const found = await this.#compareWithRecorded(olds);
    // What the state tells of was said by the refresh that found it.
    if (olds.drift.length === 0) tellDrift(found);
    if (!containsUnknown(news.attachments)) tell(...intendedTexts(olds, news, found?.situation));
    const isDifferent = olds.drift.length > 0 || (found?.drift.length ?? 0) > 0;
    return { changes: containsUnknown(news) || !sameInputs(olds, news) || isDifferent };
  }

  async create(inputs: Inputs): Promise<CreateResult<Outputs>> {
    const id = randomUUID();
    return { id, outs: (await this.#apply(id, inputs, undefined)).outputs };
  }

  async update(id: string, olds: Outputs, news: Inputs): Promise<{ readonly outs: Outputs }> {
    return { outs: (await this.#apply(id, news, olds)).outputs };
  }

  /**
   * Keeps all that was recorded, so that it can be undone, and says beside it how vCenter differs. The inputs it returns
   * are the recorded pairs that are there: `check` takes them for what this stack attached.
   */
  async read(id: string, properties: Outputs): Promise<ReadResult<Inputs, Outputs>> {
    const found = await this.#compareWithRecorded(properties);
    if (found === undefined) return { id, props: properties };
    tellDrift(found);
    const { situation, drift } = found;
    const { categories, tags, multiple, existing, found: foundByPath } = properties;
    const inputs = {
      ...{ categories, tags, attachments: presentPairs(properties, situation) },
      ...(multiple && { multiple }),
      ...(existing && { existing }),
      ...(foundByPath && { found: foundByPath }),
    };
    return { id, props: { ...properties, drift }, inputs };
  }

  async delete(id: string, properties: Outputs): Promise<void> {
    const { left } = await this.#apply(id, { ...properties, ...nothing }, properties);
    tell(...left);
  }

  #apply(id: string, inputs: Bag<Inputs>, recorded: Outputs | undefined): Promise<ApplyResult> {
    return this.inWords(async () => {
      const result = await this.session.change(async (client, live) => {
        await this.session.requireVCenter(live, recorded?.vCenter ?? "");
        return applyAttachments(client, live, inputs, recorded);
      });
      const { outputs, failures, attached, detached } = result;
      this.#done.add("attached", attached);
      this.#done.add("detached", detached);
      if (failures.length > 0) {
        // The engine's process adds this line to the outputs of a success only, and finds the provider by it later.
        throw new PartialFailure(id, { ...outputs, __provider: inputs.__provider }, failures);
      }
      return result;
    }).catch((error: unknown) => {
      this.#done.fail("tags on objects");
      throw error;
    });
  }

  /** Undefined where nothing can be found out. */
  #compareWithRecorded(recorded: Outputs): Promise<Comparison | undefined> {
    return this.inWords(() =>
      this.session.refresh(recorded.vCenter, (live) => compareWithRecorded(live, recorded)),
    );
  }
}

/** What vCenter has of the recorded pairs, and each difference in a sentence. */
interface Comparison {
  readonly situation: Situation;
  readonly drift: string[];
}

/** Reads what vCenter has of the recorded pairs. */
async function compareWithRecorded(live: LiveView, recorded: Outputs): Promise<Comparison> {
  const found = await readSituation(live, { ...recorded, ...nothing }, recorded);
  // What was recorded is what should be there, also on an object that was renamed since.
  const situation = { ...found, desired: both(found.recorded, found.found) };
  return { situation, drift: describeDrift(situation) };
}

function tellDrift(found: Comparison | undefined): void {
  if (found !== undefined) {
    tell(...found.drift.map(driftText), ...findingTexts(hiddenPairs(found.situation)));
  }
}

/** What the program changes of what was recorded: objects are looked for by their references, as they may have been renamed. */
function intendedTexts(olds: Outputs, news: Inputs, situation: Situation | undefined): string[] {
  const recorded = wantedPairs(olds, news).map(({ reference, ...pair }) => {
    const present = situation?.objects.get(reference ?? "")?.path;
    return { ...pair, path: present ?? pair.path };
  });
  return taggingTexts(
    tagsByPath(recorded),
    tagsByPath(pairsOf(news.attachments)),
    formerNames(olds.tags, news.tags),
  );
}

function tagsByPath(pairs: readonly Pick<RecordedPair, "tag" | "path">[]): TagsByPath {
  const tags = new Map<string, Set<string>>();
  for (const { tag, path } of pairs) {
    const key = inventoryPath(path);
    tags.set(key, (tags.get(key) ?? new Set<string>()).add(tag));
  }
  return tags;
}

/** The attachments with the paths that vCenter has for their objects: that is what the state and a preview show. */
function withRealPaths(inventory: Inventory, attachments: AttachmentsByPath): AttachmentsByPath {
  const pairs = pairsOf(attachments).map((pair) => ({
    ...pair,
    path: realPath(inventory, pair.path),
  }));
  return byPath(pairs).attachments;
}

/** Whether the state was made from these inputs and by this code; the order of objects means nothing. */
function sameInputs(olds: Bag<Outputs>, news: Bag<Inputs>): boolean {
  return (
    olds.__provider === news.__provider &&
    isDeepStrictEqual(olds.categories, news.categories) &&
    isDeepStrictEqual(olds.tags, news.tags) &&
    isDeepStrictEqual(olds.multiple, news.multiple) &&
    isDeepStrictEqual([...(olds.existing ?? [])].sort(), [...(news.existing ?? [])].sort()) &&
    isDeepStrictEqual(sorted(pairsOf(olds.found ?? {})), sorted(pairsOf(news.found ?? {}))) &&
    isDeepStrictEqual(sorted(wantedPairs(olds, news)), sorted(pairsOf(news.attachments)))
  );
}

/** The recorded pairs, without what is only remembered because it was there before the stack. */
function wantedPairs(olds: Outputs, news: Inputs): RecordedPair[] {
  const recorded = pairsOf(olds.attachments, olds.references);
  if (olds.found === undefined) return recorded;
  const isFound = isAmong(olds.found);
  const isWanted = isAmong(sorted(pairsOf(news.attachments)));
  return recorded.filter(
    (pair) => !isFound(pair) || isWanted({ ...pair, path: inventoryPath(pair.path) }),
  );
}

function sorted(all: readonly RecordedPair[]): AttachmentsByPath {
  const pairs = all.map((pair) => ({ ...pair, path: inventoryPath(pair.path) }));
  return byPath(pairs).attachments;
}

/**
 * The recorded pairs that vCenter has, in the place of the inputs, so that a preview shows the difference object by
 * object. An object that cannot be found now stays as it was recorded.
 */
function presentPairs(recorded: Outputs, situation: Situation): AttachmentsByPath {
  const found = [...situation.actual].flatMap(([object, tags]) =>
    [...tags]
      .filter((tag) => has(situation.desired, object, tag))
      .map((tag) => ({
        tag: tagName(situation, tag),
        path: pathOf(situation, object),
        reference: undefined,
      })),
  );
  const seen = new Set([...situation.objects.values()].map(({ path }) => path));
  const unseen = pairsOf(recorded.attachments, recorded.references).filter(
    ({ path, reference }) => !seen.has(path) && !situation.objects.has(reference ?? ""),
  );
  return byPath([...found, ...unseen]).attachments;
}
