import { listed } from "../../findings/text";
import type { ClusterFacts, DatacenterFacts, DatastoreFacts } from "./facts";
import type { CategoryProposal, Choices, Note } from "./proposal";
import { isKnownTo, rootDiskCandidates, whyUnusable } from "./storage";
import type { KnownTags } from "./tags";

/** A zone before its datastores are known. */
export interface ZoneDraft {
  readonly name: string;
  readonly existing: boolean;
  readonly cluster: ClusterFacts;
}

/** What decides the datastores of a region's zones. */
export interface VolumeQuestion {
  readonly datacenter: DatacenterFacts;
  /** The region's tag, if the datacenter carries one. */
  readonly region: string | undefined;
  readonly zones: readonly ZoneDraft[];
  readonly tags: KnownTags;
  /** That of the zones. */
  readonly category: CategoryProposal;
  /** The place of the region. */
  readonly at: string;
  readonly choices: Choices;
}

/** The datastores of each zone, as they are written. */
export interface PlannedVolumes {
  readonly zones: readonly { readonly datastores: readonly string[] }[];
  /** What the category of zones has to take. */
  readonly cardinality: CategoryProposal["cardinality"];
  readonly notes: readonly Note[];
}

/** How many reasons a zone tells. */
const mostReasons = 10;

/** How many names a note has at most. */
const mostNames = 8;

/**
 * The datastores for volumes. Of a zone that is tagged, those that carry its tag and the region's. Else those that every
 * host of the cluster can write to, and that no other zone's hosts could use as well; where there are none, one that
 * several zones share.
 */
export function plannedDatastores(question: VolumeQuestion): PlannedVolumes {
  const { datacenter, zones, at, choices } = question;
  const notes: Note[] = [];
  const lists = zones.map((zone): string[] | undefined => {
    const chosen = choices.datastores?.[zone.cluster.path];
    if (chosen === undefined) return taggedDatastores(question, zone);
    return datacenter.datastores
      .filter(({ path }) => chosen.includes(path))
      .map(({ name }) => name);
  });
  const open = zones.filter((_, index) => lists[index] === undefined);
  const proposed = proposedDatastores(question, open, new Set(lists.flatMap((one) => one ?? [])));
  let next = 0;
  const whole = lists.map((list) => list ?? proposed.lists[next++] ?? []);
  for (const [index, zone] of zones.entries()) {
    const place = `${at}.zones[${index}].datastores`;
    const list = whole[index] ?? [];
    notes.push(...reasonsFor(question, zone, list, place));
    if (list.length > 0) continue;
    const text = "the datastores for volumes: none can be written to by all hosts of this cluster";
    notes.push({ kind: "choose", at: place, text: proposed.why ?? text });
  }
  if (proposed.shared.length > 0) {
    const names = listed(proposed.shared, mostNames);
    notes.push({
      kind: "note",
      at: `${at}.zones`,
      text: `several zones could use ${names}: add each to one zone, or to several with categories.zone.cardinality MULTIPLE`,
    });
  }
  return {
    zones: whole.map((datastores) => ({ datastores })),
    cardinality: proposed.isMultiple ? "MULTIPLE" : question.category.cardinality,
    notes,
  };
}

/** The datastores of the datacenter with both tags; undefined where there are none. */
function taggedDatastores(
  { datacenter, region, tags }: VolumeQuestion,
  { name, existing }: ZoneDraft,
): string[] | undefined {
  if (!existing || region === undefined) return undefined;
  const found = datacenter.datastores
    .filter(({ key }) => tags.zone.on.get(key)?.includes(name) === true)
    .filter(({ key }) => tags.region.on.get(key)?.includes(region) === true);
  return found.length === 0 ? undefined : found.map((datastore) => datastore.name);
}

interface ProposedVolumes {
  readonly lists: readonly (readonly string[])[];
  /** Names of those that several zones could use and none got. */
  readonly shared: readonly string[];
  /** Whether datastores have to be in several zones. */
  readonly isMultiple: boolean;
  /** Why a zone has none, where its hosts could use some. */
  readonly why?: string;
}

function proposedDatastores(
  { datacenter, zones, tags, region, category }: VolumeQuestion,
  open: readonly ZoneDraft[],
  taken: ReadonlySet<string>,
): ProposedVolumes {
  if (open.length === 0) return { lists: [], shared: [], isMultiple: false };
  const clusters = zones.map(({ cluster }) => cluster);
  const free = datacenter.datastores.filter(
    (datastore) => !taken.has(datastore.name) && !isOthers(datastore, tags, region, zones),
  );
  const [root] = rootDiskCandidates(datacenter, clusters, ({ name }) => taken.has(name));
  const usable = free.map((datastore) => ({
    datastore,
    users: open.filter(({ cluster }) => whyUnusable(datastore, cluster) === undefined),
  }));
  const lists = open.map((zone) =>
    usable
      .filter(
        ({ datastore, users }) => users[0] === zone && users.length === 1 && datastore !== root,
      )
      .map(({ datastore }) => datastore.name),
  );
  // A datastore that several clusters mount goes to a zone that would have none.
  const common = usable.filter(({ datastore, users }) => users.length > 1 && datastore !== root);
  const left = [...common];
  for (const [index, zone] of open.entries()) {
    if (lists[index]?.length !== 0) continue;
    const place = left.findIndex(({ users }) => users.includes(zone));
    const [given] = place < 0 ? [] : left.splice(place, 1);
    if (given !== undefined) lists[index] = [given.datastore.name];
  }
  const rootUse = usable.find(({ datastore }) => datastore === root);
  // Root disks share only where there is nothing else.
  const sharingOf = (zone: ZoneDraft): typeof usable => {
    const own = common.filter(({ users }) => users.includes(zone));
    return own.length > 0 || rootUse?.users.includes(zone) !== true ? own : [rootUse];
  };
  const without = open.filter((_, index) => lists[index]?.length === 0);
  const canShare = without.filter((zone) => sharingOf(zone).length > 0);
  if (canShare.length === 0) return { lists, shared: namesOf(left), isMultiple: false };
  // Root disks and volumes can share a datastore, of one zone without more ado.
  const [only] = canShare;
  if (canShare.length === 1 && only !== undefined && rootUse?.users.includes(only) === true) {
    lists[open.indexOf(only)] = [rootUse.datastore.name];
    return { lists, shared: namesOf(left), isMultiple: false };
  }
  if (category.existing && category.cardinality === "SINGLE") {
    const names = listed([...new Set(namesOf(canShare.flatMap(sharingOf)))], mostNames);
    const why = `the datastores for volumes: this zone's hosts can only use ${names}, which other zones need too, and the category of zones is SINGLE`;
    return { lists, shared: [], isMultiple: false, why };
  }
  for (const zone of canShare) lists[open.indexOf(zone)] = namesOf(sharingOf(zone));
  return { lists, shared: namesOf(left), isMultiple: true };
}

function namesOf(list: readonly { readonly datastore: DatastoreFacts }[]): string[] {
  return list.map(({ datastore }) => datastore.name);
}

/** Whether it carries a tag of the two categories that is none of this region and its zones. */
function isOthers(
  { key }: DatastoreFacts,
  tags: KnownTags,
  region: string | undefined,
  zones: readonly ZoneDraft[],
): boolean {
  const regions = tags.region.on.get(key) ?? [];
  const own = zones.filter(({ existing }) => existing).map(({ name }) => name);
  const foreign = (tags.zone.on.get(key) ?? []).filter((name) => !own.includes(name));
  return foreign.length > 0 || regions.some((name) => name !== region);
}

/** Why datastores that some of a cluster's hosts know are not among a zone's. */
function* reasonsFor(
  { datacenter, tags, region }: VolumeQuestion,
  { name, existing, cluster }: ZoneDraft,
  list: readonly string[],
  at: string,
): Generator<Note> {
  const own = new Set(list);
  const reasons: string[] = [];
  let more = 0;
  for (const datastore of datacenter.datastores) {
    const problem = isKnownTo(datastore, cluster) ? whyUnusable(datastore, cluster) : undefined;
    const isOwn = own.has(datastore.name);
    const isHalf =
      existing &&
      !isOwn &&
      tags.zone.on.get(datastore.key)?.includes(name) === true &&
      region !== undefined;
    const why = isHalf ? `it carries the zone's tag and not the region's` : problem;
    if (why === undefined) continue;
    if (reasons.length < mostReasons)
      reasons.push(`${isOwn ? "" : "not "}${datastore.name}: ${why}`);
    else more += 1;
  }
  for (const text of reasons) yield { kind: "note", at, text };
  if (more > 0) yield { kind: "note", at, text: `and ${more} more that some hosts cannot use` };
}
