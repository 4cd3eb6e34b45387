import type { Region, Zone } from "../../configuration";
import { mostOfAKind, type Finding } from "../../findings/finding";
import { comparableName, listed } from "../../findings/text";
import type { TagCategory } from "../../vcenter";
import { adoption } from "../adoption";
import type { Check, CheckResult, Wanted } from "../check";
import type { VCenterFacts } from "../facts";
import { comparableNames, earlierMadeTags, earlierNames, madeRoles, unknownEarlier } from "../ours";
import { carriers } from "./categories";

/** A name that the stack is going to give, and whether vCenter has it already. */
interface GivenName {
  readonly at: string;
  readonly name: string;
  readonly isTaken: boolean;
}

/** Names of one kind. */
interface Kind {
  /** One of them, and several. */
  readonly word: readonly [string, string];
  readonly names: readonly GivenName[];
  /** What others do with it, in vCenter and in Deckhouse. */
  readonly consequence: string;
  /** How the configuration says that it is there already. */
  readonly use: string;
  /** What not to do, and why. */
  readonly warning: string;
}

/**
 * What the stack is going to make is not there yet, unless it made it itself: a category, tag or role of others cannot be
 * told from its own by its name, and to change or delete one takes it from whoever works with it.
 */
export const names: Check = {
  name: "names",
  run(wanted, facts): CheckResult {
    if (wanted.earlier === "unknown") return { findings: [], facts: 0, skipped: unknownEarlier };
    const kinds = [
      categoryNames(wanted, facts),
      tagNames(wanted, facts, "region"),
      tagNames(wanted, facts, "zone"),
      roleNames(wanted, facts),
    ];
    return {
      facts: kinds.reduce((sum, kind) => sum + kind.names.length, 0),
      findings: kinds.flatMap(taken),
    };
  },
};

function categoryNames(wanted: Wanted, facts: VCenterFacts): Kind {
  const own = earlierNames(wanted, "categories");
  return {
    word: ["tag category", "tag categories"],
    names: (["region", "zone"] as const).flatMap((kind) => {
      const { name, existing } = wanted.configuration.categories[kind];
      if (existing) return [];
      const found = categoryOf(facts, name);
      const isTaken =
        found !== undefined &&
        !own.has(comparableName(name)) &&
        !isAsMade(wanted, facts, kind, found);
      return [{ at: `categories.${kind}.name`, name, isTaken }];
    }),
    consequence: "and a cluster of others may find its regions or zones by what is in there",
    use: "categories.region.existing or categories.zone.existing: true",
    warning: "Deleting one would take all its tags off all objects",
  };
}

/** An empty category that is as the stack would make it: a destroy leaves one. */
function isAsMade(
  { configuration }: Wanted,
  { tags }: VCenterFacts,
  kind: "region" | "zone",
  { id, name, description, cardinality, associableTypes }: TagCategory,
): boolean {
  const written = configuration.categories[kind];
  const wantedCardinality = kind === "zone" ? configuration.categories.zone.cardinality : "SINGLE";
  return (
    name === written.name &&
    description === written.description &&
    cardinality === wantedCardinality &&
    [...associableTypes].sort().join() === [...carriers[kind]].sort().join() &&
    !tags.some(({ categoryId }) => categoryId === id)
  );
}

function tagNames(wanted: Wanted, facts: VCenterFacts, kind: "region" | "zone"): Kind {
  const { categories, regions } = wanted.configuration;
  const category = categories[kind].name;
  const categoryId = categoryOf(facts, category)?.id;
  const own = earlierMadeTags(wanted, kind);
  const there = comparableNames(
    facts.tags.filter((tag) => tag.categoryId === categoryId).map(({ name }) => name),
  );
  const all = regions.flatMap((region, index): { at: string; tag: Region | Zone }[] =>
    kind === "region"
      ? [{ at: `regions[${index}].name`, tag: region }]
      : region.zones.map((tag, number) => ({ at: `regions[${index}].zones[${number}].name`, tag })),
  );
  return {
    word: [`tag of the category ${category}`, `tags of the category ${category}`],
    names: all
      .filter(({ tag }) => !tag.existing)
      .map(({ at, tag: { name } }) => {
        const comparable = comparableName(name);
        return { at, name, isTaken: there.has(comparable) && !own.has(comparable) };
      }),
    consequence: `and a cluster of others may find its ${kind} or its volumes by it`,
    use: `existing: true beside the name of the ${kind}`,
    warning: "Deleting one would take it off every object that carries it",
  };
}

function roleNames(wanted: Wanted, { roles }: VCenterFacts): Kind {
  const { role } = wanted.configuration;
  const own = earlierNames(wanted, "roles");
  const there = comparableNames(roles.map(({ name }) => name));
  return {
    word: ["role", "roles"],
    names: madeRoles(role).map(({ name }) => {
      const comparable = comparableName(name);
      return {
        at: name === role?.name ? "role.name" : "role.granular.readOnlyRoleName",
        name,
        isTaken: there.has(comparable) && !own.has(comparable),
      };
    }),
    consequence: "and whoever has a permission with it relies on its privileges",
    use: "role.existing: true",
    warning: "Deleting one would lock out whoever works with it",
  };
}

function categoryOf({ categories }: VCenterFacts, name: string): TagCategory | undefined {
  return categories.find((one) => comparableName(one.name) === comparableName(name));
}

function taken({ word, names: all, consequence, use, warning }: Kind): Finding[] {
  const there = all.filter(({ isTaken }) => isTaken);
  const [first, ...others] = there;
  if (first === undefined) return [];
  const isOne = others.length === 0;
  return [
    {
      severity: "error",
      where: first.at,
      found: listed(
        there.map(({ name }) => JSON.stringify(name)),
        mostOfAKind,
      ),
      wrong:
        `vCenter has ${isOne ? `this ${word[0]}` : `these ${there.length} ${word[1]}`} already, and this stack did not ` +
        `make ${isOne ? "it" : "them"}`,
      consequence,
      remedy:
        `use ${isOne ? "it" : "them"} (${use}): ${adoption} shows what is there and what would change, and ` +
        `writes it; or choose ${isOne ? "another name" : "other names"}. ${warning}`,
    },
  ];
}
