import { testFaults } from "./support";

const cluster = "regions[0].clusterConfiguration";
const masters = `${cluster}.masterNodeGroup`;
const frontend = `${cluster}.nodeGroups[0]`;
const addresses = `${masters}.instanceClass.mainNetworkIPAddresses`;

function address(own: string, gateway = "10.20.0.1"): object {
  return { address: own, gateway, nameservers: {} };
}

const three = [address("10.20.0.11/24"), address("10.20.0.12/24"), address("10.20.0.13/24")];

describe("rules about the cluster configuration", () => {
  const needs = (key: string): string =>
    `regions[1].clusterConfiguration.${key}: found nothing: the cluster configuration of k8s-region-x2 ` +
    "needs it, and Deckhouse would refuse the document: add it here, or to clusterConfiguration for every region";
  testFaults({
    "a region without what is required": [
      { "regions[1].clusterConfiguration": {} },
      needs("internalNetworkCIDR"),
      needs("masterNodeGroup"),
      needs("sshPublicKey"),
      needs("vmFolderPath"),
    ],
    "an address in place of a network": [
      { [`${cluster}.internalNetworkCIDR`]: "10.20.0.7/24" },
      `${cluster}.internalNetworkCIDR: found "10.20.0.7/24": it is an address in a network, and the ` +
        'installer would stop with "Invalid internalNetworkCIDR in VsphereClusterConfiguration.": write ' +
        "the network's own address, 10.20.0.0/24",
    ],
    "a network too small for the masters": [
      {
        [`${cluster}.internalNetworkCIDR`]: "10.20.0.0/29",
        [`${masters}.instanceClass.additionalNetworks`]: ["second"],
      },
      `${cluster}.internalNetworkCIDR: found "10.20.0.0/29": the masters get addresses in it from the tenth ` +
        "on, and it has none for 3 masters: write a larger network, or give the masters no additional network",
    ],
    "a zone of another region": [
      { [`${masters}.zones`]: ["k8s-zone-x1-a", "k8s-zone-x2-a"] },
      `${masters}.zones[1]: found "k8s-zone-x2-a": k8s-region-x1 has no such zone, and the installer would ` +
        "place no node there or fail: write one of k8s-zone-x1-a, k8s-zone-x1-b",
    ],
    "a zone twice in a group": [
      { [`${frontend}.zones`]: ["k8s-zone-x1-a", "k8s-zone-x1-a"] },
      `${frontend}.zones[1]: found "k8s-zone-x1-a": ${frontend}.zones[0] is the same zone, and Deckhouse ` +
        "would refuse the document: remove one of the two",
    ],
    "fewer addresses than nodes": [
      { [addresses]: three.slice(0, 2) },
      `${addresses}: found a list of 2: there are 3 nodes, and the list would begin again, so that nodes ` +
        "share an address: list one address for each node, or leave the key out for DHCP",
    ],
    "the address of a network": [
      { [addresses]: [address("10.20.0.0/24"), ...three] },
      `${addresses}[0].address: found "10.20.0.0/24": it names a network or all its hosts, and the installer ` +
        'would stop with "Invalid address in mainNetworkIPAddresses.": write the address of the node',
    ],
    "the broadcast address": [
      { [addresses]: [...three, address("10.20.0.255/24")] },
      `${addresses}[3].address: found "10.20.0.255/24": it names a network or all its hosts, and the ` +
        'installer would stop with "Invalid address in mainNetworkIPAddresses.": write the address of the node',
    ],
    "a gateway in another network": [
      { [addresses]: [address("10.20.0.14/24", "10.20.1.1"), ...three] },
      `${addresses}[0].gateway: found "10.20.1.1": the node 10.20.0.14/24 could not reach it: write the ` +
        "router's address in 10.20.0.0/24",
    ],
    "a node that is its own gateway": [
      { [addresses]: [address("10.20.0.14/24", "10.20.0.14"), ...three] },
      `${addresses}[0].gateway: found "10.20.0.14": the node 10.20.0.14/24 could not reach it: write the ` +
        "router's address in 10.20.0.0/24",
    ],
    "an address for two nodes of different groups": [
      {
        [addresses]: three,
        [`${frontend}.instanceClass.mainNetworkIPAddresses`]: [
          address("10.20.0.21/24"),
          address("10.20.0.12/24"),
        ],
      },
      `${frontend}.instanceClass.mainNetworkIPAddresses[1].address: found "10.20.0.12/24": ` +
        `${addresses}[1].address is the same address, and two nodes would get in each other's way: give ` +
        "each node an address of its own",
    ],
    "brackets in a node group's network": [
      { [`${frontend}.instanceClass.mainNetwork`]: "nodes [x1]" },
      `${frontend}.instanceClass.mainNetwork: found "nodes [x1]": brackets in a name are read as a pattern, ` +
        'and the installer would stop with "network not found": rename the network, or use another one',
    ],
    "brackets in an additional network of the masters": [
      { [`${masters}.instanceClass.additionalNetworks`]: ["a[b"] },
      `${masters}.instanceClass.additionalNetworks[0]: found "a[b": brackets in a name are read as a ` +
        'pattern, and the installer would stop with "network not found": rename the network, or use another one',
    ],
    "two additional networks for masters": [
      { [`${masters}.instanceClass.additionalNetworks`]: ["a", "b"] },
      `${masters}.instanceClass.additionalNetworks: found a list of 2: a master gets the same address on ` +
        "each of its additional networks, which conflict: leave the masters one additional network, and put " +
        "the others on node groups",
    ],
    "a path among the names of networks": [
      { [`${cluster}.internalNetworkNames`]: ["k8s-nodes", "folder/k8s-public"] },
      `${cluster}.internalNetworkNames[1]: found "folder/k8s-public": it is a path, and Deckhouse compares ` +
        "names, so nodes would lack this address: write the name alone, k8s-public",
    ],
    "a path for the masters' datastore": [
      { [`${masters}.instanceClass.datastore`]: "folder/x1_root" },
      `${masters}.instanceClass.datastore: found "folder/x1_root": masters take a bare name, and with a path ` +
        'the installer would stop with "Failed to query disk type": write x1_root',
    ],
    "a prefix that is too long": [
      { [`${cluster}.cloudPrefix`]: "p".repeat(46) },
      `${cluster}.cloudPrefix: found "${"p".repeat(46)}": the disk <prefix>-kubernetes-data-0 would have ` +
        "more than 63 characters, and the installer refuses that: use at most 45 characters",
    ],
    "a prefix that is no name": [
      { [`${cluster}.cloudPrefix`]: "X1" },
      `${cluster}.cloudPrefix: found "X1": node names begin with it, and Kubernetes would refuse them: use ` +
        "lower-case letters, digits and dashes, a letter or digit at both ends",
    ],
    "a node group that is no name": [
      { [`${frontend}.name`]: "front_end" },
      `${frontend}.name: found "front_end": it is part of node names, and Kubernetes would refuse them: use ` +
        "lower-case letters, digits and dashes, a letter or digit at both ends",
    ],
    "a node name that is too long": [
      { [`${cluster}.cloudPrefix`]: "x1", [`${frontend}.name`]: "f".repeat(59) },
      `${frontend}.name: found "${"f".repeat(59)}": the node x1-${"f".repeat(59)}-1 has more than 63 ` +
        "characters, and Kubernetes would refuse it: shorten the name, or cloudPrefix",
    ],
    "a node group called master": [
      { [`${frontend}.name`]: "master" },
      `${frontend}.name: found "master": the masters have this name, and nodes of both would be called ` +
        "alike: choose another name; masterNodeGroup describes the masters",
    ],
    "a full path for the folder": [
      { [`${cluster}.vmFolderPath`]: "/X1/vm/k8s/x1" },
      `${cluster}.vmFolderPath: found "/X1/vm/k8s/x1": Deckhouse takes it below the datacenter's vm folder, ` +
        "where there is no such path: write names with single slashes between them, k8s/x1",
    ],
    "a role that cannot make the folder": [
      { "role.preset": "seed" },
      `${cluster}.vmFolderExists: found nothing: the role has no Folder.Create, so the installer could not ` +
        "make the folder: make the folder, then write true; or add Folder.Create to role.extraPrivileges",
    ],
    "an own list that cannot make the folder": [
      { "role.privileges": ["Datastore.Browse"], [`${cluster}.vmFolderExists`]: false },
      `${cluster}.vmFolderExists: found false: the role has no Folder.Create, so the installer could not ` +
        "make the folder: make the folder, then write true; or add Folder.Create to role.extraPrivileges",
    ],
    "a key whose data is of another type": [
      {
        [`${cluster}.sshPublicKey`]: "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8Q",
      },
      `${cluster}.sshPublicKey: found "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8Q": it is ` +
        "not a public SSH key, and Deckhouse would refuse the document: copy the one line of the file that " +
        "ends in .pub",
    ],
    "a key whose data has a wrong length": [
      {
        [`${cluster}.sshPublicKey`]: "ssh-ed25519 AAAADHNzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8Q",
      },
      `${cluster}.sshPublicKey: found "ssh-ed25519 AAAADHNzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8Q": it is ` +
        "not a public SSH key, and Deckhouse would refuse the document: copy the one line of the file that " +
        "ends in .pub",
    ],
    "a private key, which is not shown": [
      { [`${cluster}.sshPublicKey`]: "-----BEGIN OPENSSH PRIVATE KEY-----" },
      `${cluster}.sshPublicKey: found <hidden>: it is not a public SSH key, and Deckhouse would refuse the ` +
        "document: copy the one line of the file that ends in .pub",
    ],
  });

  testFaults({
    "two node groups of one name": [
      {
        [`${cluster}.nodeGroups[1]`]: {
          name: "frontend",
          replicas: 1,
          instanceClass: {
            numCPUs: 2,
            memory: 4096,
            template: "t",
            mainNetwork: "n",
            datastore: "d",
          },
        },
      },
      `${cluster}.nodeGroups[1].name: found "frontend": ${frontend}.name has this name already, and nodes of ` +
        "both would be called alike: give each group a name of its own",
    ],
    "a fault in what holds for every region": [
      {
        clusterConfiguration: { vmFolderPath: "k8s/", disableTimesync: true },
        [`${cluster}.vmFolderPath`]: undefined,
      },
      'clusterConfiguration.vmFolderPath: found "k8s/": Deckhouse takes it below the datacenter\'s vm ' +
        "folder, where there is no such path: write names with single slashes between them, k8s",
      needs("internalNetworkCIDR"),
      needs("masterNodeGroup"),
      needs("sshPublicKey"),
    ],
  });
});
