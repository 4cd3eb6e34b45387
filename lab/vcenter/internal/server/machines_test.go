package server_test

import (
	"context"
	"fmt"
	"path"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// machineFolder is the folder for virtual machines of the target's datacenter.
func (on *target) machineFolder(ctx context.Context) (*object.Folder, error) {
	found, err := on.find(ctx, on.Datacenter+"/vm")
	if err != nil {
		return nil, err
	}
	return object.NewFolder(on.Client.Client, found), nil
}

// pool is the root resource pool of a cluster.
func (on *target) pool(ctx context.Context, cluster string) (*object.ResourcePool, error) {
	found, err := on.find(ctx, cluster)
	if err != nil {
		return nil, err
	}
	return object.NewClusterComputeResource(on.Client.Client, found).ResourcePool(ctx)
}

// create makes a virtual machine with a disk in the target's datacenter, on its cluster and datastore.
func (on *target) create(ctx context.Context, name string) (*object.VirtualMachine, error) {
	folder, err := on.machineFolder(ctx)
	if err != nil {
		return nil, err
	}
	pool, err := on.pool(ctx, on.Cluster)
	if err != nil {
		return nil, err
	}
	var devices object.VirtualDeviceList
	controller, err := devices.CreateSCSIController("pvscsi")
	if err != nil {
		return nil, err
	}
	disk := devices.CreateDisk(controller.(types.BaseVirtualController), types.ManagedObjectReference{}, "")
	disk.CapacityInKB = 1 << 20
	changes, err := append(devices, controller, disk).ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd)
	if err != nil {
		return nil, err
	}
	return made(ctx, on)(folder.CreateVM(ctx, types.VirtualMachineConfigSpec{
		Name:         name,
		Version:      "vmx-15",
		Annotation:   "built for a test",
		Files:        &types.VirtualMachineFileInfo{VmPathName: "[" + path.Base(on.Datastore) + "]"},
		DeviceChange: changes,
	}, pool, nil))
}

// made waits for a task that makes a virtual machine.
func made(ctx context.Context, on *target) func(*object.Task, error) (*object.VirtualMachine, error) {
	return func(task *object.Task, err error) (*object.VirtualMachine, error) {
		if err != nil {
			return nil, err
		}
		info, err := task.WaitForResult(ctx)
		if err != nil {
			return nil, err
		}
		return object.NewVirtualMachine(on.Client.Client, info.Result.(types.ManagedObjectReference)), nil
	}
}

// finished waits for a task.
func finished(ctx context.Context) func(*object.Task, error) error {
	return func(task *object.Task, err error) error {
		if err != nil {
			return err
		}
		return task.Wait(ctx)
	}
}

// properties reads a virtual machine.
func (on *target) properties(ctx context.Context, machine *object.VirtualMachine) (mo.VirtualMachine, error) {
	var properties mo.VirtualMachine
	err := on.read(ctx, machine.Reference(), &properties, "name", "config", "summary", "runtime", "resourcePool", "datastore", "guest")
	return properties, err
}

// clusterOf returns the inventory path of the cluster on which a machine is.
func (on *target) clusterOf(ctx context.Context, machine *object.VirtualMachine) (string, error) {
	properties, err := on.properties(ctx, machine)
	if err != nil {
		return "", err
	}
	var host mo.HostSystem
	if err := on.read(ctx, *properties.Runtime.Host, &host, "parent"); err != nil {
		return "", err
	}
	var cluster mo.ClusterComputeResource
	if err := on.read(ctx, *host.Parent, &cluster, "name"); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s/host/%s", on.Datacenter, cluster.Name), nil
}

// template makes a template.
func (on *target) template(ctx context.Context, name string) (*object.VirtualMachine, error) {
	machine, err := on.create(ctx, name)
	if err != nil {
		return nil, err
	}
	return machine, machine.MarkAsTemplate(ctx)
}
