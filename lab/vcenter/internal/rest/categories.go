package rest

import (
	"deckhouse-vsphere/lab/vcenter/internal/authorization"
	"deckhouse-vsphere/lab/vcenter/internal/tagging"
)

func (call *call) listCategories() {
	ids := []string{}
	if call.mayReadTags() {
		for _, category := range call.handler.Tags.Categories() {
			ids = append(ids, category.ID)
		}
	}
	answerValue(call.writer, ids)
}

// createCategory insists on all fields, as a real vCenter does (govmomi vapi/tags/categories.go).
func (call *call) createCategory() {
	var body struct {
		Specification *tagging.CategoryChange `json:"create_spec"`
	}
	if !call.decode(&body) {
		return
	}
	given := body.Specification
	if given == nil || given.Name == nil || given.Description == nil || given.Cardinality == nil || given.AssociableTypes == nil {
		call.invalid("create_spec needs name, description, cardinality and associable_types")
		return
	}
	if !call.allowed(authorization.CreateCategory) {
		return
	}
	id, failure := call.handler.Tags.CreateCategory(tagging.Category{
		Name:            *given.Name,
		Description:     *given.Description,
		Cardinality:     *given.Cardinality,
		AssociableTypes: *given.AssociableTypes,
	})
	if failure != nil {
		refuseWith(call.writer, failure)
		return
	}
	answerValue(call.writer, id)
}

func (call *call) getCategory() {
	category, failure := call.handler.Tags.Category(call.target.id)
	if failure != nil {
		refuseWith(call.writer, failure)
		return
	}
	if !call.allowed(authorization.SystemRead) {
		return
	}
	types := category.AssociableTypes
	if types == nil {
		types = []string{}
	}
	answerValue(call.writer, map[string]any{
		"id":               category.ID,
		"name":             category.Name,
		"description":      category.Description,
		"cardinality":      category.Cardinality,
		"associable_types": types,
		"used_by":          []string{},
	})
}

func (call *call) updateCategory() {
	var body struct {
		Specification *tagging.CategoryChange `json:"update_spec"`
	}
	if !call.decode(&body) {
		return
	}
	if body.Specification == nil {
		call.invalid("update_spec is missing")
		return
	}
	if !call.allowed(authorization.EditCategory) {
		return
	}
	call.finish(call.handler.Tags.UpdateCategory(call.target.id, *body.Specification))
}

func (call *call) deleteCategory() {
	if call.allowed(authorization.DeleteCategory) {
		call.finish(call.handler.Tags.DeleteCategory(call.target.id))
	}
}

// mayReadTags is for lists: they leave out what the caller may not read, without an error.
func (call *call) mayReadTags() bool {
	return call.global().Has(authorization.SystemRead)
}

func (call *call) finish(failure *tagging.Error) {
	if failure != nil {
		refuseWith(call.writer, failure)
		return
	}
	answerNothing(call.writer)
}
