import assert from "node:assert/strict";

import type { ClusterLookupInputs } from "../../../../components/clusterLookup/clusterLookup";
import { folderNameWarnings, spellingFaults } from "../../../../components/clusterLookup/names";
import { ClusterLookupProvider } from "../../../../components/clusterLookup/provider";
import { findingText } from "../../../../findings/finding";
import { Inventory, VCenterError } from "../../../../vcenter";
import { clusterVCenter, exampleLookup, policyIds } from "../../../support/clusterVCenter";
import { noPermission, type InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { withPrintedLines } from "../../../support/printedLines";

/** A vCenter, what is looked for in it, and every sentence that a preview says, warnings first. */
interface Case {
  /** Makes the vCenter of the example another one. */
  readonly given?: (vCenter: InMemoryVCenter) => void;
  readonly look: Partial<ClusterLookupInputs>;
  readonly warns?: readonly string[];
  readonly fails?: readonly string[];
  /** The id of the storage policy; that of the example unless something else is looked for. */
  readonly id?: string;
}

const [prod, stage] = ["/X1/host/x1_cluster_prod", "/X1/host/x1_cluster_stage"] as const;
const stageKey = "ClusterComputeResource:domain-c2";
const root = "/X1/datastore/x1_root";
const lun = "/X1/datastore/x1_lun_1";
const pools = `${prod}/Resources`;
const template = "/X1/vm/Templates/ubuntu";

const notSeen = (what: string) => `no such ${what} in vCenter, or this account cannot see it`;
const nearest = (...paths: string[]) =>
  `correct the path; the nearest that exist are ${paths.join(", ")}`;
const notFound = "and the installer would not find it";
const renaming =
  "if one of the two were renamed, clusters and people that look for it by this name would no longer find it";

const datastore =
  (isOfMasters: boolean) =>
  (path: string, clusters: readonly string[] = []) => ({ path, isOfMasters, clusters });
const [forMasters, forOthers] = [datastore(true), datastore(false)] as const;

const inFolder = "/X1/datastore/fast/x1_root";
const secondRoot = (vCenter: InMemoryVCenter) => {
  vCenter.place("Folder:group-s9", "fast", "Folder:group-s1");
  vCenter.place("Datastore:datastore-8", "x1_root", "Folder:group-s9");
};
const sameDatastore = (path: string, other: string) =>
  `${path}: another datastore of this datacenter, ${other}, has the same name, and the installer, which knows only the ` +
  `name (deckhouse/deckhouse#9584), would stop with "path 'x1_root' resolves to multiple datastores": use another ` +
  `datastore; ${renaming}`;

const pod = (vCenter: InMemoryVCenter) => {
  vCenter.place("StoragePod:group-p1", "pod", "Folder:group-s1");
};
const podWithMember = (vCenter: InMemoryVCenter) => {
  pod(vCenter);
  vCenter.place("Datastore:datastore-2", "member", "StoragePod:group-p1");
};
const cluster =
  "it is a datastore cluster, which Deckhouse does not support (deckhouse/deckhouse#7431), and the installer would not " +
  "find it";

const datastores: Readonly<Record<string, Case>> = {
  "datastores that exist, also in a datastore cluster, whatever another datacenter has": {
    given: podWithMember,
    look: { datastores: [root, lun, "/X1/datastore/pod/member"].map((path) => forMasters(path)) },
  },
  "datastores that do not exist": {
    look: {
      datastores: ["x1_lun_2", "x1_rot"].map((name) => forMasters(`/X1/datastore/${name}`, [prod])),
    },
    fails: [
      `/X1/datastore/x1_lun_2: ${notSeen("datastore")}, ${notFound}: ${nearest(lun, root)}`,
      `/X1/datastore/x1_rot: ${notSeen("datastore")}, ${notFound}: ${nearest(root, lun)}`,
    ],
  },
  "a datastore cluster: what is in it was meant": {
    given: podWithMember,
    look: { datastores: [forMasters("/X1/datastore/pod")] },
    fails: [`/X1/datastore/pod: ${cluster}: ${nearest("/X1/datastore/pod/member")}`],
  },
  "an empty datastore cluster": {
    given: pod,
    look: { datastores: [forMasters("/X1/datastore/pod")] },
    fails: [`/X1/datastore/pod: ${cluster}: correct the path`],
  },
  "a folder as a datastore": {
    given: secondRoot,
    look: { datastores: [forOthers("/X1/datastore/fast")] },
    fails: [
      `/X1/datastore/fast: it is a folder, and root disks can only be on datastores, ${notFound}: ` +
        nearest(root, inFolder, lun),
    ],
  },
  "a name of two datastores: the masters' data disks take the bare name, also of one in a folder": {
    given: secondRoot,
    look: { datastores: [forMasters(inFolder), forMasters(root), forOthers(root)] },
    fails: [sameDatastore(inFolder, root), sameDatastore(root, inFolder)],
  },
  "a name of two datastores, for other nodes: a path into a folder is not ambiguous": {
    given: secondRoot,
    look: { datastores: [forOthers(root), forOthers(inFolder)] },
    fails: [sameDatastore(root, inFolder)],
  },
};

const hostsOfStage =
  (names: Readonly<Record<string, string>>, mounting: readonly string[]) =>
  ({ hosts }: InMemoryVCenter) => {
    hosts.ofCluster(stageKey, "host-21", "host-22", "host-23", "host-24", "host-25");
    hosts.name(names);
    hosts.ofDatastore("Datastore:datastore-1", ...mounting);
  };
const named = Object.fromEntries(
  ["03", "05", "04", "02", "01"].map((name, index) => [`host-2${index + 1}`, `esxi-${name}`]),
);
const mountedOn = (where: string) =>
  `${lun}: it is mounted for reading and writing on ${where} hosts of ${stage}` +
  ", and nodes there could not have their root disks on it: mount it there, use a datastore that all hosts mount, or " +
  "leave the zone out of the group's zones";
/** The datastore in the second cluster alone, which does not mount it everywhere. */
const mountedInPart = (given: Case["given"], count: number, missing: string): Case => ({
  ...(given && { given }),
  look: { datastores: [forMasters(lun, [stage])] },
  fails: [mountedOn(`only ${count} of the 5`).replace(`${stage},`, `${stage}, not on ${missing},`)],
});
const unknownMounts =
  `${root}: this account may not read which hosts of ${stage} mount it, so whether nodes can run there was not checked: ` +
  "let the account read both (System.Read)";
const goneCluster =
  "/X1/host/gone: no such object in vCenter's inventory, or this account cannot see it: " +
  nearest(prod, stage, "/X1/host");

const mounts: Readonly<Record<string, Case>> = {
  "a datastore that all hosts mount where it is needed": {
    look: { datastores: [forMasters(root, [prod, stage]), forOthers(lun, [prod])] },
  },
  "a datastore that no host of one cluster mounts": {
    look: { datastores: [forMasters(lun, [prod, stage])] },
    fails: [mountedOn("none of the 2")],
  },
  "a datastore that three hosts do not mount, in the order of their names": mountedInPart(
    hostsOfStage(named, ["host-21", "host-22"]),
    2,
    "esxi-01, esxi-02, esxi-04",
  ),
  "a datastore that four hosts do not mount: three are named": mountedInPart(
    hostsOfStage(named, ["host-21"]),
    1,
    "esxi-01, esxi-02, esxi-04 and 1 more",
  ),
  "a host whose name the account may not read": mountedInPart(
    hostsOfStage({}, ["host-21", "host-23", "host-24", "host-25"]),
    4,
    "host-22",
  ),
  "a cluster without hosts": {
    given: ({ hosts }) => hosts.ofCluster(stageKey),
    look: { datastores: [forMasters(lun, [stage])] },
  },
  "hosts of a datastore that may not be read, said once": {
    given: ({ hosts }) => hosts.hide("Datastore:datastore-9"),
    look: { datastores: [forMasters(root, [stage]), forMasters(root, [stage])] },
    warns: [unknownMounts],
  },
  "hosts of a cluster that may not be read": {
    given: ({ hosts }) => hosts.hide(stageKey),
    look: { datastores: [forMasters(root, [prod, stage])] },
    warns: [unknownMounts],
  },
  "a cluster that does not exist, said once, beside what is wrong on another": {
    look: {
      datastores: [forMasters(root, ["/X1/host/gone"]), forMasters(lun, ["/X1/host/gone", stage])],
    },
    fails: [goneCluster, mountedOn("none of the 2")],
  },
};

const folder = (vCenter: InMemoryVCenter) => {
  vCenter.place("Folder:group-n9", "nodes", "Folder:group-n1");
};
const namesakeInFolder = (key: string) => (vCenter: InMemoryVCenter) => {
  folder(vCenter);
  vCenter.place(key, "k8s-nodes", "Folder:group-n9");
};
const networkNamed =
  (...names: string[]) =>
  (vCenter: InMemoryVCenter) => {
    for (const name of names) vCenter.place(`Network:network-${name}`, name, "Folder:group-n1");
  };
const sameNetwork = (what: string, other: string, wanted = "k8s-nodes") =>
  `/X1/network/${wanted}: ${what} of the same datacenter, ${other}, also has this name, and the installer would stop with ` +
  `"path '${wanted}' resolves to multiple networks": use another network; ${renaming}`;
const noNetwork = (name: string, ...suggested: string[]) =>
  `/X1/network/${name}: ${notSeen("network")}, ${notFound}: ` +
  nearest(...suggested.map((one) => `/X1/network/${one}`));
const noNetworkIs = (path: string, kind: string) =>
  `${path}: it is ${kind}, and nodes can only be connected to networks and port groups, ${notFound}: ` +
  nearest("/X1/network/k8s-nodes");

const networks: Readonly<Record<string, Case>> = {
  "port groups, standard networks and those of NSX, in folders as well": {
    given: (vCenter) => {
      folder(vCenter);
      networkNamed("VM Network")(vCenter);
      vCenter.place("OpaqueNetwork:network-o1", "segment", "Folder:group-n9");
    },
    look: {
      networks: ["k8s-nodes", "VM Network", "nodes/segment"].map((name) => `/X1/network/${name}`),
    },
  },
  "networks that do not exist": {
    given: networkNamed("public"),
    look: { networks: ["/X1/network/k8s-node", "/X1/network/publik"] },
    fails: [
      noNetwork("k8s-node", "k8s-nodes", "public"),
      noNetwork("publik", "public", "k8s-nodes"),
    ],
  },
  "a network with many equally near names: three, in alphabetical order": {
    given: networkNamed("node-d", "node-b", "node-c", "node-a"),
    look: { networks: ["/X1/network/node-x"] },
    fails: [noNetwork("node-x", "node-a", "node-b", "node-c")],
  },
  "a network in another case than the nearest name": {
    given: networkNamed("abcd", "1bcd"),
    look: { networks: ["/X1/network/ABCD"] },
    fails: [noNetwork("ABCD", "abcd", "1bcd", "k8s-nodes")],
  },
  "a switch, a folder and a datastore as networks": {
    given: folder,
    look: { networks: ["/X1/network/x1_switch", "/X1/network/nodes", root] },
    fails: [
      noNetworkIs("/X1/network/x1_switch", "a distributed switch"),
      noNetworkIs("/X1/network/nodes", "a folder"),
      noNetworkIs(root, "a datastore"),
    ],
  },
  "a bare name that two networks have: a path into a folder is not ambiguous": {
    given: namesakeInFolder("DistributedVirtualPortgroup:dvportgroup-9"),
    look: { networks: ["/X1/network/k8s-nodes", "/X1/network/nodes/k8s-nodes"] },
    fails: [sameNetwork("a distributed port group", "/X1/network/nodes/k8s-nodes")],
  },
  "a bare name that a switch has": {
    given: namesakeInFolder("VmwareDistributedVirtualSwitch:dvs-9"),
    look: { networks: ["/X1/network/k8s-nodes"] },
    fails: [sameNetwork("a distributed switch", "/X1/network/nodes/k8s-nodes")],
  },
  "a path that two networks have, as NSX allows": {
    given: (vCenter) => {
      folder(vCenter);
      for (const id of [8, 9]) {
        vCenter.place(`DistributedVirtualPortgroup:dvportgroup-${id}`, "two", "Folder:group-n9");
      }
    },
    look: { networks: ["/X1/network/nodes/two"] },
    fails: [sameNetwork("a distributed port group", "/X1/network/nodes/two", "nodes/two")],
  },
  "a name with an escape sequence and a direction mark, shown as what it is": {
    look: { networks: ["/X1/network/\u001b[31mnodes\u202e"] },
    fails: [noNetwork("\\x1b[31mnodes\\u202e", "k8s-nodes")],
  },
};

const createPool = `${notFound}: create the pool, or correct baseResourcePool or the resourcePool of the instance class`;
const correctTemplate =
  "correct the template of the instance class, or leave it out there and let templateImage build one";
const templates = (path: string, smallestRootDisk = 50) => [{ path, smallestRootDisk }];

const places: Readonly<Record<string, Case>> = {
  "resource pools": {
    given: ({ machines }) => machines.add(`${pools}/app`, "VirtualApp:resgroup-v1"),
    look: { resourcePools: [pools, `${pools}/packer`, `${pools}/a`, `${pools}/app`] },
    fails: [
      `${pools}/a: ${notSeen("resource pool")}, ${createPool}`,
      `${pools}/app: it is a vApp, not a resource pool, ${createPool}`,
    ],
  },
  "a folder that the installer creates, in one that exists": {
    look: { vmFolder: { path: "/X1/vm/k8s/x9", exists: false } },
  },
  "a folder that the installer creates below the datacenter's, which the account may not see": {
    given: (vCenter) => vCenter.unregister("Folder:group-v1"),
    look: { vmFolder: { path: "/X1/vm/x9", exists: false } },
  },
  "a folder that the installer creates, without the one above it": {
    look: { vmFolder: { path: "/X1/vm/k9s/x1", exists: false } },
    fails: [
      `/X1/vm/k9s: ${notSeen("folder")}, and the installer, which creates /X1/vm/k9s/x1, would stop with "error trying to ` +
        `determine parent folder": create it, or ${nearest("/X1/vm/k8s", "/X1/vm/k8s/x1", "/X1/vm/Templates")}`,
    ],
  },
  "a folder that has to exist, and does not": {
    look: { vmFolder: { path: "/X1/vm/k8s/x9", exists: true } },
    fails: [
      `/X1/vm/k8s/x9: ${notSeen("folder")}, and the installer, which vmFolderExists tells that it exists, would not create ` +
        `it: create it, write vmFolderExists: false, or ${nearest("/X1/vm/k8s/x1", "/X1/vm/k8s", "/X1/vm/Templates")}`,
    ],
  },
  "a folder that the installer is to create, and that exists": {
    look: { vmFolder: { path: "/X1/vm/k8s/x1", exists: false } },
    warns: [
      "/X1/vm/k8s/x1: the folder exists already, and if Deckhouse did not create it for this cluster, the installer would " +
        "stop with \"The name 'x1' already exists\": write vmFolderExists: true in that case; for a cluster that is already " +
        "installed leave the key unchanged, because the installer would give up the folder that it created",
    ],
  },
  "a template that is a machine which is switched off": {
    given: ({ machines }) => machines.addTemplate(template, { isTemplate: false }),
    look: { templates: templates(template) },
  },
  "a template that does not exist, and a folder in its place": {
    look: { templates: [...templates("/X1/vm/Templates/none"), ...templates("/X1/vm/Templates")] },
    fails: [
      `/X1/vm/Templates/none: ${notSeen("template")}: ${correctTemplate}`,
      `/X1/vm/Templates: it is a folder, and nodes cannot be cloned from it: ${correctTemplate}`,
    ],
  },
  "a template with everything that Deckhouse refuses": {
    given: ({ machines }) => machines.addTemplate(template, { disks: [], networkAdapters: [] }),
    look: { templates: templates(template) },
    fails: [
      `${template}: it has 0 disks, but Deckhouse requires exactly one: leave one`,
      `${template}: it has no network adapter, but Deckhouse uses the type of the first one: add one`,
    ],
  },
  "a template whose disk is larger than one root disk, and fits those that are as large or unknown":
    {
      look: { templates: [20, 0, 19].flatMap((size) => templates(template, size)) },
      fails: [
        `${template}: its disk has 20 GiB, but a node asks for a root disk of 19 GiB, which cannot be smaller than the ` +
          "template's: raise rootDiskSize",
      ],
    },
};

const policy = (key: "name" | "id", found: string) =>
  `storagePolicy.${key} of the cluster of k8s-region-x1: found "${found}": `;
const noPolicy = (key: "name" | "id", found: string) =>
  `${policy(key, found)}vCenter has no storage policy with this ${key}, and the installer could not create root disks: `;
const unknownPolicy = (name: string, advice: string, given?: Case["given"]): Case => ({
  ...(given && { given }),
  look: { storagePolicy: { name } },
  fails: [noPolicy("name", name) + advice],
  id: "",
});
const second = (vCenter: InMemoryVCenter) => {
  vCenter.storagePolicies.push({ id: "second", name: "Kubernetes nodes" });
};
const both = '"Kubernetes nodes", "vSAN Default Storage Policy"';
const policiesNamed =
  (count: number) =>
  ({ storagePolicies }: InMemoryVCenter) => {
    for (let index = 1; index <= count; index++) {
      storagePolicies.push({ id: `id-${index}`, name: `Encrypted ${index}` });
    }
  };
const answer = "Permission to perform this operation was denied";
const grantIt = "grant the account StorageProfile.View on the root folder";

const storagePolicies: Readonly<Record<string, Case>> = {
  "another policy by its name": {
    look: { storagePolicy: { name: "vSAN Default Storage Policy" } },
    id: policyIds.standard,
  },
  "a policy by its id": {
    look: { storagePolicy: { id: policyIds.standard } },
    id: policyIds.standard,
  },
  "a name in another case: all are named when they are few": unknownPolicy(
    "kubernetes nodes",
    `write storagePolicy.name, one of ${both}`,
  ),
  "an unknown name among six: all are named": unknownPolicy(
    "Gold",
    `write storagePolicy.name, one of ${both}, "Encrypted 1", "Encrypted 2", "Encrypted 3", "Encrypted 4"`,
    policiesNamed(4),
  ),
  "an unknown name among seven: the nearest is named": unknownPolicy(
    "Kubernets nodes",
    'write storagePolicy.name: "Kubernetes nodes" (`govc storage.policy.ls` lists all 7)',
    policiesNamed(5),
  ),
  "an unknown name among seven, near to none": unknownPolicy(
    "Gold",
    "write storagePolicy.name as vCenter has it (`govc storage.policy.ls` lists all 7)",
    policiesNamed(5),
  ),
  "a name in a vCenter without policies": unknownPolicy(
    "Gold",
    "create a storage policy in vCenter, or leave storagePolicy out",
    (vCenter) => (vCenter.storagePolicies.length = 0),
  ),
  "a name that two have": {
    given: second,
    look: { storagePolicy: { name: "Kubernetes nodes" } },
    fails: [
      `${policy("name", "Kubernetes nodes")}2 storage policies have this name, and nobody can tell which is meant: write ` +
        `storagePolicy.id instead: ${policyIds.nodes} or second`,
    ],
    id: "",
  },
  "the id of one of two with the same name": {
    given: second,
    look: { storagePolicy: { id: "second" } },
    id: "second",
  },
  "an unknown id: a name that two have is listed once": {
    given: second,
    look: { storagePolicy: { id: "none" } },
    fails: [`${noPolicy("id", "none")}write storagePolicy.name, one of ${both}`],
    id: "",
  },
  "policies that the account may not list, beside all that is wrong with other things": {
    given: (vCenter) => {
      vCenter.failing = (call) =>
        call === "storagePolicies"
          ? new VCenterError({ kind: "noPermission", operation: "list", answer, remedy: grantIt })
          : undefined;
    },
    look: { storagePolicy: { name: "Gold" }, resourcePools: [`${pools}/a`] },
    fails: [
      `${pools}/a: ${notSeen("resource pool")}, ${createPool}`,
      `${policy("name", "Gold")}this account may not list the storage policies (${answer}), so it cannot be told whether ` +
        `this one exists: ${grantIt}`,
    ],
    id: "",
  },
  "policies that vCenter fails to list": {
    given: (vCenter) => {
      vCenter.failing = (call) => (call === "storagePolicies" ? new Error("broken") : undefined);
    },
    look: {},
    fails: ["broken"],
    id: "",
  },
};

/** As a Mac types a name, and as others do. */
const [apart, composed] = ["NFD", "NFC"].map((form) => "Zürich".normalize(form)) as [
  string,
  string,
];
const spelled = (path: string) =>
  `${path}: in vCenter the accents of this name are separate characters (Unicode's NFD), as a Mac types them, and the ` +
  "installer, which compares names byte by byte, would not find it: retype its name in the vSphere Client, after which " +
  "only what looks for its present bytes would not find it, or use another object";

const spellings: Readonly<Record<string, Case>> = {
  "names in decomposed Unicode, which this program finds": {
    given: (vCenter) => {
      vCenter.place("DistributedVirtualPortgroup:dvportgroup-9", apart, "Folder:group-n1");
      vCenter.place("Folder:group-v9", apart, "Folder:group-v1");
      vCenter.machines.addTemplate(`/X1/vm/${apart}/${apart}`);
      vCenter.storagePolicies.push({ id: "zh", name: apart });
    },
    look: {
      networks: [`/X1/network/${composed}`],
      vmFolder: { path: `/X1/vm/${composed}/new`, exists: false },
      storagePolicy: { name: composed },
    },
    fails: [spelled(`/X1/network/${composed}`), spelled(`/X1/vm/${composed}`)],
    id: "zh",
  },
  "a datacenter in decomposed Unicode, which is searched for namesakes": {
    given: (vCenter) => {
      vCenter.place("Datacenter:datacenter-3", apart);
      vCenter.place("Folder:group-v5", "vm", "Datacenter:datacenter-3");
      vCenter.place("Folder:group-n5", "network", "Datacenter:datacenter-3");
      vCenter.place("Folder:group-n6", "old", "Folder:group-n5");
      vCenter.place("DistributedVirtualPortgroup:dvportgroup-5", "k8s", "Folder:group-n5");
      vCenter.place("DistributedVirtualPortgroup:dvportgroup-6", "k8s", "Folder:group-n6");
    },
    look: {
      datacenter: `/${composed}`,
      networks: [`/${composed}/network/k8s`],
      vmFolder: { path: `/${composed}/vm/k8s`, exists: false },
      datastores: [],
      resourcePools: [],
      templates: [],
    },
    fails: [
      `/${apart}/network/k8s: a distributed port group of the same datacenter, /${apart}/network/old/k8s, also has this ` +
        `name, and the installer would stop with "path 'k8s' resolves to multiple networks": use another network; ${renaming}`,
      spelled(`/${composed}`),
    ],
  },
};

describe("the check of what the documents of a cluster name", () => {
  for (const [subject, cases] of Object.entries({
    datastores,
    mounts,
    networks,
    places,
    "storage policies": storagePolicies,
    spellings,
  })) {
    describe(`of ${subject}`, () => {
      for (const [what, { given, look, warns = [], fails = [], id }] of Object.entries(cases)) {
        it(`${fails.length + warns.length === 0 ? "accepts" : "reports"} ${what}`, async () => {
          const vCenter = clusterVCenter();
          given?.(vCenter);
          const news = { ...exampleLookup, ...look };
          const provider = new ClusterLookupProvider(vCenter.session());
          const { result, lines } = await withPrintedLines(() => provider.check({}, news));
          assert.deepEqual(
            result.failures,
            fails.map((reason) => ({ property: "", reason })),
          );
          assert.deepEqual(lines, warns);
          assert.deepEqual(result.inputs, { ...news, storagePolicyId: id ?? policyIds.nodes });
          assert.deepEqual(vCenter.changes(), []);
        });
      }
    });
  }

  it("reports all that is wrong at once, a line each, and without the datacenter that alone", async () => {
    const vCenter = clusterVCenter();
    const reasons = async (changes: Partial<ClusterLookupInputs>): Promise<string[]> => {
      const provider = new ClusterLookupProvider(vCenter.session());
      const { failures } = await provider.check({}, { ...exampleLookup, ...changes });
      return failures.map(({ reason }) => reason);
    };
    const found = await reasons({
      networks: ["/X1/network/none"],
      datastores: [forMasters("/X1/datastore/none"), forOthers(lun, [stage])],
      resourcePools: [`${pools}/none`],
      vmFolder: { path: "/X1/vm/none", exists: true },
      templates: templates("/X1/vm/Templates/none"),
      storagePolicy: { name: "none" },
    });
    assert.deepEqual(
      found.map((reason) => /^([^\n:]*): [^\n]*$/.exec(reason)?.[1]),
      [
        "/X1/network/none",
        "/X1/datastore/none",
        lun,
        `${pools}/none`,
        "/X1/vm/none",
        "/X1/vm/Templates/none",
        "storagePolicy.name of the cluster of k8s-region-x1",
      ],
    );
    vCenter.calls.length = 0;
    const missing = await reasons({ datacenter: "/X3" });
    assert.deepEqual(missing, [
      "/X3: no such object in vCenter's inventory, or this account cannot see it: " +
        nearest("/X1", "/X2", "/X1/vm"),
    ]);
    assert.ok(!vCenter.calls.some((call) => /^(mounts|find) /.test(call)));
    vCenter.failing = (call) => (call === "inventory" ? noPermission("read") : undefined);
    assert.deepEqual(await reasons({}), [noPermission("read").message]);
  });

  it("asks each thing once, of the datastores that exist alone, and policies only when one is named", async () => {
    const vCenter = clusterVCenter();
    const { storagePolicy: _none, ...rest } = exampleLookup;
    const check = (look: ClusterLookupInputs) =>
      new ClusterLookupProvider(vCenter.session()).check({}, look);
    await check(exampleLookup);
    assert.deepEqual([...vCenter.calls].sort(), [
      "find /X1/host/x1_cluster_prod/Resources/kubernetes",
      "find /X1/vm/Templates/ubuntu",
      "inventory",
      "mounts Datastore:datastore-9 on ClusterComputeResource:domain-c1 ClusterComputeResource:domain-c2",
      "read VirtualMachine:vm-42",
      "storagePolicies",
    ]);
    vCenter.calls.length = 0;
    assert.deepEqual(await check({ ...rest, datastores: [] }), {
      inputs: { ...rest, datastores: [], storagePolicyId: "" },
      failures: [],
    });
    await check({
      ...rest,
      datastores: [forMasters("/X1/datastore/none", [prod]), forMasters(root, ["/X1/host/gone"])],
    });
    assert.ok(!vCenter.calls.some((call) => /^(mounts|storagePolicies)/.test(call)));
  });
});

describe("the names of a datacenter's folders", () => {
  const top = { type: "Folder", id: "group-d1" };
  const datacenter = { type: "Datacenter", id: "datacenter-3" };
  const folders = {
    vm: { type: "Folder", id: "group-v5" },
    network: { type: "Folder", id: "group-n5" },
  };
  const inventory = (vm: string) =>
    new Inventory(top, [
      { ...datacenter, name: apart, parent: top, folders },
      { ...folders.vm, name: vm, parent: datacenter },
      { ...folders.network, name: "network", parent: datacenter },
    ]);

  it("are a warning when they are not vCenter's, however the datacenter is written", () => {
    assert.deepEqual(folderNameWarnings(inventory("vm"), `/${composed}`), []);
    assert.deepEqual(folderNameWarnings(inventory("VMs"), `/${composed}`).map(findingText), [
      `/${composed}: its folders are called VMs instead of vm, and this program finds what is in them, but the Terraform ` +
        "provider of Deckhouse's installer builds paths from the names that vCenter gives (terraform-provider-vsphere, " +
        "folder_helper.go), and may find nothing: try the installation first; a datacenter whose folders have their usual " +
        "names is safe",
    ]);
  });

  it("are no other spelling of what the documents write, as one that does not exist is not", () => {
    const { storagePolicy: _none, ...given } = exampleLookup;
    const vmFolder = { path: `/${apart}/vm/none/new`, exists: false };
    const nothing = { networks: [], datastores: [], templates: [], vmFolder };
    const look = { ...given, ...nothing, datacenter: `/${apart}` };
    assert.deepEqual(spellingFaults(inventory("VMs"), look), []);
  });
});
