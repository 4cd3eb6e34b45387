import type { PrivilegeSet } from "./privilegeSet";

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
