import type { TagCategory } from "../../vcenter";
import type { CategorySettings } from "./tagAttachments/model";

/**
 * Whether a category is one that this stack left: in a destroy, which keeps categories, or in an up that was interrupted
 * before the engine knew of it. Nobody can tell for sure, so it counts only while it is exactly as the stack makes it and
 * has no tags: then nobody uses it.
 *
 * @param tags what the category has
 * @param name as the stack writes it: in another case, the category is somebody else's
 * @param settings how the stack makes it; undefined where that is not known
 */
export function isRemaining(
  category: TagCategory,
  tags: readonly unknown[],
  name: string,
  settings: CategorySettings | undefined,
): boolean {
  return (
    settings !== undefined &&
    tags.length === 0 &&
    category.name === name &&
    category.description === (settings.description ?? "") &&
    category.cardinality === settings.cardinality &&
    isSameSet(category.associableTypes, settings.associableTypes)
  );
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((entry) => other.includes(entry));
}
