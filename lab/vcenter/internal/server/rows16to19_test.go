package server_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

func TestRow16AttachTagToMultipleObjectsReportsPartialFailure(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		datastore, err := on.find(ctx, on.Datastore)
		if err != nil {
			return err
		}
		tag, _, err := on.tagged(ctx, tags.Category{AssociableTypes: []string{"urn:vim25:Datastore"}})
		if err != nil {
			return err
		}
		got, err := on.post(ctx, "tag-association/id:"+tag+"?~action=attach-tag-to-multiple-objects",
			objects(datastore, missingDatastore, on.datacenter(ctx)))
		if err != nil {
			return err
		}
		var result batchResult
		if err := got.value(&result); err != nil {
			return err
		}
		count, err := on.attached(ctx, tag)
		return errors.Join(err,
			equal("success", result.Success, false),
			equal("number of errors", len(result.Errors), 2),
			equal("objects that carry the tag", count, 1),
		)
	})
}

func TestRow17DetachTagFromMultipleObjectsDetaches(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		datastore, err := on.find(ctx, on.Datastore)
		if err != nil {
			return err
		}
		tag, _, err := on.tagged(ctx, tags.Category{})
		if err != nil {
			return err
		}
		if err := on.Tags.AttachTagToMultipleObjects(ctx, tag, []mo.Reference{datastore, on.datacenter(ctx)}); err != nil {
			return err
		}
		got, err := on.post(ctx, "tag-association/id:"+tag+"?~action=detach-tag-from-multiple-objects", objects(datastore))
		if err != nil {
			return err
		}
		count, err := on.attached(ctx, tag)
		return errors.Join(err, equal("status", got.status, http.StatusOK), equal("objects that carry the tag", count, 1))
	})
}

func TestRow18DetachedPairsAreGoneFromTheListsOfObjects(t *testing.T) {
	prove(t, func(ctx context.Context, on *target) error {
		datastore, err := on.find(ctx, on.Datastore)
		if err != nil {
			return err
		}
		tag, _, err := on.tagged(ctx, tags.Category{})
		if err != nil {
			return err
		}
		if err := errors.Join(
			on.Tags.AttachMultipleTagsToObject(ctx, []string{tag}, datastore),
			on.Tags.DetachMultipleTagsFromObject(ctx, []string{tag}, datastore),
		); err != nil {
			return err
		}
		count, err := on.attached(ctx, tag)
		if err != nil {
			return err
		}
		onTags, err := on.Tags.ListAttachedObjectsOnTags(ctx, []string{tag})
		if err != nil {
			return err
		}
		return errors.Join(
			equal("objects by list-attached-objects", count, 0),
			equal("objects by list-attached-objects-on-tags", len(onTags[0].ObjectIDs), 0),
		)
	})
}

func TestRow19AttachIsRefusedFor(t *testing.T) {
	t.Run("a second tag of a SINGLE category", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			a, b, err := on.tagged(ctx, tags.Category{})
			if err != nil {
				return err
			}
			if _, err := on.attach(ctx, a, on.datacenter(ctx)); err != nil {
				return err
			}
			got, err := on.attach(ctx, b, on.datacenter(ctx))
			return wantStatus(got, err, http.StatusBadRequest, "invalid_argument")
		})
	})
	t.Run("a second tag of a SINGLE category, in a batch", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			a, b, err := on.tagged(ctx, tags.Category{})
			if err != nil {
				return err
			}
			datacenter := on.datacenter(ctx)
			err = on.Tags.AttachMultipleTagsToObject(ctx, []string{a, b}, datacenter)
			var failures tags.BatchErrors
			if !errors.As(err, &failures) || len(failures) != 1 {
				return fmt.Errorf("got %v, want one error item", err)
			}
			left, err := on.Tags.ListAttachedTags(ctx, datacenter)
			return errors.Join(err, equal("tags", strings.Join(left, " "), a))
		})
	})
	t.Run("a type that the category does not allow", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			tag, _, err := on.tagged(ctx, tags.Category{AssociableTypes: []string{"urn:vim25:Datastore"}})
			if err != nil {
				return err
			}
			got, err := on.attach(ctx, tag, on.datacenter(ctx))
			return wantStatus(got, err, http.StatusBadRequest, "invalid_argument")
		})
	})
	t.Run("an object that does not exist", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			tag, _, err := on.tagged(ctx, tags.Category{})
			if err != nil {
				return err
			}
			got, err := on.attach(ctx, tag, missingDatastore)
			return wantStatus(got, err, http.StatusForbidden, "unauthorized")
		})
	})
	t.Run("an object whose type does not fit its id", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			tag, _, err := on.tagged(ctx, tags.Category{})
			if err != nil {
				return err
			}
			got, err := on.attach(ctx, tag, types.ManagedObjectReference{Type: "Datastore", Value: on.datacenter(ctx).Value})
			return wantStatus(got, err, http.StatusForbidden, "unauthorized")
		})
	})
	t.Run("more than 2000 objects at once", func(t *testing.T) {
		prove(t, func(ctx context.Context, on *target) error {
			tag, _, err := on.tagged(ctx, tags.Category{})
			if err != nil {
				return err
			}
			many := make([]types.ManagedObjectReference, 2001)
			for position := range many {
				many[position] = on.Root
			}
			got, err := on.post(ctx, "tag-association/id:"+tag+"?~action=attach-tag-to-multiple-objects", objects(many...))
			return wantStatus(got, err, http.StatusBadRequest, "invalid_argument")
		})
	})
}
