package build

import (
	"context"
	"fmt"
	"strings"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
)

// hosts are the hosts of one datacenter, found by cluster or by name.
type hosts struct {
	all       []*simulator.HostSystem
	byCluster map[string][]*simulator.HostSystem
	byName    map[string]*simulator.HostSystem
}

func (builder *Builder) clusters(ctx context.Context, datacenter *simulator.Datacenter, wanted []inventory.Cluster) (hosts, error) {
	found := hosts{byCluster: map[string][]*simulator.HostSystem{}, byName: map[string]*simulator.HostSystem{}}
	for _, cluster := range wanted {
		if err := builder.cluster(ctx, datacenter, cluster, &found); err != nil {
			return hosts{}, fmt.Errorf("cluster %q: %w", cluster.Name, err)
		}
	}
	return found, nil
}

func (builder *Builder) cluster(ctx context.Context, datacenter *simulator.Datacenter, wanted inventory.Cluster, found *hosts) error {
	parent, err := builder.folder(ctx, datacenter.HostFolder, wanted.Folder)
	if err != nil {
		return err
	}
	cluster, err := object.NewFolder(builder.client, parent).CreateCluster(ctx, Stored(wanted.Name), types.ClusterConfigSpecEx{})
	if err != nil {
		return err
	}
	for _, name := range wanted.HostNames() {
		task, err := cluster.AddHost(ctx, types.HostConnectSpec{HostName: Stored(name)}, true, nil, nil)
		if err != nil {
			return err
		}
		result, err := task.WaitForResult(ctx)
		if err != nil {
			return err
		}
		host := builder.registry().Get(result.Result.(types.ManagedObjectReference)).(*simulator.HostSystem)
		found.all = append(found.all, host)
		found.byCluster[wanted.Name] = append(found.byCluster[wanted.Name], host)
		found.byName[name] = host
	}
	for _, name := range wanted.Maintenance {
		builder.setHost(found.byName[name], &setTrue, nil)
	}
	for _, name := range wanted.Disconnected {
		builder.setHost(found.byName[name], nil, &setFalse)
	}
	if err := builder.resourcePools(ctx, cluster, wanted.ResourcePools); err != nil {
		return err
	}
	return builder.SetDRS(ctx, cluster.Reference(), wanted.HasDRS())
}

// standaloneHosts adds hosts that are in no cluster, right below the host folder.
func (builder *Builder) standaloneHosts(ctx context.Context, datacenter *simulator.Datacenter, names []string) error {
	for _, name := range names {
		task, err := object.NewFolder(builder.client, datacenter.HostFolder).AddStandaloneHost(ctx, types.HostConnectSpec{HostName: Stored(name)}, true, nil, nil)
		if err != nil {
			return err
		}
		if err := task.Wait(ctx); err != nil {
			return fmt.Errorf("standalone host %q: %w", name, err)
		}
	}
	return nil
}

// resourcePools makes pools below the root pool of a cluster, with all that are above them, and with the settings that
// the vSphere Client proposes. Those that are there already stay as they are.
func (builder *Builder) resourcePools(ctx context.Context, cluster *object.ClusterComputeResource, wanted []string) error {
	root, err := cluster.ResourcePool(ctx)
	if err != nil {
		return err
	}
	for _, wantedPath := range wanted {
		pool := root
		for name := range strings.SplitSeq(wantedPath, "/") {
			below := builder.registry().Get(pool.Reference()).(*simulator.ResourcePool).ResourcePool.ResourcePool
			if found := builder.registry().FindByName(Stored(name), below); found != nil {
				pool = object.NewResourcePool(builder.client, found.Reference())
				continue
			}
			if pool, err = pool.Create(ctx, Stored(name), types.DefaultResourceConfigSpec()); err != nil {
				return fmt.Errorf("resource pool %q: %w", wantedPath, err)
			}
		}
	}
	return nil
}

// on returns the hosts of the named clusters and the named ones, or all hosts when none are named.
func (hosts hosts) on(clusters, names []string) []*simulator.HostSystem {
	if len(clusters) == 0 && len(names) == 0 {
		return hosts.all
	}
	var selected []*simulator.HostSystem
	seen := map[*simulator.HostSystem]bool{}
	add := func(host *simulator.HostSystem) {
		if !seen[host] {
			seen[host] = true
			selected = append(selected, host)
		}
	}
	for _, cluster := range clusters {
		for _, host := range hosts.byCluster[cluster] {
			add(host)
		}
	}
	for _, name := range names {
		add(hosts.byName[name])
	}
	return selected
}

// check finds names of clusters and hosts that the datacenter does not have.
func (hosts hosts) check(datacenter string, clusters, names []string) error {
	for _, cluster := range clusters {
		if len(hosts.byCluster[cluster]) == 0 {
			return fmt.Errorf("datacenter %q has no cluster %q with hosts", datacenter, cluster)
		}
	}
	for _, host := range names {
		if hosts.byName[host] == nil {
			return fmt.Errorf("datacenter %q has no host %q", datacenter, host)
		}
	}
	return nil
}
