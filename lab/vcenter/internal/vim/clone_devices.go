package vim

import (
	"bytes"
	"reflect"
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/simulator/esx"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vim25/xml"
)

// clonedDevices are the devices of a clone: those of the source with new disks and new MAC addresses, and the changes
// that the caller wants. The devices that every machine has come by themselves.
func clonedDevices(
	source *simulator.VirtualMachine, changes []types.BaseVirtualDeviceConfigSpec,
) ([]types.BaseVirtualDeviceConfigSpec, types.BaseMethodFault) {
	devices := copyDevices(source.Config.Hardware.Device)
	devices = slices.DeleteFunc(devices, func(device types.BaseVirtualDevice) bool {
		return slices.ContainsFunc(esx.VirtualDevice, sameKey(device))
	})
	for _, change := range changes {
		var fault types.BaseMethodFault
		if devices, fault = applyDeviceChange(devices, change.GetVirtualDeviceConfigSpec()); fault != nil {
			return nil, fault
		}
	}
	var specification []types.BaseVirtualDeviceConfigSpec
	for _, device := range devices {
		renew(device)
		addition := &types.VirtualDeviceConfigSpec{Operation: types.VirtualDeviceConfigSpecOperationAdd, Device: device}
		if _, isDisk := device.(*types.VirtualDisk); isDisk {
			addition.FileOperation = types.VirtualDeviceConfigSpecFileOperationCreate
		}
		specification = append(specification, addition)
	}
	return specification, nil
}

// renew takes from a device what must not be the same in a clone.
func renew(device types.BaseVirtualDevice) {
	switch device := device.(type) {
	case *types.VirtualDisk:
		if backing, isFlat := device.Backing.(*types.VirtualDiskFlatVer2BackingInfo); isFlat {
			backing.FileName, backing.Parent, backing.Uuid, backing.Datastore = "", nil, "", nil
		}
	case types.BaseVirtualEthernetCard:
		card := device.GetVirtualEthernetCard()
		if card.AddressType != string(types.VirtualEthernetCardMacTypeManual) {
			card.MacAddress = ""
		}
	}
}

func applyDeviceChange(
	devices []types.BaseVirtualDevice, change *types.VirtualDeviceConfigSpec,
) ([]types.BaseVirtualDevice, types.BaseMethodFault) {
	if change.Operation == types.VirtualDeviceConfigSpecOperationAdd {
		return append(devices, change.Device), nil
	}
	position := slices.IndexFunc(devices, sameKey(change.Device))
	if position < 0 || reflect.TypeOf(devices[position]) != reflect.TypeOf(change.Device) {
		return nil, &types.InvalidDeviceSpec{InvalidVmConfig: types.InvalidVmConfig{Property: "deviceChange.device.key"}}
	}
	if change.Operation == types.VirtualDeviceConfigSpecOperationRemove {
		return slices.Delete(devices, position, position+1), nil
	}
	// What an edit leaves out stays as it is.
	before, after := devices[position].GetVirtualDevice(), change.Device.GetVirtualDevice()
	after.ControllerKey = before.ControllerKey
	if after.UnitNumber == nil {
		after.UnitNumber = before.UnitNumber
	}
	devices[position] = change.Device
	return devices, nil
}

func sameKey(wanted types.BaseVirtualDevice) func(types.BaseVirtualDevice) bool {
	return func(device types.BaseVirtualDevice) bool {
		return device.GetVirtualDevice().Key == wanted.GetVirtualDevice().Key
	}
}

// copyDevices makes devices that share nothing with the given ones, in the way in which they would go over the wire.
func copyDevices(devices []types.BaseVirtualDevice) []types.BaseVirtualDevice {
	var wire bytes.Buffer
	var copied types.ArrayOfVirtualDevice
	decoder := xml.NewDecoder(&wire)
	decoder.TypeFunc = types.TypeFunc()
	if err := xml.NewEncoder(&wire).Encode(types.ArrayOfVirtualDevice{VirtualDevice: devices}); err != nil {
		panic(err) // these types came over the wire themselves
	}
	if err := decoder.Decode(&copied); err != nil {
		panic(err)
	}
	return copied.VirtualDevice
}
