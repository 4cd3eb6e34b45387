package tagging

import (
	"sort"
	"strings"
	"sync"

	"github.com/google/uuid"
)

// Store keeps everything in memory. It is safe for concurrent use.
type Store struct {
	mutex      sync.RWMutex
	categories map[string]Category
	tags       map[string]Tag
	objects    map[string]map[Object]struct{} // tag id to objects
	carried    map[Object]map[string]struct{} // object to tag ids
}

// NewStore returns an empty store.
func NewStore() *Store {
	return &Store{
		categories: map[string]Category{},
		tags:       map[string]Tag{},
		objects:    map[string]map[Object]struct{}{},
		carried:    map[Object]map[string]struct{}{},
	}
}

// Categories returns all categories, by name.
func (store *Store) Categories() []Category {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	categories := make([]Category, 0, len(store.categories))
	for _, category := range store.categories {
		categories = append(categories, category)
	}
	sort.Slice(categories, func(i, j int) bool { return categories[i].Name < categories[j].Name })
	return categories
}

// Tags returns all tags, by category and name.
func (store *Store) Tags() []Tag {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	tags := make([]Tag, 0, len(store.tags))
	for _, tag := range store.tags {
		tags = append(tags, tag)
	}
	sort.Slice(tags, func(i, j int) bool {
		left, right := store.categories[tags[i].CategoryID].Name, store.categories[tags[j].CategoryID].Name
		if left != right {
			return left < right
		}
		return tags[i].Name < tags[j].Name
	})
	return tags
}

// Category finds a category by id.
func (store *Store) Category(id string) (Category, *Error) {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	category, exists := store.categories[id]
	if !exists {
		return Category{}, unknown(id)
	}
	return category, nil
}

// Tag finds a tag by id.
func (store *Store) Tag(id string) (Tag, *Error) {
	store.mutex.RLock()
	defer store.mutex.RUnlock()
	tag, exists := store.tags[id]
	if !exists {
		return Tag{}, unknown(id)
	}
	return tag, nil
}

// CategoryByName finds a category without regard to case.
func (store *Store) CategoryByName(name string) (Category, bool) {
	for _, category := range store.Categories() {
		if strings.EqualFold(category.Name, name) {
			return category, true
		}
	}
	return Category{}, false
}

// TagByName finds a tag of a category without regard to case.
func (store *Store) TagByName(categoryID, name string) (Tag, bool) {
	for _, tag := range store.Tags() {
		if tag.CategoryID == categoryID && strings.EqualFold(tag.Name, name) {
			return tag, true
		}
	}
	return Tag{}, false
}

func newID(kind string) string {
	return "urn:vmomi:InventoryService" + kind + ":" + uuid.NewString() + ":GLOBAL"
}
