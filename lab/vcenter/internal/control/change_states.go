package control

import (
	"context"
	"errors"

	"deckhouse-vsphere/lab/vcenter/internal/build"
	"deckhouse-vsphere/lab/vcenter/internal/inventory"
)

func (changer *Changer) addFolder(ctx context.Context, change Change) error {
	parent, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	if change.Name == "" {
		return errors.New("name is missing")
	}
	return readable(changer.Builder.AddFolder(ctx, parent, change.Name))
}

func (changer *Changer) addResourcePool(ctx context.Context, change Change) error {
	cluster, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	if change.Name == "" {
		return errors.New("name is missing")
	}
	return readable(changer.Builder.AddResourcePool(ctx, cluster, change.Name))
}

func (changer *Changer) addNetwork(ctx context.Context, change Change) error {
	datacenter, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	if change.Name == "" {
		return errors.New("name is missing")
	}
	return changer.Builder.AddNetwork(ctx, datacenter, inventory.Network{
		Name: change.Name, Folder: change.Folder, Clusters: change.Clusters, Hosts: change.Hosts,
	})
}

func (changer *Changer) addSwitch(ctx context.Context, change Change) error {
	datacenter, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	return readable(changer.Builder.AddSwitch(ctx, datacenter, inventory.Switch{
		Name: change.Name, Folder: change.Folder, PortGroups: change.PortGroups, Clusters: change.Clusters, Hosts: change.Hosts,
	}))
}

// takeNetwork takes a network from hosts, as somebody does who removes a port group of a standard switch, or a host from
// a distributed switch.
func (changer *Changer) takeNetwork(ctx context.Context, change Change) error {
	network, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	return changer.Builder.TakeNetwork(network, change.Clusters, change.Hosts)
}

func (changer *Changer) setHost(ctx context.Context, change Change) error {
	host, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	if change.Maintenance == nil && change.Connected == nil {
		return errors.New("neither maintenance nor connected is given")
	}
	return changer.Builder.SetHost(host, change.Maintenance, change.Connected)
}

func (changer *Changer) setMount(ctx context.Context, change Change) error {
	datastore, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	wanted := build.MountChange{Mounted: change.Mounted, Accessible: change.Accessible, Writable: change.Writable}
	if wanted == (build.MountChange{}) {
		return errors.New("none of mounted, accessible and writable is given")
	}
	return changer.Builder.SetMount(datastore, change.Clusters, change.Hosts, wanted)
}

func (changer *Changer) setDRS(ctx context.Context, change Change) error {
	cluster, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	if change.Enabled == nil {
		return errors.New("enabled is missing")
	}
	return changer.Builder.SetDRS(ctx, cluster, *change.Enabled)
}
