package vim

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
	"deckhouse-vsphere/lab/vcenter/internal/identity"
)

// The methods of this file compute their answers from the stored permissions; the plain simulator grants everything
// (row 13). A user or privilege that does not exist has or is nothing: every answer about it is "not granted".

// hasPrivilegeOnEntityBody answers as govmomi's type of this name would, but keeps values that are false; govmomi's
// own leaves them out of the XML, and with them the order that gives the others their meaning.
type hasPrivilegeOnEntityBody struct {
	Res    *hasPrivilegeOnEntityResponse `xml:"urn:vim25 HasPrivilegeOnEntityResponse"`
	Reason *soap.Fault                   `xml:"-"`
}

type hasPrivilegeOnEntityResponse struct {
	Returnval []bool `xml:"returnval"`
}

// Fault is part of the simulator's interface for answers.
func (body *hasPrivilegeOnEntityBody) Fault() *soap.Fault { return body.Reason }

// HasPrivilegeOnEntity answers for the logged-in user and one object.
func (manager *AuthorizationManager) HasPrivilegeOnEntity(ctx *simulator.Context, request *types.HasPrivilegeOnEntity) soap.HasFault {
	body := &hasPrivilegeOnEntityBody{}
	privileges, fault := manager.privilegesOn(Caller(ctx), request.Entity)
	if fault != nil {
		body.Reason = Fault(fault)
		return body
	}
	granted := make([]bool, len(request.PrivId))
	for position, id := range request.PrivId {
		granted[position] = privileges.Has(id)
	}
	body.Res = &hasPrivilegeOnEntityResponse{Returnval: granted}
	return body
}

// HasPrivilegeOnEntities answers for the logged-in user and several objects.
func (manager *AuthorizationManager) HasPrivilegeOnEntities(ctx *simulator.Context, request *types.HasPrivilegeOnEntities) soap.HasFault {
	body := &methods.HasPrivilegeOnEntitiesBody{}
	answers, fault := manager.availability(Caller(ctx), request.Entity, request.PrivId)
	if fault != nil {
		body.Fault_ = Fault(fault)
		return body
	}
	body.Res = &types.HasPrivilegeOnEntitiesResponse{Returnval: answers}
	return body
}

// HasUserPrivilegeOnEntities answers for a named user and several objects.
func (manager *AuthorizationManager) HasUserPrivilegeOnEntities(request *types.HasUserPrivilegeOnEntities) soap.HasFault {
	body := &methods.HasUserPrivilegeOnEntitiesBody{}
	answers, fault := manager.availability(manager.access.canonical(request.UserName), request.Entities, request.PrivId)
	if fault != nil {
		body.Fault_ = Fault(fault)
		return body
	}
	body.Res = &types.HasUserPrivilegeOnEntitiesResponse{Returnval: answers}
	return body
}

// FetchUserPrivilegeOnEntities lists all privileges of a named user on several objects.
func (manager *AuthorizationManager) FetchUserPrivilegeOnEntities(request *types.FetchUserPrivilegeOnEntities) soap.HasFault {
	body := &methods.FetchUserPrivilegeOnEntitiesBody{}
	response := &types.FetchUserPrivilegeOnEntitiesResponse{}
	for _, entity := range request.Entities {
		privileges, fault := manager.privilegesOn(manager.access.canonical(request.UserName), entity)
		if fault != nil {
			body.Fault_ = Fault(fault)
			return body
		}
		response.Returnval = append(response.Returnval, types.UserPrivilegeResult{
			Entity:     entity,
			Privileges: privileges.Sorted(),
		})
	}
	body.Res = response
	return body
}

func (manager *AuthorizationManager) availability(user string, entities []Reference, ids []string) ([]types.EntityPrivilege, types.BaseMethodFault) {
	var answers []types.EntityPrivilege
	for _, entity := range entities {
		privileges, fault := manager.privilegesOn(user, entity)
		if fault != nil {
			return nil, fault
		}
		answer := types.EntityPrivilege{Entity: entity}
		for _, id := range ids {
			answer.PrivAvailability = append(answer.PrivAvailability, types.PrivilegeAvailability{
				PrivId:    id,
				IsGranted: privileges.Has(id),
			})
		}
		answers = append(answers, answer)
	}
	return answers, nil
}

func (manager *AuthorizationManager) privilegesOn(user string, entity Reference) (authorization.Privileges, types.BaseMethodFault) {
	lineage := manager.access.Lineage(entity)
	if len(lineage) == 0 {
		return nil, &types.ManagedObjectNotFound{Obj: entity}
	}
	return manager.access.Rules.On(user, lineage), nil
}

// canonical gives the spelling that rules are kept in; a name without a domain stays as it is and matches nobody.
func (access *Access) canonical(user string) string {
	if name, valid := identity.ParseName(user); valid {
		return name.String()
	}
	return user
}
