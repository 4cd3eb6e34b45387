// Package control is the side door for tests: what was called, who is logged in, faults and delays to come, changes
// behind the product's back, and a snapshot of everything that matters.
package control

import (
	"context"
	"fmt"

	"github.com/vmware/govmomi/object"

	"deckhouse-vsphere/lab/vcenter/internal/build"
	"deckhouse-vsphere/lab/vcenter/internal/identity"
	"deckhouse-vsphere/lab/vcenter/internal/storagepolicy"
	"deckhouse-vsphere/lab/vcenter/internal/tagging"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// Changer changes the simulated vCenter as its administrator would, by names and paths. It works in process: nothing
// of it is counted.
type Changer struct {
	Access    *vim.Access
	Tags      *tagging.Store
	Builder   *build.Builder
	Directory *identity.Directory

	StoragePolicies *storagepolicy.Store
}

// find returns the object at an inventory path.
func (changer *Changer) find(ctx context.Context, path string) (vim.Reference, error) {
	if path == "" {
		return vim.Reference{}, fmt.Errorf("path is missing")
	}
	found, err := object.NewSearchIndex(changer.Builder.Client()).FindByInventoryPath(ctx, path)
	if err != nil {
		return vim.Reference{}, fmt.Errorf("look up %q: %w", path, err)
	}
	if found == nil {
		return vim.Reference{}, fmt.Errorf("there is no object at %q", path)
	}
	return found.Reference(), nil
}

func (changer *Changer) category(name string) (tagging.Category, error) {
	category, exists := changer.Tags.CategoryByName(name)
	if !exists {
		return category, fmt.Errorf("there is no category %q", name)
	}
	return category, nil
}

func (changer *Changer) tag(category, name string) (tagging.Tag, error) {
	owner, err := changer.category(category)
	if err != nil {
		return tagging.Tag{}, err
	}
	tag, exists := changer.Tags.TagByName(owner.ID, name)
	if !exists {
		return tag, fmt.Errorf("there is no tag %q in category %q", name, category)
	}
	return tag, nil
}

// orNil turns a typed error into a plain one, without the trap of a nil pointer in an interface.
func orNil(failure *tagging.Error) error {
	if failure == nil {
		return nil
	}
	return failure
}
