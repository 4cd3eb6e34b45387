package build

import (
	"context"
	"fmt"
	"slices"

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
	for _, network := range wanted.Networks {
		if err := builder.standardNetwork(ctx, datacenter, network, found); err != nil {
			return fmt.Errorf("network %q: %w", network.Name, err)
		}
	}
	return nil
}

// AddNetwork adds a standard network later on, to a datacenter that exists.
func (builder *Builder) AddNetwork(ctx context.Context, reference types.ManagedObjectReference, wanted inventory.Network) error {
	datacenter, found, err := builder.placeFor(reference, wanted.Clusters, wanted.Hosts)
	if err != nil {
		return err
	}
	return builder.standardNetwork(ctx, datacenter, wanted, found)
}

// AddSwitch adds a distributed switch with its port groups later on, to a datacenter that exists.
func (builder *Builder) AddSwitch(ctx context.Context, reference types.ManagedObjectReference, wanted inventory.Switch) error {
	datacenter, found, err := builder.placeFor(reference, wanted.Clusters, wanted.Hosts)
	if err != nil {
		return err
	}
	return builder.distributedSwitch(ctx, datacenter, wanted, found)
}

func (builder *Builder) placeFor(reference types.ManagedObjectReference, clusters, names []string) (*simulator.Datacenter, hosts, error) {
	datacenter, err := builder.datacenterAt(reference)
	if err != nil {
		return nil, hosts{}, err
	}
	found := builder.hostsOf(datacenter)
	return datacenter, found, found.check(datacenter.Name, clusters, names)
}

// TakeNetwork takes a standard network, or a distributed switch with all its port groups, from hosts: those of the named
// clusters and the named ones, or all when none are named.
func (builder *Builder) TakeNetwork(reference types.ManagedObjectReference, clusters, names []string) error {
	taken := []types.ManagedObjectReference{reference}
	registry, call := builder.registry(), builder.Service.Context
	distributed, isSwitch := registry.Get(reference).(*simulator.DistributedVirtualSwitch)
	if isSwitch {
		taken = distributed.Portgroup
	} else if reference.Type != "Network" {
		return fmt.Errorf("%s is neither a standard network nor a distributed switch: a port group reaches the hosts of its switch", reference)
	}
	hosts, err := builder.selected(reference, clusters, names, func(host *simulator.HostSystem) bool {
		return slices.ContainsFunc(taken, func(one types.ManagedObjectReference) bool { return slices.Contains(host.Network, one) })
	})
	if err != nil {
		return err
	}
	for _, host := range hosts {
		for _, one := range taken {
			network := registry.Get(one)
			registry.RemoveReference(call, host, &host.Network, one)
			registry.RemoveReference(call, network, hostsOfNetwork(network), host.Self)
		}
		if isSwitch {
			registry.RemoveReference(call, distributed, &distributed.Summary.HostMember, host.Self)
		}
	}
	return nil
}

func hostsOfNetwork(network mo.Reference) *[]types.ManagedObjectReference {
	if portGroup, isPortGroup := network.(*simulator.DistributedVirtualPortgroup); isPortGroup {
		return &portGroup.Host
	}
	return &network.(*mo.Network).Host
}

// distributedSwitch makes a switch with early-binding port groups and connects its hosts.
func (builder *Builder) distributedSwitch(ctx context.Context, datacenter *simulator.Datacenter, wanted inventory.Switch, found hosts) error {
	parent, err := builder.folder(ctx, datacenter.NetworkFolder, wanted.Folder)
	if err != nil {
		return err
	}
	specification := types.DVSCreateSpec{ConfigSpec: &types.VMwareDVSConfigSpec{
		DVSConfigSpec: types.DVSConfigSpec{Name: Stored(wanted.Name)},
	}}
	task, err := object.NewFolder(builder.client, parent).CreateDVS(ctx, specification)
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
	for _, host := range found.on(wanted.Clusters, wanted.Hosts) {
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
func (builder *Builder) standardNetwork(ctx context.Context, datacenter *simulator.Datacenter, wanted inventory.Network, found hosts) error {
	registry, call := builder.registry(), builder.Service.Context
	parent, err := builder.folder(ctx, datacenter.NetworkFolder, wanted.Folder)
	if err != nil {
		return err
	}
	folder := registry.Get(parent).(*simulator.Folder)
	network := &mo.Network{}
	network.Name = Stored(wanted.Name)
	network.Entity().Name = network.Name
	registry.PutEntity(folder, network)
	network.Summary = &types.NetworkSummary{Network: &network.Self, Name: network.Name, Accessible: true}
	registry.AppendReference(call, folder, &folder.ChildEntity, network.Self)
	registry.AppendReference(call, datacenter, &datacenter.Network, network.Self)
	for _, host := range found.on(wanted.Clusters, wanted.Hosts) {
		network.Host = append(network.Host, host.Self)
		registry.AppendReference(call, host, &host.Network, network.Self)
		cluster := registry.Get(*host.Parent).(*simulator.ClusterComputeResource)
		registry.AddReference(call, cluster, &cluster.Network, network.Self)
	}
	return nil
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
