package control

import (
	"context"
	"fmt"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
)

// setPassword gives a user another password; sessions that are open stay open.
func (changer *Changer) setPassword(_ context.Context, change Change) error {
	if _, exists := changer.Directory.Find(change.User, false); !exists {
		return fmt.Errorf("there is no user %q", change.User)
	}
	return changer.Directory.AddUser(change.User, change.Password)
}

// setInstanceUUID gives the vCenter another id, as restoring it into a new appliance does.
func (changer *Changer) setInstanceUUID(_ context.Context, change Change) error {
	if change.ID == "" {
		return fmt.Errorf("id is missing")
	}
	instance, known := changer.Access.Map.Get(vim25.ServiceInstance).(*simulator.ServiceInstance)
	if !known {
		return fmt.Errorf("the simulator has no service instance")
	}
	instance.Content.About.InstanceUuid = change.ID
	return nil
}
