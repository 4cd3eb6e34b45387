import { CategoryLookupProvider } from "./categoryLookup/provider";
import { ClusterLookupProvider } from "./clusterLookup/provider";
import type { DynamicProviderName } from "./dynamicResource";
import { PermissionProvider } from "./permission/provider";
import { TagAttachmentsProvider } from "./tagAttachments/provider";
import { TemplateLookupProvider } from "./templateLookup/provider";
import { VCenterProvider } from "./vCenter/provider";
import { VCenterSession } from "./vcenterSession";

// One session for all dynamic resources of the process: one login, and one read of what they all ask.
const session = new VCenterSession();

// One of each: PermissionProvider remembers what this process granted.
const providers = {
  vCenter: new VCenterProvider(session),
  categoryLookup: new CategoryLookupProvider(session),
  tagAttachments: new TagAttachmentsProvider(session),
  permission: new PermissionProvider(session),
  templateLookup: new TemplateLookupProvider(session),
  clusterLookup: new ClusterLookupProvider(session),
} satisfies Record<DynamicProviderName, unknown>;

/** The provider of that name, for the engine's process for dynamic resources (launch/dynamicProvider.js). */
export function dynamicProvider(
  name: DynamicProviderName,
): (typeof providers)[DynamicProviderName] {
  return providers[name];
}
