import * as categories from "./categories";
import * as addresses from "./cluster/addresses";
import * as complete from "./cluster/complete";
import * as masterDatastore from "./cluster/datastores";
import * as internalNetwork from "./cluster/internalNetwork";
import * as networks from "./cluster/networks";
import * as nodeNames from "./cluster/nodeNames";
import * as sshPublicKey from "./cluster/sshPublicKey";
import * as vmFolder from "./cluster/vmFolder";
import * as groupZones from "./cluster/zones";
import * as clusterAccount from "./clusterAccount";
import * as grants from "./grants";
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
  internalNetwork.internalNetworkIsANetwork,
  internalNetwork.internalNetworkHasRoomForMasters,
  groupZones.groupZonesAreTheRegions,
  groupZones.groupZonesAreDistinct,
  addresses.everyNodeHasAnAddress,
  addresses.addressesAreHosts,
  addresses.gatewaysAreReachable,
  addresses.addressesAreDistinct,
  networks.networksHaveNoBrackets,
  networks.mastersHaveOneAdditionalNetwork,
  networks.networkNamesAreNotPaths,
  masterDatastore.mastersDatastoreIsAName,
  nodeNames.cloudPrefixFits,
  nodeNames.nodeNamesFit,
  nodeNames.nodeGroupsAreDistinct,
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
