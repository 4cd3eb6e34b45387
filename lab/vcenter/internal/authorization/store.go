// Package authorization keeps roles and permissions and answers who may do what, by the rules of the vSphere Security
// guide ("Hierarchical Inheritance of Permissions", "Multiple Permission Settings").
package authorization

import (
	"sync"

	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/identity"
)

// Reference names one managed object.
type Reference = types.ManagedObjectReference

// Store holds roles, permissions and global permissions. It is safe for concurrent use.
type Store struct {
	mutex     sync.RWMutex
	directory *identity.Directory
	root      Reference
	known     map[string]struct{}
	roles     map[int32]Role
	rules     map[Reference][]Rule
	global    []Rule
}

// NewStore returns a store with the system roles only.
func NewStore(directory *identity.Directory, root Reference) *Store {
	store := &Store{
		directory: directory,
		root:      root,
		known:     map[string]struct{}{},
		roles:     map[int32]Role{},
		rules:     map[Reference][]Rule{},
	}
	for _, privilege := range KnownPrivileges() {
		store.known[privilege] = struct{}{}
	}
	for _, role := range systemRoles() {
		store.roles[role.ID] = role
	}
	return store
}
