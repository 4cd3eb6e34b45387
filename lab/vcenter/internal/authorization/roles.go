package authorization

import (
	"math/rand/v2"
	"slices"
	"sort"
	"strings"

	"github.com/vmware/govmomi/simulator/esx"
	"github.com/vmware/govmomi/vim25/types"
)

// AdministratorRole is the id of the built-in role "Admin"; built-in roles have negative ids.
const AdministratorRole int32 = -1

// ReadOnlyRole is the id of the built-in role "ReadOnly".
const ReadOnlyRole int32 = -2

// Role is a named set of privileges.
type Role struct {
	ID         int32
	Name       string
	Label      string
	Summary    string
	System     bool
	Privileges []string

	set Privileges // the same ids, for quick questions
}

func newRole(id int32, name string, privileges []string) Role {
	return Role{ID: id, Name: name, Label: name, Summary: name, Privileges: privileges, set: newPrivileges(privileges)}
}

func systemRoles() []Role {
	var roles []Role
	for _, role := range esx.RoleList {
		description := role.Info.GetDescription()
		roles = append(roles, Role{
			ID:         role.RoleId,
			Name:       role.Name,
			Label:      description.Label,
			Summary:    description.Summary,
			System:     true,
			Privileges: slices.Sorted(slices.Values(role.Privilege)),
			set:        newPrivileges(role.Privilege),
		})
	}
	return roles
}

// Roles returns all roles, system roles first, then by name.
func (store *Store) Roles() []Role {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	roles := make([]Role, 0, len(store.roles))
	for _, role := range store.roles {
		roles = append(roles, role)
	}
	sort.Slice(roles, func(i, j int) bool {
		if roles[i].System != roles[j].System {
			return roles[i].System
		}
		return roles[i].Name < roles[j].Name
	})
	return roles
}

// RoleByName finds a role without regard to case.
func (store *Store) RoleByName(name string) (Role, bool) {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	return store.roleByName(name)
}

// RoleByID finds a role by its id.
func (store *Store) RoleByID(id int32) (Role, bool) {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	role, exists := store.roles[id]
	return role, exists
}

func (store *Store) roleByName(name string) (Role, bool) {
	for _, role := range store.roles {
		if strings.EqualFold(role.Name, name) {
			return role, true
		}
	}
	return Role{}, false
}

// AddRole creates a role (rows 8 and 9 of the deviations in README.md). As the API reference of
// AddAuthorizationRole says, an unknown privilege is InvalidArgument, and the answer does not say which one it is.
func (store *Store) AddRole(name string, privileges []string) (int32, types.BaseMethodFault) {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	if fault := store.checkRoleName(name, 0); fault != nil {
		return 0, fault
	}
	complete, known := store.completePrivileges(privileges)
	if !known {
		return 0, &types.InvalidArgument{InvalidProperty: "privIds"}
	}
	id := store.newRoleID()
	store.roles[id] = newRole(id, name, complete)
	return id, nil
}

// UpdateRole gives a role a new name and exactly these privileges. An empty list leaves only the three System
// privileges (row 11): the call carries the whole new set.
func (store *Store) UpdateRole(id int32, name string, privileges []string) types.BaseMethodFault {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	role, exists := store.roles[id]
	if !exists {
		return &types.NotFound{}
	}
	if role.System {
		return &types.InvalidArgument{InvalidProperty: "roleId"}
	}
	if fault := store.checkRoleName(name, id); fault != nil {
		return fault
	}
	complete, known := store.completePrivileges(privileges)
	if !known {
		// The API reference of UpdateAuthorizationRole names NotFound for a role or a privilege that does not exist.
		return &types.NotFound{}
	}
	store.roles[id] = newRole(id, name, complete)
	return nil
}

// RemoveRole deletes a role. With failIfUsed a role that any permission uses stays (row 10); without it those
// permissions go too, as the API reference of RemoveAuthorizationRole says.
func (store *Store) RemoveRole(id int32, failIfUsed bool) types.BaseMethodFault {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	role, exists := store.roles[id]
	if !exists {
		return &types.NotFound{}
	}
	if role.System {
		return &types.InvalidArgument{InvalidProperty: "roleId"}
	}
	used := slices.ContainsFunc(store.global, func(rule Rule) bool { return rule.RoleID == id })
	for _, rules := range store.rules {
		used = used || slices.ContainsFunc(rules, func(rule Rule) bool { return rule.RoleID == id })
	}
	if used && failIfUsed {
		return &types.RemoveFailed{}
	}
	for entity, rules := range store.rules {
		store.rules[entity] = slices.DeleteFunc(rules, func(rule Rule) bool { return rule.RoleID == id })
	}
	store.global = slices.DeleteFunc(store.global, func(rule Rule) bool { return rule.RoleID == id })
	delete(store.roles, id)
	return nil
}

func (store *Store) checkRoleName(name string, self int32) types.BaseMethodFault {
	if strings.TrimSpace(name) == "" {
		return &types.InvalidName{Name: name}
	}
	if other, exists := store.roleByName(name); exists && other.ID != self {
		return &types.AlreadyExists{Name: name}
	}
	return nil
}

// completePrivileges sorts, removes repeats and adds the System privileges; false means that one is unknown.
func (store *Store) completePrivileges(privileges []string) ([]string, bool) {
	complete := []string{SystemAnonymous, SystemRead, SystemView}
	for _, privilege := range privileges {
		if _, known := store.known[privilege]; !known {
			return nil, false
		}
		complete = append(complete, privilege)
	}
	slices.Sort(complete)
	return slices.Compact(complete), true
}

// newRoleID draws a large positive number that is not in use, as vCenter does.
func (store *Store) newRoleID() int32 {
	for {
		id := 100_000_000 + rand.Int32N(2_000_000_000)
		if _, taken := store.roles[id]; !taken {
			return id
		}
	}
}
