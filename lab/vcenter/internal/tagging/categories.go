package tagging

import (
	"slices"
	"strings"
)

// CategoryChange holds the fields of an update; nil leaves a field as it is.
type CategoryChange struct {
	Name            *string   `json:"name"`
	Description     *string   `json:"description"`
	Cardinality     *string   `json:"cardinality"`
	AssociableTypes *[]string `json:"associable_types"`
}

// CreateCategory adds a category. Names are unique without regard to case (row 24).
func (store *Store) CreateCategory(category Category) (string, *Error) {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	if failure := store.checkCategoryName(category.Name, ""); failure != nil {
		return "", failure
	}
	if failure := checkCardinality(category.Cardinality); failure != nil {
		return "", failure
	}
	category.ID = newID("Category")
	category.AssociableTypes = bareTypes(category.AssociableTypes)
	store.categories[category.ID] = category
	return category.ID, nil
}

// UpdateCategory changes a category by the rules of row 21: an empty description clears it, the cardinality goes
// from SINGLE to MULTIPLE only, the associable types are a set that can only grow.
func (store *Store) UpdateCategory(id string, change CategoryChange) *Error {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	category, exists := store.categories[id]
	if !exists {
		return unknown(id)
	}
	if change.Name != nil {
		if failure := store.checkCategoryName(*change.Name, id); failure != nil {
			return failure
		}
		category.Name = *change.Name
	}
	if change.Description != nil {
		category.Description = *change.Description
	}
	if change.Cardinality != nil {
		if failure := checkCardinality(*change.Cardinality); failure != nil {
			return failure
		}
		if category.Cardinality == Multiple && *change.Cardinality == Single {
			return fail(InvalidArgument, "cardinality.error", "The cardinality of category %s cannot be narrowed to SINGLE", category.Name)
		}
		category.Cardinality = *change.Cardinality
	}
	if change.AssociableTypes != nil {
		types := bareTypes(*change.AssociableTypes)
		if !isWider(category.AssociableTypes, types) {
			return fail(InvalidArgument, "associableTypes.error", "Associable types of category %s cannot be removed", category.Name)
		}
		category.AssociableTypes = types
	}
	store.categories[id] = category
	return nil
}

// DeleteCategory removes a category, its tags and all their attachments, as vCenter does, without asking.
func (store *Store) DeleteCategory(id string) *Error {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	if _, exists := store.categories[id]; !exists {
		return unknown(id)
	}
	for _, tag := range store.tags {
		if tag.CategoryID == id {
			store.deleteTag(tag.ID)
		}
	}
	delete(store.categories, id)
	return nil
}

// isWider tells whether the new set includes the old one; the empty set stands for every type.
func isWider(before, after []string) bool {
	if len(before) == 0 || len(after) == 0 {
		return len(after) == 0
	}
	return !slices.ContainsFunc(before, func(kind string) bool { return !slices.Contains(after, kind) })
}

func (store *Store) checkCategoryName(name, self string) *Error {
	if strings.TrimSpace(name) == "" {
		return fail(InvalidArgument, "name.error", "The name of a category must not be empty")
	}
	for _, other := range store.categories {
		if other.ID != self && strings.EqualFold(other.Name, name) {
			return fail(AlreadyExists, "categoryExists.error", "A category with the name %s already exists", name)
		}
	}
	return nil
}

func checkCardinality(cardinality string) *Error {
	if cardinality != Single && cardinality != Multiple {
		return fail(InvalidArgument, "cardinality.error", "Cardinality %s is neither SINGLE nor MULTIPLE", cardinality)
	}
	return nil
}
