import { CategoryLookupProvider } from "./regionZoneTagging/categoryLookup/provider";
import { ClusterLookupProvider } from "./clusterLookup/provider";
import type { DynamicProviderName } from "./dynamic/dynamicResource";
import { PlannedRoles } from "./kubernetesRole/permission/plannedRoles";
import { PermissionProvider } from "./kubernetesRole/permission/provider";
import { RoleGuardProvider } from "./kubernetesRole/roleGuard/provider";
import { TagAttachmentsProvider } from "./regionZoneTagging/tagAttachments/provider";
import { TemplateLookupProvider } from "./templateImage/templateLookup/provider";
import { VCenterProvider } from "./vCenter/provider";
import { VCenterSession } from "./dynamic/vcenterSession";

// One session for all dynamic resources of the process: one login, and one read of what they all ask.
const session = new VCenterSession();

// What RoleGuards tell of the roles, for the permissions that depend on them.
const plannedRoles = new PlannedRoles();

// One of each: PermissionProvider remembers what this process granted.
const providers = {
  vCenter: new VCenterProvider(session),
  categoryLookup: new CategoryLookupProvider(session),
  tagAttachments: new TagAttachmentsProvider(session),
  permission: new PermissionProvider(session, plannedRoles),
  roleGuard: new RoleGuardProvider(session, plannedRoles),
  templateLookup: new TemplateLookupProvider(session),
  clusterLookup: new ClusterLookupProvider(session),
} satisfies Record<DynamicProviderName, unknown>;

/** The provider of that name, for the engine's process for dynamic resources (launch/dynamicProvider.js). */
export function dynamicProvider(
  name: DynamicProviderName,
): (typeof providers)[DynamicProviderName] {
  return providers[name];
}
