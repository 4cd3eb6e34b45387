import { comparableName } from "../findings/text";
import { isVCenterError, type CallDescription } from "./errors";
import { distinctObjects, objectKey, type ManagedObjectReference } from "./objects";
import {
  isRecord,
  listOf,
  readAttachedTags,
  readBatchResult,
  readCategory,
  readObjects,
  readTag,
  textOf,
  type BatchFailure,
  type BatchResult,
  type Tag,
  type TagCategory,
} from "./rest/answers";
import type { RestLink } from "./rest/link";

/** The most objects or tags in one batch call (VMware's tagging best practices, 6.7 to 8.0 U3). */
export const largestBatch = 2000;

/** VMware's documents disagree on where to grant this. */
const attachRemedy =
  "grant the account InventoryService.Tagging.AttachTag as a Global Permission (or on the tag), and " +
  "InventoryService.Tagging.ObjectAttachable with System.Read on the object, in a role on the object or above it";

/**
 * Categories, tags and their attachments. Creating, changing and deleting categories and tags is left to the official
 * provider.
 *
 * vCenter lists only the tags that the account may read: an empty answer can also mean "not allowed". Every method
 * throws VCenterError; an unknown id gives the kind `notFound`.
 */
export class Tagging {
  readonly #open: () => RestLink;

  /** @param open gives the link to use; asked once by each method, so that closing ends the whole method */
  constructor(open: () => RestLink) {
    this.#open = open;
  }

  /** All categories. One call for the ids, and one for each category. */
  async categories(): Promise<TagCategory[]> {
    const link = this.#open();
    const operation = "list the tag categories";
    const ids = await link.call({ operation, method: "GET", resource: "category" });
    return existing(listOf(ids).map((id) => readOneCategory(link, textOf(id))));
  }

  /** One category by its id. */
  async category(id: string): Promise<TagCategory> {
    return readOneCategory(this.#open(), id);
  }

  /** The category of that name in any case, which vCenter ignores (ansible-collections/vmware.vmware#343). */
  async findCategory(name: string): Promise<TagCategory | undefined> {
    const categories = await this.categories();
    return (
      categories.find((category) => category.name === name) ??
      categories.find((category) => comparableName(category.name) === comparableName(name))
    );
  }

  /** The ids of a category's tags, in one call. */
  async tagIdsOfCategory(categoryId: string): Promise<string[]> {
    return listTagIds(this.#open(), categoryId);
  }

  /** All tags of a category. One call for the ids, and one for each tag. */
  async tags(categoryId: string): Promise<Tag[]> {
    const link = this.#open();
    const ids = await listTagIds(link, categoryId);
    return existing(ids.map((id) => readOneTag(link, id)));
  }

  /** One tag by its id. */
  async tag(id: string): Promise<Tag> {
    return readOneTag(this.#open(), id);
  }

  /**
   * The ids of the tags on each object, by its {@link objectKey}. One call for each 2,000 objects; every object is in
   * the answer, with an empty list when it has no tags that the account may read.
   */
  async attachedTags(objects: readonly ManagedObjectReference[]): Promise<Map<string, string[]>> {
    const link = this.#open();
    const distinct = distinctObjects(objects);
    const attached = new Map(distinct.map((object) => [objectKey(object), [] as string[]]));
    const answers = inBatches(distinct, largestBatch).map(async (batch) => {
      const description = { operation: "read the tags of objects", object: named(batch) };
      const body = { object_ids: batch };
      const action = "list-attached-tags-on-objects";
      const answer = await link.call({ ...description, ...association, action, body });
      return readAttachedTags(answer);
    });
    for (const pairs of await Promise.all(answers)) {
      for (const [object, tagIds] of pairs) attached.set(objectKey(object), tagIds);
    }
    return attached;
  }

  /** The objects that carry each tag, by the tag's id. One call for each 2,000 tags. */
  async attachedObjects(tagIds: readonly string[]): Promise<Map<string, ManagedObjectReference[]>> {
    const link = this.#open();
    const distinct = [...new Set(tagIds)];
    const attached = new Map(distinct.map((id) => [id, [] as ManagedObjectReference[]]));
    const answers = inBatches(distinct, largestBatch).map(async (batch) =>
      listOf(
        await link.call({
          operation: "read the objects of tags",
          object: batch.length === 1 ? `tag ${batch[0]}` : `${batch.length} tags`,
          ...association,
          action: "list-attached-objects-on-tags",
          body: { tag_ids: batch },
        }),
      ),
    );
    for (const entry of (await Promise.all(answers)).flat().filter(isRecord)) {
      attached.set(textOf(entry.tag_id), readObjects(entry.object_ids));
    }
    return attached;
  }

  /**
   * Attaches one tag to objects. An object that already has it is not a failure. Not atomic: items that vCenter refused
   * are in the result while the others are done, and an error thrown for one batch of 2,000 leaves the batches before
   * it applied.
   */
  async attach(tagId: string, objects: readonly ManagedObjectReference[]): Promise<BatchResult> {
    return this.#change("attach a tag", "attach-tag-to-multiple-objects", tagId, objects);
  }

  /** Detaches one tag from objects; the result is that of {@link attach}. */
  async detach(tagId: string, objects: readonly ManagedObjectReference[]): Promise<BatchResult> {
    return this.#change("detach a tag", "detach-tag-from-multiple-objects", tagId, objects);
  }

  async #change(
    operation: string,
    action: string,
    tagId: string,
    objects: readonly ManagedObjectReference[],
  ): Promise<BatchResult> {
    const link = this.#open();
    const failures: BatchFailure[] = [];
    // One after the other: nothing more should change after a refusal.
    for (const batch of inBatches(distinctObjects(objects), largestBatch)) {
      const description: CallDescription = {
        operation,
        object: `tag ${tagId}, ${named(batch)}`,
        remedies: { noPermission: attachRemedy },
      };
      const body = { object_ids: batch };
      const answer = await link.call({ ...description, ...association, id: tagId, action, body });
      failures.push(...readBatchResult(answer, batch).failures);
    }
    return { failures };
  }
}

const association = { method: "POST", resource: "tag-association" } as const;

async function listTagIds(link: RestLink, categoryId: string): Promise<string[]> {
  const ids = await link.call({
    operation: "list the tags of a category",
    object: `category ${categoryId}`,
    method: "POST",
    resource: "tag",
    id: categoryId,
    action: "list-tags-for-category",
  });
  return listOf(ids).map(textOf);
}

async function readOneCategory(link: RestLink, id: string): Promise<TagCategory> {
  const description = { operation: "read a tag category", object: `category ${id}` };
  const answer = await link.call({ ...description, method: "GET", resource: "category", id });
  return readCategory(description, answer);
}

async function readOneTag(link: RestLink, id: string): Promise<Tag> {
  const description = { operation: "read a tag", object: `tag ${id}` };
  const answer = await link.call({ ...description, method: "GET", resource: "tag", id });
  return readTag(description, answer);
}

/** The results, without those whose object was deleted since its id was listed. */
async function existing<Item>(lookups: readonly Promise<Item>[]): Promise<Item[]> {
  const items = await Promise.all(
    lookups.map((lookup) =>
      lookup.catch((error: unknown) => {
        if (isVCenterError(error, "notFound")) return undefined;
        throw error;
      }),
    ),
  );
  return items.filter((item) => item !== undefined);
}

function named(objects: readonly ManagedObjectReference[]): string {
  const [first] = objects;
  return objects.length === 1 && first ? objectKey(first) : `${objects.length} objects`;
}

/** Cuts a list into pieces of at most `size` items, in their order. */
function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  const batches: Item[][] = [];
  for (let start = 0; start < items.length; start += size) {
    batches.push(items.slice(start, start + size));
  }
  return batches;
}
