import { readConfiguration } from "../../configuration/load";
import type { Earlier, Wanted } from "../../preflight/check";
import { askedFor } from "../../preflight/earlier";
import type { VCenterFacts } from "../../preflight/facts";
import {
  Inventory,
  objectKey,
  type InventoryEntry,
  type Permission,
  type Role,
  type StoragePolicy,
  type Tag,
  type TagCategory,
  type VirtualMachine,
} from "../../vcenter";
import { exampleConfiguration } from "./writtenExample";

/** What a change makes of a part of a world: all of it can be written to. */
type Mutable<Part> = { -readonly [Key in keyof Part]: Part[Key] };

/** A host, to be changed by a test. */
export interface WorldHost {
  key: string;
  name: string;
  isConnected: boolean;
  isInMaintenance: boolean;
  networks: Set<string>;
}

/**
 * What a look at a vCenter reads that has everything that the worked example wants, after its `up`. A test breaks one thing
 * in it.
 */
export class PreflightWorld {
  about: Mutable<VCenterFacts["about"]> = {
    name: "VMware vCenter Server",
    fullName: "VMware vCenter Server 8.0.3 build-24022515",
    version: "8.0.3",
    build: "24022515",
    apiVersion: "8.0.3.0",
    apiType: "VirtualCenter",
    instanceUuid: "uuid",
  };
  readonly entries = new Map<string, InventoryEntry>();
  readonly clusters = new Map<string, { isDrsEnabled: boolean | undefined; hosts: WorldHost[] }>();
  readonly datastores = new Map<
    string,
    Map<string, { isMounted: boolean; isWritable: boolean; isAccessible: boolean }>
  >();
  readonly categories: Mutable<TagCategory>[] = [];
  readonly tags: Mutable<Tag>[] = [];
  readonly roles: Role[] = [
    vCenterRole(-5, "NoAccess", []),
    vCenterRole(-2, "ReadOnly", ["System.Anonymous", "System.Read", "System.View"]),
  ];
  permissions: Permission[] | undefined = [];
  readonly attached = new Map<string, { type: string; id: string }[]>();
  resourcePools: Mutable<VCenterFacts["resourcePools"][number]>[];
  templates: Mutable<VCenterFacts["templates"][number]>[];
  templateImages: Mutable<NonNullable<VCenterFacts["templateImages"]>[number]>[] | undefined;
  accountLacks: Mutable<NonNullable<VCenterFacts["accountLacks"]>[number]>[] = [
    ...["Authorization.ModifyRoles", "Authorization.ModifyPermissions"].map((privilege) => ({
      ...{ user: "administrator@vsphere.local", privilege },
      ...{ asked: 1, objects: [] },
    })),
  ];
  readonly principals = new Map([["deckhouse@vsphere.local", true]]);
  privileges: string[];
  storagePolicies: StoragePolicy[] | undefined;
  readonly missingPrivileges = new Map<string, Map<string, string[]>>();
  readonly wanted: Mutable<Wanted>;

  /**
   * @param isReady whether everything that `up` makes has to be there; without that, no `up` was made yet
   * @param placed changes the inventory before anything is granted
   */
  constructor(
    configuration: unknown = exampleConfiguration,
    isReady = true,
    placed: (entries: Map<string, InventoryEntry>) => void = () => undefined,
  ) {
    const read = readConfiguration(configuration);
    this.wanted = { ...read, isReady, isPreview: false, earlier: isReady ? "unknown" : "none" };
    const { role, regions } = read.configuration;
    this.privileges = [...(role?.privileges ?? [])];
    const of = (kind: "resource pool" | "virtual machine") =>
      read.names.filter(({ kinds, templateOf }) => kinds.includes(kind) && !templateOf);
    this.templateImages = regions.map(({ name, datacenter }) => {
      const path = imagePath(read.configuration.templateImage, name, datacenter);
      return { region: name, path, machine: template(path), places: [] };
    });
    if (read.configuration.templateImage === undefined) this.templateImages = [];
    this.resourcePools = of("resource pool").map(({ at, path }) => ({ at, path, exists: true }));
    this.templates = of("virtual machine").map(({ at, path, rootDiskSize = 0 }) => ({
      ...{ at, path, rootDiskSize },
      machine: template(path),
    }));
    for (const { name, datacenter, zones, cluster } of regions) {
      const [network] = cluster?.networks ?? [];
      this.#placeAll(datacenter, network?.path);
      if (!isReady) continue;
      this.#tag("k8s-region", name, datacenter, "Datacenter");
      for (const zone of zones) {
        this.#tag("k8s-zone", zone.name, zone.cluster, "ClusterComputeResource");
      }
    }
    placed(this.entries);
    if (isReady) {
      this.addCategories();
      if (role) this.roles.push(vCenterRole(1001, role.name, role.privileges));
      for (const { path, propagate } of role?.grants ?? []) {
        for (const { name, group } of role?.principals ?? []) {
          this.grant(path, name, { role: role?.name ?? "", group, propagate });
        }
      }
    }
    this.missingPrivileges.set("deckhouse@vsphere.local", new Map([["Datacenter:X1", []]]));
  }

  /** The key of the object at a path. */
  keyOf(path: string): string {
    const found = [...this.entries].find(([key]) => this.#pathOf(key) === path);
    if (found === undefined) throw new Error(`there is no ${path}`);
    return found[0];
  }

  /** The hosts of the cluster at a path. */
  hostsOf(path: string): WorldHost[] {
    return this.clusters.get(this.keyOf(path))!.hosts;
  }

  /** The mounts of the datastore at a path on a host, to be changed. */
  mountOf(
    path: string,
    host: WorldHost,
  ): Mutable<{ isMounted: boolean; isWritable: boolean; isAccessible: boolean }> {
    return this.datastores.get(this.keyOf(path))!.get(host.key)!;
  }

  /** Takes the object at a path, and all below it, out of vCenter. */
  remove(path: string): void {
    for (const key of [...this.entries.keys()]) {
      const own = this.#pathOf(key);
      if (own === path || own.startsWith(`${path}/`)) this.entries.delete(key);
    }
  }

  /** Puts an object into vCenter, below what is there already. Its id is its path. */
  place(path: string, type: string): void {
    const [, parent = "", name = ""] = /^(.*)\/([^/]+)$/.exec(path) ?? [];
    const [parentType = "", id = ""] = this.keyOf(parent).split(":");
    this.#add({ type, id: path, name, parent: { type: parentType, id } });
  }

  /** Gives the object at a path another name. */
  rename(path: string, name: string): void {
    const key = this.keyOf(path);
    this.entries.set(key, { ...this.entries.get(key)!, name });
  }

  /** Puts a tag on an object. */
  attach(tag: string, path: string): void {
    const [type = "", id = ""] = this.keyOf(path).split(":");
    this.attached.get(`tag ${tag}`)?.push({ type, id });
  }

  /** Makes the two categories, as the stack does. */
  addCategories(): void {
    this.categories.push(
      category("k8s-region", "Kubernetes region", ["Datacenter", "Datastore"]),
      category("k8s-zone", "Kubernetes zone", ["ClusterComputeResource", "Datastore"]),
    );
  }

  /** Makes a cluster that the configuration does not name. */
  addCluster(datacenter: string, name: string): void {
    const parent = { type: "Folder", id: `host-${last(datacenter)}` };
    this.#add({ type: "ClusterComputeResource", id: name, name, parent });
  }

  /** Makes a role of others. */
  addRole(name: string, privileges: readonly string[]): void {
    this.roles.push(vCenterRole(2000 + this.roles.length, name, privileges));
  }

  /** Moves a datastore into a new datastore cluster beside it. */
  intoDatastoreCluster(path: string, id: string): void {
    const key = this.keyOf(path);
    const entry = this.entries.get(key)!;
    this.#add({ type: "StoragePod", id, name: id, parent: entry.parent! });
    this.entries.set(key, { ...entry, parent: { type: "StoragePod", id } });
  }

  /** Gives a user or group a role on an object. */
  grant(
    path: string,
    principal: string,
    { role: name = "ReadOnly", group = false, propagate = true } = {},
  ): void {
    const [type = "", id = ""] = path === "/" ? ["Folder", "root"] : this.keyOf(path).split(":");
    const roleId = this.roles.find((one) => one.name === name)!.id;
    this.permissions?.push({ entity: { type, id }, principal, group, roleId, propagate });
  }

  /** Makes it a preview of a stack whose last `up` asked for the same, unless changes say otherwise. */
  preview(changes: Partial<Earlier> = {}): this {
    this.wanted.isReady = false;
    const { configuration } = this.wanted;
    this.wanted.earlier = {
      ...askedFor({ configuration, earlier: "none" }, this.facts()),
      ...changes,
    };
    return this;
  }

  /** What a look reads. */
  facts(): VCenterFacts {
    return {
      about: this.about,
      inventory: new Inventory({ type: "Folder", id: "root" }, this.entries.values()),
      clusters: this.clusters,
      datastores: this.datastores,
      categories: this.categories,
      tags: this.tags,
      attached: this.attached,
      roles: this.roles,
      principals: this.principals,
      accountLacks: this.wanted.isReady ? undefined : this.accountLacks,
      resourcePools: this.resourcePools,
      templates: this.templates,
      templateImages: this.templateImages,
      storagePolicies: this.storagePolicies,
      privileges: this.privileges,
      permissions: this.permissions,
      missingPrivileges: this.wanted.isReady ? this.missingPrivileges : undefined,
    };
  }

  #placeAll(datacenter: string, network: string | undefined): void {
    const { names, configuration } = this.wanted;
    const name = datacenter.slice(1);
    const folder = (kind: string): { type: string; id: string } => ({
      type: "Folder",
      id: `${kind}-${name}`,
    });
    const folders = Object.fromEntries(
      ["host", "datastore", "network", "vm"].map((kind) => [kind, folder(kind)]),
    );
    this.#add({
      type: "Datacenter",
      id: name,
      name,
      parent: { type: "Folder", id: "root" },
      folders,
    });
    for (const kind of ["host", "datastore", "network", "vm"]) {
      this.#add({ ...folder(kind), name: kind, parent: { type: "Datacenter", id: name } });
    }
    const networkId = `net-${name}`;
    if (network !== undefined) {
      this.#add({
        type: "DistributedVirtualPortgroup",
        id: networkId,
        name: last(network),
        parent: folder("network"),
      });
    }
    for (const { path, kinds, isMade } of names.filter((one) => one.datacenter === datacenter)) {
      if (kinds.includes("folder") && !isMade) this.#addFolders(path, folder("vm"));
      if (!kinds.includes("datastore")) continue;
      const datastore = { type: "Datastore", id: last(path), name: last(path) };
      this.#add({ ...datastore, parent: folder("datastore") });
      this.datastores.set(objectKey(datastore), new Map());
    }
    const region = configuration.regions.find((one) => one.datacenter === datacenter);
    for (const { cluster } of region?.zones ?? []) {
      const object = { type: "ClusterComputeResource", id: last(cluster) };
      this.#add({ ...object, name: last(cluster), parent: folder("host") });
      const hosts = ["1", "2"].map((number) => ({
        key: `HostSystem:${last(cluster)}-${number}`,
        name: `${last(cluster)}-esx-${number}`,
        isConnected: true,
        isInMaintenance: false,
        networks: new Set([`DistributedVirtualPortgroup:${networkId}`]),
      }));
      this.clusters.set(objectKey(object), { isDrsEnabled: true, hosts });
      for (const mounts of this.datastores.values()) {
        for (const { key } of hosts) {
          mounts.set(key, { isMounted: true, isWritable: true, isAccessible: true });
        }
      }
    }
  }

  /** A folder for virtual machines with those above it. */
  #addFolders(path: string, top: { type: string; id: string }): void {
    let parent = top;
    for (const name of path.split("/").slice(3)) {
      const own = { type: "Folder", id: `${parent.id}/${name}` };
      this.#add({ ...own, name, parent });
      parent = own;
    }
  }

  #tag(categoryName: string, name: string, path: string, type: string): void {
    this.tags.push({ id: `tag ${name}`, name, description: "", categoryId: categoryName });
    this.attached.set(`tag ${name}`, [{ type, id: last(path) }]);
  }

  #add(entry: InventoryEntry): void {
    this.entries.set(objectKey(entry), entry);
  }

  #pathOf(key: string): string {
    const entry = this.entries.get(key);
    if (entry === undefined) return "";
    const { parent, name } = entry;
    return `${parent?.id === "root" || parent === undefined ? "" : this.#pathOf(objectKey(parent))}/${name}`;
  }
}

/** Where the template of a region is; one that is built is called `built`. */
function imagePath(
  image: Wanted["configuration"]["templateImage"],
  region: string,
  datacenter: string,
): string {
  return image?.kind === "built"
    ? `${image.regions[region]!.place.folder}/built`
    : `${datacenter}/vm/${image?.template ?? ""}`;
}

function vCenterRole(id: number, name: string, privileges: readonly string[]): Role {
  return { id, name, label: name, system: id < 0, privileges };
}

/** A template that nodes can be cloned from: one disk of 10 GiB. */
function template(path: string): VirtualMachine {
  return {
    name: last(path),
    isTemplate: true,
    isPoweredOn: false,
    hardwareVersion: "vmx-19",
    disks: [{ capacityBytes: 10 * 1024 ** 3 }],
    networkAdapters: [{}],
  } as unknown as VirtualMachine;
}

function category(
  name: string,
  description: string,
  associableTypes: string[],
): Mutable<TagCategory> {
  return { id: name, name, description, cardinality: "SINGLE", associableTypes };
}

function last(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
