// Package storagepolicy keeps the storage policies and serves them as the storage policy service of a vCenter does
// (Storage Policy Based Management, "SPBM"; namespace urn:pbm).
package storagepolicy

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/vmware/govmomi/pbm/types"
)

// The policies are rules for virtual machines on storage; these are the words for it in urn:pbm.
const (
	category = string(types.PbmProfileCategoryEnumREQUIREMENT)
	resource = string(types.PbmProfileResourceTypeEnumSTORAGE)
)

// Store keeps the policies in the order in which they came. It is safe for concurrent use.
type Store struct {
	mutex    sync.RWMutex
	policies []*types.PbmCapabilityProfile
}

// Add makes a policy without rules. An empty id means a random one.
func (store *Store) Add(name, id, description string) error {
	if name == "" {
		return fmt.Errorf("the name of the storage policy is missing")
	}
	if id == "" {
		id = uuid.NewString()
	}
	if !IsID(id) {
		return fmt.Errorf("the id %q of storage policy %q is not a UUID such as %s", id, name, uuid.NewString())
	}
	now := time.Now()
	policy := &types.PbmCapabilityProfile{
		PbmProfile: types.PbmProfile{
			ProfileId: types.PbmProfileId{UniqueId: id}, Name: name, Description: description,
			CreationTime: now, CreatedBy: creator, LastUpdatedTime: now, LastUpdatedBy: creator,
		},
		ProfileCategory: category,
		ResourceType:    types.PbmProfileResourceType{ResourceType: resource},
		Constraints:     &types.PbmCapabilitySubProfileConstraints{},
	}
	return store.put(policy)
}

const creator = "Temporary user handle" // what vCenter writes there

// IsID tells whether a text is the id of a policy: a UUID in its usual form.
func IsID(text string) bool {
	parsed, err := uuid.Parse(text)
	return err == nil && strings.EqualFold(parsed.String(), text)
}

// Remove forgets a policy.
func (store *Store) Remove(name string) error {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	for position, policy := range store.policies {
		if policy.Name == name {
			store.policies = slices.Delete(store.policies, position, position+1)
			return nil
		}
	}
	return fmt.Errorf("there is no storage policy %q", name)
}

func (store *Store) put(added *types.PbmCapabilityProfile) error {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	for _, policy := range store.policies {
		if policy.Name == added.Name {
			return fmt.Errorf("storage policy %q already exists", added.Name)
		}
		if policy.ProfileId == added.ProfileId {
			return fmt.Errorf("the id %s of storage policy %q is that of %q", added.ProfileId.UniqueId, added.Name, policy.Name)
		}
	}
	store.policies = append(store.policies, added)
	return nil
}

// all returns the policies of now. They are never changed, so they can be shared.
func (store *Store) all() []*types.PbmCapabilityProfile {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	return slices.Clone(store.policies)
}
