package control

import (
	"context"
	"fmt"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// Populate adds the roles, permissions, categories, tags and storage policies of an inventory.
func (changer *Changer) Populate(ctx context.Context, description inventory.Description) error {
	if err := changer.Apply(ctx, populating(description)); err != nil {
		return err
	}
	for _, user := range description.Users {
		if err := changer.setGlobalRole(user.Name, false, user.GlobalRole); err != nil {
			return err
		}
	}
	for _, group := range description.Groups {
		if err := changer.setGlobalRole(group.Name, true, group.GlobalRole); err != nil {
			return err
		}
	}
	return nil
}

func (changer *Changer) setGlobalRole(principal string, group bool, name string) error {
	if name == "" {
		return nil
	}
	role, err := changer.role(name)
	if err != nil {
		return fmt.Errorf("globalPermissions of %q: %w", principal, err)
	}
	if fault := changer.Access.Rules.SetGlobalRole(principal, group, role.ID); fault != nil {
		return fmt.Errorf("globalPermissions of %q: %s", principal, vim.Fault(fault).String)
	}
	return nil
}

// populating writes an inventory as changes.
func populating(description inventory.Description) []Change {
	var changes []Change
	for _, role := range description.Roles {
		changes = append(changes, Change{Operation: "createRole", Role: role.Name, Privileges: &role.Privileges})
	}
	for _, permission := range description.Permissions {
		propagate := permission.Propagates()
		changes = append(changes, Change{
			Operation: "setPermission", Path: permission.Path, Principal: permission.Principal,
			Group: permission.Group, Role: permission.Role, Propagate: &propagate,
		})
	}
	for _, category := range description.Categories {
		changes = append(changes, Change{
			Operation: "createCategory", Category: category.Name, Description: &category.Description,
			Cardinality: &category.Cardinality, AssociableTypes: &category.AssociableTypes,
		})
		for _, tag := range category.Tags {
			changes = append(changes, Change{
				Operation: "createTag", Category: category.Name, Tag: tag.Name, Description: &tag.Description,
			})
			for _, path := range tag.AttachedTo {
				changes = append(changes, Change{
					Operation: "attachTag", Category: category.Name, Tag: tag.Name, Path: path,
				})
			}
		}
	}
	for _, policy := range description.StoragePolicies {
		changes = append(changes, Change{
			Operation: "createStoragePolicy", StoragePolicy: policy.Name, ID: policy.ID, Description: &policy.Description,
		})
	}
	return changes
}
