package build

import (
	"context"
	"fmt"
	"slices"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

var setTrue, setFalse = true, false

// SetHost puts a host into maintenance mode or takes it out of it, and connects or disconnects it; nil leaves that as it
// is. What the host mounts and which networks it has stays as vCenter knew it last.
func (builder *Builder) SetHost(reference types.ManagedObjectReference, inMaintenance, connected *bool) error {
	host, isHost := builder.registry().Get(reference).(*simulator.HostSystem)
	if !isHost {
		return fmt.Errorf("%s is not a host", reference)
	}
	builder.setHost(host, inMaintenance, connected)
	return nil
}

func (builder *Builder) setHost(host *simulator.HostSystem, inMaintenance, connected *bool) {
	var changes []types.PropertyChange
	if inMaintenance != nil {
		changes = append(changes, types.PropertyChange{Name: "runtime.inMaintenanceMode", Val: *inMaintenance})
	}
	if connected != nil {
		state := types.HostSystemConnectionStateConnected
		if !*connected {
			state = types.HostSystemConnectionStateDisconnected
		}
		changes = append(changes, types.PropertyChange{Name: "runtime.connectionState", Val: state})
	}
	builder.registry().AtomicUpdate(builder.Service.Context, host, changes)
}

// MountChange changes how a host mounts a datastore; nil leaves that as it is.
type MountChange struct {
	Mounted, Accessible, Writable *bool
}

// SetMount changes how hosts mount a datastore: those of the named clusters and the named ones, or all hosts of the
// datacenter that mount it when none are named.
func (builder *Builder) SetMount(reference types.ManagedObjectReference, clusters, names []string, change MountChange) error {
	datastore, isDatastore := builder.registry().Get(reference).(*simulator.Datastore)
	if !isDatastore {
		return fmt.Errorf("%s is not a datastore", reference)
	}
	hosts, err := builder.selected(reference, clusters, names, func(host *simulator.HostSystem) bool {
		return slices.Contains(host.Datastore, reference)
	})
	if err != nil {
		return err
	}
	for _, host := range hosts {
		if err := builder.setMount(datastore, host, change); err != nil {
			return err
		}
	}
	return nil
}

// setMount keeps the datastore in the host's list: an unmounted one is still known there. What is not mounted cannot be
// reached either.
func (builder *Builder) setMount(datastore *simulator.Datastore, host *simulator.HostSystem, change MountChange) error {
	mounts := slices.Clone(datastore.Host)
	position := slices.IndexFunc(mounts, func(mount types.DatastoreHostMount) bool { return mount.Key == host.Self })
	if position < 0 {
		return fmt.Errorf("host %q does not mount datastore %q", host.Name, datastore.Name)
	}
	info := &mounts[position].MountInfo
	if change.Writable != nil {
		info.AccessMode = string(types.HostMountModeReadOnly)
		if *change.Writable {
			info.AccessMode = string(types.HostMountModeReadWrite)
		}
	}
	if change.Accessible != nil {
		info.Accessible = types.NewBool(*change.Accessible)
	}
	if change.Mounted != nil {
		info.Mounted = types.NewBool(*change.Mounted)
		info.Accessible = types.NewBool(*change.Mounted)
	}
	info.InaccessibleReason = ""
	if !*info.Accessible {
		info.InaccessibleReason = string(types.HostMountInfoInaccessibleReasonAllPathsDown_Start)
	}
	isAccessible := slices.ContainsFunc(mounts, func(mount types.DatastoreHostMount) bool { return *mount.MountInfo.Accessible })
	builder.registry().AtomicUpdate(builder.Service.Context, datastore, []types.PropertyChange{
		{Name: "host", Val: mounts},
		{Name: "summary.accessible", Val: isAccessible},
	})
	return nil
}

// SetDRS turns DRS on or off. With it go the resource pools of the cluster: their machines move to the root pool.
func (builder *Builder) SetDRS(ctx context.Context, reference types.ManagedObjectReference, enabled bool) error {
	found, isCluster := builder.registry().Get(reference).(*simulator.ClusterComputeResource)
	if !isCluster {
		return fmt.Errorf("%s is not a cluster", reference)
	}
	cluster := object.NewClusterComputeResource(builder.client, found.Self)
	task, err := cluster.Reconfigure(ctx, &types.ClusterConfigSpecEx{DrsConfig: &types.ClusterDrsConfigInfo{Enabled: &enabled}}, true)
	if err != nil {
		return err
	}
	if err := task.Wait(ctx); err != nil || enabled {
		return err
	}
	return builder.removePoolsBelow(ctx, *found.ResourcePool)
}

// removePoolsBelow begins with the lowest: the children of a pool that goes move up.
func (builder *Builder) removePoolsBelow(ctx context.Context, reference types.ManagedObjectReference) error {
	pool := builder.registry().Get(reference).(*simulator.ResourcePool)
	for _, child := range slices.Clone(pool.ResourcePool.ResourcePool) {
		if err := builder.removePoolsBelow(ctx, child); err != nil {
			return err
		}
		task, err := object.NewCommon(builder.client, child).Destroy(ctx)
		if err != nil {
			return err
		}
		if err := task.Wait(ctx); err != nil {
			return err
		}
	}
	return nil
}

// AddResourcePool makes a pool below the root pool of a cluster, with those between them that are missing.
func (builder *Builder) AddResourcePool(ctx context.Context, reference types.ManagedObjectReference, path string) error {
	if _, isCluster := builder.registry().Get(reference).(*simulator.ClusterComputeResource); !isCluster {
		return fmt.Errorf("%s is not a cluster", reference)
	}
	return builder.resourcePools(ctx, object.NewClusterComputeResource(builder.client, reference), []string{path})
}

// selected finds hosts of the datacenter of an object: those of the named clusters and the named ones, or those that an
// object is on when none are named.
func (builder *Builder) selected(
	reference types.ManagedObjectReference, clusters, names []string, isOn func(*simulator.HostSystem) bool,
) ([]*simulator.HostSystem, error) {
	for _, entity := range builder.registry().All("Datacenter") {
		datacenter := entity.(*simulator.Datacenter)
		if !builder.isBelow(reference, datacenter.Self) {
			continue
		}
		found := builder.hostsOf(datacenter)
		if err := found.check(datacenter.Name, clusters, names); err != nil {
			return nil, err
		}
		if len(clusters) > 0 || len(names) > 0 {
			return found.on(clusters, names), nil
		}
		return slices.DeleteFunc(slices.Clone(found.all), func(host *simulator.HostSystem) bool { return !isOn(host) }), nil
	}
	return nil, fmt.Errorf("%s is in no datacenter", reference)
}
