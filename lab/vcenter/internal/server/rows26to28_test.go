package server_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// Row 26 is left as it is: the product uses none of these.
func TestRow26OtherAPIsStayMissing(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	for _, path := range []string{
		"/api/session", "/api/cis/tagging/tag", "/api/vcenter/datacenter", "/rest/vcenter/datacenter",
		"/rest/com/vmware/content/library", "/sdk/vim25/8.0.1.0/ServiceInstance/ServiceInstance/content",
	} {
		for _, session := range []string{on.REST.SessionID(), ""} {
			got, err := on.request(context.Background(), http.MethodGet, path, "", map[string]string{"vmware-api-session-id": session})
			if err != nil || got.status != http.StatusNotFound {
				t.Errorf("%s with session %q: got %d %s (%v), want 404", path, session, got.status, got.body, err)
			}
		}
	}
}

func TestRow27DatastoresAreMountedByTheirOwnHostsOnly(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		reference, err := on.find(ctx, on.Cluster)
		if err != nil {
			return err
		}
		var cluster mo.ClusterComputeResource
		if err := on.read(ctx, reference, &cluster, "host", "datastore"); err != nil {
			return err
		}
		members := map[types.ManagedObjectReference]bool{}
		for _, host := range cluster.Host {
			members[host] = true
		}
		reference, err = on.find(ctx, on.Datastore)
		if err != nil {
			return err
		}
		var datastore mo.Datastore
		if err := on.read(ctx, reference, &datastore, "host", "summary"); err != nil {
			return err
		}
		for _, mount := range datastore.Host {
			if !members[mount.Key] {
				return fmt.Errorf("%s is mounted by %s, which is not in %s", on.Datastore, mount.Key, on.Cluster)
			}
		}
		shared := datastore.Summary.MultipleHostAccess
		return errors.Join(
			equal("number of mounts", len(datastore.Host), len(cluster.Host)),
			equal("multipleHostAccess is true", shared != nil && *shared, true),
		)
	})
}

func TestRow27TheClusterListsItsOwnDatastoresOnly(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	ctx := context.Background()
	container, err := view.NewManager(on.Client.Client).CreateContainerView(ctx, on.Root, []string{"ClusterComputeResource"}, true)
	if err != nil {
		t.Fatal(err)
	}
	var clusters []mo.ClusterComputeResource
	if err := container.Retrieve(ctx, []string{"ClusterComputeResource"}, []string{"name", "datastore"}, &clusters); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"x1_cluster_prod": "x1_lun_1 x1_lun_2 x1_root ", "x1_cluster_stage": "x1_lun_3 x1_root ",
	}
	for _, cluster := range clusters {
		names := ""
		var datastores []mo.Datastore
		if err := property.DefaultCollector(on.Client.Client).Retrieve(ctx, cluster.Datastore, []string{"name"}, &datastores); err != nil {
			t.Fatal(err)
		}
		for _, datastore := range datastores {
			names += datastore.Name + " "
		}
		if names != want[cluster.Name] {
			t.Errorf("%s lists %q, want %q", cluster.Name, names, want[cluster.Name])
		}
	}
}

// Row 28: what a real vCenter does is not known for sure, so the lab keeps the stricter of the two answers.
func TestRow28InventoryPathsAreComparedWithRegardToCase(t *testing.T) {
	t.Parallel()
	check := func(ctx context.Context, on *target) error {
		if _, err := on.find(ctx, on.Datacenter); err != nil {
			return err
		}
		if _, err := on.find(ctx, "/x1"); err == nil {
			return errors.New("/x1 was found")
		}
		return nil
	}
	if err := bounded(check, faithful(t)); err != nil {
		t.Fatal(err)
	}
}
