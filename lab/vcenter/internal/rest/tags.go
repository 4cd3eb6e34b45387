package rest

import (
	"deckhouse-vsphere/lab/vcenter/internal/authorization"
	"deckhouse-vsphere/lab/vcenter/internal/tagging"
)

func (call *call) listTags() {
	ids := []string{}
	if call.mayReadTags() {
		for _, tag := range call.handler.Tags.Tags() {
			ids = append(ids, tag.ID)
		}
	}
	answerValue(call.writer, ids)
}

func (call *call) listTagsForCategory() {
	tags, failure := call.handler.Tags.TagsOfCategory(call.target.id)
	if failure != nil {
		refuseWith(call.writer, failure)
		return
	}
	ids := []string{}
	if call.mayReadTags() {
		for _, tag := range tags {
			ids = append(ids, tag.ID)
		}
	}
	answerValue(call.writer, ids)
}

// createTag insists on all fields, as a real vCenter does (govmomi vapi/tags/tags.go).
func (call *call) createTag() {
	var body struct {
		Specification *struct {
			Name        *string `json:"name"`
			Description *string `json:"description"`
			CategoryID  *string `json:"category_id"`
		} `json:"create_spec"`
	}
	if !call.decode(&body) {
		return
	}
	given := body.Specification
	if given == nil || given.Name == nil || given.Description == nil || given.CategoryID == nil {
		call.invalid("create_spec needs name, description and category_id")
		return
	}
	if !call.allowed(authorization.CreateTag) {
		return
	}
	id, failure := call.handler.Tags.CreateTag(tagging.Tag{
		Name: *given.Name, Description: *given.Description, CategoryID: *given.CategoryID,
	})
	if failure != nil {
		refuseWith(call.writer, failure)
		return
	}
	answerValue(call.writer, id)
}

func (call *call) getTag() {
	tag, failure := call.handler.Tags.Tag(call.target.id)
	if failure != nil {
		refuseWith(call.writer, failure)
		return
	}
	if !call.allowed(authorization.SystemRead) {
		return
	}
	answerValue(call.writer, map[string]any{
		"id":          tag.ID,
		"name":        tag.Name,
		"description": tag.Description,
		"category_id": tag.CategoryID,
		"used_by":     []string{},
	})
}

func (call *call) updateTag() {
	var body struct {
		Specification *tagging.TagChange `json:"update_spec"`
	}
	if !call.decode(&body) {
		return
	}
	if body.Specification == nil {
		call.invalid("update_spec is missing")
		return
	}
	if call.allowed(authorization.EditTag) {
		call.finish(call.handler.Tags.UpdateTag(call.target.id, *body.Specification))
	}
}

func (call *call) deleteTag() {
	if call.allowed(authorization.DeleteTag) {
		call.finish(call.handler.Tags.DeleteTag(call.target.id))
	}
}
