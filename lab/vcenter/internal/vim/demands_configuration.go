package vim

import (
	"reflect"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// reconfiguration lists what the changes of a machine need: a privilege for each group of settings, and one for each
// class of devices.
func (access *Access) reconfiguration(machine Reference, changes types.VirtualMachineConfigSpec) []demand {
	var demands []demand
	for _, group := range settingGroups {
		before := changes
		group.clear(&changes)
		if !reflect.DeepEqual(before, changes) {
			demands = append(demands, demand{machine, group.privilege})
		}
	}
	devices := changes.DeviceChange
	changes.DeviceChange, changes.ChangeVersion = nil, ""
	if !reflect.ValueOf(changes).IsZero() {
		demands = append(demands, demand{machine, "VirtualMachine.Config.Settings"})
	}
	datacenter := access.datacenter(machine)
	if datacenter == nil {
		return demands
	}
	return append(demands, access.newDevices(machine, datacenter, devices)...)
}

// settingGroups name the settings that have a privilege of their own; all others need VirtualMachine.Config.Settings.
var settingGroups = []struct {
	privilege string
	clear     func(*types.VirtualMachineConfigSpec)
}{
	{"VirtualMachine.Config.Rename", func(changes *types.VirtualMachineConfigSpec) { changes.Name = "" }},
	{"VirtualMachine.Config.Annotation", func(changes *types.VirtualMachineConfigSpec) { changes.Annotation = "" }},
	{"VirtualMachine.Config.CPUCount", func(changes *types.VirtualMachineConfigSpec) {
		changes.NumCPUs, changes.NumCoresPerSocket = 0, nil
	}},
	{"VirtualMachine.Config.Memory", func(changes *types.VirtualMachineConfigSpec) { changes.MemoryMB = 0 }},
	{"VirtualMachine.Config.Resource", func(changes *types.VirtualMachineConfigSpec) {
		changes.CpuAllocation, changes.MemoryAllocation, changes.MemoryReservationLockedToMax = nil, nil, nil
	}},
	{"VirtualMachine.Config.AdvancedConfig", func(changes *types.VirtualMachineConfigSpec) { changes.ExtraConfig = nil }},
}

// newDevices lists what the changes of devices need on a machine, or on the folder in which it is created.
func (access *Access) newDevices(
	target Reference, datacenter *simulator.Datacenter, changes []types.BaseVirtualDeviceConfigSpec,
) []demand {
	demands := access.networks(datacenter, changes)
	for _, change := range changes {
		specification := change.GetVirtualDeviceConfigSpec()
		demands = append(demands, demand{target, devicePrivilege(target, specification)})
		if machine, exists := access.Map.Get(target).(*simulator.VirtualMachine); exists && makesDisk(specification) {
			for _, datastore := range machine.Datastore {
				demands = append(demands, demand{datastore, "Datastore.AllocateSpace"})
			}
		}
	}
	return demands
}

// devicePrivilege follows the vSphere Security guide ("Virtual Machine Configuration Privileges", "Virtual Machine
// Interaction Privileges"). Devices other than disks come with a machine that is created without a privilege of
// their own. That the video card counts as a setting is taken from the list of privileges in Packer's documentation,
// which has VirtualMachine.Config.Settings and not EditDevice although each build edits the card.
func devicePrivilege(target Reference, change *types.VirtualDeviceConfigSpec) string {
	edits := change.Operation == types.VirtualDeviceConfigSpecOperationEdit
	removes := change.Operation == types.VirtualDeviceConfigSpecOperationRemove
	switch change.Device.(type) {
	case *types.VirtualDisk:
		switch {
		case removes:
			return "VirtualMachine.Config.RemoveDisk"
		case edits:
			return "VirtualMachine.Config.DiskExtend"
		case makesDisk(change):
			return "VirtualMachine.Config.AddNewDisk"
		default:
			return "VirtualMachine.Config.AddExistingDisk"
		}
	case *types.VirtualCdrom:
		if edits {
			return "VirtualMachine.Interact.SetCDMedia"
		}
	case *types.VirtualFloppy:
		if edits {
			return "VirtualMachine.Interact.SetFloppyMedia"
		}
	case *types.VirtualMachineVideoCard:
		return "VirtualMachine.Config.Settings"
	}
	switch {
	case target.Type == "Folder":
		return "VirtualMachine.Inventory.Create"
	case edits:
		return "VirtualMachine.Config.EditDevice"
	default:
		return "VirtualMachine.Config.AddRemoveDevice"
	}
}

func makesDisk(change *types.VirtualDeviceConfigSpec) bool {
	_, isDisk := change.Device.(*types.VirtualDisk)
	return isDisk && change.Operation == types.VirtualDeviceConfigSpecOperationAdd &&
		change.FileOperation == types.VirtualDeviceConfigSpecFileOperationCreate
}
