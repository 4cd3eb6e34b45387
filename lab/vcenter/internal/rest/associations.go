package rest

import (
	"fmt"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
	"deckhouse-vsphere/lab/vcenter/internal/tagging"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// associationBody holds the fields of all association calls; each call checks those that it needs.
type associationBody struct {
	Object  *tagging.Object  `json:"object_id"`
	Objects []tagging.Object `json:"object_ids"`
	Tags    []string         `json:"tag_ids"`
}

func (call *call) attach() {
	call.changeOne(call.handler.Tags.Attach)
}

func (call *call) detach() {
	call.changeOne(call.handler.Tags.Detach)
}

func (call *call) changeOne(change func(string, tagging.Object) *tagging.Error) {
	var body associationBody
	if !call.decode(&body) || !call.needsObject(body) {
		return
	}
	if failure := call.refusal(call.target.id, *body.Object); failure != nil {
		refuseWith(call.writer, failure)
		return
	}
	call.finish(change(call.target.id, *body.Object))
}

func (call *call) listAttachedTags() {
	var body associationBody
	if !call.decode(&body) || !call.needsObject(body) {
		return
	}
	if failure := call.unreadable(*body.Object); failure != nil {
		refuseWith(call.writer, failure)
		return
	}
	answerValue(call.writer, call.readableTagsOn(*body.Object))
}

func (call *call) listAttachedTagsOnObjects() {
	var body associationBody
	if !call.decode(&body) || !call.needsBatch(body.Objects != nil, len(body.Objects), "object_ids") {
		return
	}
	type tagsOnObject struct {
		Object tagging.Object `json:"object_id"`
		Tags   []string       `json:"tag_ids"`
	}
	answer := []tagsOnObject{}
	for _, object := range body.Objects {
		if failure := call.unreadable(object); failure != nil {
			refuseWith(call.writer, failure)
			return
		}
		answer = append(answer, tagsOnObject{Object: object, Tags: call.readableTagsOn(object)})
	}
	answerValue(call.writer, answer)
}

func (call *call) listAttachedObjects() {
	objects, failure := call.objectsWith(call.target.id)
	if failure != nil {
		refuseWith(call.writer, failure)
		return
	}
	answerValue(call.writer, objects)
}

func (call *call) listAttachedObjectsOnTags() {
	var body associationBody
	if !call.decode(&body) || !call.needsBatch(body.Tags != nil, len(body.Tags), "tag_ids") {
		return
	}
	type objectsWithTag struct {
		Tag     string           `json:"tag_id"`
		Objects []tagging.Object `json:"object_ids"`
	}
	answer := []objectsWithTag{}
	for _, id := range body.Tags {
		objects, failure := call.objectsWith(id)
		if failure != nil {
			refuseWith(call.writer, failure)
			return
		}
		answer = append(answer, objectsWithTag{Tag: id, Objects: objects})
	}
	answerValue(call.writer, answer)
}

// objectsWith lists the objects that carry a tag and that the caller may see.
func (call *call) objectsWith(tagID string) ([]tagging.Object, *tagging.Error) {
	objects, failure := call.handler.Tags.ObjectsWith(tagID)
	if failure != nil {
		return nil, failure
	}
	visible := []tagging.Object{}
	for _, object := range objects {
		if call.unreadable(object) == nil {
			visible = append(visible, object)
		}
	}
	return visible, nil
}

// readableTagsOn lists only tags that the caller may read, as the API reference says.
func (call *call) readableTagsOn(object tagging.Object) []string {
	if !call.mayReadTags() {
		return []string{}
	}
	return call.handler.Tags.TagsOn(object)
}

// unreadable refuses an object that does not exist, or that the caller may not read: a real vCenter answers both
// in the same way (govmomi vapi/tags/tag_association.go).
func (call *call) unreadable(object tagging.Object) *tagging.Error {
	if call.handler.Access.Allows(call.user, reference(object), authorization.SystemRead) {
		return nil
	}
	return call.unauthorized(fmt.Sprintf("Object %s:%s cannot be read", object.Type, object.ID))
}

// refusal checks what an attach or detach needs: a tag that exists, the right to attach it (a Global Permission or
// one on the root folder), an object that exists, and since vCenter 7.0 the right to have tags attached to that.
func (call *call) refusal(tagID string, object tagging.Object) *tagging.Error {
	if _, failure := call.handler.Tags.Tag(tagID); failure != nil {
		return failure
	}
	if !call.global().Has(authorization.AttachTag) {
		return call.unauthorized(fmt.Sprintf("User %s does not have the privilege %s", call.user, authorization.AttachTag))
	}
	if failure := call.unreadable(object); failure != nil {
		return failure
	}
	if !call.handler.Access.Allows(call.user, reference(object), authorization.ObjectAttachable) {
		return call.unauthorized(fmt.Sprintf("User %s does not have the privilege %s on %s:%s",
			call.user, authorization.ObjectAttachable, object.Type, object.ID))
	}
	return nil
}

func (call *call) unauthorized(text string) *tagging.Error {
	return &tagging.Error{Kind: tagging.Unauthorized, ID: "cis.tagging.unauthorized.error", Message: text}
}

// needsObject refuses a body without an object; the plain simulator drops the connection then (row 25).
func (call *call) needsObject(body associationBody) bool {
	if body.Object == nil || body.Object.Type == "" || body.Object.ID == "" {
		call.invalid("object_id needs type and id")
		return false
	}
	return true
}

func (call *call) needsBatch(given bool, size int, field string) bool {
	if !given {
		call.invalid(field + " is missing")
		return false
	}
	if size > tagging.MaximumBatch {
		call.invalid(fmt.Sprintf("%s holds %d items, %d are allowed", field, size, tagging.MaximumBatch))
		return false
	}
	return true
}

func reference(object tagging.Object) vim.Reference {
	return vim.Reference{Type: object.Type, Value: object.ID}
}
