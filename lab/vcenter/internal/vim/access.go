package vim

import (
	"slices"
	"strings"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
)

// Reference names one managed object.
type Reference = types.ManagedObjectReference

// Access answers questions about users and inventory objects together.
type Access struct {
	Rules *authorization.Store
	Map   *simulator.Registry
}

// Entity returns an inventory object, or false when there is none with this reference.
func (access *Access) Entity(reference Reference) (mo.Entity, bool) {
	entity, isEntity := access.Map.Get(reference).(mo.Entity)
	return entity, isEntity
}

// Lineage lists an object and its parents up to the root folder.
func (access *Access) Lineage(reference Reference) []Reference {
	var lineage []Reference
	for {
		entity, exists := access.Entity(reference)
		if !exists {
			return lineage
		}
		lineage = append(lineage, reference)
		parent := entity.Entity().Parent
		if parent == nil {
			return lineage
		}
		reference = *parent
	}
}

// Path writes the inventory path of an object; the root folder is "/".
func (access *Access) Path(reference Reference) string {
	lineage := access.Lineage(reference)
	var names []string
	for _, ancestor := range lineage[:max(len(lineage)-1, 0)] {
		entity, _ := access.Entity(ancestor)
		names = append(names, entity.Entity().Name)
	}
	slices.Reverse(names)
	return "/" + strings.Join(names, "/")
}

// Allows tells whether a user has all the given privileges on an object that exists.
func (access *Access) Allows(user string, reference Reference, privileges ...string) bool {
	if user == Internal {
		return true
	}
	lineage := access.Lineage(reference)
	return len(lineage) > 0 && access.Rules.On(user, lineage).Has(privileges...)
}

// Sees tells whether a user may know of a managed object; objects outside the inventory are open to all.
func (access *Access) Sees(user string, reference Reference) bool {
	if _, isEntity := access.Entity(reference); !isEntity {
		return true
	}
	return access.Allows(user, reference, authorization.SystemView)
}

// Missing returns the NoPermission fault for the first privilege that a user lacks on an object, or nil.
func (access *Access) Missing(user string, reference Reference, privileges ...string) types.BaseMethodFault {
	for _, privilege := range privileges {
		if !access.Allows(user, reference, privilege) {
			return &types.NoPermission{Object: &reference, PrivilegeId: privilege}
		}
	}
	return nil
}

// Root returns the root folder of the inventory.
func (access *Access) Root() Reference {
	return access.content().RootFolder
}

func (access *Access) content() types.ServiceContent {
	return access.Map.Get(vim25.ServiceInstance).(*simulator.ServiceInstance).Content
}
