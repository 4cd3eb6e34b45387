package vim

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
)

// RetrieveEntityPermissions answers ManagedObjectNotFound where the plain simulator panics (row 6), and with
// inherited only adds the rules that propagate (row 7).
func (manager *AuthorizationManager) RetrieveEntityPermissions(ctx *simulator.Context, request *types.RetrieveEntityPermissions) soap.HasFault {
	body := &methods.RetrieveEntityPermissionsBody{}
	lineage := manager.access.Lineage(request.Entity)
	if len(lineage) == 0 {
		body.Fault_ = Fault(&types.ManagedObjectNotFound{Obj: request.Entity})
		return body
	}
	if fault := manager.access.Missing(Caller(ctx), request.Entity, authorization.SystemRead); fault != nil {
		body.Fault_ = Fault(fault)
		return body
	}
	permissions := permissionsOf(manager.access.Rules.RulesOn(request.Entity))
	if request.Inherited {
		for _, ancestor := range lineage[1:] {
			for _, rule := range manager.access.Rules.RulesOn(ancestor) {
				if rule.Propagate {
					permissions = append(permissions, permissionOf(rule))
				}
			}
		}
	}
	body.Res = &types.RetrieveEntityPermissionsResponse{Returnval: permissions}
	return body
}

// RetrieveAllPermissions lists every rule on objects that the caller sees.
func (manager *AuthorizationManager) RetrieveAllPermissions(ctx *simulator.Context, _ *types.RetrieveAllPermissions) soap.HasFault {
	return &methods.RetrieveAllPermissionsBody{Res: &types.RetrieveAllPermissionsResponse{
		Returnval: permissionsOf(manager.visible(ctx, manager.access.Rules.AllRules())),
	}}
}

// RetrieveRolePermissions lists the rules that use a role.
func (manager *AuthorizationManager) RetrieveRolePermissions(ctx *simulator.Context, request *types.RetrieveRolePermissions) soap.HasFault {
	body := &methods.RetrieveRolePermissionsBody{}
	if _, exists := manager.access.Rules.RoleByID(request.RoleId); !exists {
		body.Fault_ = Fault(&types.NotFound{})
		return body
	}
	var using []authorization.Rule
	for _, rule := range manager.visible(ctx, manager.access.Rules.AllRules()) {
		if rule.RoleID == request.RoleId {
			using = append(using, rule)
		}
	}
	body.Res = &types.RetrieveRolePermissionsResponse{Returnval: permissionsOf(using)}
	return body
}

func (manager *AuthorizationManager) visible(ctx *simulator.Context, rules []authorization.Rule) []authorization.Rule {
	var seen []authorization.Rule
	for _, rule := range rules {
		if manager.access.Sees(Caller(ctx), rule.Entity) {
			seen = append(seen, rule)
		}
	}
	return seen
}

func permissionsOf(rules []authorization.Rule) []types.Permission {
	var permissions []types.Permission
	for _, rule := range rules {
		permissions = append(permissions, permissionOf(rule))
	}
	return permissions
}

// permissionOf fills in the object, which the plain simulator leaves empty (row 3).
func permissionOf(rule authorization.Rule) types.Permission {
	entity := rule.Entity
	return types.Permission{
		Entity:    &entity,
		Principal: rule.Principal,
		Group:     rule.Group,
		RoleId:    rule.RoleID,
		Propagate: rule.Propagate,
	}
}
