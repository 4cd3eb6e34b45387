package authorization

import (
	"slices"
	"sort"
	"strings"

	"github.com/vmware/govmomi/simulator/esx"
	"github.com/vmware/govmomi/vim25/types"
)

// The three privileges that every role has; vCenter adds them itself.
const (
	SystemAnonymous = "System.Anonymous"
	SystemRead      = "System.Read"
	SystemView      = "System.View"
)

// The privileges that the lab asks for when an account changes roles, permissions or tags
// (vSphere Security guide, "Required Privileges for Common Tasks" and "Defined Privileges").
const (
	ModifyRoles       = "Authorization.ModifyRoles"
	ModifyPermissions = "Authorization.ModifyPermissions"
	CreateCategory    = "InventoryService.Tagging.CreateCategory"
	EditCategory      = "InventoryService.Tagging.EditCategory"
	DeleteCategory    = "InventoryService.Tagging.DeleteCategory"
	CreateTag         = "InventoryService.Tagging.CreateTag"
	EditTag           = "InventoryService.Tagging.EditTag"
	DeleteTag         = "InventoryService.Tagging.DeleteTag"
	AttachTag         = "InventoryService.Tagging.AttachTag"
	ObjectAttachable  = "InventoryService.Tagging.ObjectAttachable"
)

// The privileges for the files of datastores.
const (
	BrowseDatastore = "Datastore.Browse"
	ManageFiles     = "Datastore.FileManagement"
)

// ViewStoragePolicies is the privilege to read storage policies; it counts at the root folder only.
const ViewStoragePolicies = "StorageProfile.View"

// KnownPrivileges returns every privilege id of this vCenter, sorted: what the Admin role of govmomi's
// simulator/esx/authorization_manager.go holds.
func KnownPrivileges() []string {
	var all []string
	for _, role := range esx.RoleList {
		if role.RoleId == AdministratorRole {
			all = append(all, role.Privilege...)
		}
	}
	sort.Strings(all)
	return all
}

// PrivilegeList returns the known privileges in the form of AuthorizationManager.privilegeList. The plain simulator
// leaves that list empty (row 12 of the deviations in README.md).
func (store *Store) PrivilegeList() []types.AuthorizationPrivilege {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	var list []types.AuthorizationPrivilege
	for _, id := range Privileges(store.known).Sorted() {
		separator := strings.LastIndex(id, ".")
		list = append(list, types.AuthorizationPrivilege{
			PrivId:        id,
			Name:          id[separator+1:],
			PrivGroupName: id[:max(separator, 0)],
		})
	}
	return list
}

// ChangeKnown makes privileges known, as a plugin does when it is installed, and takes others away, as when it is removed
// or in another version. The Admin role always has all; other roles lose what is no longer known.
func (store *Store) ChangeKnown(extra, lacking []string) {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	for _, id := range extra {
		store.known[id] = struct{}{}
	}
	for _, id := range lacking {
		delete(store.known, id)
	}
	for id, role := range store.roles {
		privileges := slices.DeleteFunc(slices.Clone(role.Privileges), func(id string) bool {
			_, known := store.known[id]
			return !known
		})
		if id == AdministratorRole {
			privileges = Privileges(store.known).Sorted()
		}
		role.Privileges, role.set = privileges, newPrivileges(privileges)
		store.roles[id] = role
	}
}
