import type { PrivilegeSet } from "./privilegeSet";

/**
 * What an account needs to build a template with Packer's `vsphere-iso` builder, to name it, to copy it to another
 * datacenter, and to remove what a build left: for `templateImage.account`. That it is enough is shown against the lab's
 * vCenter; on a real one it was not tried.
 *
 * Source: vmware/packer-plugin-vsphere, `docs/builders/vsphere-iso.mdx`, less what is for content libraries, exports and
 * snapshots; Broadcom, vSphere Web Services API, CloneVM_Task and Rename_Task.
 */
export const templateBuildingPrivileges: PrivilegeSet = {
  Datastore: ["Datastore.AllocateSpace", "Datastore.Browse", "Datastore.FileManagement"],
  Network: ["Network.Assign"],
  Resource: ["Resource.AssignVMToPool"],
  "Virtual machine configuration": [
    "VirtualMachine.Config.AddNewDisk",
    "VirtualMachine.Config.AddRemoveDevice",
    "VirtualMachine.Config.AdvancedConfig",
    "VirtualMachine.Config.Annotation",
    "VirtualMachine.Config.CPUCount",
    "VirtualMachine.Config.EditDevice",
    "VirtualMachine.Config.Memory",
    "VirtualMachine.Config.Rename",
    "VirtualMachine.Config.Resource",
    "VirtualMachine.Config.Settings",
  ],
  "Virtual machine interaction": [
    "VirtualMachine.Interact.DeviceConnection",
    "VirtualMachine.Interact.PowerOff",
    "VirtualMachine.Interact.PowerOn",
    "VirtualMachine.Interact.PutUsbScanCodes",
    "VirtualMachine.Interact.SetCDMedia",
    "VirtualMachine.Interact.SetFloppyMedia",
  ],
  "Virtual machine inventory": [
    "VirtualMachine.Inventory.Create",
    "VirtualMachine.Inventory.CreateFromExisting",
    "VirtualMachine.Inventory.Delete",
  ],
  "Virtual machine provisioning": [
    "VirtualMachine.Provisioning.Clone",
    "VirtualMachine.Provisioning.CloneTemplate",
    "VirtualMachine.Provisioning.CreateTemplateFromVM",
    "VirtualMachine.Provisioning.MarkAsTemplate",
  ],
};

/**
 * What an account needs beyond the preset `current` to build a node template with Packer's
 * `vsphere-iso` builder: typing the boot command and turning the machine into a template.
 * Worked out from the builder's privilege table, not proved against a vCenter.
 *
 * Source: vmware/packer-plugin-vsphere, `docs/builders/vsphere-iso.mdx`.
 */
export const packerPrivileges: PrivilegeSet = {
  "Virtual machine interaction": ["VirtualMachine.Interact.PutUsbScanCodes"],
  "Virtual machine provisioning": [
    "VirtualMachine.Provisioning.CreateTemplateFromVM",
    "VirtualMachine.Provisioning.MarkAsTemplate",
  ],
};
