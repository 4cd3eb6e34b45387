package vim

import (
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// AuthorizationManager replaces the simulator's own. It embeds the plain property object, not the simulator's type,
// so that a method which is not written here answers MethodNotFound instead of doing something wrong: above all
// ResetEntityPermissions and MergePermissions, which change other people's rules and must never be called (row 5).
type AuthorizationManager struct {
	mo.AuthorizationManager

	access *Access
}

// InstallAuthorizationManager puts the replacement in the place of the simulator's object.
func InstallAuthorizationManager(access *Access) {
	manager := &AuthorizationManager{access: access}
	manager.Self = authorizationManager
	manager.PrivilegeList = access.Rules.PrivilegeList()
	manager.publishRoles()
	access.Map.Put(manager)
}

// ChangePrivileges makes privileges known to this vCenter and takes others away.
func (access *Access) ChangePrivileges(call *simulator.Context, extra, lacking []string) {
	access.Rules.ChangeKnown(extra, lacking)
	manager := access.Map.Get(authorizationManager).(*AuthorizationManager)
	access.Map.WithLock(call, manager, func() {
		manager.PrivilegeList = access.Rules.PrivilegeList()
		manager.publishRoles()
	})
}

// publishRoles copies the roles into the property roleList. The caller holds the lock of the object.
func (manager *AuthorizationManager) publishRoles() {
	manager.RoleList = nil
	for _, role := range manager.access.Rules.Roles() {
		manager.RoleList = append(manager.RoleList, types.AuthorizationRole{
			RoleId:    role.ID,
			System:    role.System,
			Name:      role.Name,
			Info:      &types.Description{Label: role.Label, Summary: role.Summary},
			Privilege: slices.Clone(role.Privileges),
		})
	}
}
