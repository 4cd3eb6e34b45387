import { comparableName } from "../../findings/text";
import type { Finding } from "../../findings/finding";
import { kindOf } from "../../vcenter/offline";
import type { ManagedObjectReference, Tag } from "../../vcenter";
import type { Check, Wanted } from "../check";
import type { VCenterFacts } from "../facts";

/** A tag of the configuration, and the object that is its region or zone. */
interface WantedTag {
  readonly at: string;
  readonly name: string;
  readonly kind: "region" | "zone";
  /** The path of the datacenter or cluster. */
  readonly path: string;
}

/**
 * Exactly one datacenter carries a region's tag and exactly one cluster a zone's, in the whole vCenter, after what the
 * stack attaches: on two of them, the installer and Deckhouse's discovery stop.
 *
 * Source: deckhouse/deckhouse `go_lib/dependency/vsphere/vsphere.go`;
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/layouts/standard/base-infrastructure/main.tf`.
 */
export const tags: Check = {
  name: "tags",
  run(wanted, facts) {
    const all = wantedTags(wanted);
    return {
      facts: all.length,
      findings: all.flatMap((one) => {
        const tag = tagOf(facts, wanted, one);
        return tag === undefined ? missing(wanted, one) : carriersOf(wanted, facts, one, tag);
      }),
    };
  },
};

function wantedTags({ configuration }: Wanted): WantedTag[] {
  return configuration.regions.flatMap(({ name, datacenter, zones }, index) => [
    { at: `regions[${index}].name`, name, kind: "region" as const, path: datacenter },
    ...zones.map((zone, number) => ({
      at: `regions[${index}].zones[${number}].name`,
      name: zone.name,
      kind: "zone" as const,
      path: zone.cluster,
    })),
  ]);
}

function tagOf(
  { categories, tags: known }: VCenterFacts,
  { configuration }: Wanted,
  { name, kind }: WantedTag,
): Tag | undefined {
  const category = categories.find(
    (one) => comparableName(one.name) === comparableName(configuration.categories[kind].name),
  );
  return known.find(
    (tag) => tag.categoryId === category?.id && comparableName(tag.name) === comparableName(name),
  );
}

function missing({ isReady }: Wanted, { at, name, kind }: WantedTag): Finding[] {
  return isReady
    ? [
        {
          severity: "error",
          where: at,
          found: JSON.stringify(name),
          wrong: "vCenter has no such tag in the category, or this account cannot see it",
          consequence: `and Deckhouse would find no ${kind} of this name`,
          remedy: "run pulumi up, which creates and attaches it",
        },
      ]
    : [];
}

/** The type of the object that is a region or a zone. */
const typeOf = { region: "Datacenter", zone: "ClusterComputeResource" } as const;

function carriersOf(
  { isReady }: Wanted,
  { attached, inventory }: VCenterFacts,
  { at, name, kind, path }: WantedTag,
  tag: Tag,
): Finding[] {
  const type = typeOf[kind];
  const wanted = inventory.find(path, type);
  const carriers = (attached.get(tag.id) ?? []).filter((object) => object.type === type);
  // Where the object itself is not there, the check of objects says so, and one carrier may well be it.
  if (wanted === undefined && carriers.length < 2) return [];
  const others = carriers.filter(({ id }) => id !== wanted?.id);
  const isThere = carriers.length > others.length;
  const findings: Finding[] = [];
  if (others.length > 0) {
    findings.push({
      severity: "error",
      where: at,
      found: JSON.stringify(name),
      wrong: `${others.map((object) => inventory.pathOf(object) ?? shown(object)).join(" and ")} carries this tag too`,
      consequence: `and on two of them the installer stops with "multiple objects match the supplied criteria"`,
      remedy: `take it off there, after asking whose cluster uses it, or choose another name for the ${kind}`,
    });
  }
  if (isReady && !isThere && wanted !== undefined) {
    findings.push({
      severity: "error",
      where: at,
      found: JSON.stringify(name),
      wrong: `${wanted.path} does not carry this tag`,
      consequence: `and Deckhouse would not take it for the ${kind}`,
      remedy: "run pulumi up, which attaches it",
    });
  }
  return findings;
}

/** What this account does not see has no path. */
function shown(object: ManagedObjectReference): string {
  return `${kindOf(object.type)} that this account cannot see (${object.id})`;
}
