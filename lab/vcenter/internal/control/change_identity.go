package control

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"

	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// setPassword gives a user another password; sessions that are open stay open.
func (changer *Changer) setPassword(_ context.Context, change Change) error {
	if _, exists := changer.Directory.Find(change.User, false); !exists {
		return fmt.Errorf("there is no user %q", change.User)
	}
	return changer.Directory.AddUser(change.User, change.Password)
}

// addPrincipal adds a user, who cannot log in unless a password is given, or a group.
func (changer *Changer) addPrincipal(_ context.Context, change Change) error {
	if change.Group {
		return changer.Directory.AddGroup(change.Principal)
	}
	return changer.Directory.AddUser(change.Principal, cmp.Or(change.Password, rand.Text()))
}

func (changer *Changer) removePrincipal(_ context.Context, change Change) error {
	return changer.Directory.Remove(change.Principal, change.Group)
}

// addMember puts a user, or a group, into the group that principal names.
func (changer *Changer) addMember(_ context.Context, change Change) error {
	return changer.Directory.AddMember(change.Principal, change.Member, change.Group)
}

func (changer *Changer) removeMember(_ context.Context, change Change) error {
	return changer.Directory.RemoveMember(change.Principal, change.Member, change.Group)
}

func (changer *Changer) setGlobalPermission(_ context.Context, change Change) error {
	return changer.setGlobalRole(change.Principal, change.Group, change.Role)
}

// addPrivileges makes privileges known, as a plugin does that is installed.
func (changer *Changer) addPrivileges(_ context.Context, change Change) error {
	if change.Privileges == nil {
		return fmt.Errorf("privileges is missing")
	}
	changer.Access.ChangePrivileges(changer.Builder.Service.Context, *change.Privileges, nil)
	return nil
}

// removePrivileges takes privileges away, from this vCenter and from all roles.
func (changer *Changer) removePrivileges(_ context.Context, change Change) error {
	if change.Privileges == nil {
		return fmt.Errorf("privileges is missing")
	}
	changer.Access.ChangePrivileges(changer.Builder.Service.Context, nil, *change.Privileges)
	return nil
}

// setVersion makes a vCenter of another version of it, as far as it says so of itself.
func (changer *Changer) setVersion(_ context.Context, change Change) error {
	instance, err := changer.instance()
	if err != nil {
		return err
	}
	if change.Version == "" {
		return fmt.Errorf("version is missing")
	}
	vim.Describe(&instance.Content.About, change.Version, cmp.Or(change.Build, instance.Content.About.Build))
	return nil
}

// setInstanceUUID gives the vCenter another id, as restoring it into a new appliance does.
func (changer *Changer) setInstanceUUID(_ context.Context, change Change) error {
	if change.ID == "" {
		return fmt.Errorf("id is missing")
	}
	instance, err := changer.instance()
	if err != nil {
		return err
	}
	instance.Content.About.InstanceUuid = change.ID
	return nil
}

func (changer *Changer) instance() (*simulator.ServiceInstance, error) {
	instance, known := changer.Access.Map.Get(vim25.ServiceInstance).(*simulator.ServiceInstance)
	if !known {
		return nil, fmt.Errorf("the simulator has no service instance")
	}
	return instance, nil
}
