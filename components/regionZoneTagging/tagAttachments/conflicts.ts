import { type Finding, mostOfAKind } from "../../../findings/finding";
import { compareNaturally, shellWord } from "../../../findings/text";
import { containsUnknown } from "../../dynamic/dynamicProvider";
import type { LiveView } from "../../dynamic/liveView";
import { isDatastore } from "./cardinality";
import type { TagAttachmentsInputs } from "./model";
import { findConflicts } from "./plan";
import { pathOf, type Situation } from "./situation";

/** What is known when conflicts are looked for. */
export interface Known {
  readonly situation: Situation;
  /** The categories of which a datastore may carry several tags, also those of others. */
  readonly shared: ReadonlySet<string>;
}

/**
 * Tags of others, of our categories, on objects that are to carry ours. On a datastore that may carry several they stand
 * in nobody's way: it is in a zone of another stack, too.
 *
 * Source: deckhouse/deckhouse#18378 for clusters; `go_lib/dependency/vsphere/vsphere.go` (getDataStoresInDC) for
 * datastores.
 */
export async function conflicts(
  live: LiveView,
  inputs: Pick<TagAttachmentsInputs, "categories">,
  { situation, shared }: Known,
): Promise<Finding[]> {
  if (containsUnknown(inputs.categories)) {
    return [];
  }
  const tagsOfCategory = await Promise.all(
    Object.entries(inputs.categories).map(
      async ([name, id]) => [name, new Set(await live.tagIds(id))] as const,
    ),
  );
  const found = findConflicts(situation, new Map(tagsOfCategory))
    .filter(({ object, category }) => !(shared.has(category) && isDatastore(object)))
    .map((conflict) => ({ ...conflict, path: pathOf(situation, conflict.object) }))
    .sort((one, other) => compareNaturally(one.path, other.path));
  return Promise.all(
    found.map(async ({ path, foreignTag, category }, index) => {
      // Each tag's name is a call to vCenter: those that are folded away are not asked for.
      const tag = index < mostOfAKind ? await live.tag(foreignTag) : undefined;
      const name = tag?.name ?? foreignTag;
      const words = [category, name, path].map(shellWord).join(" ");
      return {
        severity: "error",
        where: path,
        wrong:
          `it carries the tag ${name} of category ${category}, which this stack did not make, and an object may carry ` +
          "only one tag of the category",
        remedy:
          "take the object out of the configuration, or ask whose tag it is. A cluster that finds its zone or volumes by " +
          `that tag would lose this object if it was detached; where there is no such cluster: govc tags.detach -c ${words}`,
        kind: "tag of others",
      };
    }),
  );
}

/**
 * Tags of others that came after the preview looked. A SINGLE category would refuse the second tag; of one that is MULTIPLE
 * vCenter takes it, also on a cluster.
 *
 * @param situation what is there now; of nothing that is to be attached, nothing is asked
 */
export function lateConflicts(
  live: LiveView,
  { categories, multiple = {} }: TagAttachmentsInputs,
  situation: Situation,
): Promise<Finding[]> {
  const wide = Object.entries(categories).filter(([name]) => multiple[name] !== undefined);
  return situation.desired.size === 0
    ? Promise.resolve([])
    : conflicts(
        live,
        { categories: Object.fromEntries(wide) },
        { situation, shared: new Set(Object.keys(multiple)) },
      );
}
