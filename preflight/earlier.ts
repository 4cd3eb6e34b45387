import { isDeepStrictEqual } from "node:util";
import type { Configuration } from "../configuration";
import { comparableName } from "../findings/text";
import type { Earlier, Left, Wanted } from "./check";
import type { VCenterFacts } from "./facts";
import { comparableNames, madeRoles, nothingEarlier } from "./ours";

/**
 * What a stack's program asks for, as the state remembers it for the next preview. The state has it before anything else of
 * the `up` is done, so what left the configuration is remembered too: an `up` that fails does not make a tag of the stack one
 * of others.
 *
 * @param earlier what the state holds so far
 * @param facts what vCenter has; where nobody looked, no name is forgotten
 */
export function askedFor(
  { configuration, earlier }: Pick<Wanted, "configuration" | "earlier">,
  facts: Partial<Pick<VCenterFacts, "tags" | "categories" | "roles">>,
): Earlier {
  const now = asksFor(configuration);
  if (typeof earlier === "string") return { ...now, left: nothingEarlier.left };
  const { left, ...before } = earlier;
  // The same as at the last up: what the state holds stays as it is, so that nothing shows as changed.
  if (isDeepStrictEqual(before, now)) return earlier;
  return { ...now, left: leftOf(now, used(configuration), earlier, facts) };
}

function asksFor({ regions, categories, role }: Configuration): Omit<Earlier, "left"> {
  const tags = regions.flatMap((region) => [region, ...region.zones]);
  const usedTags = tags.filter(({ existing }) => existing).map(({ name }) => name);
  return {
    topology: Object.fromEntries(
      regions.map(({ name, zones }) => [name, zones.map((zone) => zone.name)]),
    ),
    ...(usedTags.length > 0 && { usedTags }),
    categories: [categories.region, categories.zone]
      .filter(({ existing }) => !existing)
      .map(({ name }) => name),
    roles: madeRoles(role).map(({ name }) => name),
    principals: (role?.principals ?? []).map(({ name }) => name),
    grants: (role?.grants ?? []).map(({ path }) => path),
    carriers: regions.flatMap(({ datacenter, zones }) => [
      datacenter,
      ...zones.map(({ cluster }) => cluster),
    ]),
  };
}

/** The names of the categories and roles that are said to exist: the stack gives up what it made of them. */
function used({ categories, role }: Configuration): Pick<Left, "categories" | "roles"> {
  return {
    categories: [categories.region, categories.zone]
      .filter(({ existing }) => existing)
      .map(({ name }) => name),
    roles: role?.existing === true ? [role.name] : [],
  };
}

/** What was asked for and is not any more. A name that vCenter does not have is gone for good, and is forgotten. */
function leftOf(
  now: Omit<Earlier, "left">,
  givenUp: Pick<Left, "categories" | "roles">,
  earlier: Earlier,
  { tags, categories, roles }: Partial<Pick<VCenterFacts, "tags" | "categories" | "roles">>,
): Left {
  const { left, ...before } = earlier;
  const [asks, asked] = [byKind(now), byKind(before)];
  const stayingTags = [...asks.regions, ...asks.zones];
  const leftOfKind = (kind: keyof Left, there?: readonly { readonly name: string }[]): string[] => {
    const stays = comparableNames([
      ...(kind === "usedTags" ? stayingTags : asks[kind]),
      ...(kind === "categories" || kind === "roles" ? givenUp[kind] : []),
    ]);
    const known = there && comparableNames(there.map(({ name }) => name));
    const isLeft = (name: string): boolean => !stays.has(name) && (known?.has(name) ?? true);
    return [...new Set([...(left[kind] ?? []), ...(asked[kind] ?? [])])].filter((name) =>
      isLeft(comparableName(name)),
    );
  };
  const usedTags = leftOfKind("usedTags", tags);
  return {
    regions: leftOfKind("regions", tags),
    zones: leftOfKind("zones", tags),
    ...(usedTags.length > 0 && { usedTags }),
    categories: leftOfKind("categories", categories),
    roles: leftOfKind("roles", roles),
    principals: leftOfKind("principals"),
    grants: leftOfKind("grants"),
    carriers: leftOfKind("carriers"),
  };
}

function byKind({ topology, ...others }: Omit<Earlier, "left">): Left {
  return { ...others, regions: Object.keys(topology), zones: Object.values(topology).flat() };
}
