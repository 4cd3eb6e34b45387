package control

import (
	"context"
	"fmt"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

func (changer *Changer) createVirtualMachine(ctx context.Context, change Change) error {
	folder, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	wanted := inventory.VirtualMachine{
		Name: change.Name, Cluster: change.Cluster, Datastore: change.Datastore, Network: change.Network,
		DiskGigabytes: change.DiskGigabytes, HardwareVersion: change.HardwareVersion, Annotation: change.Annotation,
		Template: change.Template, PoweredOn: change.PoweredOn, Tools: change.Tools,
	}
	if err := wanted.Validate(); err != nil {
		return err
	}
	return readable(changer.Builder.AddMachine(ctx, folder, wanted))
}

func (changer *Changer) powerOff(ctx context.Context, change Change) error {
	found, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	if found.Type != "VirtualMachine" {
		return fmt.Errorf("%q is not a virtual machine", change.Path)
	}
	return changer.powerOffMachine(ctx, found)
}

// powerOffMachine leaves a machine alone that is off.
func (changer *Changer) powerOffMachine(ctx context.Context, reference vim.Reference) error {
	machine := object.NewVirtualMachine(changer.Builder.Client(), reference)
	state, err := machine.PowerState(ctx)
	if err != nil || state == types.VirtualMachinePowerStatePoweredOff {
		return err
	}
	task, err := machine.PowerOff(ctx)
	if err != nil {
		return readable(err)
	}
	return task.Wait(ctx)
}
