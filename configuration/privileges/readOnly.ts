import type { PrivilegeSet } from "./privilegeSet";

/**
 * The privileges of the second, read-only role that a granular grant needs on the vCenter root, on the
 * datacenters and on the distributed switches: looking up storage policies, and everything about tags.
 *
 * Source: deckhouse/deckhouse,
 * `docs/documentation/pages/admin/configuration/integrations/virtualization/vsphere/AUTHORIZATION.md`
 * (the version of mid 2026).
 */
export const readOnlyPrivileges: PrivilegeSet = {
  Storage: ["StorageProfile.View"],
  Tagging: [
    "InventoryService.Tagging.AttachTag",
    "InventoryService.Tagging.CreateCategory",
    "InventoryService.Tagging.CreateTag",
    "InventoryService.Tagging.DeleteCategory",
    "InventoryService.Tagging.DeleteTag",
    "InventoryService.Tagging.EditCategory",
    "InventoryService.Tagging.EditTag",
    "InventoryService.Tagging.ModifyUsedByForCategory",
    "InventoryService.Tagging.ModifyUsedByForTag",
    "InventoryService.Tagging.ObjectAttachable",
  ],
};
