import * as categories from "./categories";
import * as certificates from "./certificates";
import * as addresses from "./cluster/addresses";
import * as complete from "./cluster/complete";
import * as nodeDatastores from "./cluster/datastores";
import * as dhcp from "./cluster/dhcp";
import * as dhcpRange from "./cluster/dhcpRange";
import * as ephemeralNodeGroups from "./cluster/ephemeralNodeGroups";
import * as networks from "./cluster/networks";
import * as nodeNames from "./cluster/nodeNames";
import * as nodeTemplates from "./cluster/nodeTemplates";
import * as nsxt from "./cluster/nsxt";
import * as patterns from "./cluster/patterns";
import * as podSubnet from "./cluster/podSubnet";
import * as sshPublicKey from "./cluster/sshPublicKey";
import * as storageClasses from "./cluster/storageClasses";
import * as takenAddresses from "./cluster/takenAddresses";
import * as templatesOfNodes from "./cluster/templates";
import * as subnets from "./cluster/subnets";
import * as vmFolder from "./cluster/vmFolder";
import * as groupZones from "./cluster/zones";
import * as clusterAccount from "./clusterAccount";
import * as grants from "./grants";
import * as announced from "./ingress/addresses";
import * as bgp from "./ingress/bgp";
import * as frontends from "./ingress/frontends";
import * as sourceAddresses from "./ingress/sourceAddresses";
import * as ingressVersion from "./ingress/version";
import * as ingress from "./ingress/way";
import * as inventory from "./inventory";
import * as privileges from "./privileges";
import * as role from "./role";
import type { Rule } from "./rule";
import * as tagNames from "./tagNames";
import * as templateBuild from "./templateImage/build";
import * as templatePlaces from "./templateImage/places";
import * as templateSource from "./templateImage/source";

/** Every rule of the configuration. Their order does not matter: problems are sorted by path. */
export const rules: readonly Rule[] = [
  tagNames.tagNamesFitKubernetes,
  tagNames.regionTagsAreDistinct,
  tagNames.zoneTagsAreDistinct,
  tagNames.zoneTagsAreNotRegionTags,
  tagNames.zoneObjectNamesAreDistinct,
  categories.categoriesAreDistinct,
  categories.categoryNamesFitLabelKeys,
  categories.categoriesAreNotDeckhouses,
  categories.existingCategoriesStay,
  inventory.datacentersAreDistinct,
  inventory.clustersAreDistinct,
  inventory.datastoresAreDistinct,
  inventory.clustersAreInside,
  inventory.datastoresAreInside,
  privileges.privilegesHaveOneSource,
  privileges.privilegesAreKnown,
  privileges.privilegesAreNotImpliedAlone,
  role.roleNamesAreFree,
  role.roleNamesAreDistinct,
  role.principalsHaveDomains,
  role.principalsAreDistinct,
  grants.grantsAreDistinct,
  grants.grantsAreOnObjectsThatTakeThem,
  grants.granularIsAsked,
  grants.granularRegionsAreComplete,
  grants.granularRegionsExist,
  clusterAccount.clusterAccountIsClear,
  complete.clusterConfigurationComplete,
  complete.nothingIsInstalledElsewhere,
  subnets.subnetsAreNetworks,
  subnets.subnetOfMastersIsKnown,
  subnets.subnetHasRoomForMasters,
  subnets.subnetsAreApart,
  podSubnet.podSubnetHasRoomForNodes,
  podSubnet.serviceSubnetIsNotTooLarge,
  groupZones.groupZonesAreTheRegions,
  groupZones.groupZonesAreDistinct,
  ephemeralNodeGroups.groupsCanGrow,
  ephemeralNodeGroups.groupsCanBeRenewed,
  addresses.everyNodeHasAnAddress,
  addresses.addressesAreHosts,
  addresses.addressesAreOfTheirNetwork,
  addresses.staticAddressesHaveGateways,
  addresses.gatewaysAreReachable,
  addresses.addressesAreDistinct,
  takenAddresses.addressesOfMastersAreFree,
  takenAddresses.addressesAreNoGateways,
  dhcp.nodesWithoutDhcpHaveAddresses,
  dhcp.ephemeralNodesHaveDhcp,
  dhcpRange.dhcpRangesAreOfTheirNetwork,
  dhcpRange.dhcpRangesAreFree,
  networks.networksAreDescribed,
  networks.networksAreDistinct,
  networks.networkNamesAreClear,
  networks.networksAreInside,
  patterns.namesAreNoPatterns,
  networks.mastersHaveOneAdditionalNetwork,
  networks.adaptersAreInDifferentNetworks,
  networks.adaptersAreInDifferentSubnets,
  networks.orderedNodesHaveMainNetworks,
  networks.publicNodesHaveAnInternalNetwork,
  nodeDatastores.nodesHaveDatastores,
  nodeDatastores.nodeDatastoresAreInside,
  nodeDatastores.storagePoliciesHaveOneName,
  storageClasses.storageClassPatternsAreGos,
  storageClasses.storageClassNamesAreDistinct,
  storageClasses.defaultStorageClassIsMade,
  templatesOfNodes.nodeTemplatesAreInside,
  nsxt.nsxtIsVerifiedOneWay,
  nsxt.nsxtHostIsAHost,
  certificates.certificatesAreReadable,
  ingress.ingressHasOneWay,
  ingressVersion.metallbFitsTheVersion,
  frontends.frontendsExist,
  frontends.frontendsHaveNodes,
  frontends.frontendsHaveTheirLabel,
  frontends.frontendsReachTheRouters,
  frontends.routersNetworkHasDhcp,
  bgp.autonomousSystemsAreUsable,
  bgp.routersAreDistinct,
  bgp.routersAreInTheirNetwork,
  bgp.holdTimesAreAllowed,
  bgp.communitiesFit,
  sourceAddresses.sourceAddressesAreInTheRoutersNetwork,
  sourceAddresses.sourceAddressesAreDistinct,
  announced.announcedRangesAreRanges,
  announced.announcedRangesAreApart,
  announced.announcedAddressesAreFree,
  announced.addressesOfL2AreInTheNodesNetwork,
  nodeNames.cloudPrefixFits,
  nodeNames.nodeNamesFit,
  nodeNames.nodeGroupsAreDistinct,
  nodeTemplates.labelsFitKubernetes,
  nodeTemplates.taintsAreDistinct,
  vmFolder.vmFolderIsRelative,
  vmFolder.vmFolderCanBeMade,
  sshPublicKey.sshKeyIsPublic,
  templateSource.templateImageHasOneSource,
  templateSource.existingTemplatesAreNotBuilt,
  templateSource.installerHasChecksum,
  templatePlaces.templatePlacesAreKnown,
  templatePlaces.templatePlacesAreInside,
  templatePlaces.templateFolderIsInEveryDatacenter,
  templatePlaces.templatePlacesAreOfRegions,
  templateBuild.templateVariablesAreFree,
  templateBuild.templateAccountHasDomain,
  templateBuild.nodesHaveTemplates,
  templateBuild.templateDiskFits,
  templateBuild.protectedTemplatesStay,
];
