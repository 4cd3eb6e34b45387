package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/control"
	"deckhouse-vsphere/lab/vcenter/internal/server"
	"deckhouse-vsphere/lab/vcenter/internal/traffic"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestCallsAreCountedByNameAndUserAgent(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	ctx := context.Background()
	must(t, on.control(http.MethodDelete, "/calls", "", nil))
	on.Client.Client.UserAgent = "product/1.0"
	var folder mo.Folder
	must(t, on.read(ctx, on.Root, &folder, "name"))
	on.REST.UserAgent = "other/2.0"
	_, err := on.Tags.ListAttachedTagsOnObjects(ctx, []mo.Reference{on.Root})
	must(t, err)

	var report traffic.Report
	must(t, on.control(http.MethodGet, "/calls", "", &report))
	read := report.SOAP["RetrieveProperties"] + report.SOAP["RetrievePropertiesEx"]
	list := report.ByUserAgent["other/2.0"].REST["POST tag-association?list-attached-tags-on-objects"]
	if report.Total != 2 || read != 1 || list != 1 || report.ByUserAgent["product/1.0"].Total != 1 {
		t.Errorf("got %+v", report)
	}
}

func TestSessionsAreListedUntilLogoutAndCanBeExpired(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	ctx := context.Background()
	sessions := func() string {
		var open []control.Session
		must(t, on.control(http.MethodGet, "/sessions", "", &open))
		kinds := []string{}
		for _, session := range open {
			if session.User != `VSPHERE.LOCAL\administrator` || session.LoginTime.IsZero() || session.UserAgent == "" {
				t.Errorf("incomplete session %+v", session)
			}
			kinds = append(kinds, session.Kind)
		}
		return strings.Join(kinds, " ")
	}
	if got := sessions(); got != "soap rest" {
		t.Errorf("after login: %q", got)
	}
	must(t, on.control(http.MethodDelete, "/sessions", "", nil))
	if got := sessions(); got != "" {
		t.Errorf("after expiry: %q", got)
	}
	var folder mo.Folder
	must(t, wantFault(on.read(ctx, on.Root, &folder, "name"), &types.NotAuthenticated{}))
	got, err := on.rest(ctx, http.MethodGet, tagging+"tag", "")
	must(t, wantStatus(got, err, http.StatusUnauthorized, "unauthenticated"))

	must(t, on.Login(ctx, on.URL.User))
	must(t, on.REST.Login(ctx, on.URL.User))
	must(t, on.Logout(ctx))
	must(t, on.REST.Logout(ctx))
	if got := sessions(); got != "" {
		t.Errorf("after logout: %q", got)
	}
}

func TestLatencyIsAddedToEachCall(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	must(t, on.control(http.MethodPut, "/latency", `{"milliseconds": 150}`, nil))
	begin := time.Now()
	_, err := on.Tags.ListTags(context.Background())
	must(t, err)
	if took := time.Since(begin); took < 150*time.Millisecond {
		t.Errorf("a call took %s", took)
	}
}

func TestFaultsSpoilMatchingCalls(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	ctx := context.Background()
	list := func() (answer, error) { return on.rest(ctx, http.MethodGet, tagging+"tag", "") }
	spoil := func(fault string) {
		t.Helper()
		must(t, on.control(http.MethodDelete, "/faults", "", nil))
		must(t, on.control(http.MethodPost, "/faults", fault, nil))
	}

	spoil(`{"match": "GET tag", "kind": "status", "status": 503, "retryAfterSeconds": 1, "skip": 1, "times": 1}`)
	for call, status := range []int{200, 503, 200} {
		got, err := list()
		if err != nil || got.status != status {
			t.Errorf("call %d: got %d (%v), want %d", call, got.status, err, status)
		}
	}
	var faults []traffic.Fault
	must(t, on.control(http.MethodGet, "/faults", "", &faults))
	if len(faults) != 1 || faults[0].Hits != 1 {
		t.Errorf("faults are %+v", faults)
	}

	spoil(`{"match": "GET ta", "exact": true, "kind": "status", "status": 503}`)
	got, err := list()
	must(t, err)
	if got.status != http.StatusOK {
		t.Errorf("a fault for another name: got %d", got.status)
	}
	spoil(`{"match": "GET tag", "exact": true, "kind": "status", "status": 503}`)
	got, err = list()
	must(t, err)
	if got.status != http.StatusServiceUnavailable {
		t.Errorf("a fault for the whole name: got %d", got.status)
	}

	spoil(`{"match": "GET tag", "kind": "unauthenticated", "times": 1}`)
	got, err = list()
	must(t, wantStatus(got, err, http.StatusUnauthorized, "unauthenticated"))

	spoil(`{"match": "RetrieveProperties", "kind": "unauthenticated", "times": 1}`)
	var folder mo.Folder
	must(t, wantFault(on.read(ctx, on.Root, &folder, "name"), &types.NotAuthenticated{}))

	spoil(`{"match": "AddAuthorizationRole", "kind": "soapFault", "fault": "NoPermission", "times": 1}`)
	_, err = on.Auth.AddRole(ctx, "kubernetes", nil)
	must(t, noPermission(err))

	spoil(`{"match": "POST category", "kind": "reset", "afterEffect": true, "times": 1}`)
	if _, err := on.Tags.CreateCategory(ctx, &tags.Category{Name: "zone", Cardinality: "SINGLE"}); err == nil {
		t.Error("the dropped call succeeded")
	}
	if _, err := on.Tags.GetCategory(ctx, "zone"); err != nil {
		t.Errorf("the dropped call had no effect: %v", err)
	}

	spoil(`{"match": "", "kind": "hang"}`)
	short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	if _, err := on.Tags.Client.Session(short); err == nil {
		t.Error("the hanging call answered")
	}
}

func TestChangesAreMadeBehindTheBack(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	must(t, on.control(http.MethodDelete, "/calls", "", nil))
	must(t, on.control(http.MethodPost, "/changes", `[
		{"operation": "createCategory", "category": "zone", "description": "d", "associableTypes": ["urn:vim25:Datastore"]},
		{"operation": "createTag", "category": "zone", "tag": "a"},
		{"operation": "createTag", "category": "zone", "tag": "b", "description": "old"},
		{"operation": "updateTag", "category": "zone", "tag": "b", "newName": "c", "description": "new"},
		{"operation": "attachTag", "category": "zone", "tag": "a", "path": "/X1/datastore/x1_lun_1"},
		{"operation": "attachTag", "category": "zone", "tag": "a", "path": "/X1/datastore/x1_lun_2"},
		{"operation": "attachTag", "category": "zone", "tag": "a", "path": "/X1/datastore/x1_lun_3"},
		{"operation": "detachTag", "category": "zone", "tag": "a", "path": "/X1/datastore/x1_lun_2"},
		{"operation": "renameObject", "path": "/X1/datastore/x1_lun_1", "name": "fast/1"},
		{"operation": "removeObject", "path": "/X1/datastore/x1_lun_3"},
		{"operation": "addDatastore", "path": "/X1", "name": "late", "clusters": ["x1_cluster_stage"]},
		{"operation": "updateCategory", "category": "zone", "cardinality": "MULTIPLE"},
		{"operation": "attachTag", "category": "zone", "tag": "c", "path": "/X1/datastore/late"},
		{"operation": "createRole", "role": "r", "privileges": ["Datastore.Browse"]},
		{"operation": "updateRole", "role": "r", "newName": "s", "privileges": []},
		{"operation": "setPermission", "path": "/X1", "principal": "kubernetes-admins@vsphere.local", "group": true, "role": "s", "propagate": false},
		{"operation": "removePermission", "path": "/X1", "principal": "backup@vsphere.local"}
	]`, nil))
	var got control.Snapshot
	must(t, on.control(http.MethodGet, "/snapshot", "", &got))
	want := `{"categories":[{"name":"zone","description":"d","cardinality":"MULTIPLE","associableTypes":["Datastore"]}],` +
		`"tags":[{"category":"zone","name":"a","description":""},{"category":"zone","name":"c","description":"new"}],` +
		`"attachments":[{"category":"zone","tag":"a","path":"/X1/datastore/fast%2f1"},` +
		`{"category":"zone","tag":"c","path":"/X1/datastore/late"}],` +
		`"roles":[{"name":"backup-operator","privileges":["Datastore.Browse","System.Anonymous","System.Read","System.View"]},` +
		`{"name":"s","privileges":["System.Anonymous","System.Read","System.View"]}],` +
		`"permissions":[{"path":"/","principal":"VSPHERE.LOCAL\\Administrators","group":true,"role":"Admin","propagate":true},` +
		`{"path":"/","principal":"VSPHERE.LOCAL\\administrator","group":false,"role":"Admin","propagate":true},` +
		`{"path":"/","principal":"VSPHERE.LOCAL\\backup","group":false,"role":"backup-operator","propagate":true},` +
		`{"path":"/X1","principal":"VSPHERE.LOCAL\\kubernetes-admins","group":true,"role":"s","propagate":false}]}`
	encoded, err := json.Marshal(got)
	must(t, err)
	if string(encoded) != want {
		t.Errorf("got\n%s\nwant\n%s", encoded, want)
	}
	must(t, on.control(http.MethodPost, "/changes", `[
		{"operation": "deleteTag", "category": "zone", "tag": "c"},
		{"operation": "deleteCategory", "category": "zone"},
		{"operation": "removeRole", "role": "s"}
	]`, nil))
	must(t, on.control(http.MethodGet, "/snapshot", "", &got))
	if len(got.Categories)+len(got.Tags)+len(got.Attachments) != 0 || len(got.Roles) != 1 || len(got.Permissions) != 3 {
		t.Errorf("after removal: %+v", got)
	}
	var report traffic.Report
	must(t, on.control(http.MethodGet, "/calls", "", &report))
	if report.Total != 0 {
		t.Errorf("changes were counted: %+v", report)
	}
	roles, err := on.Auth.RoleList(context.Background())
	if err != nil || roles.ByName("s") != nil {
		t.Errorf("the removed role is still in roleList (%v)", err)
	}
}

func TestBadControlRequestsSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	for _, bad := range []struct{ method, path, body, message string }{
		{http.MethodPost, "/changes", `[{"operation": "explode"}]`, "attachTag"},
		{http.MethodPost, "/changes", `[{"operation": "attachTag", "category": "zone", "tag": "a", "path": "/X1"}]`, "no category"},
		{http.MethodPost, "/changes", `[{"operation": "removeObject", "path": "/X9"}]`, "no object at"},
		{http.MethodPost, "/changes", `[{"operation": "removeObject", "paht": "/X1"}]`, "paht"},
		{http.MethodPost, "/changes", `[{"operation": "createRole", "role": "r", "privileges": ["No.Such"]}]`, "privIds"},
		{http.MethodPost, "/changes", `[{"operation": "addDatastore", "path": "/X1", "name": "x1_lun_1"}]`, "already has"},
		{http.MethodPost, "/changes", `[{"operation": "renameObject", "path": "/X1/datastore/x1_lun_1", "name": "x1_lun_2"}]`, "already in use"},
		{http.MethodPost, "/changes", `[{"operation": "createVirtualMachine", "path": "/X1/vm", "name": "m", "datastore": "x1_lun_1"}]`, "cluster is missing"},
		{http.MethodPost, "/changes", `[{"operation": "createVirtualMachine", "path": "/X1/vm", "name": "m", "cluster": "none", "datastore": "x1_lun_1"}]`, "has no cluster"},
		{http.MethodPost, "/changes", `[{"operation": "createVirtualMachine", "path": "/X1/vm", "name": "m", "cluster": "x1_cluster_stage", "datastore": "x1_lun_1"}]`, "no host of cluster"},
		{http.MethodPost, "/changes", `[{"operation": "createVirtualMachine", "path": "/X1/vm", "name": "m", "cluster": "x1_cluster_prod", "datastore": "x1_lun_1", "network": "none"}]`, "has no network"},
		{http.MethodPost, "/changes", `[{"operation": "createVirtualMachine", "path": "/X1/datastore", "name": "m", "cluster": "x1_cluster_prod", "datastore": "x1_lun_1"}]`, "not a folder for virtual machines"},
		{http.MethodPost, "/changes", `[{"operation": "powerOff", "path": "/X1"}]`, "not a virtual machine"},
		{http.MethodPost, "/changes", `[{"operation": "createStoragePolicy", "storagePolicy": "p", "id": "gold"}]`, "not a UUID"},
		{http.MethodPost, "/changes", `[{"operation": "removeStoragePolicy", "storagePolicy": "p"}]`, "no storage policy"},
		{http.MethodPut, "/guest-behaviour", `{"ssh": "sometimes"}`, "normal, refused, hang"},
		{http.MethodPut, "/guest-behaviour", `{"never": "ip"}`, "never"},
		{http.MethodPost, "/faults", `{"kind": "explode"}`, "unauthenticated"},
		{http.MethodPost, "/faults", `{"kind": "status", "status": 200}`, "not an HTTP error"},
		{http.MethodPost, "/faults", `{"kind": "soapFault", "fault": "ManagedObjectReference"}`, "NoPermission"},
		{http.MethodPut, "/latency", `{}`, "milliseconds"},
		{http.MethodPut, "/session-limit", `{"maximum": -1}`, "maximum"},
	} {
		err := on.control(bad.method, bad.path, bad.body, nil)
		if err == nil || !strings.Contains(err.Error(), " 400 ") || !strings.Contains(err.Error(), bad.message) {
			t.Errorf("%s %s: got %v, want 400 with %q", bad.path, bad.body, err, bad.message)
		}
	}
}

func TestTwoServersInTheSameStateGiveTheSameSnapshot(t *testing.T) {
	t.Parallel()
	var snapshots []string
	for range 2 {
		running := start(t, server.Options{Inventory: defaultInventory(t)})
		response, err := http.Get(running.Ready.Control + "/snapshot")
		must(t, err)
		got, err := readAnswer(response)
		must(t, err)
		snapshots = append(snapshots, got.body)
	}
	if snapshots[0] != snapshots[1] {
		t.Errorf("the snapshots differ:\n%s\n%s", snapshots[0], snapshots[1])
	}
}
