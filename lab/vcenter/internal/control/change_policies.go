package control

import "context"

func (changer *Changer) createStoragePolicy(_ context.Context, change Change) error {
	description := ""
	if change.Description != nil {
		description = *change.Description
	}
	return changer.StoragePolicies.Add(change.StoragePolicy, change.ID, description)
}

func (changer *Changer) removeStoragePolicy(_ context.Context, change Change) error {
	return changer.StoragePolicies.Remove(change.StoragePolicy)
}
