package control

import (
	"context"
	"errors"
	"fmt"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// Roles and permissions are changed through the SOAP objects, so that the property roleList follows.

func (changer *Changer) setPermission(ctx context.Context, change Change) error {
	entity, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	role, err := changer.role(change.Role)
	if err != nil {
		return err
	}
	return readable(changer.manager().SetEntityPermissions(ctx, entity, []types.Permission{{
		Principal: change.Principal,
		Group:     change.Group,
		RoleId:    role.ID,
		Propagate: change.Propagate == nil || *change.Propagate,
	}}))
}

func (changer *Changer) removePermission(ctx context.Context, change Change) error {
	entity, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	return readable(changer.manager().RemoveEntityPermission(ctx, entity, change.Principal, change.Group))
}

func (changer *Changer) createRole(ctx context.Context, change Change) error {
	var privileges []string
	if change.Privileges != nil {
		privileges = *change.Privileges
	}
	_, err := changer.manager().AddRole(ctx, change.Role, privileges)
	return readable(err)
}

func (changer *Changer) updateRole(ctx context.Context, change Change) error {
	role, err := changer.role(change.Role)
	if err != nil {
		return err
	}
	name, privileges := role.Name, role.Privileges
	if change.NewName != nil {
		name = *change.NewName
	}
	if change.Privileges != nil {
		privileges = *change.Privileges
	}
	return readable(changer.manager().UpdateRole(ctx, role.ID, name, privileges))
}

func (changer *Changer) removeRole(ctx context.Context, change Change) error {
	role, err := changer.role(change.Role)
	if err != nil {
		return err
	}
	const failIfUsed = false // an administrator may be that rude, and tests want to see what happens then
	return readable(changer.manager().RemoveRole(ctx, role.ID, failIfUsed))
}

func (changer *Changer) role(name string) (authorization.Role, error) {
	role, exists := changer.Access.Rules.RoleByName(name)
	if !exists {
		return role, fmt.Errorf("there is no role %q", name)
	}
	return role, nil
}

func (changer *Changer) manager() *object.AuthorizationManager {
	return object.NewAuthorizationManager(changer.Builder.Client())
}

// readable adds the name of a SOAP fault to its text.
func readable(err error) error {
	if err == nil || !soap.IsSoapFault(err) {
		return err
	}
	fault := soap.ToSoapFault(err)
	text := fault.String
	if method, isMethod := fault.VimFault().(types.BaseMethodFault); isMethod && text == "" {
		text = vim.Fault(method).String
	}
	return errors.New(text + fmt.Sprintf(" (%T)", fault.VimFault()))
}
