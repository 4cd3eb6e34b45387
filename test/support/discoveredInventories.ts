import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";
import { seedPrivileges } from "./govcExample";

/** A vCenter as companies have them, before anybody has prepared it, and how somebody then prepares it. */
export interface KnownInventory {
  /** For the simulated vCenter, as YAML. */
  readonly inventory: string;
  /** Commands of govc as the setup guide gives them, as argument lists. */
  readonly prepare: readonly string[][];
  /** More arguments of `npm run discover`. */
  readonly discover: readonly string[];
}

const accounts = `
users: [{ name: deckhouse@vsphere.local }, { name: backup@vsphere.local }]
groups: [{ name: kubernetes-admins@vsphere.local }]
`;

/** What is for region and zone alike: a datastore for volumes carries the tags of both. */
function tagged(
  region: string,
  zone: string,
  paths: readonly string[],
  categories: Categories = usual,
): string[][] {
  return paths.flatMap((path) => [
    ["tags.attach", "-c", categories.region, region, path],
    ["tags.attach", "-c", categories.zone, zone, path],
  ]);
}

interface Categories {
  readonly region: string;
  readonly zone: string;
}

const usual: Categories = { region: "k8s-region", zone: "k8s-zone" };
const site: Categories = { region: "site-region", zone: "site-zone" };

/** @param more options of `govc tags.category.create` */
function categories(more: readonly string[] = [], names: Categories = usual): string[][] {
  return [names.region, names.zone].map((name) => [
    "tags.category.create",
    ...more,
    ...["-d", `made for ${name}`, name],
  ]);
}

function region(name: string, path: string, { region: category }: Categories = usual): string[][] {
  return [
    ["tags.create", "-d", `Region ${name}`, "-c", category, name],
    ["tags.attach", "-c", category, name, path],
  ];
}

function zone(name: string, path: string, { zone: category }: Categories = usual): string[][] {
  return [
    ["tags.create", "-d", `Zone ${name}`, "-c", category, name],
    ["tags.attach", "-c", category, name, path],
  ];
}

/** The privileges that Deckhouse's documentation lists today, kept with the tests of the lab. */
function currentPrivileges(): string[] {
  const file = join(repositoryRoot, "lab/vcenter/cmd/govc/testdata/privileges-current.txt");
  return readFileSync(file, "utf8").split(/\s+/).filter(Boolean);
}

function permission(principal: string, role: string, ...rest: readonly string[]): string[] {
  return ["permissions.set", "-principal", principal, "-role", role, ...rest];
}

/** Five of them, which differ as real ones do. */
export const knownInventories: Readonly<Record<string, KnownInventory>> = {
  "one cluster with local and shared datastores, beside a standalone host": {
    inventory: `
datacenters:
  - name: Datacenter
    clusters: [{ name: Cluster01, hosts: 2 }]
    standaloneHosts: [esxi-backup]
    datastores:
      - { name: datastore1, hosts: [Cluster01_host_1] }
      - { name: datastore1 (1), hosts: [Cluster01_host_2] }
      - { name: vsanDatastore, clusters: [Cluster01] }
      - { name: nfs-root, clusters: [Cluster01] }
    networks: [VM Network]
    vmFolders: [kubernetes]
${accounts}`,
    prepare: [
      ...categories(),
      ...region("k8s-region-dc", "/Datacenter"),
      ...zone("k8s-zone-dc-a", "/Datacenter/host/Cluster01"),
      ...tagged("k8s-region-dc", "k8s-zone-dc-a", ["/Datacenter/datastore/vsanDatastore"]),
      ["role.create", "kubernetes", ...currentPrivileges()],
      permission("deckhouse@vsphere.local", "kubernetes", "/"),
    ],
    discover: [],
  },

  "folders, and names with blanks, capitals and slashes": {
    inventory: `
datacenters:
  - name: Main Site
    folder: Europe/Old Town
    clusters:
      - { name: Prod Cluster 1, folder: Hosts/Production, hosts: 2 }
      - { name: Prod Cluster 2, folder: Hosts/Production, hosts: 2 }
    datastores:
      - { name: SSD fast/1, folder: Volumes of K8s, clusters: [Prod Cluster 1] }
      - { name: SSD fast/2, folder: Volumes of K8s, clusters: [Prod Cluster 2] }
      - { name: OS disks }
    switches: [{ name: Core Switch, folder: Net/Core, portGroups: [Nodes VLAN 12, DMZ] }]
  - name: Second/Site
    folder: Europe
    clusters: [{ name: Test, hosts: 2 }]
    datastores: [{ name: test-1 }, { name: test-root }]
    switches: [{ name: test-switch, portGroups: [Test nodes] }]
${accounts}`,
    prepare: [
      ...categories(),
      ...region("main-site", "/Europe/Old Town/Main Site"),
      ...region("second-site", "/Europe/Second%2fSite"),
      ...zone("main-site-a", "/Europe/Old Town/Main Site/host/Hosts/Production/Prod Cluster 1"),
      ...zone("main-site-b", "/Europe/Old Town/Main Site/host/Hosts/Production/Prod Cluster 2"),
      ...zone("second-site-a", "/Europe/Second%2fSite/host/Test"),
      ...tagged("main-site", "main-site-a", [
        "/Europe/Old Town/Main Site/datastore/Volumes of K8s/SSD fast%2f1",
      ]),
      ...tagged("main-site", "main-site-b", [
        "/Europe/Old Town/Main Site/datastore/Volumes of K8s/SSD fast%2f2",
      ]),
      ...tagged("second-site", "second-site-a", ["/Europe/Second%2fSite/datastore/test-1"]),
      ["role.create", "Kubernetes Nodes", ...currentPrivileges()],
      permission("deckhouse@vsphere.local", "Kubernetes Nodes", "/"),
    ],
    discover: [],
  },

  "categories of several tags, a datastore of two zones, and tags of others on the same objects": {
    inventory: `
datacenters:
  - name: X1
    clusters: [{ name: a, hosts: 2 }, { name: b, hosts: 2 }]
    datastores: [{ name: shared }, { name: only-a, clusters: [a] }, { name: root }]
    switches: [{ name: x1-switch, portGroups: [k8s-nodes] }]
${accounts}
categories:
  - name: backup-policy
    cardinality: MULTIPLE
    tags: [{ name: daily, attachedTo: [/X1, /X1/host/a, /X1/datastore/shared] }]
  - name: cost-centre
    tags: [{ name: "4711", attachedTo: [/X1/host/b, /X1/datastore/only-a] }]
`,
    prepare: [
      ...categories(["-m"]),
      ...region("k8s-region-x1", "/X1"),
      ...zone("k8s-zone-x1-a", "/X1/host/a"),
      ...zone("k8s-zone-x1-b", "/X1/host/b"),
      ["tags.create", "-c", "k8s-zone", "k8s-zone-of-others"],
      ...tagged("k8s-region-x1", "k8s-zone-x1-a", ["/X1/datastore/shared", "/X1/datastore/only-a"]),
      ["tags.attach", "-c", "k8s-zone", "k8s-zone-x1-b", "/X1/datastore/shared"],
      ["role.create", "kubernetes", ...seedPrivileges()],
      permission("deckhouse@vsphere.local", "kubernetes", "/X1"),
    ],
    discover: [],
  },

  "a role with other privileges for a group and a user, among datacenters and clusters of others": {
    inventory: `
datacenters:
  - name: DC1
    folderNames: { host: Compute, datastore: Storage, network: Network, vm: Machines }
    clusters:
      - { name: K8S, hosts: 3, maintenance: [K8S_host_2] }
      - { name: Oracle, hosts: 2, drs: false }
    datastores:
      - { name: k8s-vol, clusters: [K8S] }
      - { name: k8s-iso, clusters: [K8S], readOnly: [K8S_host_1] }
      - { name: k8s-os, clusters: [K8S] }
      - { name: ora-1, clusters: [Oracle] }
    networks: [{ name: VM Network }]
  - name: DC2
    clusters: [{ name: Office, hosts: 2 }]
    datastores: [{ name: office-1 }]
    networks: [VM Network]
${accounts}`,
    prepare: [
      ...categories(),
      ...region("dc1", "/DC1"),
      ...zone("dc1-a", "/DC1/Compute/K8S"),
      ...tagged("dc1", "dc1-a", ["/DC1/Storage/k8s-vol"]),
      // Some of the guide's are missing, and others are there.
      [
        ...["role.create", "K8s"],
        ...seedPrivileges().slice(3),
        ...["VirtualMachine.Provisioning.DiskRandomRead", "Global.CancelTask"],
      ],
      permission("kubernetes-admins@vsphere.local", "K8s", "-group", "/DC1"),
      permission("deckhouse@vsphere.local", "K8s", "/DC1"),
      permission("backup@vsphere.local", "ReadOnly", "/DC1"),
    ],
    discover: [],
  },

  "datastore clusters, networks of some clusters, categories of other names, and grants on single objects":
    {
      inventory: `
datacenters:
  - name: Amsterdam
    clusters: [{ name: ams-a, hosts: 2 }, { name: ams-b, hosts: 2 }]
    datastores:
      - { name: ams-a-1, datastoreCluster: Gold, clusters: [ams-a] }
      - { name: ams-a-2, datastoreCluster: Gold, clusters: [ams-a] }
      - { name: ams-b-1, datastoreCluster: Silver, folder: tiers, clusters: [ams-b] }
      - { name: ams-root }
    switches:
      - { name: ams-switch, portGroups: [nodes, storage] }
      - { name: ams-dmz, portGroups: [dmz], clusters: [ams-a] }
    networks: [{ name: VM Network, clusters: [ams-b] }]
    vmFolders: [kubernetes/prod]
${accounts}`,
      prepare: [
        ...categories([], site),
        ...region("ams", "/Amsterdam", site),
        ...zone("ams-a", "/Amsterdam/host/ams-a", site),
        ...zone("ams-b", "/Amsterdam/host/ams-b", site),
        ...tagged(
          "ams",
          "ams-a",
          ["/Amsterdam/datastore/Gold/ams-a-1", "/Amsterdam/datastore/Gold/ams-a-2"],
          site,
        ),
        ...tagged("ams", "ams-b", ["/Amsterdam/datastore/tiers/Silver/ams-b-1"], site),
        ["role.create", "kubernetes", ...currentPrivileges()],
        permission("deckhouse@vsphere.local", "kubernetes", "-propagate=false", "/"),
        permission("deckhouse@vsphere.local", "kubernetes", "/Amsterdam"),
      ],
      discover: ["--region-category", "site-region", "--zone-category", "site-zone"],
    },
};
