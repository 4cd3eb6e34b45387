package server_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/vmware/govmomi/pbm"
	"github.com/vmware/govmomi/pbm/methods"
	pbmtypes "github.com/vmware/govmomi/pbm/types"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/server"
	"deckhouse-vsphere/lab/vcenter/internal/traffic"
)

var storage = pbmtypes.PbmProfileResourceType{ResourceType: "STORAGE"}

// policies lists the names of the storage policies by their ids.
func (on *target) policies(ctx context.Context) (map[string]string, error) {
	client, err := pbm.NewClient(ctx, on.Client.Client)
	if err != nil {
		return nil, err
	}
	ids, err := client.QueryProfile(ctx, storage, "REQUIREMENT")
	if err != nil {
		return nil, err
	}
	contents, err := client.RetrieveContent(ctx, ids)
	names := map[string]string{}
	for _, content := range contents {
		policy := content.GetPbmProfile()
		names[policy.ProfileId.UniqueId] = policy.Name
	}
	return names, err
}

// policyService is a client of the service at a path, with a session's cookie.
func (on *target) policyService(path string, cookie *soap.HeaderElement) *soap.Client {
	client := on.Client.Client.NewServiceClient(path, pbm.Namespace)
	client.Cookie = func() *soap.HeaderElement { return cookie }
	return client
}

func (on *target) policyContent(ctx context.Context, path string, cookie *soap.HeaderElement) error {
	request := pbmtypes.PbmRetrieveServiceContent{This: pbm.ServiceInstance}
	_, err := methods.PbmRetrieveServiceContent(ctx, on.policyService(path, cookie), &request)
	return err
}

func TestRow37StoragePoliciesNeedASession(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		return all(
			func() error { return on.policyContent(ctx, pbm.Path, on.SessionCookie()) },
			func() error {
				other := &soap.HeaderElement{Value: "somebody-else"}
				return wantFault(on.policyContent(ctx, pbm.Path, other), &types.NotAuthenticated{})
			},
			// The HTTP cookie does not count; it is sent, because the client shares its jar.
			func() error { return wantFault(on.policyContent(ctx, pbm.Path, nil), &types.NotAuthenticated{}) },
		)
	})
}

func TestRow37StoragePoliciesAreServedAtBothPaths(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		return all(
			func() error { return on.policyContent(ctx, "/pbm", on.SessionCookie()) },
			func() error { return on.policyContent(ctx, "/pbm/sdk", on.SessionCookie()) },
		)
	})
}

func TestRow37StoragePoliciesNeedAPrivilege(t *testing.T) {
	refuses(t, noPermission, func(ctx context.Context, on *target) error {
		_, err := on.policies(ctx)
		return err
	})
	ctx := context.Background()
	on := builder(t)
	on.grant(t, []string{"StorageProfile.Update"})
	_, err := on.policies(ctx)
	must(t, noPermission(err))
	on.grant(t, []string{"StorageProfile.View"})
	_, err = on.policies(ctx)
	must(t, err)
}

func TestRow37StoragePoliciesAreNotChangedByCalls(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		client, err := pbm.NewClient(ctx, on.Client.Client)
		if err != nil {
			return err
		}
		_, err = client.CreateProfile(ctx, pbmtypes.PbmCapabilityProfileCreateSpec{Name: "new", ResourceType: storage})
		return wantFault(err, &types.MethodNotFound{})
	})
}

func TestStoragePoliciesAreThoseOfTheInventoryAndOfEveryVCenter(t *testing.T) {
	t.Parallel()
	running := start(t, server.Options{Inventory: defaultInventory(t)})
	on := connect(t, running, running.Ready.User, running.Ready.Password)
	ctx := context.Background()
	must(t, on.control(http.MethodDelete, "/calls", "", nil))
	got, err := on.policies(ctx)
	must(t, err)
	for id, name := range map[string]string{
		"5c3f1a52-6f0e-4f0a-9d6b-2b7a4c8e9d10": "Kubernetes nodes",
		"aa6d5a82-1c88-45da-85d3-3d74b91a5bad": "vSAN Default Storage Policy",
	} {
		if got[id] != name {
			t.Errorf("policy %s is %q, want %q; there are %v", id, got[id], name, got)
		}
	}
	var report traffic.Report
	must(t, on.control(http.MethodGet, "/calls", "", &report))
	for _, name := range []string{"PbmRetrieveServiceContent", "PbmQueryProfile", "PbmRetrieveContent"} {
		if report.SOAP[name] != 1 {
			t.Errorf("%s was counted %d times", name, report.SOAP[name])
		}
	}
}

func TestStoragePoliciesAreFoundByKindAndId(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	ctx := context.Background()
	client, err := pbm.NewClient(ctx, on.Client.Client)
	must(t, err)
	all, err := client.QueryProfile(ctx, storage, "")
	must(t, err)
	if len(all) == 0 {
		t.Error("no policies without a category")
	}
	for _, other := range []struct {
		kind     pbmtypes.PbmProfileResourceType
		category string
	}{{storage, "RESOURCE"}, {pbmtypes.PbmProfileResourceType{ResourceType: "NETWORK"}, "REQUIREMENT"}} {
		ids, err := client.QueryProfile(ctx, other.kind, other.category)
		if err != nil || len(ids) > 0 {
			t.Errorf("%v: got %v (%v), want none", other, ids, err)
		}
	}
	for _, ids := range [][]pbmtypes.PbmProfileId{nil, append(slices.Clone(all), pbmtypes.PbmProfileId{UniqueId: "none"})} {
		_, err := client.RetrieveContent(ctx, ids)
		must(t, wantFault(err, &types.InvalidArgument{}))
	}
}

func TestStoragePoliciesChangeBehindTheBack(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	ctx := context.Background()
	const id = "0d6e1b1e-9f57-4a43-8f8e-6c1d0f3b2a11"
	before, err := on.policies(ctx)
	must(t, err)
	must(t, on.control(http.MethodPost, "/changes", fmt.Sprintf(`[
		{"operation": "createStoragePolicy", "storagePolicy": "gold", "id": %q, "description": "fast"},
		{"operation": "createStoragePolicy", "storagePolicy": "silver"},
		{"operation": "removeStoragePolicy", "storagePolicy": "silver"},
		{"operation": "removeStoragePolicy", "storagePolicy": "VVol No Requirements Policy"}
	]`, id), nil))
	after, err := on.policies(ctx)
	must(t, err)
	if after[id] != "gold" || len(after) != len(before) {
		t.Errorf("got %v, before %v", after, before)
	}
}

func TestCallsAboutStoragePoliciesCanBeSpoilt(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	ctx := context.Background()
	must(t, on.control(http.MethodPost, "/faults", `{"match": "PbmQueryProfile", "kind": "unauthenticated", "times": 1}`, nil))
	_, err := on.policies(ctx)
	must(t, wantFault(err, &types.NotAuthenticated{}))
	_, err = on.policies(ctx)
	must(t, err)
	must(t, on.control(http.MethodDelete, "/sessions", "", nil))
	_, err = on.policies(ctx)
	must(t, wantFault(err, &types.NotAuthenticated{}))
}
