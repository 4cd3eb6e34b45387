import { certificate } from "../../../support/certificate";
import { installed, staticAddress } from "../clusterSupport";
import { clusterBreak, elsewhereBreak, newRegionWith, nextRegion, type Break } from "./break";

const masters = "masterNodeGroup.instanceClass";
const frontend = "nodeGroups[0].instanceClass";
const fixed = "nodeGroups[1].instanceClass";
const addresses = `${fixed}.mainNetworkIPAddresses`;
const ordered = "ephemeralNodeGroups[0].instanceClass";

const unmadeFolder = clusterBreak("vmFolderCanBeMade", [
  { vmFolderExists: undefined },
  "vmFolderExists",
  "the role has no Folder.Create",
]);

/** Faults of clusters: their subnets, groups, addresses and names. */
export const clusterBreaks: Readonly<Record<string, Break>> = {
  "missing key": clusterBreak("clusterConfigurationComplete", [
    { sshPublicKey: undefined },
    "sshPublicKey",
    "needs it",
  ]),
  "installed elsewhere": elsewhereBreak("nothingIsInstalledElsewhere", [
    { cloudPrefix: "x" },
    "cloudPrefix",
    "no cluster is installed",
  ]),
  "host bits": clusterBreak("subnetsAreNetworks", [
    { "networks[0].subnet": "10.200.0.1/24" },
    "networks[0].subnet",
    "Invalid internalNetworkCIDR",
  ]),
  "unknown subnet of the masters": clusterBreak("subnetOfMastersIsKnown", [
    { "networks[0].subnet": undefined },
    "networks[0].subnet",
    "the installer would stop without its internalNetworkCIDR",
  ]),
  "small subnet of the masters": clusterBreak("subnetHasRoomForMasters", [
    { [`${masters}.additionalNetworks`]: ["public"], "networks[2].subnet": "198.51.200.0/29" },
    "networks[2].subnet",
    "it has none for 1 masters",
  ]),
  "nodes among services": clusterBreak("subnetsAreApart", [
    { serviceSubnetCIDR: "192.0.200.0/24" },
    "networks[1].subnet",
    "the addresses of services",
  ]),
  "services among pods": clusterBreak("subnetsAreApart", [
    { podSubnetCIDR: "10.222.0.0/16" },
    "serviceSubnetCIDR",
    "the addresses of pods",
  ]),
  "few parts for pods": clusterBreak("podSubnetHasRoomForNodes", [
    { podSubnetCIDR: "172.20.0.0/24" },
    "podSubnetCIDR",
    "has parts of /24 for 1 of 3 nodes",
  ]),
  "many parts for pods": clusterBreak("podSubnetHasRoomForNodes", [
    { podSubnetCIDR: "172.0.0.0/9", podSubnetNodeCIDRPrefix: 26 },
    "podSubnetNodeCIDRPrefix",
    "more than 65536 parts",
  ]),
  "foreign zone": clusterBreak("groupZonesAreTheRegions", [
    { "masterNodeGroup.zones": ["elsewhere"] },
    "masterNodeGroup.zones[0]",
    "no such zone",
  ]),
  "zone twice": clusterBreak("groupZonesAreDistinct", [
    { "ephemeralNodeGroups[0].zones": ["new-zone", "new-zone"] },
    "ephemeralNodeGroups[0].zones[1]",
    "is the same zone",
  ]),
  "group that cannot grow": clusterBreak("groupsCanGrow", [
    { "ephemeralNodeGroups[0].minPerZone": 2 },
    "ephemeralNodeGroups[0].maxPerZone",
    "minPerZone is 2",
  ]),
  "group that cannot be renewed": clusterBreak("groupsCanBeRenewed", [
    { "ephemeralNodeGroups[0].maxSurgePerZone": 0 },
    "ephemeralNodeGroups[0].maxSurgePerZone",
    "no node could ever be renewed",
  ]),
  "names in two roles": clusterBreak("networkNamesAreClear", [
    { "networks[5]": { path: "folder/nodes", nodeAddress: "external" } },
    "networks[5].nodeAddress",
    "networks[0] has the same name, nodes",
  ]),
  "many services": clusterBreak("serviceSubnetIsNotTooLarge", [
    { serviceSubnetCIDR: "172.0.0.0/11" },
    "serviceSubnetCIDR",
    "it has too many addresses",
  ]),
  "too few addresses": clusterBreak("everyNodeHasAnAddress", [
    { "nodeGroups[1].replicas": 2 },
    addresses,
    "the list would begin again",
  ]),
  "address for broadcasts": clusterBreak("addressesAreHosts", [
    { [`${addresses}[0]`]: staticAddress(255) },
    `${addresses}[0].address`,
    "it names a network or all its hosts",
  ]),
  "address of another network": clusterBreak("addressesAreOfTheirNetwork", [
    { [`${addresses}[0].address`]: "10.200.1.50/25" },
    `${addresses}[0].address`,
    "the main network has the subnet 10.200.1.0/24",
  ]),
  "no gateway": clusterBreak("staticAddressesHaveGateways", [
    { "networks[3].gateway": undefined },
    `${addresses}[0].gateway`,
    "the address has no gateway",
  ]),
  "far gateway": clusterBreak("gatewaysAreReachable", [
    { "networks[3].gateway": "10.200.2.1" },
    "networks[3].gateway",
    "the node 10.200.1.50/24 could not reach it",
  ]),
  "address twice": clusterBreak("addressesAreDistinct", [
    { [addresses]: [staticAddress(50), staticAddress(50)] },
    `${addresses}[1].address`,
    "two nodes would get in each other's way",
  ]),
  "address of a master": clusterBreak("addressesOfMastersAreFree", [
    { [`${masters}.additionalNetworks`]: ["static"], [addresses]: [staticAddress(10)] },
    `${addresses}[0].address`,
    "the masters get the tenth address of 10.200.1.0/24",
  ]),
  "address of a gateway": clusterBreak("addressesAreNoGateways", [
    { [addresses]: [{ ...staticAddress(50), gateway: "10.200.1.51" }, staticAddress(51)] },
    `${addresses}[1].address`,
    "nodes could not leave their network",
  ]),
  "no address at all": clusterBreak("nodesWithoutDhcpHaveAddresses", [
    { [addresses]: undefined },
    addresses,
    "the main network static has no DHCP",
  ]),
  "ordered nodes without DHCP": clusterBreak("ephemeralNodesHaveDhcp", [
    { [`${ordered}.mainNetwork`]: "static" },
    `${ordered}.mainNetwork`,
    "the main network static has no DHCP",
  ]),
  "range of DHCP without DHCP": clusterBreak("dhcpRangesAreOfTheirNetwork", [
    { "networks[3].dhcpRange": "10.200.1.100-10.200.1.150" },
    "networks[3].dhcpRange",
    "dhcp of the network is false",
  ]),
  "router that DHCP gives out": clusterBreak("dhcpRangesAreFree", [
    { "networks[1].dhcpRange": "192.0.200.0/25" },
    "networks[1].dhcpRange",
    "metallbBGP.routers[0] has some of these addresses for good",
  ]),
  "unknown network": clusterBreak("networksAreDescribed", [
    { [`${frontend}.mainNetwork`]: "unknown" },
    `${frontend}.mainNetwork`,
    "does not describe this network",
  ]),
  "network twice": clusterBreak("networksAreDistinct", [
    { "networks[5]": { path: "/New/network/Nodes" } },
    "networks[5].path",
    "is the same network",
  ]),
  "network outside": clusterBreak("networksAreInside", [
    { "networks[5]": { path: "/Elsewhere/network/n" } },
    "networks[5].path",
    "it is outside /New",
  ]),
  brackets: clusterBreak("namesAreNoPatterns", [
    { "networks[4].path": "al[ike", [`${fixed}.additionalNetworks`]: ["al[ike"] },
    `${fixed}.additionalNetworks[0]`,
    "in which [ has another meaning",
  ]),
  "masters' networks": clusterBreak("mastersHaveOneAdditionalNetwork", [
    { [`${masters}.additionalNetworks`]: ["routers", "public"] },
    `${masters}.additionalNetworks`,
    "a master gets the same address",
  ]),
  "two adapters in one network": clusterBreak("adaptersAreInDifferentNetworks", [
    { [`${masters}.additionalNetworks`]: ["/New/network/Nodes"] },
    `${masters}.additionalNetworks[0]`,
    "the node would have two adapters in it",
  ]),
  "two adapters in one subnet": clusterBreak("adaptersAreInDifferentSubnets", [
    { [`${masters}.additionalNetworks`]: ["alike"] },
    `${masters}.additionalNetworks[0]`,
    "packets would take the wrong one",
  ]),
  "ordered nodes without a network": elsewhereBreak("orderedNodesHaveMainNetworks", [
    { [`${ordered}.mainNetwork`]: undefined },
    `${ordered}.mainNetwork`,
    "the nodes have no main network to take from them",
  ]),
  "public nodes": clusterBreak("publicNodesHaveAnInternalNetwork", [
    { [`${frontend}.mainNetwork`]: "public" },
    `${frontend}.additionalNetworks`,
    "the main network public has public addresses",
  ]),
  "public nodes that are ordered": clusterBreak("publicNodesHaveAnInternalNetwork", [
    { [`${masters}.mainNetwork`]: "public", [`${masters}.additionalNetworks`]: ["nodes"] },
    `${ordered}.additionalNetworks`,
    "the main network public has public addresses",
  ]),
  "no datastore": clusterBreak("nodesHaveDatastores", [
    {
      rootDiskDatastore: undefined,
      ...{ [`${masters}.datastore`]: "d", [`${fixed}.datastore`]: "d" },
    },
    `${frontend}.datastore`,
    "no datastore for their root disks",
  ]),
  "nodes' datastore outside": clusterBreak("nodeDatastoresAreInside", [
    { rootDiskDatastore: "/Elsewhere/datastore/d" },
    "rootDiskDatastore",
    "it is outside /New",
  ]),
  "storage policy without a name": clusterBreak("storagePoliciesHaveOneName", [
    { storagePolicy: {} },
    "storagePolicy",
    "it names no policy",
  ]),
  "nodes' template outside": clusterBreak("nodeTemplatesAreInside", [
    { [`${frontend}.template`]: "/Elsewhere/vm/t" },
    `${frontend}.template`,
    "it is outside /New",
  ]),
  "pattern that Go does not take": clusterBreak("storageClassPatternsAreGos", [
    { storageClasses: { exclude: ["*"] } },
    "storageClasses.exclude[0]",
    "missing argument to repetition operator: `*`",
  ]),
  "StorageClass that nobody makes": clusterBreak("defaultStorageClassIsMade", [
    { storageClasses: { default: "new-datastore" } },
    "storageClasses.default",
    "write new-datastore-",
  ]),
  "two datastores with one StorageClass": {
    rule: "storageClassNamesAreDistinct",
    changes: newRegionWith(() => ({
      zones: [{ name: "new-zone", cluster: "new cluster", datastores: ["a/b", "a-b"] }],
      clusterConfiguration: installed,
    })),
    path: (raw) => `${nextRegion(raw)}.zones[0].datastores[1]`,
    says: "makes one of them only",
  },
  "NSX-T verified and not": clusterBreak("nsxtIsVerifiedOneWay", [
    {
      nsxt: {
        ...{ host: "n", user: "u", defaultIpPoolName: "p", tier1GatewayPath: "g" },
        ...{ insecureFlag: true, caBundle: certificate },
      },
    },
    "nsxt.insecureFlag",
    "caBundle is there too",
  ]),
  "NSX-T as a web page": clusterBreak("nsxtHostIsAHost", [
    { nsxt: { host: "https://n/", user: "u", defaultIpPoolName: "p", tier1GatewayPath: "g" } },
    "nsxt.host",
    "write n",
  ]),
  "NSX-T with half a certificate": clusterBreak("certificatesAreReadable", [
    {
      nsxt: {
        ...{ host: "n", user: "u", defaultIpPoolName: "p", tier1GatewayPath: "g" },
        caBundle: certificate.slice(0, 200),
      },
    },
    "nsxt.caBundle",
    "lacks its end",
  ]),
  "long prefix": clusterBreak("cloudPrefixFits", [
    // Any group beside the masters would have too long a name as well.
    {
      cloudPrefix: "p".repeat(46),
      ...{ nodeGroups: undefined, ephemeralNodeGroups: undefined, ingress: undefined },
    },
    "cloudPrefix",
    "at most 45 characters",
  ]),
  "long name of a group": clusterBreak("nodeNamesFit", [
    { "nodeGroups[1].name": "g".repeat(39) },
    "nodeGroups[1].name",
    "has more than 42 characters",
  ]),
  "two groups of one name": clusterBreak("nodeGroupsAreDistinct", [
    { "ephemeralNodeGroups[0].name": "static" },
    "ephemeralNodeGroups[0].name",
    "has this name already",
  ]),
  "label with a blank": clusterBreak("labelsFitKubernetes", [
    { "nodeGroups[1].nodeTemplate": { labels: { rack: "row 7" } } },
    "nodeGroups[1].nodeTemplate.labels.rack",
    "the value is not one that a label can have",
  ]),
  "taint twice": clusterBreak("taintsAreDistinct", [
    {
      "nodeGroups[1].nodeTemplate": {
        taints: [
          { key: "k", value: "a" },
          { key: "k", value: "b" },
        ],
      },
    },
    "nodeGroups[1].nodeTemplate.taints[1]",
    "has the same key and effect",
  ]),
  "folder from the root": clusterBreak("vmFolderIsRelative", [
    { vmFolderPath: "/new" },
    "vmFolderPath",
    "where there is no such path",
  ]),
  "folder that cannot be made": {
    ...unmadeFolder,
    changes: (raw) => ({
      ...unmadeFolder.changes(raw),
      "role.preset": "seed",
      ...{ "role.privileges": undefined, "role.extraPrivileges": undefined },
    }),
  },
  "key that is none": clusterBreak("sshKeyIsPublic", [
    { sshPublicKey: "ssh-rsa AAAA" },
    "sshPublicKey",
    "it is not a public SSH key",
  ]),
};
