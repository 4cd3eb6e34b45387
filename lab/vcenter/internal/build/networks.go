package build

import (
	"context"
	"fmt"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
)

func (builder *Builder) networks(ctx context.Context, datacenter *simulator.Datacenter, wanted inventory.Datacenter, found hosts) error {
	for _, distributed := range wanted.Switches {
		if err := builder.distributedSwitch(ctx, datacenter, distributed, found); err != nil {
			return fmt.Errorf("switch %q: %w", distributed.Name, err)
		}
	}
	for _, name := range wanted.Networks {
		builder.standardNetwork(datacenter, name, found)
	}
	return nil
}

// distributedSwitch makes a switch with early-binding port groups and connects all hosts of the datacenter.
func (builder *Builder) distributedSwitch(ctx context.Context, datacenter *simulator.Datacenter, wanted inventory.Switch, found hosts) error {
	specification := types.DVSCreateSpec{ConfigSpec: &types.VMwareDVSConfigSpec{
		DVSConfigSpec: types.DVSConfigSpec{Name: Stored(wanted.Name)},
	}}
	task, err := object.NewFolder(builder.client, datacenter.NetworkFolder).CreateDVS(ctx, specification)
	if err != nil {
		return err
	}
	result, err := task.WaitForResult(ctx)
	if err != nil {
		return err
	}
	distributed := object.NewDistributedVirtualSwitch(builder.client, result.Result.(types.ManagedObjectReference))
	for _, name := range wanted.PortGroups {
		task, err := distributed.AddPortgroup(ctx, []types.DVPortgroupConfigSpec{{
			Name:     Stored(name),
			Type:     string(types.DistributedVirtualPortgroupPortgroupTypeEarlyBinding),
			NumPorts: 8,
		}})
		if err != nil {
			return err
		}
		if err := task.Wait(ctx); err != nil {
			return fmt.Errorf("port group %q: %w", name, err)
		}
	}
	var members []types.DistributedVirtualSwitchHostMemberConfigSpec
	for _, host := range found.all {
		members = append(members, types.DistributedVirtualSwitchHostMemberConfigSpec{
			Operation: string(types.ConfigSpecOperationAdd),
			Host:      host.Self,
		})
	}
	task, err = distributed.Reconfigure(ctx, &types.DVSConfigSpec{Host: members})
	if err != nil {
		return err
	}
	return task.Wait(ctx)
}

// standardNetwork makes a network as the port groups of standard switches appear in the inventory. The simulator has
// no call for it.
func (builder *Builder) standardNetwork(datacenter *simulator.Datacenter, name string, found hosts) {
	registry, call := builder.registry(), builder.Service.Context
	folder := registry.Get(datacenter.NetworkFolder).(*simulator.Folder)
	network := &mo.Network{}
	network.Name = Stored(name)
	network.Entity().Name = network.Name
	registry.PutEntity(folder, network)
	network.Summary = &types.NetworkSummary{Network: &network.Self, Name: network.Name, Accessible: true}
	registry.AppendReference(call, folder, &folder.ChildEntity, network.Self)
	registry.AppendReference(call, datacenter, &datacenter.Network, network.Self)
	for _, host := range found.all {
		network.Host = append(network.Host, host.Self)
		registry.AppendReference(call, host, &host.Network, network.Self)
		cluster := registry.Get(*host.Parent).(*simulator.ClusterComputeResource)
		registry.AddReference(call, cluster, &cluster.Network, network.Self)
	}
}

func (builder *Builder) isBelow(reference, ancestor types.ManagedObjectReference) bool {
	for {
		entity, isEntity := builder.registry().Get(reference).(mo.Entity)
		if !isEntity || entity.Entity().Parent == nil {
			return false
		}
		reference = *entity.Entity().Parent
		if reference == ancestor {
			return true
		}
	}
}
