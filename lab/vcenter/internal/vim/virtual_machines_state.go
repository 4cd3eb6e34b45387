package vim

import (
	"reflect"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// ReconfigVMTask lets a template's boot order be set, without effect: a real vCenter says that it is done and does
// nothing (jetbrains-infra/packer-builder-vsphere#225). The plain simulator refuses it, and with it every build of
// Packer's that ends with a template (row 34).
func (all *VirtualMachines) ReconfigVMTask(ctx *simulator.Context, request *types.ReconfigVM_Task) soap.HasFault {
	return all.on(ctx, request.This, func(machine *simulator.VirtualMachine) soap.HasFault {
		onlyBoot := types.VirtualMachineConfigSpec{BootOptions: request.Spec.BootOptions}
		if !machine.Config.Template || request.Spec.BootOptions == nil || !reflect.DeepEqual(request.Spec, onlyBoot) {
			return machine.ReconfigVMTask(ctx, request)
		}
		nothing := func(*simulator.Task) (types.AnyType, types.BaseMethodFault) { return nil, nil }
		task := simulator.CreateTask(machine, "reconfigVm", nothing)
		return &methods.ReconfigVM_TaskBody{Res: &types.ReconfigVM_TaskResponse{Returnval: task.Run(ctx)}}
	})
}

// PowerOnVMTask refuses a template with the fault that the API reference names (row 35).
func (all *VirtualMachines) PowerOnVMTask(ctx *simulator.Context, request *types.PowerOnVM_Task) soap.HasFault {
	return all.on(ctx, request.This, func(machine *simulator.VirtualMachine) soap.HasFault {
		if machine.Config.Template {
			return refused(&types.NotSupported{})
		}
		return machine.PowerOnVMTask(ctx, request)
	})
}

// ShutdownGuest needs VMware Tools that run; the plain simulator shuts down any guest (row 30).
func (all *VirtualMachines) ShutdownGuest(ctx *simulator.Context, request *types.ShutdownGuest) soap.HasFault {
	return all.on(ctx, request.This, func(machine *simulator.VirtualMachine) soap.HasFault {
		if fault := mustBe(types.VirtualMachinePowerStatePoweredOn, machine); fault != nil {
			return refused(fault)
		}
		if machine.Guest.ToolsRunningStatus != string(types.VirtualMachineToolsRunningStatusGuestToolsRunning) {
			return refused(&types.ToolsUnavailable{})
		}
		return machine.ShutdownGuest(ctx, request)
	})
}

// MarkAsTemplate also takes the machine out of its resource pool, where the plain simulator leaves it behind, and
// tells those who wait for a change (row 35).
func (all *VirtualMachines) MarkAsTemplate(ctx *simulator.Context, request *types.MarkAsTemplate) soap.HasFault {
	return all.on(ctx, request.This, func(machine *simulator.VirtualMachine) soap.HasFault {
		pool := machine.ResourcePool
		answer := machine.MarkAsTemplate(request)
		if answer.Fault() != nil {
			return answer
		}
		if pool != nil {
			if left, isPool := ctx.Map.Get(*pool).(*simulator.ResourcePool); isPool {
				ctx.Map.RemoveReference(ctx, left, &left.Vm, machine.Self)
			}
		}
		publishTemplate(ctx, machine)
		return answer
	})
}

// MarkAsVirtualMachine puts the machine into its resource pool again.
func (all *VirtualMachines) MarkAsVirtualMachine(ctx *simulator.Context, request *types.MarkAsVirtualMachine) soap.HasFault {
	return all.on(ctx, request.This, func(machine *simulator.VirtualMachine) soap.HasFault {
		pool, isPool := ctx.Map.Get(request.Pool).(*simulator.ResourcePool)
		if !isPool {
			return refused(&types.ManagedObjectNotFound{Obj: request.Pool})
		}
		answer := machine.MarkAsVirtualMachine(request)
		if answer.Fault() == nil {
			ctx.Map.AddReference(ctx, pool, &pool.Vm, machine.Self)
			publishTemplate(ctx, machine)
		}
		return answer
	})
}

func publishTemplate(ctx *simulator.Context, machine *simulator.VirtualMachine) {
	ctx.Update(machine, []types.PropertyChange{
		{Name: "config.template", Val: machine.Config.Template},
		{Name: "summary.config.template", Val: machine.Config.Template},
	})
}
