package authorization_test

import (
	"testing"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
	"deckhouse-vsphere/lab/vcenter/internal/identity"
)

var (
	root       = authorization.Reference{Type: "Folder", Value: "group-d1"}
	datacenter = authorization.Reference{Type: "Datacenter", Value: "datacenter-1"}
	datastore  = authorization.Reference{Type: "Datastore", Value: "datastore-1"}
	lineage    = []authorization.Reference{datastore, datacenter, root}
)

const (
	user   = `D\u` // as the store and its callers spell u@d
	browse = "Datastore.Browse"
	remove = "Datastore.Delete"
)

// world has a user in two groups, and the roles browser and remover with one privilege each.
func world(t *testing.T) (*authorization.Store, func(entity authorization.Reference, principal string, group bool, role string, propagate bool)) {
	t.Helper()
	directory := identity.NewDirectory()
	for _, err := range []error{
		directory.AddUser("u@d", "secret"), directory.AddGroup("g@d"), directory.AddGroup("h@d"),
		directory.AddMember("g@d", "u@d", false), directory.AddMember("h@d", "u@d", false),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	store := authorization.NewStore(directory, root)
	for name, privilege := range map[string]string{"browser": browse, "remover": remove} {
		if _, fault := store.AddRole(name, []string{privilege}); fault != nil {
			t.Fatalf("%T", fault)
		}
	}
	return store, func(entity authorization.Reference, principal string, group bool, name string, propagate bool) {
		t.Helper()
		role, _ := store.RoleByName(name)
		rule := authorization.Rule{Entity: entity, Principal: principal, Group: group, RoleID: role.ID, Propagate: propagate}
		if fault := store.SetRule(rule); fault != nil {
			t.Fatalf("%T", fault)
		}
	}
}

func expect(t *testing.T, store *authorization.Store, mayBrowse, mayRemove bool) {
	t.Helper()
	privileges := store.On(user, lineage)
	if privileges.Has(browse) != mayBrowse || privileges.Has(remove) != mayRemove {
		t.Errorf("privileges are %v", privileges.Sorted())
	}
}

func TestWithoutRulesAUserMayNothing(t *testing.T) {
	store, _ := world(t)
	expect(t, store, false, false)
}

func TestARulePropagatesOnlyWhenItSaysSo(t *testing.T) {
	store, set := world(t)
	set(datacenter, "u@d", false, "browser", false)
	expect(t, store, false, false)
	set(datacenter, "u@d", false, "browser", true)
	expect(t, store, true, false)
}

func TestARuleOnTheObjectReplacesTheInheritedOne(t *testing.T) {
	store, set := world(t)
	set(root, "g@d", true, "browser", true)
	set(datastore, "h@d", true, "remover", false)
	expect(t, store, false, true)
}

func TestGroupsOnTheSameObjectAddUp(t *testing.T) {
	store, set := world(t)
	set(datacenter, "g@d", true, "browser", true)
	set(datacenter, "h@d", true, "remover", true)
	expect(t, store, true, true)
}

func TestARuleForTheUserBeatsThoseForHisGroups(t *testing.T) {
	store, set := world(t)
	set(datacenter, "g@d", true, "browser", true)
	set(datacenter, "u@d", false, "NoAccess", true)
	expect(t, store, false, false)
	if store.On(user, lineage).Has(authorization.SystemView) {
		t.Error("NoAccess lets the user see the object")
	}
}

func TestAGlobalPermissionStandsAboveTheRootFolder(t *testing.T) {
	store, set := world(t)
	browser, _ := store.RoleByName("browser")
	if fault := store.SetGlobalRole("g@d", true, browser.ID); fault != nil {
		t.Fatalf("%T", fault)
	}
	expect(t, store, true, false)
	set(root, "u@d", false, "remover", true)
	expect(t, store, false, true)
	if !store.Globally(user).Has(browse, remove) {
		t.Error("tags are not governed by both")
	}
}

// The ids of the setup guide and of the current documentation for Deckhouse that are easiest to miss.
func TestPrivilegesOfTheProductAreKnown(t *testing.T) {
	store, _ := world(t)
	if _, fault := store.AddRole("kubernetes", []string{
		"Cns.Searchable", "StorageProfile.View", "InventoryService.Tagging.ObjectAttachable",
		"VirtualMachine.Hbr.ConfigureReplication", "VirtualMachine.Namespace.EventNotify", "VApp.ApplicationConfig",
		"Folder.Create", "Global.SetCustomField", "Network.Assign",
	}); fault != nil {
		t.Errorf("%T", fault)
	}
}
