import { comparableName, listed, shellWord } from "../../findings/text";
import type { Finding } from "../../findings/finding";
import type { Check, Wanted } from "../check";
import type { VCenterFacts } from "../facts";
import { comparableNames, earlierOf, earlierTags, unknownEarlier } from "../ours";
import { tagsAbove, tagsOn } from "../tagsAbove";
import { placesOfNames } from "../zones";

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
 * of a MULTIPLE one Deckhouse and the CSI driver would take both. The same for what is above a node ({@link tagsAbove}).
 *
 * Source: deckhouse/deckhouse#18378; `go_lib/dependency/vsphere/vsphere.go` (getDataStoresInDC).
 */
export const foreignTags: Check = {
  name: "foreignTags",
  run(wanted, facts) {
    const regions = carriers(wanted, "region");
    const zones = carriers(wanted, "zone");
    const above = tagsAbove(wanted, facts);
    // Of a tag that the configuration does not have, before the change, nobody but the state can tell whether up takes it off.
    const isUnknown = !wanted.isReady && wanted.earlier === "unknown";
    const found = (["region", "zone"] as const).flatMap((kind) => {
      const carrying = kind === "region" ? regions : zones;
      const findings = carrying.flatMap((one) => foreign(wanted, facts, kind, one));
      const reason = isUnknown ? unknownEarlier : perhapsRenamed(wanted, facts, kind);
      return findings.length === 0 ? [] : [{ findings, reason }];
    });
    const reasons = found.flatMap(({ reason }) => reason ?? []);
    return {
      facts: regions.length + zones.length + above.looked,
      findings: [
        ...found.flatMap(({ findings, reason }) => (reason === undefined ? findings : [])),
        ...above.findings,
      ],
      skipped: reasons.length === 0 ? undefined : [...new Set(reasons)].join("; "),
    };
  },
};

/**
 * Why a tag with a name of others may be the stack's own all the same: one that it made has another name now, and only its
 * attachments know it by its id. They look next, and tell.
 */
function perhapsRenamed(
  wanted: Wanted,
  { tags, categories }: VCenterFacts,
  kind: "region" | "zone",
): string | undefined {
  const category = comparableName(wanted.configuration.categories[kind].name);
  const ids = categories
    .filter(({ name }) => comparableName(name) === category)
    .map(({ id }) => id);
  const there = comparableNames(
    tags.filter(({ categoryId }) => ids.includes(categoryId)).map(({ name }) => name),
  );
  // What left the configuration earlier is expected to be gone.
  const { topology } = earlierOf(wanted);
  const asked = kind === "region" ? Object.keys(topology) : Object.values(topology).flat();
  const gone = asked.filter((name) => !there.has(comparableName(name)));
  return gone.length === 0
    ? undefined
    : `${listed(gone, mostTags)} of the category ${wanted.configuration.categories[kind].name} is not there any more, and a ` +
        "tag with another name may be the same one";
}

function carriers({ configuration, names }: Wanted, kind: "region" | "zone"): Carrier[] {
  const { cardinality } = configuration.categories.zone;
  const isShared = kind === "zone" && cardinality === "MULTIPLE";
  const places = placesOfNames({ names });
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

/**
 * The tags that the stack makes, and those that it made and that left the configuration: of one in the wrong place, the
 * check of tags speaks, or `up` takes it off.
 */
function ownNames(wanted: Wanted, kind: "region" | "zone"): Set<string> {
  const { regions } = wanted.configuration;
  const named = kind === "region" ? regions : regions.flatMap(({ zones }) => zones);
  return new Set([...named.map(({ name }) => comparableName(name)), ...earlierTags(wanted, kind)]);
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
      wrong:
        `it carries ${listed(names, mostTags)} of the category ${name}, which ` +
        (wanted.earlier === "unknown"
          ? "the configuration does not have"
          : "this stack did not make"),
      consequence: `and Deckhouse takes an object with one ${kind} tag only`,
      remedy:
        "take the object out of the configuration, or ask whose tag it is. A cluster that finds its zone or volumes by that " +
        "tag would lose this object if it was detached; where there is no such cluster: govc tags.detach -c " +
        [name, names[0] ?? "", object.path].map(shellWord).join(" "),
      kind: `${kind} tag of others`,
    },
  ];
}
