package tagging

import "strings"

// TagChange holds the fields of an update; nil leaves a field as it is.
type TagChange struct {
	Name        *string `json:"name"`
	Description *string `json:"description"`
}

// CreateTag adds a tag to a category that exists; its name is unique there without regard to case (row 24).
func (store *Store) CreateTag(tag Tag) (string, *Error) {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	if _, exists := store.categories[tag.CategoryID]; !exists {
		return "", unknown(tag.CategoryID)
	}
	if failure := store.checkTagName(tag.CategoryID, tag.Name, ""); failure != nil {
		return "", failure
	}
	tag.ID = newID("Tag")
	store.tags[tag.ID] = tag
	return tag.ID, nil
}

// UpdateTag renames or describes a tag; an empty description clears it (row 21).
func (store *Store) UpdateTag(id string, change TagChange) *Error {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	tag, exists := store.tags[id]
	if !exists {
		return unknown(id)
	}
	if change.Name != nil {
		if failure := store.checkTagName(tag.CategoryID, *change.Name, id); failure != nil {
			return failure
		}
		tag.Name = *change.Name
	}
	if change.Description != nil {
		tag.Description = *change.Description
	}
	store.tags[id] = tag
	return nil
}

// DeleteTag removes a tag and its attachments.
func (store *Store) DeleteTag(id string) *Error {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	if _, exists := store.tags[id]; !exists {
		return unknown(id)
	}
	store.deleteTag(id)
	return nil
}

// TagsOfCategory returns the tags of one category that exists, by name.
func (store *Store) TagsOfCategory(categoryID string) ([]Tag, *Error) {
	if _, failure := store.Category(categoryID); failure != nil {
		return nil, failure
	}
	var tags []Tag
	for _, tag := range store.Tags() {
		if tag.CategoryID == categoryID {
			tags = append(tags, tag)
		}
	}
	return tags, nil
}

func (store *Store) deleteTag(id string) {
	for object := range store.objects[id] {
		delete(store.carried[object], id)
	}
	delete(store.objects, id)
	delete(store.tags, id)
}

func (store *Store) checkTagName(categoryID, name, self string) *Error {
	if strings.TrimSpace(name) == "" {
		return fail(InvalidArgument, "name.error", "The name of a tag must not be empty")
	}
	for _, other := range store.tags {
		if other.ID != self && other.CategoryID == categoryID && strings.EqualFold(other.Name, name) {
			return fail(AlreadyExists, "tagExists.error", "A tag with the name %s already exists in its category", name)
		}
	}
	return nil
}
