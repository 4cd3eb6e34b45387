package vim

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
)

// SetEntityPermissions adds or updates the given rules and leaves all others alone; the plain simulator replaces the
// whole list (row 1). As the API reference says, the rules are applied in order and the first failure ends the call.
func (manager *AuthorizationManager) SetEntityPermissions(ctx *simulator.Context, request *types.SetEntityPermissions) soap.HasFault {
	body := &methods.SetEntityPermissionsBody{}
	for _, permission := range request.Permission {
		if fault := manager.setPermission(Caller(ctx), request.Entity, permission); fault != nil {
			body.Fault_ = Fault(fault)
			return body
		}
	}
	body.Res = &types.SetEntityPermissionsResponse{}
	return body
}

func (manager *AuthorizationManager) setPermission(user string, entity Reference, permission types.Permission) types.BaseMethodFault {
	if fault := manager.mayModifyPermissions(user, entity); fault != nil {
		return fault
	}
	if manager.access.isProtected(entity) {
		return &types.InvalidArgument{InvalidProperty: "entity"}
	}
	if role, exists := manager.access.Rules.RoleByID(permission.RoleId); exists {
		// Nobody can hand out more than he has himself.
		if fault := manager.access.Missing(user, entity, role.Privileges...); fault != nil {
			return fault
		}
	}
	return manager.access.Rules.SetRule(authorization.Rule{
		Entity:    entity,
		Principal: permission.Principal,
		Group:     permission.Group,
		RoleID:    permission.RoleId,
		Propagate: permission.Propagate,
	})
}

// RemoveEntityPermission answers NotFound for a rule that is not there (row 4).
func (manager *AuthorizationManager) RemoveEntityPermission(ctx *simulator.Context, request *types.RemoveEntityPermission) soap.HasFault {
	body := &methods.RemoveEntityPermissionBody{}
	fault := manager.mayModifyPermissions(Caller(ctx), request.Entity)
	if fault == nil {
		fault = manager.access.Rules.RemoveRule(request.Entity, request.User, request.IsGroup)
	}
	if fault != nil {
		body.Fault_ = Fault(fault)
		return body
	}
	body.Res = &types.RemoveEntityPermissionResponse{}
	return body
}

// mayModifyPermissions asks for the right on the object and on its parent (API reference of SetEntityPermissions).
func (manager *AuthorizationManager) mayModifyPermissions(user string, entity Reference) types.BaseMethodFault {
	lineage := manager.access.Lineage(entity)
	if len(lineage) == 0 {
		return &types.ManagedObjectNotFound{Obj: entity}
	}
	for _, reference := range lineage[:min(2, len(lineage))] {
		if fault := manager.access.Missing(user, reference, authorization.ModifyPermissions); fault != nil {
			return fault
		}
	}
	return nil
}

// isProtected finds the objects that cannot carry a permission of their own (API reference of SetEntityPermissions):
// the direct folders of a datacenter, the root resource pool of a cluster or host, a host inside a cluster.
func (access *Access) isProtected(reference Reference) bool {
	entity, _ := access.Entity(reference)
	parent := entity.Entity().Parent
	if parent == nil {
		return false
	}
	switch reference.Type {
	case "Folder":
		return parent.Type == "Datacenter"
	case "ResourcePool":
		return parent.Type == "ClusterComputeResource" || parent.Type == "ComputeResource"
	case "HostSystem":
		return parent.Type == "ClusterComputeResource"
	default:
		return false
	}
}
