package vim

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/guest"
)

// PowerWatch starts and ends guests with the power of their virtual machines, whatever changes it. The simulator calls
// it while it holds the machine's lock.
type PowerWatch struct {
	Access *Access
	Guests *guest.Guests
}

// Reference is the name of the handler in the registry.
func (*PowerWatch) Reference() Reference {
	return Reference{Type: "PowerWatch", Value: "PowerWatch"}
}

// PutObject ignores new objects: they are off.
func (*PowerWatch) PutObject(*simulator.Context, mo.Reference) {}

// UpdateObject follows the power state.
func (watch *PowerWatch) UpdateObject(ctx *simulator.Context, changed mo.Reference, changes []types.PropertyChange) {
	machine, isMachine := watch.Access.Map.Get(changed.Reference()).(*simulator.VirtualMachine)
	if !isMachine {
		return
	}
	for _, change := range changes {
		if change.Name != "runtime.powerState" {
			continue
		}
		if change.Val == types.VirtualMachinePowerStatePoweredOn {
			watch.Guests.PowerOn(machine.Self)
			continue
		}
		watch.Guests.PowerOff(machine.Self)
		ctx.Update(machine, stoppedTools(machine))
	}
}

// RemoveObject ends the guest of a machine that is destroyed.
func (watch *PowerWatch) RemoveObject(_ *simulator.Context, reference Reference) {
	if reference.Type == "VirtualMachine" {
		watch.Guests.Destroy(reference, watch.Access.Path(reference))
	}
}
