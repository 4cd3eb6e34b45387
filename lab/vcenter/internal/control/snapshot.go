package control

import (
	"cmp"
	"slices"
	"strings"

	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// Snapshot is the state that matters for comparisons: names only, no ids, sorted.
type Snapshot struct {
	Categories  []SnapshotCategory   `json:"categories"`
	Tags        []SnapshotTag        `json:"tags"`
	Attachments []SnapshotAttachment `json:"attachments"`
	Roles       []SnapshotRole       `json:"roles"` // without the system roles
	Permissions []SnapshotPermission `json:"permissions"`
}

// SnapshotCategory is a tag category.
type SnapshotCategory struct {
	Name            string   `json:"name"`
	Description     string   `json:"description"`
	Cardinality     string   `json:"cardinality"`
	AssociableTypes []string `json:"associableTypes"`
}

// SnapshotTag is a tag.
type SnapshotTag struct {
	Category    string `json:"category"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

// SnapshotAttachment is a tag on an object.
type SnapshotAttachment struct {
	Category string `json:"category"`
	Tag      string `json:"tag"`
	Path     string `json:"path"`
}

// SnapshotRole is a role with its privileges.
type SnapshotRole struct {
	Name       string   `json:"name"`
	Privileges []string `json:"privileges"`
}

// SnapshotPermission is a permission on an object.
type SnapshotPermission struct {
	Path      string `json:"path"`
	Principal string `json:"principal"`
	Group     bool   `json:"group"`
	Role      string `json:"role"`
	Propagate bool   `json:"propagate"`
}

// Take reads everything.
func (changer *Changer) Take() Snapshot {
	snapshot := Snapshot{
		Categories: []SnapshotCategory{}, Tags: []SnapshotTag{}, Attachments: []SnapshotAttachment{},
		Roles: []SnapshotRole{}, Permissions: []SnapshotPermission{},
	}
	changer.takeTags(&snapshot)
	for _, role := range changer.Access.Rules.Roles() {
		if !role.System {
			snapshot.Roles = append(snapshot.Roles, SnapshotRole{Name: role.Name, Privileges: role.Privileges})
		}
	}
	for _, rule := range changer.Access.Rules.AllRules() {
		role, _ := changer.Access.Rules.RoleByID(rule.RoleID)
		snapshot.Permissions = append(snapshot.Permissions, SnapshotPermission{
			Path: changer.Access.Path(rule.Entity), Principal: rule.Principal, Group: rule.Group, Role: role.Name, Propagate: rule.Propagate,
		})
	}
	slices.SortFunc(snapshot.Permissions, func(a, b SnapshotPermission) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Principal, b.Principal))
	})
	return snapshot
}

func (changer *Changer) takeTags(snapshot *Snapshot) {
	names := map[string]string{}
	for _, category := range changer.Tags.Categories() {
		names[category.ID] = category.Name
		types := category.AssociableTypes
		if types == nil {
			types = []string{}
		}
		snapshot.Categories = append(snapshot.Categories, SnapshotCategory{
			Name: category.Name, Description: category.Description, Cardinality: category.Cardinality, AssociableTypes: types,
		})
	}
	for _, tag := range changer.Tags.Tags() {
		snapshot.Tags = append(snapshot.Tags, SnapshotTag{
			Category: names[tag.CategoryID], Name: tag.Name, Description: tag.Description,
		})
	}
	for _, attachment := range changer.Tags.Attachments() {
		snapshot.Attachments = append(snapshot.Attachments, SnapshotAttachment{
			Category: names[attachment.Tag.CategoryID],
			Tag:      attachment.Tag.Name,
			Path:     changer.Access.Path(vim.Reference{Type: attachment.Object.Type, Value: attachment.Object.ID}),
		})
	}
	slices.SortFunc(snapshot.Attachments, func(a, b SnapshotAttachment) int {
		return cmp.Or(strings.Compare(a.Category, b.Category), strings.Compare(a.Tag, b.Tag), strings.Compare(a.Path, b.Path))
	})
}
