package server_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25/mo"

	"deckhouse-vsphere/lab/vcenter/internal/control"
)

// A program keeps several calls in flight, and tests change things at the same time.
func TestConcurrentCallsDoNotDisturbEachOther(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	tag, _, err := on.tagged(ctx, tags.Category{Cardinality: "MULTIPLE"})
	must(t, err)
	datacenter := on.datacenter(ctx)
	work := func(worker int) error {
		var failures []error
		for round := range 10 {
			role, err := on.Auth.AddRole(ctx, fmt.Sprintf("role-%d-%d", worker, round), []string{"Datastore.Browse"})
			var folder mo.Folder
			failures = append(failures, err,
				on.set(ctx, datacenter, first, role),
				on.read(ctx, on.Root, &folder, "name", "childEntity"),
				on.Tags.AttachTag(ctx, tag, datacenter),
				on.control(http.MethodPost, "/changes", `[{"operation": "detachTag", "category": "zone", "tag": "a", "path": "/X1"}]`, nil),
			)
			_, err = on.Auth.RoleList(ctx)
			failures = append(failures, err)
		}
		return errors.Join(failures...)
	}
	var group sync.WaitGroup
	for worker := range 6 {
		group.Go(func() {
			if err := work(worker); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	var snapshot control.Snapshot
	must(t, on.control(http.MethodGet, "/snapshot", "", &snapshot))
	if len(snapshot.Roles) != 61 { // sixty of ours and backup-operator
		t.Errorf("there are %d roles, want 61", len(snapshot.Roles))
	}
}
