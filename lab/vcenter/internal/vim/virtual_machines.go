package vim

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/guest"
)

// virtualMachines is where calls go that the simulator's own virtual machines would answer wrongly. Those must stay
// in their place because the simulator asks for their exact type.
var virtualMachines = Reference{Type: "VirtualMachines", Value: "VirtualMachines"}

// correctedMethods are the methods of VirtualMachines, with the types of the objects that it stands for.
var correctedMethods = map[string]map[string]bool{
	"CreateVM_Task":        {"Folder": true},
	"Rename_Task":          {"VirtualMachine": true},
	"CloneVM_Task":         {"VirtualMachine": true},
	"ReconfigVM_Task":      {"VirtualMachine": true},
	"PowerOnVM_Task":       {"VirtualMachine": true},
	"PutUsbScanCodes":      {"VirtualMachine": true},
	"ShutdownGuest":        {"VirtualMachine": true},
	"MarkAsTemplate":       {"VirtualMachine": true},
	"MarkAsVirtualMachine": {"VirtualMachine": true},
}

// VirtualMachines answers in the place of single virtual machines and of folders that get one.
type VirtualMachines struct {
	Self Reference

	access *Access
	guests *guest.Guests
}

// InstallVirtualMachines registers the replacement; the gate redirects calls to it.
func InstallVirtualMachines(access *Access, guests *guest.Guests) {
	access.Map.Put(&VirtualMachines{Self: virtualMachines, access: access, guests: guests})
}

// Reference is the name in the registry.
func (all *VirtualMachines) Reference() Reference { return all.Self }

// Lock does nothing: a call locks the virtual machine that it is about, not all of them.
func (*VirtualMachines) Lock() {}

// Unlock belongs to Lock.
func (*VirtualMachines) Unlock() {}

// on runs a call under the lock of its virtual machine.
func (*VirtualMachines) on(
	ctx *simulator.Context, reference Reference, call func(*simulator.VirtualMachine) soap.HasFault,
) soap.HasFault {
	machine, exists := ctx.Map.Get(reference).(*simulator.VirtualMachine)
	if !exists {
		return refused(&types.ManagedObjectNotFound{Obj: reference})
	}
	var answer soap.HasFault
	ctx.WithLock(machine, func() { answer = call(machine) })
	return answer
}

// refusal is an answer that is a fault, whatever the method.
type refusal struct {
	reason *soap.Fault
}

// Fault is part of the simulator's interface for answers.
func (refusal *refusal) Fault() *soap.Fault { return refusal.reason }

func refused(fault types.BaseMethodFault) soap.HasFault {
	return &refusal{reason: Fault(fault)}
}

// PutUsbScanCodes types on the keyboard of the guest; the plain simulator does not have it (row 29).
func (all *VirtualMachines) PutUsbScanCodes(ctx *simulator.Context, request *types.PutUsbScanCodes) soap.HasFault {
	return all.on(ctx, request.This, func(machine *simulator.VirtualMachine) soap.HasFault {
		if fault := mustBe(types.VirtualMachinePowerStatePoweredOn, machine); fault != nil {
			return refused(fault)
		}
		typed := all.guests.Type(machine.Self, request.Spec.KeyEvents)
		return &methods.PutUsbScanCodesBody{Res: &types.PutUsbScanCodesResponse{Returnval: int32(typed)}}
	})
}

func mustBe(wanted types.VirtualMachinePowerState, machine *simulator.VirtualMachine) types.BaseMethodFault {
	if machine.Runtime.PowerState == wanted {
		return nil
	}
	return &types.InvalidPowerState{RequestedState: wanted, ExistingState: machine.Runtime.PowerState}
}
