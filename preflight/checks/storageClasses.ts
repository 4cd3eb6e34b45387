import {
  goPattern,
  isStorageClassOf,
  storageClassName,
  type StorageClassName,
} from "../../configuration/storageClasses";
import type { Region } from "../../configuration";
import type { Finding } from "../../findings/finding";
import { comparableName, nearest } from "../../findings/text";
import { objectKey } from "../../vcenter/offline";
import type { ManagedObject } from "../../vcenter";
import type { Check, Wanted } from "../check";
import type { VCenterFacts } from "../facts";
import { placesOfNames } from "../zones";

/** A datastore of which Deckhouse makes a StorageClass. */
interface ClassOfDatastore extends StorageClassName {
  /** Where the configuration names the datastore; undefined of one that only carries the tag of a zone. */
  readonly at: string | undefined;
  readonly path: string;
}

/**
 * Deckhouse makes a StorageClass of its own of each datastore. The rules of the configuration see to it for the names that
 * are written there; vCenter may have other ones, with letters in another Unicode form or below folders that were renamed,
 * and other datastores that carry the tag of a zone. Every name that Deckhouse makes is one that Kubernetes takes.
 *
 * Source: deckhouse/deckhouse `go_lib/dependency/vsphere/vsphere.go` (getDataStoresInDC, slugKubernetesName); the
 * `cloud-data-discoverer` of `ee/se-plus/modules/030-cloud-provider-vsphere` keeps the first of a name.
 */
export const storageClasses: Check = {
  name: "storageClasses",
  run(wanted, facts) {
    const places = placesOfNames(wanted);
    const findings: Finding[] = [];
    let looked = 0;
    for (const [index, region] of wanted.configuration.regions.entries()) {
      if (region.cluster === undefined) continue;
      const { classes, isWhole } = classesOf(wanted, facts, region, places);
      looked += classes.length;
      const isExcluded = exclusionOf(region.cluster.storageClasses?.exclude ?? []);
      const made = classes.filter(({ name }) => name === undefined || !isExcluded(name));
      findings.push(...repetitions(wanted, made));
      if (isWhole) findings.push(...defaultFaults(region, index, made));
    }
    return { findings, facts: looked };
  },
};

function classesOf(
  { configuration, isReady }: Wanted,
  { inventory, tags, categories, attached }: VCenterFacts,
  { datacenter, zones }: Region,
  places: ReadonlyMap<string, string>,
): { readonly classes: readonly ClassOfDatastore[]; readonly isWhole: boolean } {
  const found = new Map<string, ClassOfDatastore>();
  const add = (object: ManagedObject, at: string | undefined): void => {
    const { path } = object;
    const key = objectKey(object);
    if (!found.has(key)) found.set(key, { at, path, ...storageClassName(path) });
  };
  let isWhole = true;
  for (const path of zones.flatMap((zone) => zone.datastores)) {
    const object = inventory.find(path, "Datastore");
    if (object === undefined) isWhole = false;
    else add(object, places.get(path) ?? path);
  }
  // Before up, a tag may be on what the stack is about to take it off.
  if (!isReady) return { classes: [...found.values()], isWhole };
  const ours = new Set(zones.map(({ name }) => comparableName(name)));
  const category = categories.find(
    ({ name }) => comparableName(name) === comparableName(configuration.categories.zone.name),
  );
  const start = `${inventory.realPath(datacenter)}/`;
  for (const { id, name, categoryId } of tags) {
    if (categoryId !== category?.id || !ours.has(comparableName(name))) continue;
    for (const carrier of attached.get(id) ?? []) {
      const object = carrier.type === "Datastore" ? inventory.get(carrier) : undefined;
      if (object?.path.startsWith(start)) add(object, undefined);
    }
  }
  return { classes: [...found.values()], isWhole };
}

function exclusionOf(patterns: readonly string[]): (name: string) => boolean {
  const all = patterns.map(goPattern).flatMap((one) => ("matches" in one ? [one] : []));
  return (name) => all.some(({ matches }) => matches(name));
}

function repetitions({ configuration }: Wanted, made: readonly ClassOfDatastore[]): Finding[] {
  const first = new Map<string, ClassOfDatastore>();
  return made.flatMap((one): Finding[] => {
    if (one.name === undefined) return [];
    const other = first.get(one.name);
    if (other === undefined) {
      first.set(one.name, one);
      return [];
    }
    // The configuration's datastores come first, so one of the two is one of them or both are of others.
    const where = one.at ?? other.at;
    if (where === undefined) return [];
    const [own, twin] = one.at === undefined ? [other, one] : [one, other];
    const isOurs = twin.at !== undefined;
    const category = configuration.categories.zone.name;
    return [
      {
        severity: "error",
        where,
        found: JSON.stringify(own.path),
        wrong:
          `Deckhouse would give the StorageClasses of this datastore and of ${twin.path}` +
          `${isOurs ? "" : `, which carries a tag of ${category} as well,`} one name, "${one.name}"`,
        consequence: "and create only one of them",
        remedy: isOurs
          ? "leave one of them out; renaming one would break whatever looks it up by its name"
          : "ask whose datastore that is before you take the tag off it, or leave this one out",
      },
    ];
  });
}

function defaultFaults(
  { cluster }: Region,
  index: number,
  made: readonly ClassOfDatastore[],
): Finding[] {
  const wanted = cluster?.storageClasses?.default;
  if (wanted === undefined || made.some((one) => isStorageClassOf(wanted, one))) return [];
  const meant = nearest(
    wanted,
    made.flatMap(({ name }) => name ?? []),
  );
  return [
    {
      severity: "error",
      where: `regions[${index}].clusterConfiguration.storageClasses.default`,
      found: JSON.stringify(wanted),
      wrong:
        "Deckhouse makes no StorageClass of this name of the datastores as vCenter spells their paths",
      consequence: "and no StorageClass would be the default one",
      remedy: `${meant === undefined ? "" : `write ${meant}, or `}remove it, and let Deckhouse choose`,
    },
  ];
}
