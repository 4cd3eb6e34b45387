package rest

import (
	"net/http"

	"deckhouse-vsphere/lab/vcenter/internal/tagging"
)

// batch collects a BatchResult. Such a call is not atomic: what succeeded stays, and the answer is HTTP 200 even when
// every item failed (rows 16-18; API reference, "BatchResult").
type batch struct {
	failures []Message
}

func (batch *batch) add(failure *tagging.Error) {
	if failure != nil {
		batch.failures = append(batch.failures, messageOf(failure))
	}
}

func (batch *batch) answer(call *call) {
	messages := batch.failures
	if messages == nil {
		messages = []Message{}
	}
	for position := range messages {
		if messages[position].Arguments == nil {
			messages[position].Arguments = []string{}
		}
	}
	write(call.writer, http.StatusOK, map[string]any{
		"value": map[string]any{"success": len(messages) == 0, "error_messages": messages},
	})
}

func (call *call) attachTagToMultipleObjects() {
	call.oneTagManyObjects(call.handler.Tags.Attach)
}

func (call *call) detachTagFromMultipleObjects() {
	call.oneTagManyObjects(call.handler.Tags.Detach)
}

func (call *call) oneTagManyObjects(change func(string, tagging.Object) *tagging.Error) {
	var body associationBody
	if !call.decode(&body) || !call.needsBatch(body.Objects != nil, len(body.Objects), "object_ids") {
		return
	}
	if _, failure := call.handler.Tags.Tag(call.target.id); failure != nil {
		refuseWith(call.writer, failure)
		return
	}
	var result batch
	for _, object := range body.Objects {
		failure := call.refusal(call.target.id, object)
		if failure == nil {
			failure = change(call.target.id, object)
		}
		result.add(failure)
	}
	result.answer(call)
}

func (call *call) attachMultipleTagsToObject() {
	call.manyTagsOneObject(call.handler.Tags.Attach)
}

func (call *call) detachMultipleTagsFromObject() {
	call.manyTagsOneObject(call.handler.Tags.Detach)
}

func (call *call) manyTagsOneObject(change func(string, tagging.Object) *tagging.Error) {
	var body associationBody
	if !call.decode(&body) || !call.needsObject(body) || !call.needsBatch(body.Tags != nil, len(body.Tags), "tag_ids") {
		return
	}
	if failure := call.unreadable(*body.Object); failure != nil {
		refuseWith(call.writer, failure)
		return
	}
	var result batch
	for _, id := range body.Tags {
		failure := call.refusal(id, *body.Object)
		if failure == nil {
			failure = change(id, *body.Object)
		}
		result.add(failure)
	}
	result.answer(call)
}
