package build

import (
	"context"
	"fmt"
	"slices"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
)

const bytesInGigabyte = 1 << 30

func (builder *Builder) machines(ctx context.Context, datacenter *simulator.Datacenter, wanted []inventory.VirtualMachine) error {
	for _, machine := range wanted {
		folder, err := builder.folder(ctx, datacenter.VmFolder, machine.Folder)
		if err != nil {
			return err
		}
		if err := builder.machine(ctx, datacenter, folder, machine); err != nil {
			return fmt.Errorf("virtual machine %q: %w", machine.Name, err)
		}
	}
	return nil
}

// AddMachine adds one virtual machine or template later on, to a folder that exists.
func (builder *Builder) AddMachine(ctx context.Context, folder types.ManagedObjectReference, wanted inventory.VirtualMachine) error {
	for _, entity := range builder.registry().All("Datacenter") {
		datacenter := entity.(*simulator.Datacenter)
		if folder.Type == "Folder" && (folder == datacenter.VmFolder || builder.isBelow(folder, datacenter.VmFolder)) {
			return builder.machine(ctx, datacenter, folder, wanted)
		}
	}
	return fmt.Errorf("%s is not a folder for virtual machines", folder)
}

func (builder *Builder) machine(
	ctx context.Context, datacenter *simulator.Datacenter, folder types.ManagedObjectReference, wanted inventory.VirtualMachine,
) error {
	host, err := builder.hostFor(datacenter, wanted)
	if err != nil {
		return err
	}
	devices, err := builder.devices(ctx, datacenter, wanted)
	if err != nil {
		return err
	}
	cluster := builder.registry().Get(*host.Parent).(*simulator.ClusterComputeResource)
	pool := object.NewResourcePool(builder.client, *cluster.ResourcePool)
	task, err := object.NewFolder(builder.client, folder).CreateVM(ctx, types.VirtualMachineConfigSpec{
		Name:         Stored(wanted.Name),
		GuestId:      string(types.VirtualMachineGuestOsIdentifierOtherLinux64Guest),
		Version:      wanted.Version(),
		Annotation:   wanted.Annotation,
		NumCPUs:      2,
		MemoryMB:     2048,
		Files:        &types.VirtualMachineFileInfo{VmPathName: "[" + Stored(wanted.Datastore) + "]"},
		DeviceChange: devices,
	}, pool, object.NewHostSystem(builder.client, host.Self))
	if err != nil {
		return err
	}
	info, err := task.WaitForResult(ctx)
	if err != nil {
		return err
	}
	made := info.Result.(types.ManagedObjectReference)
	if wanted.Tools != "" {
		builder.registry().AtomicUpdate(builder.Service.Context, builder.registry().Get(made), []types.PropertyChange{
			{Name: "guest.toolsVersionStatus2", Val: wanted.Tools},
		})
	}
	machine := object.NewVirtualMachine(builder.client, made)
	switch {
	case wanted.Template:
		return machine.MarkAsTemplate(ctx)
	case wanted.PoweredOn:
		task, err := machine.PowerOn(ctx)
		if err != nil {
			return err
		}
		return task.Wait(ctx)
	default:
		return nil
	}
}

// hostFor returns the first host of the wanted cluster that mounts the wanted datastore.
func (builder *Builder) hostFor(datacenter *simulator.Datacenter, wanted inventory.VirtualMachine) (*simulator.HostSystem, error) {
	candidates := builder.hostsOf(datacenter).byCluster[Stored(wanted.Cluster)]
	if len(candidates) == 0 {
		return nil, fmt.Errorf("datacenter %q has no cluster %q with hosts", datacenter.Name, wanted.Cluster)
	}
	for _, host := range candidates {
		if builder.registry().FindByName(Stored(wanted.Datastore), host.Datastore) != nil {
			return host, nil
		}
	}
	return nil, fmt.Errorf("no host of cluster %q mounts a datastore %q", wanted.Cluster, wanted.Datastore)
}

// devices are the disks, with their controller, and an adapter when a network is wanted.
func (builder *Builder) devices(
	ctx context.Context, datacenter *simulator.Datacenter, wanted inventory.VirtualMachine,
) ([]types.BaseVirtualDeviceConfigSpec, error) {
	var devices object.VirtualDeviceList
	if len(wanted.DiskGigabytes) > 0 {
		controller, err := devices.CreateSCSIController("pvscsi")
		if err != nil {
			return nil, err
		}
		devices = append(devices, controller)
		for _, gigabytes := range wanted.DiskGigabytes {
			disk := devices.CreateDisk(controller.(types.BaseVirtualController), types.ManagedObjectReference{}, "")
			disk.CapacityInBytes = gigabytes * bytesInGigabyte
			disk.CapacityInKB = disk.CapacityInBytes / 1024
			devices = append(devices, disk)
		}
	}
	if wanted.Network != "" {
		adapter, err := builder.adapter(ctx, datacenter, wanted.Network)
		if err != nil {
			return nil, err
		}
		devices = append(devices, adapter)
	}
	return devices.ConfigSpec(types.VirtualDeviceConfigSpecOperationAdd)
}

func (builder *Builder) adapter(ctx context.Context, datacenter *simulator.Datacenter, name string) (types.BaseVirtualDevice, error) {
	found := builder.registry().FindByName(Stored(name), datacenter.Network)
	kinds := []string{"DistributedVirtualPortgroup", "Network"}
	if found == nil || !slices.Contains(kinds, found.Reference().Type) {
		return nil, fmt.Errorf("datacenter %q has no network %q", datacenter.Name, name)
	}
	var network object.NetworkReference = object.NewNetwork(builder.client, found.Reference())
	if found.Reference().Type == "DistributedVirtualPortgroup" {
		network = object.NewDistributedVirtualPortgroup(builder.client, found.Reference())
	}
	backing, err := network.EthernetCardBackingInfo(ctx)
	if err != nil {
		return nil, err
	}
	return object.EthernetCardTypes().CreateEthernetCard("vmxnet3", backing)
}
