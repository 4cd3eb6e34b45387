package vim

import (
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
)

// AddAuthorizationRole returns the id of the new role; the plain simulator always answers 0 (row 8).
func (manager *AuthorizationManager) AddAuthorizationRole(ctx *simulator.Context, request *types.AddAuthorizationRole) soap.HasFault {
	body := &methods.AddAuthorizationRoleBody{}
	if fault := manager.mayModifyRoles(ctx); fault != nil {
		body.Fault_ = Fault(fault)
		return body
	}
	id, fault := manager.access.Rules.AddRole(request.Name, request.PrivIds)
	if fault != nil {
		body.Fault_ = Fault(fault)
		return body
	}
	manager.publishRoles()
	body.Res = &types.AddAuthorizationRoleResponse{Returnval: id}
	return body
}

// UpdateAuthorizationRole replaces name and privileges (row 11). The caller must hold every privilege that changes.
func (manager *AuthorizationManager) UpdateAuthorizationRole(ctx *simulator.Context, request *types.UpdateAuthorizationRole) soap.HasFault {
	body := &methods.UpdateAuthorizationRoleBody{}
	fault := manager.mayModifyRoles(ctx)
	if role, exists := manager.access.Rules.RoleByID(request.RoleId); exists && fault == nil {
		fault = manager.access.Missing(Caller(ctx), manager.root(), changed(role.Privileges, request.PrivIds)...)
	}
	if fault == nil {
		fault = manager.access.Rules.UpdateRole(request.RoleId, request.NewName, request.PrivIds)
	}
	if fault != nil {
		body.Fault_ = Fault(fault)
		return body
	}
	manager.publishRoles()
	body.Res = &types.UpdateAuthorizationRoleResponse{}
	return body
}

// RemoveAuthorizationRole honours failIfUsed (row 10).
func (manager *AuthorizationManager) RemoveAuthorizationRole(ctx *simulator.Context, request *types.RemoveAuthorizationRole) soap.HasFault {
	body := &methods.RemoveAuthorizationRoleBody{}
	fault := manager.mayModifyRoles(ctx)
	if fault == nil {
		fault = manager.access.Rules.RemoveRole(request.RoleId, request.FailIfUsed)
	}
	if fault != nil {
		body.Fault_ = Fault(fault)
		return body
	}
	manager.publishRoles()
	body.Res = &types.RemoveAuthorizationRoleResponse{}
	return body
}

func (manager *AuthorizationManager) mayModifyRoles(ctx *simulator.Context) types.BaseMethodFault {
	return manager.access.Missing(Caller(ctx), manager.root(), authorization.ModifyRoles)
}

func (manager *AuthorizationManager) root() Reference {
	return manager.access.Root()
}

// changed lists what is in one of two privilege lists only; the System privileges never change.
func changed(before, after []string) []string {
	system := []string{authorization.SystemAnonymous, authorization.SystemRead, authorization.SystemView}
	var difference []string
	for _, pair := range [][2][]string{{before, after}, {after, before}} {
		for _, id := range pair[0] {
			if !slices.Contains(pair[1], id) && !slices.Contains(system, id) {
				difference = append(difference, id)
			}
		}
	}
	return difference
}
