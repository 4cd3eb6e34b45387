package identity

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
	"sync"
)

// Directory is the list of users and groups. It is safe for concurrent use.
type Directory struct {
	mutex  sync.RWMutex
	users  map[string]user
	groups map[string]group
}

type user struct {
	name     Name
	password [sha256.Size]byte
}

type group struct {
	name    Name
	members map[string]struct{}
	groups  map[string]struct{} // that are members
}

// NewDirectory returns an empty directory.
func NewDirectory() *Directory {
	return &Directory{users: map[string]user{}, groups: map[string]group{}}
}

// AddUser adds a user, or gives an existing one a new password.
func (directory *Directory) AddUser(text, password string) error {
	name, valid := ParseName(text)
	if !valid {
		return fmt.Errorf("user %q has no domain: write it as name@domain", text)
	}
	directory.mutex.Lock()
	defer directory.mutex.Unlock()
	directory.users[name.key()] = user{name: name, password: sha256.Sum256([]byte(password))}
	return nil
}

// AddGroup adds an empty group; adding it again changes nothing.
func (directory *Directory) AddGroup(text string) error {
	name, valid := ParseName(text)
	if !valid {
		return fmt.Errorf("group %q has no domain: write it as name@domain", text)
	}
	directory.mutex.Lock()
	defer directory.mutex.Unlock()
	if _, exists := directory.groups[name.key()]; !exists {
		directory.groups[name.key()] = group{name: name, members: map[string]struct{}{}, groups: map[string]struct{}{}}
	}
	return nil
}

// AddMember puts a known user, or a known group, into a known group.
func (directory *Directory) AddMember(groupText, memberText string, isGroup bool) error {
	return directory.changeMembers(groupText, memberText, isGroup, func(members map[string]struct{}, key string) {
		members[key] = struct{}{}
	})
}

// RemoveMember takes a user, or a group, out of a group; one that is not in it changes nothing.
func (directory *Directory) RemoveMember(groupText, memberText string, isGroup bool) error {
	return directory.changeMembers(groupText, memberText, isGroup, func(members map[string]struct{}, key string) {
		delete(members, key)
	})
}

func (directory *Directory) changeMembers(groupText, memberText string, isGroup bool, change func(map[string]struct{}, string)) error {
	groupName, _ := ParseName(groupText)
	memberName, _ := ParseName(memberText)
	directory.mutex.Lock()
	defer directory.mutex.Unlock()
	found, exists := directory.groups[groupName.key()]
	if !exists {
		return fmt.Errorf("group %q does not exist", groupText)
	}
	if isGroup {
		if _, exists := directory.groups[memberName.key()]; !exists {
			return fmt.Errorf("group %q does not exist", memberText)
		}
		change(found.groups, memberName.key())
		return nil
	}
	if _, exists := directory.users[memberName.key()]; !exists {
		return fmt.Errorf("user %q does not exist", memberText)
	}
	change(found.members, memberName.key())
	return nil
}

// Remove removes a user or a group, also from the groups that it is in. Permissions for it stay, as those for accounts of
// a domain do that are deleted there.
func (directory *Directory) Remove(text string, isGroup bool) error {
	name, _ := ParseName(text)
	directory.mutex.Lock()
	defer directory.mutex.Unlock()
	if isGroup {
		if _, exists := directory.groups[name.key()]; !exists {
			return fmt.Errorf("group %q does not exist", text)
		}
		delete(directory.groups, name.key())
	} else {
		if _, exists := directory.users[name.key()]; !exists {
			return fmt.Errorf("user %q does not exist", text)
		}
		delete(directory.users, name.key())
	}
	for _, other := range directory.groups {
		if isGroup {
			delete(other.groups, name.key())
		} else {
			delete(other.members, name.key())
		}
	}
	return nil
}

// Find returns the canonical spelling of a user or group.
func (directory *Directory) Find(text string, isGroup bool) (string, bool) {
	name, valid := ParseName(text)
	if !valid {
		return "", false
	}
	directory.mutex.RLock()
	defer directory.mutex.RUnlock()
	if isGroup {
		found, exists := directory.groups[name.key()]
		return found.name.String(), exists
	}
	found, exists := directory.users[name.key()]
	return found.name.String(), exists
}

// Authenticate checks a password and returns the canonical spelling of the user.
func (directory *Directory) Authenticate(text, password string) (string, bool) {
	name, valid := ParseName(text)
	if !valid {
		return "", false
	}
	directory.mutex.RLock()
	found, exists := directory.users[name.key()]
	directory.mutex.RUnlock()
	given := sha256.Sum256([]byte(password))
	matches := subtle.ConstantTimeCompare(given[:], found.password[:]) == 1
	return found.name.String(), exists && matches
}

// GroupsOf returns the canonical names of the groups of a user, and of the groups that these are in, sorted.
func (directory *Directory) GroupsOf(text string) []string {
	name, valid := ParseName(text)
	if !valid {
		return nil
	}
	directory.mutex.RLock()
	defer directory.mutex.RUnlock()
	found := map[string]string{}
	var add func(isMember func(group) bool)
	add = func(isMember func(group) bool) {
		for key, candidate := range directory.groups {
			if _, known := found[key]; known || !isMember(candidate) {
				continue
			}
			found[key] = candidate.name.String()
			add(func(above group) bool {
				_, member := above.groups[key]
				return member
			})
		}
	}
	add(func(candidate group) bool {
		_, member := candidate.members[name.key()]
		return member
	})
	names := slices.Collect(maps.Values(found))
	sort.Strings(names)
	return names
}

// Found is a user or group that a search came to.
type Found struct {
	Name    Name
	IsGroup bool
}

// Search looks for accounts of a domain, without regard to case: those of that name, or those with the text in it. It
// says no when nobody belongs to the domain.
func (directory *Directory) Search(domain, text string, isExact bool) ([]Found, bool) {
	directory.mutex.RLock()
	defer directory.mutex.RUnlock()
	var found []Found
	known := false
	consider := func(name Name, isGroup bool) {
		if !strings.EqualFold(name.Domain, domain) {
			return
		}
		known = true
		isMatch := strings.Contains(strings.ToLower(name.Account), strings.ToLower(text))
		if isExact {
			isMatch = strings.EqualFold(name.Account, text)
		}
		if isMatch {
			found = append(found, Found{Name: name, IsGroup: isGroup})
		}
	}
	for _, user := range directory.users {
		consider(user.name, false)
	}
	for _, group := range directory.groups {
		consider(group.name, true)
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Name.key() < found[j].Name.key() })
	return found, known
}
