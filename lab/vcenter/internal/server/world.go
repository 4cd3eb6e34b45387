// Package server puts the simulated vCenter together and runs it.
package server

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"os"

	"github.com/google/uuid"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/simulator/vpx"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
	"deckhouse-vsphere/lab/vcenter/internal/build"
	"deckhouse-vsphere/lab/vcenter/internal/control"
	"deckhouse-vsphere/lab/vcenter/internal/guest"
	"deckhouse-vsphere/lab/vcenter/internal/identity"
	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/storagepolicy"
	"deckhouse-vsphere/lab/vcenter/internal/tagging"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// The accounts that every vCenter has.
const (
	Administrator  = "administrator@vsphere.local"
	administrators = "Administrators@vsphere.local"
)

// The vCenter that is simulated: 8.0 Update 3. The simulator calls itself 6.5, which the product does not support.
const (
	version     = "8.0.3"
	buildNumber = "24022515"
)

// world is the state of the simulated vCenter.
type world struct {
	model     *simulator.Model
	access    *vim.Access
	directory *identity.Directory
	rules     *authorization.Store
	tags      *tagging.Store
	builder   *build.Builder
	guests    *guest.Guests
	policies  *storagepolicy.Service
}

// newWorld starts the simulator and fills it; on failure it leaves no files behind. The directory is for the files of
// datastores.
func newWorld(ctx context.Context, options Options, directory string) (*world, error) {
	model := &simulator.Model{ServiceContent: vpx.ServiceContent, RootFolder: vpx.RootFolder}
	vim.Describe(&model.ServiceContent.About, cmp.Or(options.Inventory.VCenter.Version, version), cmp.Or(options.Inventory.VCenter.Build, buildNumber))
	// Every vCenter has an id of its own; the simulator always has the same.
	model.ServiceContent.About.InstanceUuid = uuid.NewString()
	if err := model.Create(); err != nil {
		return nil, fmt.Errorf("start the simulator: %w", err)
	}
	created, err := fill(ctx, model, options, directory)
	if err != nil {
		model.Remove()
		_ = os.RemoveAll(directory)
		return nil, err
	}
	return created, nil
}

// fill replaces what is wrong in the simulator and builds the inventory.
func fill(ctx context.Context, model *simulator.Model, options Options, directory string) (*world, error) {
	builder, err := build.New(ctx, model.Service, directory)
	if err != nil {
		return nil, err
	}
	registry := model.Map()
	access := &vim.Access{Map: registry}
	users := identity.NewDirectory()
	access.Rules = authorization.NewStore(users, access.Root())
	policies, err := storagepolicy.NewService(access)
	if err != nil {
		return nil, err
	}
	guests := guest.New(&vim.Machines{Access: access, Client: builder.Client()}, options.GuestSSHPort)
	created := &world{
		model: model, access: access, directory: users, rules: access.Rules, tags: tagging.NewStore(), builder: builder,
		guests: guests, policies: policies,
	}
	vim.InstallAuthorizationManager(access)
	access.ChangePrivileges(model.Service.Context, options.Inventory.VCenter.ExtraPrivileges, options.Inventory.VCenter.LackingPrivileges)
	vim.InstallUserDirectory(access, users)
	vim.InstallSearchIndex(access)
	vim.InstallPropertyCollector(access)
	vim.InstallVirtualMachines(access, guests)
	(&vim.Gate{Access: access, Directory: users}).Install()
	registry.AddHandler(&janitor{world: created})
	registry.AddHandler(&vim.PowerWatch{Access: access, Guests: guests})
	if err := created.addAccounts(options.Inventory, options.Password); err != nil {
		return nil, err
	}
	if err := builder.Datacenters(ctx, options.Inventory.Datacenters); err != nil {
		return nil, err
	}
	if err := created.addOwnership(ctx, options.Inventory); err != nil {
		return nil, err
	}
	return created, nil
}

// addAccounts adds users and groups. Only the administrator's password is known to the caller.
func (world *world) addAccounts(description inventory.Description, password string) error {
	if err := world.directory.AddUser(Administrator, password); err != nil {
		return err
	}
	if err := world.directory.AddGroup(administrators); err != nil {
		return err
	}
	if err := world.directory.AddMember(administrators, Administrator, false); err != nil {
		return err
	}
	for _, group := range description.Groups {
		if err := world.directory.AddGroup(group.Name); err != nil {
			return err
		}
	}
	for _, user := range description.Users {
		if user.Password == "" {
			user.Password = rand.Text()
		}
		if err := world.directory.AddUser(user.Name, user.Password); err != nil {
			return err
		}
		for _, group := range user.Groups {
			if err := world.directory.AddMember(group, user.Name, false); err != nil {
				return fmt.Errorf("user %q: %w", user.Name, err)
			}
		}
	}
	for _, group := range description.Groups {
		for _, above := range group.Groups {
			if err := world.directory.AddMember(above, group.Name, true); err != nil {
				return fmt.Errorf("group %q: %w", group.Name, err)
			}
		}
	}
	return nil
}

// addOwnership adds roles, permissions, categories, tags and storage policies with the same code that serves out-of-band changes, so
// that an inventory is checked as strictly as a call.
func (world *world) addOwnership(ctx context.Context, description inventory.Description) error {
	root := world.access.Root()
	for _, rule := range []authorization.Rule{
		{Entity: root, Principal: Administrator, RoleID: authorization.AdministratorRole, Propagate: true},
		{Entity: root, Principal: administrators, Group: true, RoleID: authorization.AdministratorRole, Propagate: true},
	} {
		if fault := world.rules.SetRule(rule); fault != nil {
			return fmt.Errorf("permission of %s: %s", rule.Principal, vim.Fault(fault).String)
		}
	}
	return world.changer().Populate(ctx, description)
}

func (world *world) changer() *control.Changer {
	return &control.Changer{
		Access: world.access, Tags: world.tags, Builder: world.builder, Directory: world.directory, StoragePolicies: world.policies.Store,
	}
}

// janitor forgets the tags and permissions of objects that are deleted, as a real vCenter does.
type janitor struct {
	world *world
}

// Reference is the name of the handler in the registry.
func (*janitor) Reference() types.ManagedObjectReference {
	return types.ManagedObjectReference{Type: "Janitor", Value: "Janitor"}
}

// PutObject ignores new objects.
func (*janitor) PutObject(*simulator.Context, mo.Reference) {}

// UpdateObject ignores changes.
func (*janitor) UpdateObject(*simulator.Context, mo.Reference, []types.PropertyChange) {}

// RemoveObject forgets what was kept about an object.
func (janitor *janitor) RemoveObject(_ *simulator.Context, reference types.ManagedObjectReference) {
	janitor.world.rules.Forget(reference)
	janitor.world.tags.Forget(tagging.Object{Type: reference.Type, ID: reference.Value})
}
