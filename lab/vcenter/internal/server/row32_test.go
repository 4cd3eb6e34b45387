package server_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/control"
	"deckhouse-vsphere/lab/vcenter/internal/server"
)

// otherCluster is a second cluster of the target's datacenter, with a datastore that all hosts mount.
func (on *target) otherCluster() (cluster, datastore string) {
	if on.Control == "" {
		return "/DC0/host/DC0_C1", "/DC0/datastore/LocalDS_1"
	}
	return "/X1/host/x1_cluster_stage", "/X1/datastore/x1_root"
}

// location names a place by its paths.
func (on *target) location(ctx context.Context, cluster, datastore string) (types.VirtualMachineRelocateSpec, error) {
	pool, err := on.pool(ctx, cluster)
	if err != nil {
		return types.VirtualMachineRelocateSpec{}, err
	}
	store, err := on.find(ctx, datastore)
	reference := pool.Reference()
	return types.VirtualMachineRelocateSpec{Pool: &reference, Datastore: &store}, err
}

func (on *target) clone(
	ctx context.Context, source *object.VirtualMachine, folder, name string, specification types.VirtualMachineCloneSpec,
) (*object.VirtualMachine, error) {
	found, err := on.find(ctx, folder)
	if err != nil {
		return nil, err
	}
	return made(ctx, on)(source.Clone(ctx, object.NewFolder(on.Client.Client, found), name, specification))
}

func TestRow32ACloneIsOnTheClusterOfItsPool(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		source, err := on.template(ctx, "source")
		if err != nil {
			return err
		}
		cluster, datastore := on.otherCluster()
		location, err := on.location(ctx, cluster, datastore)
		if err != nil {
			return err
		}
		clone, err := on.clone(ctx, source, on.Datacenter+"/vm", "clone", types.VirtualMachineCloneSpec{Location: location, Template: true})
		if err != nil {
			return err
		}
		got, err := on.clusterOf(ctx, clone)
		return errors.Join(err, equal("the cluster", got, cluster))
	})
}

func TestRow32ACloneKeepsTheAnnotation(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		source, err := on.create(ctx, "source")
		if err != nil {
			return err
		}
		location, err := on.location(ctx, on.Cluster, on.Datastore)
		if err != nil {
			return err
		}
		clone, err := on.clone(ctx, source, on.Datacenter+"/vm", "clone", types.VirtualMachineCloneSpec{Location: location})
		if err != nil {
			return err
		}
		properties, err := on.properties(ctx, clone)
		return errors.Join(err, equal("annotation", properties.Config.Annotation, "built for a test"),
			equal("hardware version", properties.Config.Version, "vmx-15"))
	})
}

// twoRegions has a template in X1 and a switch with the same port group in X1 and X2.
func twoRegions(t *testing.T) *target {
	t.Helper()
	running := start(t, server.Options{Inventory: defaultInventory(t)})
	on := connect(t, running, running.Ready.User, running.Ready.Password)
	must(t, on.control("POST", "/changes", `[{"operation": "createVirtualMachine", "path": "/X1/vm/Templates", "name": "ubuntu",
		"cluster": "x1_cluster_prod", "datastore": "x1_lun_1", "network": "k8s-nodes", "diskGigabytes": [20], "hardwareVersion": 15,
		"annotation": "built", "template": true}]`, nil))
	return on
}

// reconnected edits the first adapter of a machine so that it is connected to a port group.
func (on *target) reconnected(ctx context.Context, machine *object.VirtualMachine, network string) ([]types.BaseVirtualDeviceConfigSpec, error) {
	devices, err := machine.Device(ctx)
	if err != nil {
		return nil, err
	}
	found, err := on.find(ctx, network)
	if err != nil {
		return nil, err
	}
	backing, err := object.NewDistributedVirtualPortgroup(on.Client.Client, found).EthernetCardBackingInfo(ctx)
	if err != nil {
		return nil, err
	}
	adapter := devices.SelectByType((*types.VirtualEthernetCard)(nil))[0]
	adapter.GetVirtualDevice().Backing = backing
	return []types.BaseVirtualDeviceConfigSpec{&types.VirtualDeviceConfigSpec{
		Operation: types.VirtualDeviceConfigSpecOperationEdit, Device: adapter,
	}}, nil
}

// The plain simulator is not asked for clones in another datacenter: its process would end.
func TestRow32ATemplateIsClonedIntoAnotherDatacenter(t *testing.T) {
	t.Parallel()
	on := twoRegions(t)
	ctx := context.Background()
	found, err := on.find(ctx, "/X1/vm/Templates/ubuntu")
	must(t, err)
	source := object.NewVirtualMachine(on.Client.Client, found)
	location, err := on.location(ctx, "/X2/host/x2_cluster_stage", "/X2/datastore/x2_lun_2")
	must(t, err)

	_, err = on.clone(ctx, source, "/X2/vm/Templates", "ubuntu", types.VirtualMachineCloneSpec{Location: location, Template: true})
	must(t, wantFault(err, &types.CannotAccessNetwork{}))

	location.DeviceChange, err = on.reconnected(ctx, source, "/X2/network/k8s-public")
	must(t, err)
	specification := types.VirtualMachineCloneSpec{Location: location, Template: true}
	_, err = on.clone(ctx, source, "/X2/vm/Templates", "ubuntu", specification)
	must(t, err)
	_, err = on.clone(ctx, source, "/X2/vm/Templates", "ubuntu", specification)
	must(t, wantFault(err, &types.DuplicateName{}))

	var machines []control.VirtualMachine
	must(t, on.control("GET", "/virtual-machines", "", &machines))
	copied := machines[len(machines)-1]
	if got, want := fmt.Sprintf("%+v", copied), "{Path:/X2/vm/Templates/ubuntu Template:true PowerState:poweredOff "+
		"HardwareVersion:vmx-15 GuestID:otherLinux64Guest Annotation:built Cluster:x2_cluster_stage Host:x2_cluster_stage_host_1 "+
		"Datastore:x2_lun_2 Disks:[{Bytes:21474836480 Thin:true Controller:ParaVirtualSCSIController}] "+
		"NetworkAdapters:[{Type:VirtualVmxnet3 Network:k8s-public}] CDROMs:[]}"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestRow32ACloneHasDisksAndAddressesOfItsOwn(t *testing.T) {
	t.Parallel()
	on := twoRegions(t)
	ctx := context.Background()
	found, err := on.find(ctx, "/X1/vm/Templates/ubuntu")
	must(t, err)
	source := object.NewVirtualMachine(on.Client.Client, found)
	location, err := on.location(ctx, "/X1/host/x1_cluster_prod", "/X1/datastore/x1_lun_1")
	must(t, err)
	clone, err := on.clone(ctx, source, "/X1/vm/k8s", "node", types.VirtualMachineCloneSpec{Location: location})
	must(t, err)
	seen := map[string]bool{}
	for _, machine := range []*object.VirtualMachine{source, clone} {
		devices, err := machine.Device(ctx)
		must(t, err)
		disk := devices.SelectByType((*types.VirtualDisk)(nil))[0].(*types.VirtualDisk)
		adapter := devices.SelectByType((*types.VirtualEthernetCard)(nil))[0].(types.BaseVirtualEthernetCard)
		for _, own := range []string{
			disk.Backing.(*types.VirtualDiskFlatVer2BackingInfo).FileName, adapter.GetVirtualEthernetCard().MacAddress,
		} {
			if own == "" || seen[own] {
				t.Errorf("%q is not of its own", own)
			}
			seen[own] = true
		}
	}
}

func TestRow32APlaceThatDoesNotFitIsAFault(t *testing.T) {
	t.Parallel()
	on := twoRegions(t)
	ctx := context.Background()
	found, err := on.find(ctx, "/X1/vm/Templates/ubuntu")
	must(t, err)
	source := object.NewVirtualMachine(on.Client.Client, found)
	_, err = on.clone(ctx, source, "/X1/vm/k8s", "node", types.VirtualMachineCloneSpec{})
	must(t, wantFault(err, &types.InvalidArgument{})) // a template has no pool of its own
	location, err := on.location(ctx, "/X1/host/x1_cluster_stage", "/X1/datastore/x1_lun_1")
	must(t, err)
	_, err = on.clone(ctx, source, "/X1/vm/k8s", "node", types.VirtualMachineCloneSpec{Location: location})
	must(t, wantFault(err, &types.InvalidDatastore{})) // no host of that cluster mounts it

	// One that only the other cluster mounts, and one of another datacenter.
	for _, place := range [][2]string{
		{"/X1/host/x1_cluster_stage", "/X1/datastore/x1_lun_1"}, {"/X1/host/x1_cluster_prod", "/X2/datastore/x2_root"},
	} {
		on.Cluster, on.Datastore = place[0], place[1]
		_, err = on.create(ctx, "new")
		must(t, wantFault(err, &types.InvalidDatastore{}))
	}
}
