package server_test

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25/types"
)

const tagging = "/com/vmware/cis/tagging/"

// tagged makes a category with tags a and b and returns their ids.
func (on *target) tagged(ctx context.Context, category tags.Category) (a, b string, err error) {
	if category.Name == "" {
		category.Name = "zone"
	}
	if category.Cardinality == "" {
		category.Cardinality = "SINGLE"
	}
	id, err := on.Tags.CreateCategory(ctx, &category)
	if err != nil {
		return "", "", err
	}
	if a, err = on.Tags.CreateTag(ctx, &tags.Tag{Name: "a", CategoryID: id}); err != nil {
		return "", "", err
	}
	b, err = on.Tags.CreateTag(ctx, &tags.Tag{Name: "b", CategoryID: id})
	return a, b, err
}

// objects writes the body of a batch call.
func objects(references ...types.ManagedObjectReference) string {
	ids := []map[string]string{}
	for _, reference := range references {
		ids = append(ids, map[string]string{"type": reference.Type, "id": reference.Value})
	}
	body, _ := json.Marshal(map[string]any{"object_ids": ids})
	return string(body)
}

func one(reference types.ManagedObjectReference) string {
	body, _ := json.Marshal(map[string]any{"object_id": map[string]string{"type": reference.Type, "id": reference.Value}})
	return string(body)
}

// post calls an action of the tagging service.
func (on *target) post(ctx context.Context, resource, body string) (answer, error) {
	return on.rest(ctx, http.MethodPost, tagging+resource, body)
}

// attach attaches one tag to one object.
func (on *target) attach(ctx context.Context, tag string, object types.ManagedObjectReference) (answer, error) {
	return on.post(ctx, "tag-association/id:"+tag+"?~action=attach", one(object))
}

// attached counts the objects that carry a tag, by the list that starts from the tag.
func (on *target) attached(ctx context.Context, tag string) (int, error) {
	references, err := on.Tags.ListAttachedObjects(ctx, tag)
	return len(references), err
}

var missingDatastore = types.ManagedObjectReference{Type: "Datastore", Value: "datastore-999999"}
