import type { Region, Zone } from "../../configuration";
import { purposesOf } from "../../configuration/privileges";
import { warning, type Finding } from "../../findings/finding";
import { comparableName, listed, nearest } from "../../findings/text";
import type { Role, Tag, TagCategory } from "../../vcenter";
import type { Check, Wanted } from "../check";
import type { VCenterFacts } from "../facts";

/** How many privileges, purposes or names a message has at most. */
const most = 5;

/**
 * The tags and the role that the configuration says to exist do, and are as the stack would have made them. They are used
 * as they are: what differs is a warning. Of the categories, the check of categories says what they have to be.
 */
export const existing: Check = {
  name: "existing",
  run(wanted, facts) {
    const tags = wantedTags(wanted);
    const { role } = wanted.configuration;
    const names = facts.roles.map(({ name }) => name);
    const roles = role?.existing === true ? [role] : [];
    return {
      facts: tags.length + roles.length,
      findings: [
        ...tags.flatMap((one) => tagFindings(one, categoryOf(wanted, facts, one.kind), facts)),
        ...otherDescriptions(wanted, facts, tags),
        ...roles.flatMap(({ name, privileges }) => {
          const found = facts.roles.find(
            (one) => comparableName(one.name) === comparableName(name),
          );
          return found === undefined
            ? [missing("role.name", name, "role", names)]
            : roleFindings(privileges, found);
        }),
      ],
    };
  },
};

type Kind = "region" | "zone";

/** A tag that is said to exist. */
interface ExistingTag {
  readonly at: string;
  readonly kind: Kind;
  readonly tag: Region | Zone;
}

function wantedTags({ configuration }: Wanted): ExistingTag[] {
  return configuration.regions
    .flatMap((region, index): ExistingTag[] => [
      { at: `regions[${index}]`, kind: "region", tag: region },
      ...region.zones.map((tag, number) => ({
        at: `regions[${index}].zones[${number}]`,
        kind: "zone" as const,
        tag,
      })),
    ])
    .filter(({ tag }) => tag.existing);
}

function categoryOf(
  { configuration }: Wanted,
  { categories }: VCenterFacts,
  kind: Kind,
): TagCategory | undefined {
  const name = comparableName(configuration.categories[kind].name);
  return categories.find((one) => comparableName(one.name) === name);
}

/** The tags of a category that is there. */
function tagsIn(category: TagCategory | undefined, { tags }: VCenterFacts): readonly Tag[] {
  return tags.filter(({ categoryId }) => categoryId === category?.id);
}

function tagFindings(
  { at, kind, tag: { name } }: ExistingTag,
  category: TagCategory | undefined,
  facts: VCenterFacts,
): Finding[] {
  const tags = tagsIn(category, facts);
  const found = tags.find((tag) => comparableName(tag.name) === comparableName(name));
  if (tags.some((tag) => tag.name === name)) return [];
  if (found === undefined) {
    const what = `tag in the category of ${kind}s`;
    const names = tags.map((tag) => tag.name);
    return [missing(`${at}.name`, name, what, names)];
  }
  return [
    {
      severity: "error",
      where: `${at}.name`,
      found: JSON.stringify(name),
      wrong: `vCenter writes this tag ${JSON.stringify(found.name)}`,
      consequence: "and Deckhouse, which tells capital letters from small ones, would not find it",
      remedy: `write ${found.name}`,
    },
  ];
}

function missing(where: string, name: string, what: string, all: readonly string[]): Finding {
  const meant = nearest(name, [...all].sort());
  return {
    severity: "error",
    where,
    found: JSON.stringify(name),
    wrong: `vCenter has no such ${what}, or this account cannot see it`,
    consequence: "and existing: true says that it is there",
    remedy:
      "take existing away to have this stack create it, or correct its name" +
      (meant === undefined ? "" : ` (the nearest that exists is ${meant})`),
  };
}

/** All in one: nothing follows from them. */
function otherDescriptions(
  wanted: Wanted,
  facts: VCenterFacts,
  tags: readonly ExistingTag[],
): Finding[] {
  const categories = (["region", "zone"] as const).flatMap((kind) => {
    const found = categoryOf(wanted, facts, kind);
    const { existing: exists, description } = wanted.configuration.categories[kind];
    return exists && found !== undefined && found.description !== description ? [found] : [];
  });
  const differing = tags.flatMap(({ kind, tag: { name, description } }) => {
    const found = tagsIn(categoryOf(wanted, facts, kind), facts).find((one) => one.name === name);
    return found === undefined || found.description === description ? [] : [found];
  });
  const names = [...categories, ...differing].map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    warning(
      "regions",
      `${names.length === 1 ? "the description" : "the descriptions"} of ${listed(names, most)} in vCenter ` +
        `${names.length === 1 ? "is not that" : "are not those"} of the configuration`,
      "nothing has to be done: what exists is used as it is",
    ),
  ];
}

function roleFindings(privileges: readonly string[], { name, privileges: all }: Role): Finding[] {
  const has = new Set(all);
  const wanted = privileges.filter((id) => !id.startsWith("System."));
  const lacking = wanted.filter((id) => !has.has(id));
  const besides = all.filter((id) => !id.startsWith("System.") && !wanted.includes(id));
  return [
    ...(lacking.length === 0
      ? []
      : [
          warning(
            "role.existing",
            `the role ${name} lacks ${lacking.length} of the ${wanted.length} privileges that Deckhouse needs, for ` +
              `${listed(purposesOf(lacking), most)} (${listed(lacking, most)}), and what asks for them fails`,
            "the role is used as it is: add them to it in vCenter",
          ),
        ]),
    ...(besides.length === 0
      ? []
      : [
          warning(
            "role.existing",
            `the role ${name} has ${besides.length} privileges that the configuration does not ask for ` +
              `(${listed(besides, most)})`,
            "nothing has to be done: the role is used as it is, and others may need them",
          ),
        ]),
  ];
}
