import { comparableName } from "../../findings/text";
import type { Finding } from "../../findings/finding";
import { kindOf, objectKey } from "../../vcenter/offline";
import type { ManagedObject, ManagedObjectReference, Tag } from "../../vcenter";
import type { Check, Wanted } from "../check";
import type { VCenterFacts } from "../facts";
import { earlierCarriers, earlierTags, unknownEarlier } from "../ours";

/** A tag of the configuration, and the object that is its region or zone. */
interface WantedTag {
  readonly at: string;
  readonly name: string;
  readonly kind: "region" | "zone";
  /** The path of the datacenter or cluster. */
  readonly path: string;
  /** Whether the stack makes it: one that exists and does not is told by the check of what exists. */
  readonly isMade: boolean;
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
    const found = all.map((one) => {
      const tag = tagOf(facts, wanted, one);
      return { one, carriers: tag && carriersOf(facts, one, tag) };
    });
    // Before the change, only who knows what the stack made can tell what up takes off again.
    const isUnknown = !wanted.isReady && wanted.earlier === "unknown";
    const own = { region: earlierTags(wanted, "region"), zone: earlierTags(wanted, "zone") };
    const settled = new Set(
      [...all.map(({ path }) => path), ...earlierCarriers(wanted)].flatMap((path) =>
        facts.inventory.at(path, Object.values(typeOf)).map(objectKey),
      ),
    );
    return {
      facts: all.length,
      findings: found.flatMap(({ one, carriers }) => {
        if (carriers === undefined) return one.isMade ? missing(wanted, one) : [];
        const isOwn = !wanted.isReady && own[one.kind].has(comparableName(one.name));
        return [
          ...(isUnknown ? [] : second(facts, one, carriers, isOwn ? settled : undefined)),
          ...(wanted.isReady ? notThere(one, carriers) : []),
        ];
      }),
      skipped:
        isUnknown && found.some(({ carriers }) => (carriers?.others.length ?? 0) > 0)
          ? unknownEarlier
          : undefined,
    };
  },
};

function wantedTags({ configuration }: Wanted): WantedTag[] {
  return configuration.regions.flatMap(({ name, existing, datacenter, zones }, index) => [
    {
      at: `regions[${index}].name`,
      name,
      kind: "region" as const,
      path: datacenter,
      isMade: !existing,
    },
    ...zones.map((zone, number) => ({
      at: `regions[${index}].zones[${number}].name`,
      name: zone.name,
      kind: "zone" as const,
      path: zone.cluster,
      isMade: !zone.existing,
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

/** The objects that could be a region or zone and carry its tag. */
interface Carriers {
  /** The one of the configuration, where it exists. */
  readonly wanted: ManagedObject | undefined;
  /** Whether that carries the tag. */
  readonly isThere: boolean;
  readonly others: readonly ManagedObjectReference[];
}

function carriersOf(
  { attached, inventory }: VCenterFacts,
  { kind, path }: WantedTag,
  tag: Tag,
): Carriers {
  const type = typeOf[kind];
  const wanted = inventory.find(path, type);
  const carriers = (attached.get(tag.id) ?? []).filter((object) => object.type === type);
  // Where the object itself is not there, the check of objects says so, and one carrier may well be it.
  if (wanted === undefined && carriers.length < 2) return { wanted, isThere: false, others: [] };
  const others = carriers.filter(({ id }) => id !== wanted?.id);
  return { wanted, isThere: carriers.length > others.length, others };
}

/**
 * A second object with the tag.
 *
 * @param settled of a tag that the stack made: the keys of the objects that `up` takes it off: those of the configuration,
 *   and those that it attached it to itself. Off another object it takes only what it attached there.
 */
function second(
  { inventory }: VCenterFacts,
  { at, name, kind }: WantedTag,
  { others }: Carriers,
  settled: ReadonlySet<string> | undefined,
): Finding[] {
  const left = others.filter((object) => !settled?.has(objectKey(object)));
  if (left.length === 0) return [];
  const where = left.map((object) => inventory.pathOf(object) ?? shown(object)).join(" and ");
  return [
    {
      severity: settled === undefined ? "error" : "warning",
      where: at,
      found: JSON.stringify(name),
      wrong:
        `${where} carries this tag too` +
        (settled === undefined ? "" : ", and pulumi up takes it off there only if it attached it"),
      consequence: `and on two of them the installer stops with "multiple objects match the supplied criteria"`,
      remedy:
        settled === undefined
          ? `take it off there, after asking whose cluster uses it, or choose another name for the ${kind}`
          : "look again after pulumi up (npm run check), and take it off there if somebody else attached it",
    },
  ];
}

function notThere({ at, name, kind }: WantedTag, { wanted, isThere }: Carriers): Finding[] {
  if (isThere || wanted === undefined) return [];
  return [
    {
      severity: "error",
      where: at,
      found: JSON.stringify(name),
      wrong: `${wanted.path} does not carry this tag`,
      consequence: `and Deckhouse would not take it for the ${kind}`,
      remedy: "run pulumi up, which attaches it",
    },
  ];
}

/** What this account does not see has no path. */
function shown(object: ManagedObjectReference): string {
  return `${kindOf(object.type)} that this account cannot see (${object.id})`;
}
