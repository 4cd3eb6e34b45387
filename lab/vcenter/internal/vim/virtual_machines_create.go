package vim

import (
	"slices"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// CreateVMTask refuses a name that the folder has already, of which the plain simulator makes a second machine
// (row 31), and a place that does not fit, which ends the process of the plain simulator (row 32).
func (all *VirtualMachines) CreateVMTask(ctx *simulator.Context, request *types.CreateVM_Task) soap.HasFault {
	folder, exists := ctx.Map.Get(request.This).(*simulator.Folder)
	if !exists {
		return refused(&types.ManagedObjectNotFound{Obj: request.This})
	}
	task := all.createIn(ctx, folder, request)
	return &methods.CreateVM_TaskBody{Res: &types.CreateVM_TaskResponse{Returnval: task}}
}

// createIn starts a task that makes a machine. Tasks of one folder run one after another, so that two of them cannot
// take the same name.
func (all *VirtualMachines) createIn(ctx *simulator.Context, folder *simulator.Folder, request *types.CreateVM_Task) Reference {
	return simulator.CreateTask(folder, "createVm", func(*simulator.Task) (types.AnyType, types.BaseMethodFault) {
		if fault := nameTaken(ctx, folder, request.Config.Name, Reference{}); fault != nil {
			return nil, fault
		}
		if fault := all.place(ctx, folder, request); fault != nil {
			return nil, fault
		}
		body := folder.CreateVMTask(ctx, request).(*methods.CreateVM_TaskBody)
		return outcome(ctx, body.Res.Returnval)
	}).Run(ctx)
}

// place checks that folder, pool, datastore and networks belong together, and picks a host when none is wanted: the
// first one of the pool's cluster that mounts the datastore.
func (all *VirtualMachines) place(ctx *simulator.Context, folder *simulator.Folder, request *types.CreateVM_Task) types.BaseMethodFault {
	datacenter := all.access.datacenter(folder.Self)
	if datacenter == nil {
		return &types.InvalidFolder{Target: folder.Self}
	}
	pool, known := ctx.Map.Get(request.Pool).(*simulator.ResourcePool)
	if !known {
		return &types.InvalidArgument{InvalidProperty: "pool"}
	}
	var path object.DatastorePath
	if files := request.Config.Files; files == nil || !path.FromString(files.VmPathName) {
		return &types.InvalidVmConfig{Property: "configSpec.files.vmPathName"}
	}
	datastore, known := ctx.Map.FindByName(path.Datastore, datacenter.Datastore).(*simulator.Datastore)
	if !known {
		return &types.InvalidDatastore{Name: path.Datastore}
	}
	host := hostFor(ctx, pool, datastore, request.Host)
	if host == nil {
		return &types.InvalidDatastore{Datastore: &datastore.Self, Name: datastore.Name}
	}
	request.Host = &host.Self
	for _, change := range request.Config.DeviceChange {
		if fault := networkMissing(ctx, change.GetVirtualDeviceConfigSpec().Device, datacenter); fault != nil {
			return fault
		}
	}
	return nil
}

// hostFor returns a host of the pool's cluster that mounts the datastore, only the wanted one if one is wanted.
func hostFor(ctx *simulator.Context, pool *simulator.ResourcePool, datastore *simulator.Datastore, wanted *Reference) *simulator.HostSystem {
	cluster, isCluster := ctx.Map.Get(pool.Owner).(*simulator.ClusterComputeResource)
	if !isCluster {
		return nil
	}
	for _, reference := range cluster.Host {
		host, isHost := ctx.Map.Get(reference).(*simulator.HostSystem)
		if isHost && (wanted == nil || *wanted == reference) && slices.Contains(host.Datastore, datastore.Self) {
			return host
		}
	}
	return nil
}

// networkMissing refuses an adapter whose network is not in the machine's datacenter.
func networkMissing(
	ctx *simulator.Context, device types.BaseVirtualDevice, datacenter *simulator.Datacenter,
) types.BaseMethodFault {
	if _, isAdapter := device.(types.BaseVirtualEthernetCard); !isAdapter {
		return nil
	}
	network := networkOf(ctx.Map, device, datacenter)
	if network != nil && slices.Contains(datacenter.Network, *network) {
		return nil
	}
	return &types.CannotAccessNetwork{
		CannotAccessVmDevice: types.CannotAccessVmDevice{Device: labelOf(device), Backing: "network", Connected: true},
		Network:              network,
	}
}

func labelOf(device types.BaseVirtualDevice) string {
	if description := device.GetVirtualDevice().DeviceInfo; description != nil {
		return description.GetDescription().Label
	}
	return ""
}
