package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/control"
	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/server"
)

// builder logs in a user who gets his privileges by grant.
func builder(t *testing.T) *target {
	t.Helper()
	description := small(t)
	description.Datacenters[0].VirtualMachines = []inventory.VirtualMachine{
		{Name: "off", Cluster: "x1_cluster_prod", Datastore: "x1_lun_1", DiskGigabytes: []int64{1}},
		{Name: "on", Cluster: "x1_cluster_prod", Datastore: "x1_lun_1", PoweredOn: true},
		{Name: "template", Cluster: "x1_cluster_prod", Datastore: "x1_lun_1", Template: true},
	}
	description.Users = append(description.Users, inventory.User{Name: "builder@vsphere.local", Password: "known"})
	description.Roles = append(description.Roles, inventory.Role{Name: "builder"})
	description.Permissions = append(description.Permissions, inventory.Permission{
		Path: "/", Principal: "builder@vsphere.local", Role: "builder",
	})
	running := start(t, server.Options{Inventory: description})
	return connect(t, running, "builder@vsphere.local", "known")
}

// grant gives the builder exactly these privileges.
func (on *target) grant(t *testing.T, privileges []string) {
	t.Helper()
	change, err := json.Marshal([]control.Change{{Operation: "updateRole", Role: "builder", Privileges: &privileges}})
	must(t, err)
	must(t, on.control(http.MethodPost, "/changes", string(change), nil))
}

// existing is a machine of the builder's inventory.
func (on *target) existing(ctx context.Context, name string) *object.VirtualMachine {
	found, _ := on.find(ctx, "/X1/vm/"+name)
	return object.NewVirtualMachine(on.Client.Client, found)
}

func (on *target) cloning(ctx context.Context, source, name string, template bool) error {
	location, err := on.location(ctx, on.Cluster, on.Datastore)
	if err != nil {
		return err
	}
	_, err = on.clone(ctx, on.existing(ctx, source), "/X1/vm", name, types.VirtualMachineCloneSpec{Location: location, Template: template})
	return err
}

func (on *target) change(ctx context.Context, specification types.VirtualMachineConfigSpec) error {
	return finished(ctx)(on.existing(ctx, "off").Reconfigure(ctx, specification))
}

func (on *target) changeDevice(
	ctx context.Context, operation types.VirtualDeviceConfigSpecOperation, device types.BaseVirtualDevice,
) error {
	return on.change(ctx, types.VirtualMachineConfigSpec{DeviceChange: []types.BaseVirtualDeviceConfigSpec{
		&types.VirtualDeviceConfigSpec{Operation: operation, Device: device},
	}})
}

// guarded are calls with the privileges that each needs, all of them.
var guarded = []struct {
	name       string
	privileges []string
	call       func(context.Context, *target) error
}{
	{"create", []string{
		"VirtualMachine.Inventory.Create", "Resource.AssignVMToPool", "Datastore.AllocateSpace", "VirtualMachine.Config.AddNewDisk",
	}, func(ctx context.Context, on *target) error {
		_, err := on.create(ctx, "new")
		return err
	}},
	{"power on", []string{"VirtualMachine.Interact.PowerOn"}, func(ctx context.Context, on *target) error {
		return finished(ctx)(on.existing(ctx, "off").PowerOn(ctx))
	}},
	{"power off", []string{"VirtualMachine.Interact.PowerOff"}, func(ctx context.Context, on *target) error {
		return finished(ctx)(on.existing(ctx, "on").PowerOff(ctx))
	}},
	{"type", []string{"VirtualMachine.Interact.PutUsbScanCodes"}, func(ctx context.Context, on *target) error {
		return press(ctx, on.existing(ctx, "on"))
	}},
	{"mark as template", []string{"VirtualMachine.Provisioning.MarkAsTemplate"}, func(ctx context.Context, on *target) error {
		return on.existing(ctx, "off").MarkAsTemplate(ctx)
	}},
	{"mark as machine", []string{"VirtualMachine.Provisioning.MarkAsVM", "Resource.AssignVMToPool"},
		func(ctx context.Context, on *target) error {
			pool, err := on.pool(ctx, on.Cluster)
			if err != nil {
				return err
			}
			return on.existing(ctx, "template").MarkAsVirtualMachine(ctx, *pool, nil)
		}},
	{"rename", []string{"VirtualMachine.Config.Rename"}, func(ctx context.Context, on *target) error {
		return finished(ctx)(on.existing(ctx, "off").Rename(ctx, "other"))
	}},
	{"destroy", []string{"VirtualMachine.Inventory.Delete"}, func(ctx context.Context, on *target) error {
		return finished(ctx)(on.existing(ctx, "off").Destroy(ctx))
	}},
	{"clone a template to a template", cloningPrivileges("CloneTemplate"), func(ctx context.Context, on *target) error {
		return on.cloning(ctx, "template", "clone", true)
	}},
	{"clone a template to a machine", cloningPrivileges("DeployTemplate"), func(ctx context.Context, on *target) error {
		return on.cloning(ctx, "template", "clone", false)
	}},
	{"clone a machine to a template", cloningPrivileges("CreateTemplateFromVM"), func(ctx context.Context, on *target) error {
		return on.cloning(ctx, "off", "clone", true)
	}},
	{"clone a machine to a machine", cloningPrivileges("Clone"), func(ctx context.Context, on *target) error {
		return on.cloning(ctx, "off", "clone", false)
	}},
	{"change the annotation", []string{"VirtualMachine.Config.Annotation"}, func(ctx context.Context, on *target) error {
		return on.change(ctx, types.VirtualMachineConfigSpec{Annotation: "new"})
	}},
	{"change processors and memory", []string{"VirtualMachine.Config.CPUCount", "VirtualMachine.Config.Memory"},
		func(ctx context.Context, on *target) error {
			return on.change(ctx, types.VirtualMachineConfigSpec{NumCPUs: 4, MemoryMB: 4096})
		}},
	{"change reservations", []string{"VirtualMachine.Config.Resource"}, func(ctx context.Context, on *target) error {
		return on.change(ctx, types.VirtualMachineConfigSpec{CpuAllocation: &types.ResourceAllocationInfo{}})
	}},
	{"change parameters", []string{"VirtualMachine.Config.AdvancedConfig"}, func(ctx context.Context, on *target) error {
		return on.change(ctx, types.VirtualMachineConfigSpec{ExtraConfig: []types.BaseOptionValue{
			&types.OptionValue{Key: "disk.EnableUUID", Value: "TRUE"},
		}})
	}},
	{"change the firmware", []string{"VirtualMachine.Config.Settings"}, func(ctx context.Context, on *target) error {
		return on.change(ctx, types.VirtualMachineConfigSpec{Firmware: "efi"})
	}},
	{"add a CD-ROM drive", []string{"VirtualMachine.Config.AddRemoveDevice"}, func(ctx context.Context, on *target) error {
		return on.changeDevice(ctx, types.VirtualDeviceConfigSpecOperationAdd, &types.VirtualCdrom{
			VirtualDevice: types.VirtualDevice{Key: -1, ControllerKey: 200, Backing: &types.VirtualCdromRemotePassthroughBackingInfo{}},
		})
	}},
	{"remove a disk", []string{"VirtualMachine.Config.RemoveDisk"}, func(ctx context.Context, on *target) error {
		devices, err := on.existing(ctx, "off").Device(ctx)
		if err != nil {
			return err
		}
		disk := devices.SelectByType((*types.VirtualDisk)(nil))[0]
		return on.changeDevice(ctx, types.VirtualDeviceConfigSpecOperationRemove, disk)
	}},
	{"make a directory", []string{"Datastore.FileManagement"}, func(ctx context.Context, on *target) error {
		found, err := on.find(ctx, on.Datacenter)
		if err != nil {
			return err
		}
		files := object.NewFileManager(on.Client.Client)
		return files.MakeDirectory(ctx, "[x1_lun_1] cache", object.NewDatacenter(on.Client.Client, found), true)
	}},
}

func cloningPrivileges(own string) []string {
	return []string{
		"VirtualMachine.Provisioning." + own, "VirtualMachine.Inventory.CreateFromExisting", "Resource.AssignVMToPool",
		"Datastore.AllocateSpace",
	}
}

func TestRow36CallsNeedTheirPrivileges(t *testing.T) {
	for _, guard := range guarded {
		t.Run(guard.name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			on := builder(t)
			for _, missing := range guard.privileges {
				on.grant(t, slices.DeleteFunc(slices.Clone(guard.privileges), func(id string) bool { return id == missing }))
				if err := noPermission(guard.call(ctx, on)); err != nil {
					t.Errorf("without %s: %v", missing, err)
				}
			}
			on.grant(t, guard.privileges)
			if err := guard.call(ctx, on); err != nil {
				t.Errorf("with %v: %v", guard.privileges, err)
			}
		})
	}
}

func TestRow36ThePlainSimulatorKnowsNoPrivileges(t *testing.T) {
	refuses(t, noPermission, func(ctx context.Context, on *target) error {
		_, err := on.create(ctx, "new")
		return err
	})
}
