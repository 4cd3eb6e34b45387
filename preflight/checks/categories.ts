import { comparableName } from "../../findings/text";
import type { Finding } from "../../findings/finding";
import type { TagCategory } from "../../vcenter";
import type { Check, Wanted } from "../check";

/** What the tags of each category go on: the types that the stack gives the categories that it makes. */
export const carriers = {
  region: ["Datacenter", "Datastore"],
  zone: ["ClusterComputeResource", "Datastore"],
} as const;

/**
 * The two categories take the tags that the stack attaches: their types fit, and one that takes several tags on each
 * object is told, because nobody then keeps a second zone tag off a cluster.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`;
 * deckhouse/deckhouse#18378 for clusters with two zone tags.
 */
export const categories: Check = {
  name: "categories",
  run(wanted, facts) {
    const kinds = ["region", "zone"] as const;
    return {
      facts: kinds.length,
      findings: kinds.flatMap((kind) => {
        const { name } = wanted.configuration.categories[kind];
        const found = facts.categories.find(
          (category) => comparableName(category.name) === comparableName(name),
        );
        return found === undefined
          ? missing(wanted, kind)
          : [...wrongTypes(kind, found), ...severalTags(wanted, kind, found)];
      }),
    };
  },
};

type Kind = keyof typeof carriers;

function missing({ configuration, isReady }: Wanted, kind: Kind): Finding[] {
  const { name, existing } = configuration.categories[kind];
  if (!existing && !isReady) return [];
  return [
    {
      severity: "error",
      where: `categories.${kind}.name`,
      found: JSON.stringify(name),
      wrong: "vCenter has no such tag category, or this account cannot see it",
      consequence: `and Deckhouse would find no ${kind}`,
      remedy: existing
        ? `write categories.${kind}.existing: false to have this stack create it, or correct its name`
        : "run pulumi up, which creates it",
    },
  ];
}

function wrongTypes(kind: Kind, category: TagCategory): Finding[] {
  const { associableTypes, name } = category;
  const lacking = carriers[kind].filter((type) => !associableTypes.includes(type));
  if (associableTypes.length === 0 || lacking.length === 0) return [];
  return [
    {
      severity: "error",
      where: `categories.${kind}.name`,
      found: JSON.stringify(name),
      wrong: `its tags cannot be attached to objects of the types ${lacking.join(" and ")}`,
      consequence: `and the stack could not tag what makes a ${kind}`,
      remedy:
        `widen it, which cannot be undone: govc tags.category.update ` +
        `${lacking.map((type) => `-t ${type}`).join(" ")} '${name}'; or name another category`,
    },
  ];
}

function severalTags({ configuration }: Wanted, kind: Kind, category: TagCategory): Finding[] {
  const isAsked = kind === "zone" && configuration.categories.zone.cardinality === "MULTIPLE";
  if (category.cardinality === "SINGLE" || isAsked) return [];
  return [
    {
      severity: "warning",
      where: `categories.${kind}.name`,
      found: JSON.stringify(category.name),
      wrong: "it takes several tags on each object (MULTIPLE), which cannot be undone",
      consequence:
        kind === "zone"
          ? "so vCenter does not keep a second zone tag off a cluster, which stops the CSI driver"
          : "so vCenter does not keep a second region tag off a datacenter, which stops the installation",
      remedy: "see to it that nobody attaches a second one",
    },
  ];
}
