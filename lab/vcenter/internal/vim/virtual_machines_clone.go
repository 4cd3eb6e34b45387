package vim

import (
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// CloneVMTask makes clones in other clusters and datacenters too. The plain simulator puts a clone on the host of its
// source and looks for the source's networks in the target's datacenter, which ends the whole process (row 32).
// Customization and PowerOn of the specification are not simulated.
func (all *VirtualMachines) CloneVMTask(ctx *simulator.Context, request *types.CloneVM_Task) soap.HasFault {
	return all.on(ctx, request.This, func(machine *simulator.VirtualMachine) soap.HasFault {
		task := simulator.CreateTask(machine, "cloneVm", func(*simulator.Task) (types.AnyType, types.BaseMethodFault) {
			return all.clone(ctx, machine, request)
		})
		return &methods.CloneVM_TaskBody{Res: &types.CloneVM_TaskResponse{Returnval: task.Run(ctx)}}
	})
}

func (all *VirtualMachines) clone(
	ctx *simulator.Context, source *simulator.VirtualMachine, request *types.CloneVM_Task,
) (types.AnyType, types.BaseMethodFault) {
	target, fault := placeClone(ctx, source, request)
	if fault != nil {
		return nil, fault
	}
	changes := request.Spec.Location.DeviceChange
	if request.Spec.Config != nil {
		changes = slices.Concat(changes, request.Spec.Config.DeviceChange)
	}
	devices, fault := clonedDevices(source, changes)
	if fault != nil {
		return nil, fault
	}
	configuration := clonedConfiguration(source, request)
	configuration.DeviceChange = devices
	configuration.Files = &types.VirtualMachineFileInfo{VmPathName: "[" + target.datastore.Name + "]"}
	made, fault := outcome(ctx, all.createIn(ctx, target.folder, &types.CreateVM_Task{
		This: target.folder.Self, Config: configuration, Pool: target.pool, Host: request.Spec.Location.Host,
	}))
	if fault == nil && request.Spec.Template {
		all.MarkAsTemplate(ctx, &types.MarkAsTemplate{This: made.(Reference)})
	}
	return made, fault
}

// clonedConfiguration copies what is not a device, and what the caller wants otherwise.
func clonedConfiguration(source *simulator.VirtualMachine, request *types.CloneVM_Task) types.VirtualMachineConfigSpec {
	from := source.Config
	configuration := types.VirtualMachineConfigSpec{
		Name:                request.Name,
		Version:             from.Version,
		GuestId:             from.GuestId,
		Annotation:          from.Annotation,
		Firmware:            from.Firmware,
		NumCPUs:             from.Hardware.NumCPU,
		NumCoresPerSocket:   from.Hardware.NumCoresPerSocket,
		MemoryMB:            int64(from.Hardware.MemoryMB),
		CpuHotAddEnabled:    from.CpuHotAddEnabled,
		MemoryHotAddEnabled: from.MemoryHotAddEnabled,
		ExtraConfig:         slices.Clone(from.ExtraConfig),
	}
	wanted := request.Spec.Config
	if wanted == nil {
		return configuration
	}
	configuration.ExtraConfig = append(configuration.ExtraConfig, wanted.ExtraConfig...)
	override(&configuration.Annotation, wanted.Annotation)
	override(&configuration.NumCPUs, wanted.NumCPUs)
	override(&configuration.MemoryMB, wanted.MemoryMB)
	override(&configuration.Uuid, wanted.Uuid)
	override(&configuration.InstanceUuid, wanted.InstanceUuid)
	return configuration
}

func override[Value comparable](into *Value, wanted Value) {
	var unset Value
	if wanted != unset {
		*into = wanted
	}
}

// clonePlace is where a clone goes. That its parts belong together is checked when it is created.
type clonePlace struct {
	folder    *simulator.Folder
	pool      Reference
	datastore *simulator.Datastore
}

// placeClone finds the place that a specification names; what it leaves out is that of the source.
func placeClone(
	ctx *simulator.Context, source *simulator.VirtualMachine, request *types.CloneVM_Task,
) (clonePlace, types.BaseMethodFault) {
	var place clonePlace
	var known bool
	if place.folder, known = ctx.Map.Get(request.Folder).(*simulator.Folder); !known {
		return place, &types.InvalidArgument{InvalidProperty: "folder"}
	}
	pool := request.Spec.Location.Pool
	if pool == nil {
		pool = source.ResourcePool // nil for a template, which belongs to no pool
	}
	if pool == nil {
		return place, &types.InvalidArgument{InvalidProperty: "spec.location.pool"}
	}
	place.pool = *pool
	datastore := source.Datastore[0]
	if request.Spec.Location.Datastore != nil {
		datastore = *request.Spec.Location.Datastore
	}
	if place.datastore, known = ctx.Map.Get(datastore).(*simulator.Datastore); !known {
		return place, &types.InvalidArgument{InvalidProperty: "spec.location.datastore"}
	}
	return place, nil
}
