package build

import (
	"context"
	"fmt"
	"os"

	"github.com/google/uuid"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/units"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
)

// datastore adds a datastore that exactly the wanted hosts mount. The simulator's own datastores appear on every host
// of a datacenter and leave multipleHostAccess unset (row 27). Its methods also search all neighbours for each mount,
// which takes minutes for ten thousand datastores; here the objects are put in place directly.
func (builder *Builder) datastore(ctx context.Context, datacenter *simulator.Datacenter, wanted inventory.Datastore, found hosts) (types.ManagedObjectReference, error) {
	parent, err := builder.folder(ctx, datacenter.DatastoreFolder, wanted.Folder)
	if err != nil {
		return parent, err
	}
	if wanted.Pod != "" {
		if parent, err = builder.datastoreCluster(ctx, parent, wanted.Pod); err != nil {
			return parent, err
		}
	}
	directory := builder.datastoreDirectory(datacenter, wanted.Name)
	if err := os.MkdirAll(directory, 0o700); err != nil {
		return parent, fmt.Errorf("make a directory for its files: %w", err)
	}
	mounting := found.on(wanted.Clusters, wanted.Hosts)
	datastore := newDatastore(Stored(wanted.Name), directory, mounting)

	registry, call := builder.registry(), builder.Service.Context
	folder := registry.Get(parent)
	children := childrenOf(folder)
	registry.PutEntity(folder.(mo.Entity), datastore)
	datastore.Summary.Datastore = &datastore.Self
	registry.AppendReference(call, folder, children, datastore.Self)
	registry.AppendReference(call, datacenter, &datacenter.Datastore, datastore.Self)

	browser := &simulator.HostDatastoreBrowser{}
	browser.Datastore = []types.ManagedObjectReference{datastore.Self}
	datastore.Browser = registry.Put(browser).Reference()

	for _, host := range mounting {
		registry.AppendReference(call, host, &host.Datastore, datastore.Self)
		system := registry.Get(*host.ConfigManager.DatastoreSystem).(*simulator.HostDatastoreSystem)
		registry.AppendReference(call, system, &system.Datastore, datastore.Self)
		cluster := registry.Get(*host.Parent).(*simulator.ClusterComputeResource)
		if last := len(cluster.Datastore) - 1; last < 0 || cluster.Datastore[last] != datastore.Self {
			registry.AppendReference(call, cluster, &cluster.Datastore, datastore.Self)
		}
	}
	return datastore.Self, builder.spoilMounts(datastore, wanted, found)
}

// childrenOf is where a folder, or a datastore cluster, keeps what is in it.
func childrenOf(folder mo.Reference) *[]types.ManagedObjectReference {
	if pod, isPod := folder.(*simulator.StoragePod); isPod {
		return &pod.ChildEntity
	}
	return &folder.(*simulator.Folder).ChildEntity
}

// datastoreCluster returns the datastore cluster of a name in a folder, and makes it when there is none.
func (builder *Builder) datastoreCluster(ctx context.Context, folder types.ManagedObjectReference, name string) (types.ManagedObjectReference, error) {
	if child := builder.child(folder, name); child != nil {
		if _, isPod := child.(*simulator.StoragePod); !isPod {
			return folder, fmt.Errorf("%q is not a datastore cluster", name)
		}
		return child.Reference(), nil
	}
	created, err := object.NewFolder(builder.client, folder).CreateStoragePod(ctx, Stored(name))
	if err != nil {
		return folder, fmt.Errorf("datastore cluster %q: %w", name, err)
	}
	return created.Reference(), nil
}

// spoilMounts makes the mounts that are not as they should be.
func (builder *Builder) spoilMounts(datastore *simulator.Datastore, wanted inventory.Datastore, found hosts) error {
	for _, spoilt := range []struct {
		hosts  []string
		change MountChange
	}{
		{wanted.ReadOnly, MountChange{Writable: &setFalse}},
		{wanted.Inaccessible, MountChange{Accessible: &setFalse}},
		{wanted.Unmounted, MountChange{Mounted: &setFalse}},
	} {
		for _, name := range spoilt.hosts {
			if err := builder.setMount(datastore, found.byName[name], spoilt.change); err != nil {
				return err
			}
		}
	}
	return nil
}

func newDatastore(name, directory string, mounting []*simulator.HostSystem) *simulator.Datastore {
	const capacity = int64(units.TB)
	datastore := &simulator.Datastore{}
	datastore.Name = name
	datastore.Info = &types.VmfsDatastoreInfo{
		DatastoreInfo: types.DatastoreInfo{
			Name: name, Url: directory, FreeSpace: capacity, MaxFileSize: capacity, MaxMemoryFileSize: capacity,
		},
		Vmfs: &types.HostVmfsVolume{
			HostFileSystemVolume: types.HostFileSystemVolume{Type: "VMFS", Name: name, Capacity: capacity},
			Uuid:                 uuid.NewString(),
			MajorVersion:         6,
			Version:              "6.82",
		},
	}
	datastore.Summary = types.DatastoreSummary{
		Name: name, Url: directory, Type: "VMFS", Capacity: capacity, FreeSpace: capacity, Accessible: true,
		MultipleHostAccess: types.NewBool(len(mounting) > 1),
		MaintenanceMode:    string(types.DatastoreSummaryMaintenanceModeStateNormal),
	}
	datastore.Capability = types.DatastoreCapability{
		DirectoryHierarchySupported: true, PerFileThinProvisioningSupported: true,
		SeSparseSupported: types.NewBool(false), TopLevelDirectoryCreateSupported: types.NewBool(true),
	}
	for _, host := range mounting {
		datastore.Host = append(datastore.Host, types.DatastoreHostMount{
			Key: host.Self,
			MountInfo: types.HostMountInfo{
				AccessMode: string(types.HostMountModeReadWrite),
				Mounted:    types.NewBool(true),
				Accessible: types.NewBool(true),
			},
		})
	}
	return datastore
}

// AddDatastore adds one datastore later on, to a datacenter that exists. Hosts are found by their names again.
func (builder *Builder) AddDatastore(ctx context.Context, datacenterReference types.ManagedObjectReference, wanted inventory.Datastore) error {
	datacenter, err := builder.datacenterAt(datacenterReference)
	if err != nil {
		return err
	}
	found := builder.hostsOf(datacenter)
	if err := found.check(datacenter.Name, wanted.Clusters, wanted.Hosts); err != nil {
		return err
	}
	for _, existing := range datacenter.Datastore {
		if builder.registry().Get(existing).(*simulator.Datastore).Name == Stored(wanted.Name) {
			return fmt.Errorf("datacenter %q already has a datastore %q", datacenter.Name, wanted.Name)
		}
	}
	_, err = builder.datastore(ctx, datacenter, wanted, found)
	return err
}

func (builder *Builder) hostsOf(datacenter *simulator.Datacenter) hosts {
	found := hosts{byCluster: map[string][]*simulator.HostSystem{}, byName: map[string]*simulator.HostSystem{}}
	for _, entity := range builder.registry().All("ClusterComputeResource") {
		cluster := entity.(*simulator.ClusterComputeResource)
		if !builder.isBelow(cluster.Self, datacenter.Self) {
			continue
		}
		for _, reference := range cluster.Host {
			host := builder.registry().Get(reference).(*simulator.HostSystem)
			found.all = append(found.all, host)
			found.byCluster[cluster.Name] = append(found.byCluster[cluster.Name], host)
			found.byName[host.Name] = host
		}
	}
	return found
}
