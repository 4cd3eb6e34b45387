import { unknownValue } from "../../dynamic/dynamicProvider";
import type { LiveView } from "../../dynamic/liveView";
import type { Finding } from "../../../findings/finding";
import { shellWord } from "../../../findings/text";
import type { TagAttachmentsInputs } from "./model";
import { inventoryOf, resolveConfiguration } from "./resolve";

/**
 * How many tags of a category an object carries. vCenter keeps that to one while the category is SINGLE. Once it is
 * MULTIPLE nobody does, so it is looked at here: datastores may have several, and clusters and datacenters may not,
 * because the CSI driver then stops ("duplicate values detected for category", deckhouse/deckhouse#18378).
 *
 * A category grows from SINGLE to MULTIPLE and never back (vSphere Automation API, `CategoryTypes.UpdateSpec`). The stack
 * changes neither: a person widens it, with the command that is told here.
 */

/** What a preview has to say about the number of tags. */
export interface CardinalityCheck {
  /** Objects that would carry more tags of a category than they can. */
  readonly findings: readonly Finding[];
  /** What does no harm now and should be known, a sentence each. */
  readonly remarks: readonly string[];
  /** The categories of which a datastore may carry several tags, by the configuration and by vCenter. */
  readonly shared: ReadonlySet<string>;
}

/** An object of the configuration, and the names of the tags on it. */
interface TaggedObject {
  readonly key: string;
  readonly path: string;
  readonly tags: readonly string[];
}

/** That of its region and that of its zone. */
const tagsOfDatastore = 2;

/** What MULTIPLE means for somebody who has to decide. */
const price =
  "That cannot be undone, and vCenter then no longer refuses a second zone tag on a cluster, whoever attaches it, which stops " +
  "the CSI driver";

/**
 * Compares the tags that the configuration gives each object with what the object can carry. Objects count, not paths: two
 * spellings can lead to one object.
 *
 * @param earlier the inputs in the state, empty when there are none
 */
export async function checkCardinality(
  live: LiveView,
  inputs: TagAttachmentsInputs,
  earlier: Partial<TagAttachmentsInputs>,
): Promise<CardinalityCheck> {
  const { multiple = {} } = inputs;
  const asked = Object.entries(inputs.categories).filter(([name]) => multiple[name] !== undefined);
  const narrow = await narrowAmong(live, asked);
  const objects = taggedObjects(inputs, await inventoryOf(live, inputs));
  return {
    findings: [
      ...objects.flatMap((object) => secondTag(object, asked.length > 0)),
      ...[...narrow].flatMap(([category, nameThere]) =>
        objects.flatMap((object) => tooNarrow(object, nameThere, multiple[category] ?? [])),
      ),
    ],
    remarks: [
      ...Array.from(narrow.values(), widening),
      ...(await staysWide(live, inputs, earlier)),
    ],
    shared: new Set(asked.map(([name]) => name).filter((name) => !narrow.has(name))),
  };
}

/** Whether an object is a datastore, by its key. */
export function isDatastore(key: string): boolean {
  return key.startsWith("Datastore:");
}

/**
 * Those categories that vCenter has for one tag on each object, each with its name there, which can be in another case and
 * which the command needs. One that is still to be created is as it is asked for.
 */
async function narrowAmong(
  live: LiveView,
  categories: readonly (readonly [name: string, id: string])[],
): Promise<ReadonlyMap<string, string>> {
  const narrow = categories.map(async ([name, id]): Promise<[string, string][]> => {
    if (id === unknownValue) return [];
    const found = await live.categoryWithId(id);
    return found.cardinality === "SINGLE" ? [[name, found.name]] : [];
  });
  return new Map((await Promise.all(narrow)).flat());
}

/** The objects of the configuration that carry more than one tag; tags by name, because a new one has no id yet. */
function taggedObjects(
  inputs: TagAttachmentsInputs,
  inventory: Parameters<typeof resolveConfiguration>[0],
): TaggedObject[] {
  const names = Object.fromEntries(Object.keys(inputs.tags).map((name) => [name, name]));
  const { tagsByObject, objects } = resolveConfiguration(inventory, { ...inputs, tags: names });
  return [...tagsByObject].flatMap(([key, tags]) =>
    tags.size > 1 ? [{ key, path: objects.get(key)?.path ?? key, tags: [...tags].sort() }] : [],
  );
}

/** A datacenter and a cluster carry one tag; a datastore that of its region, and those of its zones. */
function secondTag(object: TaggedObject, isShareable: boolean): Finding[] {
  const { key, path, tags } = object;
  const given = `the configuration gives it the tags ${tags.join(" and ")}`;
  if (key.startsWith("Datacenter:")) {
    return [
      {
        severity: "error",
        where: path,
        wrong: `${given}, and Deckhouse takes a datacenter with one region tag only`,
        remedy: "give each region its own datacenter, or merge the regions",
        kind: "regions of a datacenter",
      },
    ];
  }
  if (!isDatastore(key)) {
    return [
      {
        severity: "error",
        where: path,
        wrong: `${given}, and a cluster with two zone tags stops the CSI driver`,
        remedy: "give each zone its own cluster, or merge the zones",
        kind: "zones of a cluster",
      },
    ];
  }
  if (isShareable || tags.length <= tagsOfDatastore) return [];
  return [
    {
      severity: "error",
      where: path,
      wrong: `${given}, and a datastore can carry only one zone tag`,
      remedy: `list it in one zone only, or write categories.zone.cardinality: MULTIPLE. ${price}`,
      kind: "zones of a datastore",
    },
  ];
}

/** A datastore with several tags of a category that takes one. */
function tooNarrow(
  { key, path, tags }: TaggedObject,
  category: string,
  tagsOfCategory: readonly string[],
): Finding[] {
  const zones = tags.filter((tag) => tagsOfCategory.includes(tag));
  if (!isDatastore(key) || zones.length < 2) return [];
  return [
    {
      severity: "error",
      where: path,
      wrong:
        `it is in the zones ${zones.join(" and ")}, and the category ${category} takes one tag on each object in vCenter ` +
        "(SINGLE), which would refuse the second",
      remedy: `list it in one zone only, or widen the category: ${command(category)}. ${price}`,
      kind: "category too narrow",
    },
  ];
}

/** For a category of which no datastore needs several tags yet: nothing would fail. A preview with findings does not tell it. */
function widening(category: string): string {
  return (
    `categories.zone.cardinality is MULTIPLE, and the category ${category} takes one tag on each object in vCenter (SINGLE): ` +
    `before a datastore can be listed in a second zone, widen it: ${command(category)}. ${price}`
  );
}

function command(category: string): string {
  return `govc tags.category.update -m=true ${shellWord(category)}`;
}

/** Says once, when the configuration goes back to SINGLE, that vCenter does not. */
async function staysWide(
  live: LiveView,
  { categories, multiple }: TagAttachmentsInputs,
  earlier: Partial<TagAttachmentsInputs>,
): Promise<string[]> {
  const given = Object.entries(categories).filter(
    ([name]) => earlier.multiple?.[name] !== undefined && multiple?.[name] === undefined,
  );
  const narrow = await narrowAmong(live, given);
  return given
    .filter(([name]) => !narrow.has(name))
    .map(
      ([name]) =>
        `the category ${name} stays MULTIPLE in vCenter, which never narrows one; with categories.zone.cardinality: SINGLE ` +
        "this stack attaches one zone tag to each object, and refuses tags of others on its datastores",
    );
}
