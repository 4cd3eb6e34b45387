package server_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/vmware/govmomi/vapi/tags"
)

func TestRow20AssociableTypesAreReturnedWithoutTheirNamespace(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		id, err := on.Tags.CreateCategory(ctx, &tags.Category{
			Name: "zone", Cardinality: "SINGLE", AssociableTypes: []string{"urn:vim25:Datastore", "urn:vim25:ClusterComputeResource"},
		})
		if err != nil {
			return err
		}
		category, err := on.Tags.GetCategory(ctx, id)
		if err != nil {
			return err
		}
		return equal("types", strings.Join(category.AssociableTypes, " "), "ClusterComputeResource Datastore")
	})
}

func TestRow21CategoriesAndTagsAreUpdatedByTheRules(t *testing.T) {
	patch := func(ctx context.Context, on *target, category tags.Category, change string) (answer, *tags.Category, error) {
		category.Name = "zone"
		id, err := on.Tags.CreateCategory(ctx, &category)
		if err != nil {
			return answer{}, nil, err
		}
		got, err := on.rest(ctx, http.MethodPatch, tagging+"category/id:"+id, `{"update_spec": `+change+`}`)
		if err != nil {
			return answer{}, nil, err
		}
		after, err := on.Tags.GetCategory(ctx, id)
		return got, after, err
	}
	t.Run("an empty description clears it", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			_, after, err := patch(ctx, on, tags.Category{Cardinality: "SINGLE", Description: "old"}, `{"description": ""}`)
			if err != nil {
				return err
			}
			return equal("description", after.Description, "")
		})
	})
	t.Run("an empty description clears that of a tag", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			category, err := on.Tags.CreateCategory(ctx, &tags.Category{Name: "zone", Cardinality: "SINGLE"})
			if err != nil {
				return err
			}
			id, err := on.Tags.CreateTag(ctx, &tags.Tag{Name: "a", Description: "old", CategoryID: category})
			if err != nil {
				return err
			}
			if _, err := on.rest(ctx, http.MethodPatch, tagging+"tag/id:"+id, `{"update_spec": {"description": ""}}`); err != nil {
				return err
			}
			tag, err := on.Tags.GetTag(ctx, id)
			if err != nil {
				return err
			}
			return errors.Join(equal("description", tag.Description, ""), equal("name", tag.Name, "a"))
		})
	})
	t.Run("MULTIPLE does not become SINGLE", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			got, after, err := patch(ctx, on, tags.Category{Cardinality: "MULTIPLE"}, `{"cardinality": "SINGLE"}`)
			return errors.Join(
				wantStatus(got, err, http.StatusBadRequest, "invalid_argument"),
				equal("cardinality", after.Cardinality, "MULTIPLE"),
			)
		})
	})
	t.Run("types may be added in any order", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			got, after, err := patch(ctx, on, tags.Category{Cardinality: "SINGLE", AssociableTypes: []string{"urn:vim25:Datastore"}},
				`{"associable_types": ["urn:vim25:ClusterComputeResource", "urn:vim25:Datastore"]}`)
			if err != nil {
				return err
			}
			return errors.Join(
				equal("status", got.status, http.StatusOK),
				equal("types", strings.Join(after.AssociableTypes, " "), "ClusterComputeResource Datastore"),
			)
		})
	})
	t.Run("a category for all types is not narrowed", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			got, _, err := patch(ctx, on, tags.Category{Cardinality: "SINGLE"}, `{"associable_types": ["urn:vim25:Datastore"]}`)
			return wantStatus(got, err, http.StatusBadRequest, "invalid_argument")
		})
	})
}

// The plain simulator does these right; they belong to the rules of row 21 all the same.
func TestRow21OtherRulesOfUpdates(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	ctx := context.Background()
	id, err := on.Tags.CreateCategory(ctx, &tags.Category{
		Name: "zone", Description: "kept", Cardinality: "SINGLE", AssociableTypes: []string{"urn:vim25:Datastore"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for change, status := range map[string]int{
		`{"cardinality": "MULTIPLE"}`:                    http.StatusOK,
		`{"associable_types": ["urn:vim25:Datacenter"]}`: http.StatusBadRequest,
		`{"name": "BACKUP-POLICY"}`:                      http.StatusOK,
		`{"cardinality": "MANY"}`:                        http.StatusBadRequest,
		`{"name": ""}`:                                   http.StatusBadRequest,
	} {
		got, err := on.rest(ctx, http.MethodPatch, tagging+"category/id:"+id, `{"update_spec": `+change+`}`)
		if err != nil || got.status != status {
			t.Errorf("%s: got %d %s (%v), want %d", change, got.status, got.body, err, status)
		}
	}
	after, err := on.Tags.GetCategory(ctx, id)
	if err != nil || after.Description != "kept" {
		t.Errorf("description is %q (%v), want it kept", after.Description, err)
	}
}

func TestRow22EmptyListsAreLists(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		got, err := on.rest(ctx, http.MethodGet, tagging+"tag", "")
		if err != nil {
			return err
		}
		return equal("body", strings.TrimSpace(got.body), `{"value":[]}`)
	})
}

func TestRow23AnUnknownActionIsNotFound(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		got, err := on.post(ctx, "tag-association?~action=attach-everything", objects(on.datacenter(ctx)))
		return wantStatus(got, err, http.StatusNotFound, "not_found")
	})
}

func TestRow24Names(t *testing.T) {
	t.Run("of categories are unique without regard to case", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			if _, err := on.Tags.CreateCategory(ctx, &tags.Category{Name: "zone", Cardinality: "SINGLE"}); err != nil {
				return err
			}
			got, err := on.post(ctx, "category",
				`{"create_spec": {"name": "Zone", "description": "", "cardinality": "SINGLE", "associable_types": []}}`)
			return wantStatus(got, err, http.StatusBadRequest, "already_exists")
		})
	})
	t.Run("of tags are unique in their category without regard to case", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			category, err := on.Tags.CreateCategory(ctx, &tags.Category{Name: "zone", Cardinality: "SINGLE"})
			if err != nil {
				return err
			}
			if _, err := on.Tags.CreateTag(ctx, &tags.Tag{Name: "a", CategoryID: category}); err != nil {
				return err
			}
			got, err := on.post(ctx, "tag", `{"create_spec": {"name": "A", "description": "", "category_id": "`+category+`"}}`)
			return wantStatus(got, err, http.StatusBadRequest, "already_exists")
		})
	})
	t.Run("a tag needs a category that exists", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			got, err := on.post(ctx, "tag",
				`{"create_spec": {"name": "a", "description": "", "category_id": "urn:vmomi:InventoryServiceCategory:none:GLOBAL"}}`)
			return wantStatus(got, err, http.StatusNotFound, "not_found")
		})
	})
}

func TestRow25ErrorsAreJSON(t *testing.T) {
	t.Run("404", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			got, err := on.rest(ctx, http.MethodGet, tagging+"tag/id:urn:vmomi:InventoryServiceTag:none:GLOBAL", "")
			return errors.Join(
				wantStatus(got, err, http.StatusNotFound, "not_found"),
				equal("content type", got.contentType, "application/json"),
			)
		})
	})
	t.Run("401", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			got, err := on.request(ctx, http.MethodGet, "/rest"+tagging+"tag", "", nil)
			return errors.Join(
				wantStatus(got, err, http.StatusUnauthorized, "unauthenticated"),
				equal("content type", got.contentType, "application/json"),
			)
		})
	})
	t.Run("400 for a missing object", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			tag, _, err := on.tagged(ctx, tags.Category{})
			if err != nil {
				return err
			}
			got, err := on.post(ctx, "tag-association/id:"+tag+"?~action=attach", "{}")
			return wantStatus(got, err, http.StatusBadRequest, "invalid_argument")
		})
	})
}
