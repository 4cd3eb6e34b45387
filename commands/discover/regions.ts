import { compareNaturally, listed } from "../../findings/text";
import type { ClusterFacts, DatacenterFacts, DatastoreFacts, NetworkFacts } from "./facts";
import { FreeNames, letter, slug } from "./names";
import type { CategoryProposal, Choices, ClusterProposal, Note, RegionProposal } from "./proposal";
import { rootDiskCandidates } from "./storage";
import type { CategoryTags, KnownTags } from "./tags";
import { plannedDatastores, type ZoneDraft } from "./volumes";

/** Regions, and what the category of their zones has to take. */
export interface PlannedRegions {
  readonly regions: readonly RegionProposal[];
  readonly cardinality: CategoryProposal["cardinality"];
  readonly notes: readonly Note[];
}

/** How many names a note has at most. */
const mostNames = 8;

/** What a network for nodes is often called. */
const nodeNetwork = /k8s|kube|deckhouse|node/i;

/**
 * Regions and zones: the tagged datacenters and clusters where there are any, else those that nodes can run in.
 *
 * @param tags of the two categories
 * @param category that of the zones
 */
export function plannedRegions(
  datacenters: readonly DatacenterFacts[],
  tags: KnownTags,
  category: CategoryProposal,
  choices: Choices,
): PlannedRegions {
  const notes: Note[] = [];
  const names = {
    region: new FreeNames(tags.region.names),
    zone: new FreeNames(tags.zone.names),
  };
  const used = { region: new Set<string>(), zone: new Set<string>() };
  let cardinality = category.cardinality;
  const taken = regionDatacenters(datacenters, tags, choices, notes);
  if (taken.length === 0) {
    notes.push({
      kind: "choose",
      at: "regions",
      text: "the datacenters and clusters to use: vCenter shows this account no cluster with a running host",
    });
  }
  const regions = taken.map((datacenter, index): RegionProposal => {
    const at = `regions[${index}]`;
    const tag = tagOn(datacenter.key, tags.region, used.region, `${at}.name`, notes);
    const stem = slug(datacenter.path) || `${index + 1}`;
    const name = tag ?? names.region.next(`k8s-region-${slug(lastOf(datacenter.path)) || stem}`);
    const zones = zoneClusters(datacenter, tags, choices, tag !== undefined, at, notes).map(
      (cluster, number): ZoneDraft => {
        const place = `${at}.zones[${number}]`;
        const zone = tagOn(cluster.key, tags.zone, used.zone, `${place}.name`, notes);
        if (cluster.isDrsEnabled === false) {
          notes.push({
            kind: "note",
            at: `${place}.cluster`,
            text: "DRS is off there: turn it on, or write useNestedResourcePool: false in clusterConfiguration",
          });
        }
        const region = name.replace(/^k8s-region-/, "");
        return {
          name: zone ?? names.zone.next(`k8s-zone-${slug(region)}-${letter(number)}`),
          existing: zone !== undefined,
          cluster,
        };
      },
    );
    const volumes = plannedDatastores({
      ...{ datacenter, region: tag, zones, tags, at, choices },
      category: { ...category, cardinality },
    });
    cardinality = volumes.cardinality;
    notes.push(...volumes.notes);
    const own = new Set(volumes.zones.flatMap(({ datastores }) => datastores));
    return {
      ...{ name, existing: tag !== undefined },
      ...{ datacenterPath: datacenter.path, datacenter: datacenter.name },
      zones: zones.map(({ cluster, ...zone }, number) => ({
        ...zone,
        ...{ clusterPath: cluster.path, cluster: cluster.name },
        datastores: volumes.zones[number]?.datastores ?? [],
      })),
      cluster: plannedCluster(datacenter, zones, own, `${at}.clusterConfiguration`, choices, notes),
    };
  });
  return { regions, cardinality, notes };
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Those that somebody chose; or that carry a region tag; or that have a cluster with a running host. */
function regionDatacenters(
  datacenters: readonly DatacenterFacts[],
  { region }: KnownTags,
  { datacenters: chosen }: Choices,
  notes: Note[],
): readonly DatacenterFacts[] {
  if (chosen !== undefined) return datacenters.filter(({ path }) => chosen.includes(path));
  const isPossible = ({ clusters }: DatacenterFacts): boolean => clusters.some(isRunning);
  const tagged = datacenters.filter(({ key }) => region.on.has(key));
  const taken = tagged.length > 0 ? tagged : datacenters.filter(isPossible);
  const rest = datacenters.filter((one) => !taken.includes(one));
  if (rest.length > 0) {
    const why =
      tagged.length > 0 ? "without a region tag" : "without a cluster with a running host";
    const paths = listed(
      rest.map(({ path }) => path),
      mostNames,
    );
    notes.push({ kind: "note", at: "regions", text: `left out, ${why}: ${paths}` });
  }
  return taken;
}

/** The clusters of a datacenter that somebody could choose for zones. */
export function isRunning({ hosts }: ClusterFacts): boolean {
  return hosts.some(({ isConnected, isInMaintenance }) => isConnected && !isInMaintenance);
}

function zoneClusters(
  { clusters }: DatacenterFacts,
  { zone }: KnownTags,
  { clusters: chosen }: Choices,
  isRegionTagged: boolean,
  at: string,
  notes: Note[],
): readonly ClusterFacts[] {
  const tagged = clusters.filter(({ key }) => zone.on.has(key));
  const taken =
    chosen === undefined
      ? tagged.length > 0
        ? tagged
        : clusters.filter(isRunning)
      : clusters.filter(({ path }) => chosen.includes(path));
  if (chosen !== undefined && taken.length > 0) return taken;
  if (taken.length === 0) {
    notes.push({
      kind: "choose",
      at: `${at}.zones`,
      text: "the clusters of this region: none has a host that is connected and out of maintenance",
    });
  } else if (isRegionTagged && tagged.length === 0) {
    notes.push({
      kind: "note",
      at: `${at}.zones`,
      text: "no cluster carries a zone tag yet: pulumi up makes these tags and attaches them",
    });
  }
  const rest = clusters.filter((one) => !taken.includes(one));
  if (rest.length > 0) {
    const why = tagged.length > 0 ? "without a zone tag" : "without a running host";
    const names = listed(
      rest.map(({ name }) => name),
      mostNames,
    );
    notes.push({ kind: "note", at: `${at}.zones`, text: `left out, ${why}: ${names}` });
  }
  return taken;
}

/**
 * The tag that an object carries. A tag stands for one object only, so a second object with it gets none, and of several
 * on one object the first in the order of their names counts.
 */
function tagOn(
  key: string,
  { on }: CategoryTags,
  used: Set<string>,
  at: string,
  notes: Note[],
): string | undefined {
  const names = [...(on.get(key) ?? [])].sort(compareNaturally);
  const [first, ...others] = names.filter((name) => !used.has(name));
  if (others.length > 0) {
    const text = `one tag: the object also carries ${others.join(", ")}, and Deckhouse takes one only`;
    notes.push({ kind: "choose", at, text });
  }
  if (first === undefined && names.length > 0) {
    const text = `another tag: ${names.join(", ")} is on an earlier object too, and two of them stop the installer`;
    notes.push({ kind: "choose", at, text });
  }
  if (first !== undefined) used.add(first);
  return first;
}

/** The networks of a datacenter that all hosts of these clusters have. */
export function commonNetworks(
  { networks }: DatacenterFacts,
  clusters: readonly ClusterFacts[],
): NetworkFacts[] {
  const hosts = clusters.flatMap((cluster) => cluster.hosts);
  return networks.filter(({ key }) => hosts.every((host) => host.networks.has(key)));
}

function plannedCluster(
  datacenter: DatacenterFacts,
  zones: readonly ZoneDraft[],
  volumes: ReadonlySet<string>,
  at: string,
  choices: Choices,
  notes: Note[],
): ClusterProposal {
  const clusters = zones.map(({ cluster }) => cluster);
  const roots = rootDiskCandidates(datacenter, clusters, ({ name }) => volumes.has(name));
  if (roots.length === 0 && clusters.length > 0) {
    notes.push({
      kind: "choose",
      at: `${at}.rootDiskDatastore`,
      text: "a datastore for root disks: none is mounted, for writing, on all hosts of all zones",
    });
  }
  const folder = `k8s/${slug(lastOf(datacenter.path)) || "nodes"}`;
  return {
    vmFolderPath: folder,
    vmFolderExists: datacenter.vmFolders.includes(folder),
    network: choices.networks?.[datacenter.path] ?? plannedNetwork(datacenter, clusters, at, notes),
    rootDiskDatastore: choices.rootDisks?.[datacenter.path] ?? roots[0]?.name,
  };
}

function plannedNetwork(
  datacenter: DatacenterFacts,
  clusters: readonly ClusterFacts[],
  at: string,
  notes: Note[],
): string | undefined {
  if (clusters.length === 0) return undefined;
  const common = commonNetworks(datacenter, clusters);
  const likely = common.filter(({ name }) => nodeNetwork.test(name));
  const [only, ...more] = likely.length > 0 ? likely : common;
  const names = listed(
    common.map(({ name }) => name),
    mostNames,
  );
  if (only !== undefined && more.length === 0) {
    if (common.length > 1) {
      notes.push({ kind: "note", at: `${at}.networks`, text: `all hosts have ${names}` });
    }
    return only.name;
  }
  const text =
    only === undefined
      ? "the network of nodes: none is on all hosts of all zones"
      : `the network of nodes, one of those that all hosts have: ${names}`;
  notes.push({ kind: "choose", at: `${at}.networks`, text });
  return undefined;
}

/** What a question about root disks offers. */
export function rootDisksFor(
  datacenter: DatacenterFacts,
  clusters: readonly ClusterFacts[],
): DatastoreFacts[] {
  return rootDiskCandidates(datacenter, clusters, () => false);
}
