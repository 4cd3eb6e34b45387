package authorization

import (
	"maps"
	"slices"
)

// Privileges is a set of privilege ids. Sets that the store hands out are shared: read them only.
type Privileges map[string]struct{}

// Has tells whether all the given privileges are in the set.
func (privileges Privileges) Has(ids ...string) bool {
	for _, id := range ids {
		if _, present := privileges[id]; !present {
			return false
		}
	}
	return true
}

// Sorted returns the ids in order.
func (privileges Privileges) Sorted() []string {
	return slices.Sorted(maps.Keys(privileges))
}

// On computes what a user, in the canonical spelling of the directory, may do on an object. The lineage is the object itself, then its parents up to the root
// folder. The nearest object with a rule for the user or one of the user's groups decides alone; on it a rule for the
// user beats the rules of groups, and several groups add up; rules above count only when they propagate. A Global
// Permission stands above the root folder (vSphere Security guide, "Multiple Permission Settings").
func (store *Store) On(user string, lineage []Reference) Privileges {
	groups := store.directory.GroupsOf(user)
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	for level, entity := range lineage {
		applicable := slices.DeleteFunc(slices.Clone(store.rules[entity]), func(rule Rule) bool {
			return level > 0 && !rule.Propagate
		})
		if privileges, decided := store.decide(applicable, user, groups); decided {
			return privileges
		}
	}
	privileges, _ := store.decide(store.global, user, groups)
	return privileges
}

// Globally computes what a user may do on objects outside the inventory, which tags are. The vSphere Security guide
// ("Permissions on Tag Objects") counts only Global Permissions; the documents of OpenShift and Deckhouse grant on
// the root folder. The lab accepts both.
func (store *Store) Globally(user string) Privileges {
	groups := store.directory.GroupsOf(user)
	store.mutex.RLock()
	global, _ := store.decide(store.global, user, groups)
	store.mutex.RUnlock()
	return union(global, store.On(user, []Reference{store.root}))
}

// HasAnyRule tells whether a user has a permission anywhere; vCenter refuses the login of one who has none.
func (store *Store) HasAnyRule(user string) bool {
	groups := store.directory.GroupsOf(user)
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	if _, decided := store.decide(store.global, user, groups); decided {
		return true
	}
	for _, rules := range store.rules {
		if _, decided := store.decide(rules, user, groups); decided {
			return true
		}
	}
	return false
}

// decide applies the rules of one object; false means that none of them concerns the user.
func (store *Store) decide(rules []Rule, user string, groups []string) (Privileges, bool) {
	var sets []Privileges
	for _, rule := range rules {
		if rule.concerns(user, false) {
			return store.roles[rule.RoleID].set, true
		}
		for _, group := range groups {
			if rule.concerns(group, true) {
				sets = append(sets, store.roles[rule.RoleID].set)
			}
		}
	}
	if len(sets) == 1 {
		return sets[0], true
	}
	return union(sets...), len(sets) > 0
}

func union(sets ...Privileges) Privileges {
	all := Privileges{}
	for _, set := range sets {
		maps.Copy(all, set)
	}
	return all
}

func newPrivileges(ids []string) Privileges {
	set := make(Privileges, len(ids))
	for _, id := range ids {
		set[id] = struct{}{}
	}
	return set
}
