package server_test

import (
	"context"
	"testing"

	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/server"
)

const viewerInventory = `
users:
  - {name: viewer@vsphere.local, password: viewer-password}
permissions:
  - {path: /, principal: viewer@vsphere.local, role: ReadOnly}
`

func TestOnlyWhoMayEndSessionsSeesThem(t *testing.T) {
	ctx := context.Background()
	description, err := inventory.Decode([]byte(viewerInventory))
	if err != nil {
		t.Fatal(err)
	}
	running := start(t, server.Options{Inventory: description})
	administrator := connect(t, running, running.Ready.User, running.Ready.Password)
	viewer := connect(t, running, "viewer@vsphere.local", "viewer-password")
	sessions := func(on *target) []types.UserSession {
		var manager mo.SessionManager
		if err := on.read(ctx, *on.Client.ServiceContent.SessionManager, &manager, "sessionList"); err != nil {
			t.Log(err)
		}
		return manager.SessionList
	}
	if seen := sessions(viewer); len(seen) != 0 {
		t.Errorf("the viewer sees %d sessions", len(seen))
	}
	var others []string
	for _, session := range sessions(administrator) {
		if session.UserName == `VSPHERE.LOCAL\viewer` {
			others = append(others, session.Key)
		}
	}
	if len(others) != 1 {
		t.Fatalf("the administrator sees %d sessions of the viewer", len(others))
	}
	end := func(on *target) error {
		request := types.TerminateSession{This: *on.Client.ServiceContent.SessionManager, SessionId: others}
		_, err := methods.TerminateSession(ctx, on.Client, &request)
		return err
	}
	if err := wantFault(end(viewer), &types.NoPermission{}); err != nil {
		t.Error(err)
	}
	if err := end(administrator); err != nil {
		t.Error(err)
	}
}
