import type { InMemoryVCenter } from "../../../support/inMemoryVCenter";
import { nearest, notFound, notSeen, renaming, root, testLookups } from "./lookupCases";

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

testLookups("networks", {
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
});
