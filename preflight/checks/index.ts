import type { Check } from "../check";
import { accountRights } from "./accountRights";
import { categories } from "./categories";
import { clusterHosts } from "./clusterHosts";
import { distributedResourceScheduler } from "./distributedResourceScheduler";
import { foreignTags } from "./foreignTags";
import { networksOnHosts } from "./networksOnHosts";
import { objects } from "./objects";
import { effectivePrivileges } from "./effectivePrivileges";
import { principals } from "./principals";
import { privileges } from "./privileges";
import { resourcePools } from "./resourcePools";
import { storagePolicies } from "./storagePolicies";
import { tags } from "./tags";
import { templates } from "./templates";
import { version } from "./version";
import { vmFolders } from "./vmFolders";
import { volumeDatastores } from "./volumeDatastores";

/** Every check, in the order in which they are told. To add one, add a file. */
export const checks: readonly Check[] = [
  version,
  objects,
  categories,
  tags,
  foreignTags,
  clusterHosts,
  volumeDatastores,
  networksOnHosts,
  resourcePools,
  templates,
  vmFolders,
  storagePolicies,
  distributedResourceScheduler,
  principals,
  accountRights,
  privileges,
  effectivePrivileges,
];
