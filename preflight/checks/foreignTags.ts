import { comparableName, compareNaturally, listed } from "../../findings/text";
import type { Finding } from "../../findings/finding";
import { objectKey } from "../../vcenter/offline";
import type { ManagedObject } from "../../vcenter";
import type { Check, Wanted } from "../check";
import type { VCenterFacts } from "../facts";

/** How many tags a message names at most. */
const mostTags = 3;

/** An object that is to carry a tag of a category. */
interface Carrier {
  readonly at: string;
  readonly path: string;
  readonly types: readonly string[];
  /** Whether tags of others do no harm there. */
  readonly isShared: boolean;
}

/**
 * No object of the configuration carries another tag of the two categories: a SINGLE category would refuse the stack's, and
 * of a MULTIPLE one Deckhouse and the CSI driver would take both.
 *
 * Source: deckhouse/deckhouse#18378; `go_lib/dependency/vsphere/vsphere.go` (getDataStoresInDC).
 */
export const foreignTags: Check = {
  name: "foreignTags",
  run(wanted, facts) {
    const regions = carriers(wanted, "region");
    const zones = carriers(wanted, "zone");
    return {
      facts: regions.length + zones.length,
      findings: [
        ...regions.flatMap((one) => foreign(wanted, facts, "region", one)),
        ...zones.flatMap((one) => foreign(wanted, facts, "zone", one)),
      ],
    };
  },
};

function carriers({ configuration, names }: Wanted, kind: "region" | "zone"): Carrier[] {
  const { cardinality } = configuration.categories.zone;
  const isShared = kind === "zone" && cardinality === "MULTIPLE";
  const places = new Map(names.map(({ at, path }) => [path, at]));
  const found = new Map<string, Carrier>();
  const add = (path: string, at: string, type: string, shared: boolean): void => {
    found.set(path, { at, path, types: [type], isShared: shared });
  };
  for (const [index, region] of configuration.regions.entries()) {
    if (kind === "region") {
      add(region.datacenter, `regions[${index}].datacenter`, "Datacenter", false);
    }
    for (const [number, zone] of region.zones.entries()) {
      const at = `regions[${index}].zones[${number}]`;
      if (kind === "zone") add(zone.cluster, `${at}.cluster`, "ClusterComputeResource", false);
      for (const [place, path] of zone.datastores.entries()) {
        add(path, places.get(path) ?? `${at}.datastores[${place}]`, "Datastore", isShared);
      }
    }
  }
  return [...found.values()];
}

/** The tags that the stack makes: of one in the wrong place, the check of tags speaks, or `up` takes it off. */
function ownNames({ configuration }: Wanted, kind: "region" | "zone"): Set<string> {
  const { regions } = configuration;
  const named = kind === "region" ? regions : regions.flatMap(({ zones }) => zones);
  return new Set(named.map(({ name }) => comparableName(name)));
}

function foreign(
  wanted: Wanted,
  facts: VCenterFacts,
  kind: "region" | "zone",
  { at, path, types, isShared }: Carrier,
): Finding[] {
  const [object] = facts.inventory.at(path, types);
  if (object === undefined || isShared) return [];
  const { name } = wanted.configuration.categories[kind];
  const own = ownNames(wanted, kind);
  const names = tagsOn(facts, name, object).filter((tag) => !own.has(comparableName(tag)));
  if (names.length === 0) return [];
  return [
    {
      severity: "error",
      where: at,
      found: JSON.stringify(object.path),
      wrong: `it carries ${listed(names, mostTags)} of the category ${name}, which this stack did not make`,
      consequence: `and Deckhouse takes an object with one ${kind} tag only`,
      remedy:
        "take the object out of the configuration, or ask whose tag it is before you detach it",
    },
  ];
}

function tagsOn(
  { categories, tags, attached }: VCenterFacts,
  category: string,
  object: ManagedObject,
): string[] {
  const found = categories.find((one) => comparableName(one.name) === comparableName(category));
  return tags
    .filter(({ categoryId }) => categoryId === found?.id)
    .filter(({ id }) =>
      (attached.get(id) ?? []).some((carrier) => objectKey(carrier) === objectKey(object)),
    )
    .map(({ name }) => name)
    .sort(compareNaturally);
}
