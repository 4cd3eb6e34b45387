import type { Check } from "../check";
import { accountRights } from "./accountRights";
import { categories } from "./categories";
import { clusterHosts } from "./clusterHosts";
import { connection } from "./connection";
import { distributedResourceScheduler } from "./distributedResourceScheduler";
import { existing } from "./existing";
import { folderNames } from "./folderNames";
import { foreignTags } from "./foreignTags";
import { names } from "./names";
import { namesakes } from "./namesakes";
import { networksOnHosts } from "./networksOnHosts";
import { objects } from "./objects";
import { effectivePrivileges } from "./effectivePrivileges";
import { permissionsInTheWay } from "./permissionsInTheWay";
import { principals } from "./principals";
import { privileges } from "./privileges";
import { resourcePools } from "./resourcePools";
import { rootDiskDatastores } from "./rootDiskDatastores";
import { spellings } from "./spellings";
import { storageClasses } from "./storageClasses";
import { storagePolicies } from "./storagePolicies";
import { tags } from "./tags";
import { templateImage } from "./templateImage";
import { templates } from "./templates";
import { templatesAlike } from "./templatesAlike";
import { version } from "./version";
import { vmFolders } from "./vmFolders";
import { volumeDatastores } from "./volumeDatastores";
import { zoneOrder } from "./zoneOrder";

/** Every check, in the order in which they are told. To add one, add a file. */
export const checks: readonly Check[] = [
  connection,
  version,
  objects,
  namesakes,
  spellings,
  folderNames,
  categories,
  names,
  existing,
  tags,
  foreignTags,
  zoneOrder,
  clusterHosts,
  volumeDatastores,
  rootDiskDatastores,
  storageClasses,
  networksOnHosts,
  resourcePools,
  templates,
  templateImage,
  templatesAlike,
  vmFolders,
  storagePolicies,
  distributedResourceScheduler,
  principals,
  permissionsInTheWay,
  accountRights,
  privileges,
  effectivePrivileges,
];
