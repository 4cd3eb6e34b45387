import type { Configuration } from "../../configuration";
import { comparablePrincipal } from "../../findings/principals";
import { comparableName, isSameName, listed, visibleLine } from "../../findings/text";
import type { DatacenterFacts, DiscoveryFacts } from "./facts";
import type { Proposal, RegionProposal, ZoneProposal } from "./proposal";

/** A place at which a stack's file and vCenter do not agree. */
export interface Difference {
  /** The place in the file: `regions[0].zones[1].datastores`. */
  readonly at: string;
  readonly file: string;
  readonly vCenter: string;
}

type Region = Configuration["regions"][number];
type Zone = Region["zones"][number];

/** How many names a difference has at most. */
const mostNames = 8;

const nothing = "nothing";

/** A difference as the line that a person reads. */
export function differenceText({ at, file, vCenter }: Difference): string {
  return visibleLine(`${at}: the file has ${file}, vCenter has ${vCenter}`);
}

/**
 * Where a file says something else than vCenter. Objects are the same when their paths are, in whatever order they stand.
 * What a stack is still to make is no difference, and neither is what nobody has tagged and the file does not use.
 *
 * @param proposal what the file would be like, with the categories of the file
 */
export function differences(
  { regions, categories, role, templateImage }: Configuration,
  { datacenters, categories: known }: DiscoveryFacts,
  proposal: Proposal,
): Difference[] {
  const found: Difference[] = [];
  for (const kind of ["region", "zone"] as const) {
    const { name, existing } = categories[kind];
    if (existing && !known.some((one) => isSameName(one.name, name))) {
      found.push({ at: `categories.${kind}.name`, file: name, vCenter: nothing });
    }
  }
  const grown = proposal.categories.zone;
  const { cardinality } = categories.zone;
  if (grown.existing && grown.cardinality !== cardinality) {
    found.push({
      at: "categories.zone.cardinality",
      file: cardinality,
      vCenter: grown.cardinality,
    });
  }
  for (const [index, region] of regions.entries()) {
    const datacenter = datacenters.find(({ path }) => isSameName(path, region.datacenter));
    const at = `regions[${index}]`;
    if (datacenter === undefined) {
      found.push({ at: `${at}.datacenter`, file: region.datacenter, vCenter: nothing });
      continue;
    }
    const other = proposal.regions.find((one) => isSameName(one.datacenterPath, datacenter.path));
    found.push(...regionDifferences(region, datacenter, other, at));
  }
  for (const { existing, datacenterPath, name } of proposal.regions) {
    const isUsed = regions.some(({ datacenter }) => isSameName(datacenter, datacenterPath));
    if (existing && !isUsed) {
      found.push({ at: "regions", file: nothing, vCenter: `${name} on ${datacenterPath}` });
    }
  }
  found.push(...roleDifferences(role, proposal.role));
  if (templateImage?.kind === "existing") {
    const { template } = templateImage;
    const without = datacenters
      .filter(({ path }) => regions.some(({ datacenter }) => isSameName(datacenter, path)))
      .filter(({ templates }) => !templates.some(({ name }) => isSameName(name, template)));
    for (const { path } of without) {
      found.push({
        at: "templateImage.existing.template",
        file: template,
        vCenter: `no such template in ${path}`,
      });
    }
  }
  return found;
}

function* regionDifferences(
  region: Region,
  datacenter: DatacenterFacts,
  other: RegionProposal | undefined,
  at: string,
): Generator<Difference> {
  yield* nameDifference(region, other, at);
  for (const [index, zone] of region.zones.entries()) {
    const place = `${at}.zones[${index}]`;
    if (!datacenter.clusters.some(({ path }) => isSameName(path, zone.cluster))) {
      yield { at: `${place}.cluster`, file: zone.cluster, vCenter: nothing };
      continue;
    }
    const tagged = other?.zones.find(({ clusterPath }) => isSameName(clusterPath, zone.cluster));
    yield* nameDifference(zone, tagged, place);
    yield* datastoreDifferences(zone, datacenter, tagged, `${place}.datastores`);
  }
  for (const { existing, clusterPath, name } of other?.zones ?? []) {
    const isUsed = region.zones.some(({ cluster }) => isSameName(cluster, clusterPath));
    if (existing && !isUsed) {
      yield { at: `${at}.zones`, file: nothing, vCenter: `${name} on ${clusterPath}` };
    }
  }
}

/** Tells of the tag of a region or zone; one that vCenter has not yet counts only if the file says that it is there. */
function* nameDifference(
  { name, existing }: Pick<Region, "name" | "existing">,
  other: Pick<RegionProposal, "name" | "existing"> | undefined,
  at: string,
): Generator<Difference> {
  if (other?.existing === true) {
    if (!isSameName(name, other.name)) {
      yield { at: `${at}.name`, file: name, vCenter: other.name };
    }
  } else if (existing) {
    yield { at: `${at}.name`, file: name, vCenter: `${nothing} on this object` };
  }
}

function* datastoreDifferences(
  { datastores, name }: Zone,
  datacenter: DatacenterFacts,
  other: ZoneProposal | undefined,
  at: string,
): Generator<Difference> {
  const paths = new Map(datacenter.datastores.map((one) => [one.name, comparableName(one.path)]));
  const own = new Set(datastores.map(comparableName));
  const known = new Set(paths.values());
  const missing = datastores.filter((path) => !known.has(comparableName(path)));
  if (missing.length > 0) {
    yield { at, file: listed(missing, mostNames), vCenter: nothing };
  }
  if (other?.existing !== true || !isSameName(other.name, name)) return;
  const extra = other.datastores.filter((one) => !own.has(paths.get(one) ?? ""));
  if (extra.length > 0) {
    yield { at, file: `no ${listed(extra, mostNames)}`, vCenter: `the tag of the zone on it` };
  }
}

function* roleDifferences(
  role: Configuration["role"],
  other: Proposal["role"],
): Generator<Difference> {
  if (role === undefined) {
    if (other?.existing === true) yield { at: "role", file: nothing, vCenter: other.name };
    return;
  }
  if (other?.existing !== true || !isSameName(role.name, other.name)) return;
  const keyOf = ({ name, group }: { name: string; group: boolean }): string =>
    `${group} ${comparablePrincipal(name)}`;
  const textOf = (list: readonly { name: string }[]): string =>
    list.length === 0
      ? nothing
      : listed(
          list.map(({ name }) => name),
          mostNames,
        );
  const here = new Set(role.principals.map(keyOf));
  const there = new Set(other.principals.map(keyOf));
  const isEqual = here.size === there.size && [...here].every((one) => there.has(one));
  if (!isEqual) {
    yield {
      at: "role.principals",
      file: textOf(role.principals),
      vCenter: textOf(other.principals),
    };
  }
}
