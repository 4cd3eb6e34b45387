import type { PrivilegeSet } from "./privilegeSet";

/**
 * The privileges that today's documentation of the Deckhouse vSphere provider asks for: 85 ids, granted on
 * the root of the vCenter.
 *
 * Source: deckhouse/deckhouse, `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
export const currentPrivileges: PrivilegeSet = {
  System: ["System.Anonymous", "System.Read", "System.View"],
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
  Storage: [
    "Cns.Searchable",
    "Datastore.AllocateSpace",
    "Datastore.Browse",
    "Datastore.FileManagement",
    "StorageProfile.View",
  ],
  Network: ["Network.Assign"],
  Folders: ["Folder.Create", "Folder.Delete", "Folder.Move", "Folder.Rename"],
  "Resource pools": [
    "Resource.AssignVMToPool",
    "Resource.CreatePool",
    "Resource.DeletePool",
    "Resource.EditPool",
    "Resource.RenamePool",
  ],
  vApps: [
    "VApp.ApplicationConfig",
    "VApp.AssignResourcePool",
    "VApp.AssignVM",
    "VApp.Create",
    "VApp.Delete",
    "VApp.ExtractOvfEnvironment",
    "VApp.Import",
    "VApp.InstanceConfig",
    "VApp.PowerOff",
    "VApp.PowerOn",
    "VApp.ResourceConfig",
  ],
  "Virtual machine configuration": [
    "VirtualMachine.Config.AddExistingDisk",
    "VirtualMachine.Config.AddNewDisk",
    "VirtualMachine.Config.AddRemoveDevice",
    "VirtualMachine.Config.AdvancedConfig",
    "VirtualMachine.Config.Annotation",
    "VirtualMachine.Config.CPUCount",
    "VirtualMachine.Config.ChangeTracking",
    "VirtualMachine.Config.DiskExtend",
    "VirtualMachine.Config.DiskLease",
    "VirtualMachine.Config.EditDevice",
    "VirtualMachine.Config.ManagedBy",
    "VirtualMachine.Config.Memory",
    "VirtualMachine.Config.QueryUnownedFiles",
    "VirtualMachine.Config.RawDevice",
    "VirtualMachine.Config.ReloadFromPath",
    "VirtualMachine.Config.RemoveDisk",
    "VirtualMachine.Config.Rename",
    "VirtualMachine.Config.ResetGuestInfo",
    "VirtualMachine.Config.Resource",
    "VirtualMachine.Config.Settings",
    "VirtualMachine.Config.SwapPlacement",
    "VirtualMachine.Config.UpgradeVirtualHardware",
  ],
  "Virtual machine interaction": [
    "VirtualMachine.Interact.AnswerQuestion",
    "VirtualMachine.Interact.DeviceConnection",
    "VirtualMachine.Interact.GuestControl",
    "VirtualMachine.Interact.PowerOff",
    "VirtualMachine.Interact.PowerOn",
    "VirtualMachine.Interact.Reset",
    "VirtualMachine.Interact.SetCDMedia",
    "VirtualMachine.Interact.ToolsInstall",
  ],
  "Virtual machine inventory": [
    "VirtualMachine.Inventory.Create",
    "VirtualMachine.Inventory.CreateFromExisting",
    "VirtualMachine.Inventory.Delete",
    "VirtualMachine.Inventory.Move",
  ],
  "Virtual machine provisioning": [
    "VirtualMachine.Provisioning.Clone",
    "VirtualMachine.Provisioning.Customize",
    "VirtualMachine.Provisioning.DeployTemplate",
    "VirtualMachine.Provisioning.GetVmFiles",
    "VirtualMachine.Provisioning.PutVmFiles",
    "VirtualMachine.Provisioning.ReadCustSpecs",
  ],
  "Virtual machine snapshots": [
    "VirtualMachine.State.CreateSnapshot",
    "VirtualMachine.State.RemoveSnapshot",
    "VirtualMachine.State.RenameSnapshot",
  ],
  "Guest operations": ["VirtualMachine.GuestOperations.Query"],
  "Global tags": ["Global.GlobalTag", "Global.SystemTag"],
};

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
