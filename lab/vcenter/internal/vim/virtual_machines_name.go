package vim

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// RenameTask answers DuplicateName where the plain simulator answers InvalidArgument, and renames the configuration
// with the machine (row 31).
func (all *VirtualMachines) RenameTask(ctx *simulator.Context, request *types.Rename_Task) soap.HasFault {
	return all.on(ctx, request.This, func(machine *simulator.VirtualMachine) soap.HasFault {
		task := simulator.CreateTask(machine, "rename", func(*simulator.Task) (types.AnyType, types.BaseMethodFault) {
			return nil, rename(ctx, machine, request.NewName)
		})
		return &methods.Rename_TaskBody{Res: &types.Rename_TaskResponse{Returnval: task.Run(ctx)}}
	})
}

func rename(ctx *simulator.Context, machine *simulator.VirtualMachine, name string) types.BaseMethodFault {
	if name == "" {
		return &types.InvalidName{Name: name}
	}
	if folder, isFolder := ctx.Map.Get(*machine.Parent).(*simulator.Folder); isFolder {
		if fault := nameTaken(ctx, folder, name, machine.Self); fault != nil {
			return fault
		}
	}
	ctx.Update(machine, []types.PropertyChange{
		{Name: "name", Val: name}, {Name: "config.name", Val: name}, {Name: "summary.config.name", Val: name},
	})
	return nil
}

// nameTaken returns a fault when another child of a folder has the name.
func nameTaken(ctx *simulator.Context, folder *simulator.Folder, name string, except Reference) types.BaseMethodFault {
	found := ctx.Map.FindByName(name, folder.ChildEntity)
	if found == nil || found.Reference() == except {
		return nil
	}
	return &types.DuplicateName{Name: name, Object: found.Reference()}
}

// outcome waits for a task that another one has started.
func outcome(ctx *simulator.Context, reference Reference) (types.AnyType, types.BaseMethodFault) {
	task := ctx.Map.Get(reference).(*simulator.Task)
	task.Wait()
	if task.Info.Error != nil {
		return nil, task.Info.Error.Fault
	}
	return task.Info.Result, nil
}
