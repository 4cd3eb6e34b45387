import type { Finding } from "../findings/finding";
import { comparableName, compareNaturally, listed } from "../findings/text";
import { objectKey } from "../vcenter/offline";
import type { Inventory, ManagedObject, ManagedObjectReference, Tag } from "../vcenter";
import type { Wanted } from "./check";
import type { VCenterFacts } from "./facts";
import { zonesWithClusters, type ZoneFacts } from "./zones";

/** How many tags a message names at most. */
const mostTags = 3;

/** An object above a node, or a volume's datastore, which is no object of the configuration itself. */
interface Above {
  readonly at: string;
  readonly object: ManagedObjectReference;
  /** Its path, or the name of a host. */
  readonly shown: string;
  readonly kind: "region" | "zone";
  /** The tag of the zone or region, which is not told; undefined where no tag belongs. */
  readonly own: string | undefined;
}

/**
 * Tags of the two categories on what is above a node: its host, and the folders and datacenters above its cluster. The CSI
 * driver and the cloud controller look for a node's region and zone on everything above its machine, and stop at two. A
 * datastore cluster with a zone's tag is one of which Deckhouse makes a StorageClass, whose volumes the CSI driver cannot
 * make.
 *
 * What the stack tags itself, datacenters and clusters with their own kind of tag, is looked at by the check of foreign tags.
 *
 * Source: deckhouse/deckhouse#18378 ("duplicate values detected for category"), #7431;
 * kubernetes-sigs/vsphere-csi-driver#2681, #2814; deckhouse/deckhouse `go_lib/dependency/vsphere/vsphere.go`
 * (getDataStoresInDC).
 */
export function tagsAbove(
  wanted: Wanted,
  facts: VCenterFacts,
): { readonly findings: readonly Finding[]; readonly looked: number } {
  const zones = zonesWithClusters(wanted, facts);
  const nodes = distinct(zones.flatMap((zone) => aboveNodes(zone, facts.inventory)));
  const pods = distinct(zones.flatMap((zone) => datastoreClusters(zone, facts.inventory)));
  const isSettled = settledByUp(wanted, facts.inventory);
  return {
    looked: nodes.length + pods.length,
    findings: [
      ...nodes.flatMap((one) => {
        const { name } = wanted.configuration.categories[one.kind];
        const others = othersOn(wanted, facts, one).filter((tag) => !isSettled(tag, one));
        if (others.length === 0) return [];
        return [
          {
            severity: "error" as const,
            where: one.at,
            found: JSON.stringify(one.shown),
            wrong:
              `it carries ${listed(others, mostTags)} of the category ${name}, and nodes run below it whose ${one.kind} is ` +
              (one.own ?? "another one"),
            consequence:
              "and the CSI driver, which reads the tags of everything above a node, would stop at " +
              `"duplicate values detected for category ${name}"`,
            remedy:
              "ask whose tag it is before you detach it there; or name a cluster elsewhere, or a category of your own " +
              `(categories.${one.kind}.name)`,
            kind: `${one.kind} tag above a node`,
          },
        ];
      }),
      ...pods.flatMap((one) => {
        const tags = othersOn(wanted, facts, one);
        if (tags.length === 0) return [];
        return [
          {
            severity: "error" as const,
            where: one.at,
            found: JSON.stringify(one.shown),
            wrong: `the datastore is in a datastore cluster that carries ${listed(tags, mostTags)}`,
            consequence:
              "and Deckhouse would make a StorageClass of the datastore cluster, whose volumes the CSI driver cannot make " +
              "(deckhouse/deckhouse#7431)",
            remedy: "ask whose tag it is, and detach it from the datastore cluster",
            kind: "zone tag on a datastore cluster",
          },
        ];
      }),
    ],
  };
}

/** What is known of tags. */
type TagFacts = Pick<VCenterFacts, "categories" | "tags" | "attached">;

/** The tags by the objects that carry them, worked out once for each look: thousands of objects are asked for. */
const carried = new WeakMap<TagFacts, ReadonlyMap<string, readonly Tag[]>>();

/** The names of an object's tags of a category, in their order. */
export function tagsOn(
  facts: TagFacts,
  category: string,
  object: ManagedObjectReference,
): string[] {
  const found = facts.categories.find(
    (one) => comparableName(one.name) === comparableName(category),
  );
  return (tagsByObject(facts).get(objectKey(object)) ?? [])
    .filter(({ categoryId }) => categoryId === found?.id)
    .map(({ name }) => name)
    .sort(compareNaturally);
}

function tagsByObject(facts: TagFacts): ReadonlyMap<string, readonly Tag[]> {
  const before = carried.get(facts);
  if (before !== undefined) return before;
  const found = new Map<string, Tag[]>();
  for (const tag of facts.tags) {
    for (const key of new Set((facts.attached.get(tag.id) ?? []).map(objectKey))) {
      const others = found.get(key);
      if (others === undefined) found.set(key, [tag]);
      else others.push(tag);
    }
  }
  carried.set(facts, found);
  return found;
}

function othersOn(
  { configuration }: Wanted,
  facts: VCenterFacts,
  { kind, object, own }: Above,
): string[] {
  return tagsOn(facts, configuration.categories[kind].name, object).filter(
    (tag) => own === undefined || comparableName(tag) !== comparableName(own),
  );
}

function aboveNodes({ at, region, name, path, cluster }: ZoneFacts, inventory: Inventory): Above[] {
  const where = `${at}.cluster`;
  const own = { region, zone: name };
  const both = (object: ManagedObjectReference, shown: string): Above[] =>
    (["region", "zone"] as const).map((kind) => ({
      at: where,
      object,
      shown,
      kind,
      own: own[kind],
    }));
  const objects = [
    ...cluster.hosts.flatMap((host) => {
      const [type = "", id = ""] = host.key.split(":");
      return both({ type, id }, host.name);
    }),
    ...[
      ...inventory.at(path, ["ClusterComputeResource"]),
      ...objectsAbove(path, inventory),
    ].flatMap((object) => both(object, object.path)),
  ];
  return objects.filter(
    ({ object: { type }, kind }) =>
      !(type === "Datacenter" && kind === "region") &&
      !(type === "ClusterComputeResource" && kind === "zone"),
  );
}

function datastoreClusters({ datastores }: ZoneFacts, inventory: Inventory): Above[] {
  return datastores.flatMap(({ at, object }) =>
    objectsAbove(object.path, inventory)
      .filter(({ type }) => type === "StoragePod")
      .map((pod) => ({ at, object: pod, shown: pod.path, kind: "zone" as const, own: undefined })),
  );
}

/** What is above a path, up to the root. */
export function objectsAbove(path: string, inventory: Inventory): ManagedObject[] {
  const above: ManagedObject[] = [];
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    above.push(...inventory.at(path.slice(0, end), ["Folder", "Datacenter", "StoragePod"]));
  }
  return [...above, inventory.root];
}

/** Of an object above several zones, one of them speaks. */
function distinct(all: readonly Above[]): Above[] {
  return [...new Map(all.map((one) => [`${one.kind} ${objectKey(one.object)}`, one])).values()];
}

/** Tags of the configuration on its datacenters and clusters, where they do not belong: `up` takes them off, and says so. */
function settledByUp(
  { configuration: { regions }, isReady }: Wanted,
  inventory: Inventory,
): (tag: string, above: Above) => boolean {
  const tags = new Set(
    regions
      .flatMap(({ name, zones }) => [name, ...zones.map((zone) => zone.name)])
      .map(comparableName),
  );
  const objects = new Set(
    regions
      .flatMap(({ datacenter, zones }) => [
        ...inventory.at(datacenter, ["Datacenter"]),
        ...zones.flatMap(({ cluster }) => inventory.at(cluster, ["ClusterComputeResource"])),
      ])
      .map(objectKey),
  );
  return (tag, { object }) =>
    !isReady && tags.has(comparableName(tag)) && objects.has(objectKey(object));
}
