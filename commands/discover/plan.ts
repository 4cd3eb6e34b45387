import { comparableName, listed } from "../../findings/text";
import type { DatacenterFacts, DiscoveryFacts } from "./facts";
import type { CategoryProposal, Choices, Note, Proposal } from "./proposal";
import { plannedRegions } from "./regions";
import { plannedRole } from "./roles";
import { tagsOf } from "./tags";

/** The names that the setup guide gives the categories. */
const usualNames = { region: "k8s-region", zone: "k8s-zone" } as const;

/** What makes a category a candidate: its name, and what its tags go on. */
const candidatesOf = {
  region: { name: /region/i, type: "Datacenter" },
  zone: { name: /zone/i, type: "ClusterComputeResource" },
} as const;

type Kind = keyof typeof usualNames;

/** How many names a note has at most. */
const mostNames = 8;

/** Whether the tags of a category may be those of regions or zones, so that they have to be read. */
export function mayBeOurs({ name }: { readonly name: string }, choices: Choices): boolean {
  const asked = [choices.regionCategory, choices.zoneCategory].flatMap((one) => one ?? []);
  return (
    Object.values(candidatesOf).some((candidate) => candidate.name.test(name)) ||
    asked.some((one) => comparableName(one) === comparableName(name))
  );
}

/** Other categories than the usual one that may be meant. */
export function categoryCandidates({ categories }: DiscoveryFacts, kind: Kind): string[] {
  const { name: pattern, type } = candidatesOf[kind];
  return categories
    .filter(({ name, associableTypes }) => {
      const fits = associableTypes.length === 0 || associableTypes.includes(type);
      return fits && pattern.test(name) && comparableName(name) !== usualNames[kind];
    })
    .map(({ name }) => name)
    .sort();
}

/**
 * Makes a stack of what a vCenter has. Where it was prepared, of what carries tags; where it was not, of all that nodes
 * could run on.
 *
 * @param choices what is decided already
 */
export function plannedStack(facts: DiscoveryFacts, choices: Choices = {}): Proposal {
  const notes: Note[] = [];
  const categories = {
    region: plannedCategory(facts, "region", choices.regionCategory, notes),
    zone: plannedCategory(facts, "zone", choices.zoneCategory, notes),
  };
  const tags = {
    region: tagsOf(facts, categories.region.name),
    zone: tagsOf(facts, categories.zone.name),
  };
  const planned = plannedRegions(facts.datacenters, tags, categories.zone, choices);
  const { role, notes: ofRole } = plannedRole(facts, planned.regions, choices.principal);
  const inRegions = facts.datacenters.filter(({ path }) =>
    planned.regions.some(({ datacenterPath }) => datacenterPath === path),
  );
  const template = choices.template ?? plannedTemplate(inRegions, notes);
  return {
    categories: {
      region: categories.region,
      zone: { ...categories.zone, cardinality: planned.cardinality },
    },
    regions: planned.regions,
    ...{ role, template },
    notes: [...notes, ...planned.notes, ...ofRole],
  };
}

function plannedCategory(
  facts: DiscoveryFacts,
  kind: Kind,
  chosen: string | undefined,
  notes: Note[],
): CategoryProposal {
  const name = chosen ?? usualNames[kind];
  const found = facts.categories.find((one) => comparableName(one.name) === comparableName(name));
  if (found !== undefined) {
    return { name: found.name, existing: true, cardinality: found.cardinality };
  }
  const others = categoryCandidates(facts, kind);
  if (chosen === undefined && others.length > 0) {
    notes.push({
      kind: "note",
      at: `categories.${kind}.name`,
      text:
        `vCenter has other categories that may be meant: ${listed(others, mostNames)}. ` +
        `Discover with --${kind}-category to use one`,
    });
  }
  return { name, existing: false, cardinality: "SINGLE" };
}

/** The templates that are there under the same path in every datacenter, and that nodes can be cloned from. */
export function templateCandidates(datacenters: readonly DatacenterFacts[]): string[] {
  const [first, ...others] = datacenters.map(
    ({ templates }) =>
      new Set(templates.filter(({ faults }) => faults.length === 0).map(({ name }) => name)),
  );
  return [...(first ?? [])].filter((name) => others.every((names) => names.has(name))).sort();
}

function plannedTemplate(
  datacenters: readonly DatacenterFacts[],
  notes: Note[],
): string | undefined {
  const found = templateCandidates(datacenters);
  if (found.length === 1) return found[0];
  const unusable = datacenters
    .flatMap(({ templates }) => templates)
    .filter(({ faults }) => faults.length > 0)
    .slice(0, mostNames)
    .map(({ path, faults }) => `${path}: ${faults.join("; ")}`);
  for (const text of unusable) notes.push({ kind: "note", at: "templateImage", text });
  notes.push({
    kind: "choose",
    at: "templateImage",
    text:
      found.length > 1
        ? `the template of nodes, one of ${found.join(", ")}; or build one (builtin)`
        : "the template of nodes: no usable one is in every datacenter under one path; build one (builtin)",
  });
  return undefined;
}
