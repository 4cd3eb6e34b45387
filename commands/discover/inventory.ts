import { compareNaturally, listed, visibleLine } from "../../findings/text";
import type { ClusterFacts, DatacenterFacts, DatastoreFacts, DiscoveryFacts } from "./facts";
import { sizeText } from "./storage";

/** The widest that a line may be. */
const width = 120;

/** How many names a line has at most before it says how many more there are. */
const mostNames = 8;

/**
 * What a vCenter has, as a tree: datacenters, clusters with the state of their hosts, datastores with who mounts them,
 * networks and templates, and what tags they carry. No line is wider than 120 characters.
 */
export function inventoryText(facts: DiscoveryFacts): string {
  const tags = tagsByObject(facts);
  const lines = [facts.about.fullName];
  for (const datacenter of facts.datacenters) {
    lines.push(`${datacenter.path}${tags(datacenter.key)}`);
    for (const line of datacenterLines(datacenter, tags)) lines.push(`  ${line}`);
  }
  return `${lines.map((line) => cut(visibleLine(line))).join("\n")}\n`;
}

type TagText = (key: string) => string;

function tagsByObject({ tags }: DiscoveryFacts): TagText {
  const names = new Map<string, string[]>();
  for (const { name, carriers } of tags) {
    for (const key of carriers) names.set(key, [...(names.get(key) ?? []), name]);
  }
  return (key) => {
    const own = names.get(key);
    return own === undefined ? "" : `  [${[...own].sort(compareNaturally).join(", ")}]`;
  };
}

function* datacenterLines(
  { clusters, standaloneHosts, datastores, networks, templates }: DatacenterFacts,
  tags: TagText,
): Generator<string> {
  for (const cluster of clusters) {
    const drs = cluster.isDrsEnabled === false ? ", DRS is off" : "";
    yield `cluster ${cluster.name}: ${counted(cluster.hosts.length, "host")}${drs}${tags(cluster.key)}`;
    for (const { name, isConnected, isInMaintenance } of cluster.hosts) {
      const state = isConnected ? (isInMaintenance ? " (in maintenance)" : "") : " (disconnected)";
      yield `  host ${name}${state}`;
    }
  }
  for (const name of standaloneHosts) yield `host outside of clusters ${name}`;
  for (const datastore of datastores) {
    yield `datastore ${datastore.name}: ${datastoreText(datastore, clusters)}${tags(datastore.key)}`;
  }
  for (const { name, type, key } of networks) {
    yield `network ${name}: ${networkText(type)}, on ${hostsText(clusters, (host) => host.networks.has(key))}`;
  }
  for (const { name, faults } of templates) {
    yield `template ${name}${faults.length === 0 ? "" : ` (${faults.join("; ")})`}`;
  }
}

function datastoreText(
  { type, capacityBytes, freeBytes, isInMaintenance, mounts }: DatastoreFacts,
  clusters: readonly ClusterFacts[],
): string {
  const size =
    type === undefined || capacityBytes === undefined || freeBytes === undefined
      ? []
      : [`${type}, ${sizeText(freeBytes)} of ${sizeText(capacityBytes)} free`];
  const state = isInMaintenance === true ? ["in maintenance"] : [];
  const where =
    mounts === undefined
      ? "its hosts cannot be read"
      : `on ${hostsText(clusters, ({ key }) => mounts.get(key)?.isMounted === true)}`;
  return [...size, ...state, where].join(", ");
}

function networkText(type: string): string {
  if (type === "DistributedVirtualPortgroup") return "distributed port group";
  return type === "OpaqueNetwork" ? "NSX network" : "standard network";
}

/** `x1_cluster_prod, x1_cluster_stage (1 of 3 hosts)` */
function hostsText(
  clusters: readonly ClusterFacts[],
  has: (host: ClusterFacts["hosts"][number]) => boolean,
): string {
  const parts = clusters.flatMap(({ name, hosts }) => {
    const count = hosts.filter(has).length;
    if (count === 0) return [];
    return [
      count === hosts.length ? name : `${name} (${count} of ${counted(hosts.length, "host")})`,
    ];
  });
  return parts.length === 0 ? "no cluster" : listed(parts, mostNames);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function cut(line: string): string {
  const characters = Array.from(line);
  return characters.length <= width ? line : `${characters.slice(0, width - 1).join("")}…`;
}
