package control

import (
	"context"

	"deckhouse-vsphere/lab/vcenter/internal/tagging"
)

func (changer *Changer) attachTag(ctx context.Context, change Change) error {
	return changer.move(ctx, change, changer.Tags.Attach)
}

func (changer *Changer) detachTag(ctx context.Context, change Change) error {
	return changer.move(ctx, change, changer.Tags.Detach)
}

func (changer *Changer) move(ctx context.Context, change Change, apply func(string, tagging.Object) *tagging.Error) error {
	tag, err := changer.tag(change.Category, change.Tag)
	if err != nil {
		return err
	}
	object, err := changer.find(ctx, change.Path)
	if err != nil {
		return err
	}
	return orNil(apply(tag.ID, tagging.Object{Type: object.Type, ID: object.Value}))
}

func (changer *Changer) createCategory(_ context.Context, change Change) error {
	category := tagging.Category{Name: change.Category, Cardinality: tagging.Single}
	if change.Description != nil {
		category.Description = *change.Description
	}
	if change.Cardinality != nil && *change.Cardinality != "" {
		category.Cardinality = *change.Cardinality
	}
	if change.AssociableTypes != nil {
		category.AssociableTypes = *change.AssociableTypes
	}
	_, failure := changer.Tags.CreateCategory(category)
	return orNil(failure)
}

func (changer *Changer) updateCategory(_ context.Context, change Change) error {
	category, err := changer.category(change.Category)
	if err != nil {
		return err
	}
	return orNil(changer.Tags.UpdateCategory(category.ID, tagging.CategoryChange{
		Name:            change.NewName,
		Description:     change.Description,
		Cardinality:     change.Cardinality,
		AssociableTypes: change.AssociableTypes,
	}))
}

func (changer *Changer) deleteCategory(_ context.Context, change Change) error {
	category, err := changer.category(change.Category)
	if err != nil {
		return err
	}
	return orNil(changer.Tags.DeleteCategory(category.ID))
}

func (changer *Changer) createTag(_ context.Context, change Change) error {
	category, err := changer.category(change.Category)
	if err != nil {
		return err
	}
	tag := tagging.Tag{CategoryID: category.ID, Name: change.Tag}
	if change.Description != nil {
		tag.Description = *change.Description
	}
	_, failure := changer.Tags.CreateTag(tag)
	return orNil(failure)
}

func (changer *Changer) updateTag(_ context.Context, change Change) error {
	tag, err := changer.tag(change.Category, change.Tag)
	if err != nil {
		return err
	}
	return orNil(changer.Tags.UpdateTag(tag.ID, tagging.TagChange{Name: change.NewName, Description: change.Description}))
}

func (changer *Changer) deleteTag(_ context.Context, change Change) error {
	tag, err := changer.tag(change.Category, change.Tag)
	if err != nil {
		return err
	}
	return orNil(changer.Tags.DeleteTag(tag.ID))
}
