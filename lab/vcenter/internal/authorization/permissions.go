package authorization

import (
	"slices"
	"sort"
	"strings"

	"github.com/vmware/govmomi/vim25/types"
)

// Rule is one permission: a principal has a role on an object, and below it when it propagates.
type Rule struct {
	Entity    Reference
	Principal string
	Group     bool
	RoleID    int32
	Propagate bool
}

func (rule Rule) concerns(principal string, group bool) bool {
	return rule.Group == group && strings.EqualFold(rule.Principal, principal)
}

// SetRule adds the rule of a principal on an object or replaces it, and leaves all others alone (row 1). Unknown
// roles and principals are refused (row 2) and the principal is kept as `DOMAIN\account` (row 3). Whether the object
// exists and may carry permissions is for the caller to check: the store knows no inventory.
func (store *Store) SetRule(rule Rule) types.BaseMethodFault {
	principal, exists := store.directory.Find(rule.Principal, rule.Group)
	store.mutex.Lock()
	defer store.mutex.Unlock()
	if _, known := store.roles[rule.RoleID]; !known {
		return &types.NotFound{}
	}
	if !exists {
		return &types.UserNotFound{Principal: rule.Principal}
	}
	rule.Principal = principal
	rules := slices.DeleteFunc(slices.Clone(store.rules[rule.Entity]), func(other Rule) bool {
		return other.concerns(principal, rule.Group)
	})
	return store.replace(rule.Entity, append(rules, rule))
}

// RemoveRule takes away one rule; one that is not there is NotFound (row 4).
func (store *Store) RemoveRule(entity Reference, principal string, group bool) types.BaseMethodFault {
	if canonical, exists := store.directory.Find(principal, group); exists {
		principal = canonical
	}
	store.mutex.Lock()
	defer store.mutex.Unlock()
	before := store.rules[entity]
	after := slices.DeleteFunc(slices.Clone(before), func(rule Rule) bool { return rule.concerns(principal, group) })
	if len(after) == len(before) {
		return &types.NotFound{}
	}
	return store.replace(entity, after)
}

// replace refuses a change that would leave nobody with the Administrator role on the root folder.
func (store *Store) replace(entity Reference, rules []Rule) types.BaseMethodFault {
	isAdministrator := func(rule Rule) bool { return rule.RoleID == AdministratorRole && rule.Propagate }
	if entity == store.root && slices.ContainsFunc(store.rules[entity], isAdministrator) &&
		!slices.ContainsFunc(rules, isAdministrator) {
		return &types.AuthMinimumAdminPermission{}
	}
	store.rules[entity] = rules
	return nil
}

// RulesOn returns the rules defined on one object.
func (store *Store) RulesOn(entity Reference) []Rule {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	return slices.Clone(store.rules[entity])
}

// AllRules returns every rule on every object.
func (store *Store) AllRules() []Rule {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	var all []Rule
	for _, rules := range store.rules {
		all = append(all, rules...)
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].Entity != all[j].Entity {
			return all[i].Entity.Value < all[j].Entity.Value
		}
		return all[i].Principal < all[j].Principal
	})
	return all
}

// SetGlobalRole gives a principal a role everywhere: a Global Permission, which is kept apart from the inventory and
// has no public API before vCenter 9.
func (store *Store) SetGlobalRole(principal string, group bool, role int32) types.BaseMethodFault {
	canonical, exists := store.directory.Find(principal, group)
	if !exists {
		return &types.UserNotFound{Principal: principal}
	}
	store.mutex.Lock()
	defer store.mutex.Unlock()
	store.global = slices.DeleteFunc(store.global, func(rule Rule) bool { return rule.concerns(canonical, group) })
	store.global = append(store.global, Rule{Principal: canonical, Group: group, RoleID: role, Propagate: true})
	return nil
}

// Forget drops the rules of an object that was deleted.
func (store *Store) Forget(entity Reference) {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	delete(store.rules, entity)
}
