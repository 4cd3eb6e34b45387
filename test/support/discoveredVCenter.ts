import type {
  ClusterFacts,
  DatacenterFacts,
  DatastoreFacts,
  DiscoveryFacts,
  PermissionFacts,
  TemplateFacts,
} from "../../commands/discover/facts";
import type { HostMount, Role } from "../../vcenter";

/** How a host is, and how it sees a datastore. */
type HostState = "running" | "maintenance" | "disconnected";
type MountState = "writable" | "readOnly" | "unreachable";

/** A datacenter in few words. */
export interface DatacenterWords {
  /** Its full path. */
  readonly path: string;
  /** The hosts of each cluster; three that run where it is a number. */
  readonly clusters: Readonly<Record<string, number | readonly HostState[]>>;
  /** The clusters that mount each datastore, or single hosts of theirs (`a/1`), and how. */
  readonly datastores?: Readonly<
    Record<string, readonly string[] | Readonly<Record<string, MountState>>>
  >;
  /** The clusters that have each network. */
  readonly networks?: Readonly<Record<string, readonly string[]>>;
  /** The faults of each template. */
  readonly templates?: Readonly<Record<string, readonly string[]>>;
  /** GiB that are free on datastores. */
  readonly free?: Readonly<Record<string, number>>;
}

const mounts: Readonly<Record<MountState, HostMount>> = {
  writable: { isMounted: true, isWritable: true, isAccessible: true },
  readOnly: { isMounted: true, isWritable: false, isAccessible: true },
  unreachable: { isMounted: true, isWritable: true, isAccessible: false },
};

/** The facts of a datacenter. The key of each object is its path. */
export function datacenterFacts(words: DatacenterWords): DatacenterFacts {
  const { path } = words;
  const networksOf = (cluster: string): Set<string> =>
    new Set(
      Object.entries(words.networks ?? {})
        .filter(([, clusters]) => clusters.includes(cluster))
        .map(([name]) => `${path}/network/${name}`),
    );
  const clusters = Object.entries(words.clusters).map(([name, hosts]): ClusterFacts => {
    const states = typeof hosts === "number" ? Array<HostState>(hosts).fill("running") : hosts;
    return {
      key: `${path}/host/${name}`,
      ...{ path: `${path}/host/${name}`, name, isDrsEnabled: true },
      hosts: states.map((state, index) => ({
        ...{ key: `${name}/${index + 1}`, name: `${name}-host-${index + 1}` },
        isConnected: state !== "disconnected",
        isInMaintenance: state === "maintenance",
        networks: networksOf(name),
      })),
    };
  });
  const datastores = Object.entries(words.datastores ?? {}).map(([name, on]): DatastoreFacts => {
    const states: Readonly<Record<string, MountState>> = Array.isArray(on)
      ? Object.fromEntries((on as string[]).map((one) => [one, "writable" as const]))
      : (on as Readonly<Record<string, MountState>>);
    const seen = clusters.flatMap((cluster) =>
      cluster.hosts.flatMap(({ key }): [string, HostMount][] => {
        const state = states[key] ?? states[cluster.name];
        return state === undefined ? [] : [[key, mounts[state]]];
      }),
    );
    const free = words.free?.[name];
    return {
      ...{ key: `${path}/datastore/${name}`, path: `${path}/datastore/${name}`, name },
      mounts: new Map(seen),
      ...(free !== undefined && { freeBytes: free * 2 ** 30 }),
    };
  });
  return {
    ...{ key: path, path, name: path.lastIndexOf("/") === 0 ? path.slice(1) : path },
    ...{ clusters, datastores, standaloneHosts: [], vmFolders: [] },
    networks: Object.keys(words.networks ?? {}).map((name) => ({
      ...{ key: `${path}/network/${name}`, path: `${path}/network/${name}`, name },
      type: "DistributedVirtualPortgroup",
    })),
    templates: Object.entries(words.templates ?? {}).map(([name, faults]): TemplateFacts => ({
      ...{ key: `${path}/vm/${name}`, path: `${path}/vm/${name}`, name, faults },
    })),
  };
}

/** What a vCenter has beside its datacenters. */
export interface VCenterWords {
  readonly datacenters: readonly DatacenterWords[];
  /** The tags of each category with the paths of what carries them. */
  readonly tags?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly multiple?: readonly string[];
  /** The privileges of each role. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  /** Of these roles. */
  readonly permissions?: readonly (Omit<PermissionFacts, "roleId"> & { readonly role: string })[];
  readonly accounts?: readonly string[];
}

/** The facts of a vCenter. */
export function discoveredVCenter(words: VCenterWords): DiscoveryFacts {
  const { tags = {}, multiple = [], roles = {}, permissions = [], accounts = [] } = words;
  const known = Object.entries(roles).map(([name, privileges], index): Role => ({
    ...{ id: 100 + index, name, label: name, privileges, system: false },
  }));
  return {
    about: {
      ...{ name: "VMware vCenter Server", fullName: "VMware vCenter Server 8.0.3 build-1" },
      ...{ version: "8.0.3", build: "1", apiVersion: "8.0.3.0", apiType: "VirtualCenter" },
      instanceUuid: "4f0c2a1e-6f0b-4a57-9a1b-0d3a5b9c7e21",
    },
    datacenters: words.datacenters.map(datacenterFacts),
    categories: Object.keys(tags).map((name) => ({
      ...{ id: `category of ${name}`, name, description: "" },
      cardinality: multiple.includes(name) ? ("MULTIPLE" as const) : ("SINGLE" as const),
      associableTypes: [],
    })),
    tags: Object.entries(tags).flatMap(([category, own]) =>
      Object.entries(own).map(([name, carriers]) => ({
        ...{ name, carriers, categoryId: `category of ${category}` },
      })),
    ),
    roles: known,
    permissions: permissions.map(({ role, ...permission }) => ({
      ...permission,
      roleId: known.find(({ name }) => name === role)?.id ?? 0,
    })),
    accounts,
  };
}
