package vim

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// networkOf returns the network to which an adapter is connected, or nil when the datacenter has none of that name.
// The key of a port group is its id, on a real vCenter too.
func networkOf(registry *simulator.Registry, device types.BaseVirtualDevice, datacenter *simulator.Datacenter) *Reference {
	switch backing := device.GetVirtualDevice().Backing.(type) {
	case *types.VirtualEthernetCardDistributedVirtualPortBackingInfo:
		return &Reference{Type: "DistributedVirtualPortgroup", Value: backing.Port.PortgroupKey}
	case *types.VirtualEthernetCardNetworkBackingInfo:
		if found := registry.FindByName(backing.DeviceName, datacenter.Network); found != nil {
			reference := found.Reference()
			return &reference
		}
	}
	return nil
}

// Network returns the network to which an adapter of a machine is connected, or nil.
func (access *Access) Network(machine Reference, adapter types.BaseVirtualDevice) *Reference {
	if datacenter := access.datacenter(machine); datacenter != nil {
		return networkOf(access.Map, adapter, datacenter)
	}
	return nil
}
