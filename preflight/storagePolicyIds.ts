import type { Configuration, Region } from "../configuration";
import type { Finding } from "../findings/finding";
import { topicOfCheck } from "../findings/pointers";
import { isSameName } from "../findings/text";
import type { StoragePolicy } from "../vcenter";

/** Ids of storage policies by the name of the region. */
type PolicyIds = Readonly<Record<string, string>>;

/** A storage policy, by its name or its id. */
export interface PolicyChoice {
  readonly name?: string | undefined;
  readonly id?: string | undefined;
}

/** The storage policy that a region's cluster names; undefined where it names none. */
export function policyOf({ cluster }: Pick<Region, "cluster">): PolicyChoice | undefined {
  return cluster?.controlPlane === "vSphere" ? cluster.storagePolicy : undefined;
}

/** The storage policies that a choice may mean: several can have one name. */
export function policiesMeant(
  { id, name = "" }: PolicyChoice,
  known: readonly StoragePolicy[],
): readonly StoragePolicy[] {
  return known.filter((one) => (id === undefined ? isSameName(one.name, name) : one.id === id));
}

/**
 * The id of the storage policy of each region that has a cluster, which is what Deckhouse takes; empty where its documents
 * name none, or one that the check of storage policies refuses.
 *
 * @param known what vCenter has; undefined where nobody could look, and the ids are as somebody last saw them
 * @param before what they were at the last `up`
 * @param otherwise the id of one that nobody has seen
 */
export function storagePolicyIds(
  { regions }: Pick<Configuration, "regions">,
  known: readonly StoragePolicy[] | undefined,
  before: PolicyIds = {},
  otherwise = "",
): PolicyIds {
  return Object.fromEntries(
    regions.flatMap((region): [string, string][] => {
      if (region.cluster === undefined) return [];
      const choice = policyOf(region);
      const unseen = before[region.name] || otherwise;
      return [[region.name, choice === undefined ? "" : idOf(choice, known, unseen)]];
    }),
  );
}

function idOf(
  choice: PolicyChoice,
  known: readonly StoragePolicy[] | undefined,
  unseen: string,
): string {
  if (known === undefined) return choice.id ?? unseen;
  const [policy, ...others] = policiesMeant(choice, known);
  return policy === undefined || others.length > 0 ? "" : policy.id;
}

/** Says which storage policies have no id, where no check has said it: the documents take ids alone. */
export function policiesWithoutId(
  { regions }: Pick<Configuration, "regions">,
  ids: PolicyIds,
): Finding[] {
  return regions.flatMap((region, index): Finding[] => {
    const { id, name } = policyOf(region) ?? {};
    if (name === undefined || id !== undefined || ids[region.name]) return [];
    return [
      {
        severity: "error",
        where: `regions[${index}], storagePolicy`,
        found: JSON.stringify(name),
        wrong: "vCenter has no such storage policy, or this account may not see it",
        consequence: "and Deckhouse's documents take its id",
        remedy:
          "correct the name, write the policy's id, or grant the account StorageProfile.View on the root",
        topic: topicOfCheck("storagePolicies"),
      },
    ];
  });
}
