import type { DiscoveryFacts } from "./facts";

/** The tags of a category by what carries them, and the names of all of them. */
export interface CategoryTags {
  readonly names: readonly string[];
  /** The names of the tags on an object, by its key. */
  readonly on: ReadonlyMap<string, readonly string[]>;
}

/** The tags that are there, of the two categories of a stack. */
export interface KnownTags {
  readonly region: CategoryTags;
  readonly zone: CategoryTags;
}

/** @param category the name of a category, as vCenter has it; one that is not there has no tags */
export function tagsOf(
  { categories, tags }: Pick<DiscoveryFacts, "categories" | "tags">,
  category: string,
): CategoryTags {
  const found = categories.find(({ name }) => name === category);
  const own = tags.filter(({ categoryId }) => categoryId === found?.id);
  const on = new Map<string, string[]>();
  for (const { name, carriers } of own) {
    for (const key of carriers) {
      const names = on.get(key);
      if (names === undefined) on.set(key, [name]);
      else names.push(name);
    }
  }
  return { names: own.map(({ name }) => name), on };
}
