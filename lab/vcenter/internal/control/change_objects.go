package control

import (
	"context"
	"fmt"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/build"
	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// renameObject sets the name directly: the simulator has no Rename_Task for datastores.
func (changer *Changer) renameObject(ctx context.Context, change Change) error {
	found, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	name := build.Stored(change.Name)
	if name == "" {
		return fmt.Errorf("name is missing")
	}
	entity, _ := changer.Access.Entity(found)
	if parent, isFolder := changer.parent(found).(*simulator.Folder); isFolder {
		if sibling := changer.Access.Map.FindByName(name, parent.ChildEntity); sibling != nil {
			return fmt.Errorf("the name %q is already in use there", change.Name)
		}
	}
	changes := []types.PropertyChange{{Name: "name", Val: name}}
	switch found.Type {
	case "Datastore":
		changes = append(changes, types.PropertyChange{Name: "summary.name", Val: name})
	case "VirtualMachine":
		changes = append(changes,
			types.PropertyChange{Name: "config.name", Val: name}, types.PropertyChange{Name: "summary.config.name", Val: name})
	}
	changer.Access.Map.AtomicUpdate(changer.Builder.Service.Context, entity, changes)
	return nil
}

func (changer *Changer) parent(reference vim.Reference) any {
	lineage := changer.Access.Lineage(reference)
	if len(lineage) < 2 {
		return nil
	}
	return changer.Access.Map.Get(lineage[1])
}

// removeObject turns a virtual machine off first: one that is on cannot be removed.
func (changer *Changer) removeObject(ctx context.Context, change Change) error {
	found, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	if found.Type == "VirtualMachine" {
		if err := changer.powerOffMachine(ctx, found); err != nil {
			return err
		}
	}
	task, err := object.NewCommon(changer.Builder.Client(), found).Destroy(ctx)
	if err != nil {
		return readable(err)
	}
	return task.Wait(ctx)
}

func (changer *Changer) addDatastore(ctx context.Context, change Change) error {
	datacenter, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	return changer.Builder.AddDatastore(ctx, datacenter, inventory.Datastore{
		Name: change.Name, Folder: change.Folder, Pod: change.DatastorePod, Clusters: change.Clusters, Hosts: change.Hosts,
	})
}
