package tagging

import "sort"

// Attach puts a tag on an object, with the checks of row 19: the type must be associable, and a SINGLE category
// allows one tag for each object. A tag that is there already is no error. Whether the object exists is for the
// caller to check: the store knows no inventory.
func (store *Store) Attach(tagID string, object Object) *Error {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	tag, exists := store.tags[tagID]
	if !exists {
		return unknown(tagID)
	}
	if _, attached := store.objects[tagID][object]; attached {
		return nil
	}
	category := store.categories[tag.CategoryID]
	if !category.accepts(object.Type) {
		return fail(InvalidArgument, "invalidType.error", "Category %s does not allow objects of type %s", category.Name, object.Type)
	}
	if category.Cardinality == Single {
		for other := range store.carried[object] {
			if store.tags[other].CategoryID == category.ID {
				return fail(InvalidArgument, "cardinality.error",
					"Object %s already has tag %s of category %s, which allows one tag only", object.ID, store.tags[other].Name, category.Name)
			}
		}
	}
	if store.objects[tagID] == nil {
		store.objects[tagID] = map[Object]struct{}{}
	}
	if store.carried[object] == nil {
		store.carried[object] = map[string]struct{}{}
	}
	store.objects[tagID][object] = struct{}{}
	store.carried[object][tagID] = struct{}{}
	return nil
}

// Detach takes a tag off an object; one that is not there is no error.
func (store *Store) Detach(tagID string, object Object) *Error {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	if _, exists := store.tags[tagID]; !exists {
		return unknown(tagID)
	}
	delete(store.objects[tagID], object)
	delete(store.carried[object], tagID)
	return nil
}

// TagsOn returns the ids of the tags on an object, sorted.
func (store *Store) TagsOn(object Object) []string {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	ids := make([]string, 0, len(store.carried[object]))
	for id := range store.carried[object] {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	return ids
}

// ObjectsWith returns the objects that carry a tag, sorted by id.
func (store *Store) ObjectsWith(tagID string) ([]Object, *Error) {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	if _, exists := store.tags[tagID]; !exists {
		return nil, unknown(tagID)
	}
	objects := make([]Object, 0, len(store.objects[tagID]))
	for object := range store.objects[tagID] {
		objects = append(objects, object)
	}
	sort.Slice(objects, func(i, j int) bool { return objects[i].ID < objects[j].ID })
	return objects, nil
}

// Attachments returns all attachments, in no particular order.
func (store *Store) Attachments() []Attachment {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	var all []Attachment
	for id, objects := range store.objects {
		for object := range objects {
			all = append(all, Attachment{Tag: store.tags[id], Object: object})
		}
	}
	return all
}

// Forget drops the attachments of an object that was deleted.
func (store *Store) Forget(object Object) {
	store.mutex.Lock()
	defer store.mutex.Unlock()
	for id := range store.carried[object] {
		delete(store.objects[id], object)
	}
	delete(store.carried, object)
}
