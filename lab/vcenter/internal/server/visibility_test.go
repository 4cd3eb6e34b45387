package server_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25/mo"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/server"
)

// as logs in a user for whom the inventory is changed first.
func as(t *testing.T, user inventory.User, change func(*inventory.Description)) *target {
	t.Helper()
	description := defaultInventory(t)
	user.Name, user.Password = "operator@vsphere.local", "known"
	description.Users = append(description.Users, user)
	change(&description)
	return connect(t, start(t, server.Options{Inventory: description}), "operator@vsphere.local", "known")
}

func permission(path, role string) inventory.Permission {
	return inventory.Permission{Path: path, Principal: "operator@vsphere.local", Role: role}
}

func TestAUserSeesOnlyWhereHeHasPermissions(t *testing.T) {
	t.Parallel()
	on := as(t, inventory.User{}, func(description *inventory.Description) {
		description.Permissions = append(description.Permissions, permission("/X1", "ReadOnly"))
	})
	ctx := context.Background()
	if _, err := on.find(ctx, "/X1/datastore/x1_lun_1"); err != nil {
		t.Error(err)
	}
	if _, err := on.find(ctx, "/X2"); err == nil {
		t.Error("/X2 was found")
	}
	container, err := view.NewManager(on.Client.Client).CreateContainerView(ctx, on.Root, []string{"Datastore"}, true)
	if err == nil {
		var datastores []mo.Datastore
		must(t, container.Retrieve(ctx, []string{"Datastore"}, []string{"name"}, &datastores))
		for _, datastore := range datastores {
			if strings.HasPrefix(datastore.Name, "x2") {
				t.Errorf("%s is visible", datastore.Name)
			}
		}
	}
	var root mo.Folder
	err = property.DefaultCollector(on.Client.Client).RetrieveOne(ctx, on.Root, []string{"childEntity"}, &root)
	must(t, noPermission(err))
}

func TestListsOfReferencesLeaveOutWhatIsNotVisible(t *testing.T) {
	t.Parallel()
	on := as(t, inventory.User{}, func(description *inventory.Description) {
		nothing := permission("/X2", "NoAccess")
		description.Permissions = append(description.Permissions, permission("/", "ReadOnly"), nothing)
	})
	var root mo.Folder
	must(t, on.read(context.Background(), on.Root, &root, "childEntity"))
	if len(root.ChildEntity) != 1 {
		t.Errorf("children of the root folder: %v, want /X1 only", root.ChildEntity)
	}
}

func TestAUserWithoutAnyPermissionCannotLogIn(t *testing.T) {
	t.Parallel()
	description := small(t)
	description.Users = append(description.Users, inventory.User{Name: "operator@vsphere.local", Password: "known"})
	running := start(t, server.Options{Inventory: description})
	administrator := connect(t, running, running.Ready.User, running.Ready.Password)
	ctx := context.Background()
	client, err := administrator.stranger(ctx)
	must(t, err)
	_, err = govmomiClient(ctx, client.Client, userinfo("operator@vsphere.local", "known"))
	must(t, noPermission(err))
}

func TestTaggingNeedsAGlobalPermissionOrOneOnTheRootFolder(t *testing.T) {
	t.Parallel()
	role := inventory.Role{Name: "tagger", Privileges: []string{
		"InventoryService.Tagging.AttachTag", "InventoryService.Tagging.ObjectAttachable",
	}}
	attach := func(on *target) answer {
		var tag string
		must(t, on.control(http.MethodPost, "/changes", `[{"operation": "createCategory", "category": "zone"},
			{"operation": "createTag", "category": "zone", "tag": "a"}]`, nil))
		got, err := on.rest(context.Background(), http.MethodGet, tagging+"category", "")
		must(t, err)
		var ids []string
		must(t, got.value(&ids))
		if len(ids) == 0 {
			return answer{status: http.StatusForbidden} // not even visible
		}
		tag = tagNamed(t, on, "a")
		got, err = on.attach(context.Background(), tag, on.datacenter(context.Background()))
		must(t, err)
		return got
	}
	below := as(t, inventory.User{}, func(description *inventory.Description) {
		description.Roles = append(description.Roles, role)
		description.Permissions = append(description.Permissions, permission("/X1", "tagger"))
	})
	if got := attach(below); got.status != http.StatusForbidden {
		t.Errorf("with a role on the datacenter only: %d %s", got.status, got.body)
	}
	global := as(t, inventory.User{GlobalRole: "tagger"}, func(description *inventory.Description) {
		description.Roles = append(description.Roles, role)
	})
	if got := attach(global); got.status != http.StatusOK {
		t.Errorf("with a Global Permission: %d %s", got.status, got.body)
	}
	withoutObject := as(t, inventory.User{}, func(description *inventory.Description) {
		description.Roles = append(description.Roles, role)
		description.Permissions = append(description.Permissions, permission("/", "tagger"), permission("/X1", "ReadOnly"))
	})
	if got := attach(withoutObject); got.status != http.StatusForbidden {
		t.Errorf("without ObjectAttachable on the object: %d %s", got.status, got.body)
	}
}

func TestNobodyHandsOutMoreThanHeHas(t *testing.T) {
	t.Parallel()
	on := as(t, inventory.User{}, func(description *inventory.Description) {
		description.Roles = append(description.Roles, inventory.Role{Name: "granter", Privileges: []string{
			"Authorization.ModifyPermissions", "Authorization.ModifyRoles", "Datastore.Browse",
		}})
		description.Permissions = append(description.Permissions, permission("/", "granter"))
	})
	ctx := context.Background()
	datacenter := on.datacenter(ctx)
	must(t, on.set(ctx, datacenter, first, readOnly))
	must(t, noPermission(on.set(ctx, datacenter, first, -1)))
	id, err := on.Auth.AddRole(ctx, "browser", []string{"Datastore.Browse"})
	must(t, err)
	must(t, noPermission(on.Auth.UpdateRole(ctx, id, "browser", []string{"Datastore.Browse", "Datastore.Delete"})))
	must(t, on.Auth.UpdateRole(ctx, id, "viewer", nil))
}

func tagNamed(t *testing.T, on *target, name string) string {
	t.Helper()
	found, err := on.Tags.GetTagForCategory(context.Background(), name, "zone")
	must(t, err)
	return found.ID
}
