package server_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"
)

func TestRow39AClusterWithoutDRSTakesNoResourcePools(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		found, err := on.find(ctx, on.Cluster)
		if err != nil {
			return err
		}
		cluster := object.NewClusterComputeResource(on.Client.Client, found)
		pool, err := cluster.ResourcePool(ctx)
		if err != nil {
			return err
		}
		enabled := false
		task, err := cluster.Reconfigure(ctx, &types.ClusterConfigSpecEx{DrsConfig: &types.ClusterDrsConfigInfo{Enabled: &enabled}}, true)
		if err != nil {
			return err
		}
		if err := task.Wait(ctx); err != nil {
			return err
		}
		_, err = pool.Create(ctx, "kubernetes", types.DefaultResourceConfigSpec())
		return wantFault(err, &types.NotSupported{})
	})
}

func TestRow40HostsAndClustersAreChangedByWhoMay(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		found, err := on.find(ctx, on.Cluster)
		if err != nil {
			return err
		}
		hosts, err := object.NewClusterComputeResource(on.Client.Client, found).Hosts(ctx)
		if err != nil {
			return err
		}
		if on.Control != "" {
			if err := on.control(http.MethodPost, "/changes", `[
				{"operation": "setPermission", "path": "/", "principal": "restricted@vsphere.local", "role": "ReadOnly"},
				{"operation": "setPassword", "user": "restricted@vsphere.local", "password": "known"}]`, nil); err != nil {
				return err
			}
		}
		looking, err := govmomiClient(ctx, on.fresh(), url.UserPassword("restricted@vsphere.local", "known"))
		if err != nil {
			return err
		}
		host := object.NewHostSystem(looking.Client, hosts[0].Reference())
		_, entering := host.EnterMaintenanceMode(ctx, 0, false, nil)
		_, leaving := host.ExitMaintenanceMode(ctx, 0)
		_, disconnecting := host.Disconnect(ctx)
		_, reconnecting := host.Reconnect(ctx, nil, nil)
		_, changing := object.NewClusterComputeResource(looking.Client, found).Reconfigure(ctx, &types.ClusterConfigSpecEx{}, true)
		for _, err := range []error{entering, leaving, disconnecting, reconnecting, changing} {
			if err := wantFault(err, &types.NoPermission{}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestRow41DatastoresInADatastoreClusterAreFound(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		reference, err := on.find(ctx, on.Datacenter)
		if err != nil {
			return err
		}
		folders, err := object.NewDatacenter(on.Client.Client, reference).Folders(ctx)
		if err != nil {
			return err
		}
		pod, err := folders.DatastoreFolder.CreateStoragePod(ctx, "pod")
		if err != nil {
			return err
		}
		datastore, err := on.find(ctx, on.Datastore)
		if err != nil {
			return err
		}
		task, err := pod.MoveInto(ctx, []types.ManagedObjectReference{datastore})
		if err != nil {
			return err
		}
		if err := task.Wait(ctx); err != nil {
			return err
		}
		name := on.Datastore[strings.LastIndex(on.Datastore, "/")+1:]
		found, err := on.find(ctx, on.Datacenter+"/datastore/pod/"+name+"/")
		if err != nil {
			return err
		}
		child, err := object.NewSearchIndex(on.Client.Client).FindChild(ctx, pod, name)
		if err != nil || child == nil {
			return fmt.Errorf("no child of the datastore cluster is found (%w)", err)
		}
		return errors.Join(equal("found", found, datastore), equal("child", child.Reference(), datastore))
	})
}
