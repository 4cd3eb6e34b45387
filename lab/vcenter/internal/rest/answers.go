package rest

import (
	"encoding/json"
	"net/http"

	"deckhouse-vsphere/lab/vcenter/internal/tagging"
)

// Message is a localizable message of the vSphere Automation API.
type Message struct {
	ID             string   `json:"id"`
	DefaultMessage string   `json:"default_message"`
	Arguments      []string `json:"args"`
}

// statuses maps the kinds of error to HTTP, as the vSphere Automation API reference lists them.
var statuses = map[string]int{
	"already_exists":        http.StatusBadRequest,
	"internal_server_error": http.StatusInternalServerError,
	"invalid_argument":      http.StatusBadRequest,
	"not_found":             http.StatusNotFound,
	"service_unavailable":   http.StatusServiceUnavailable,
	"unauthenticated":       http.StatusUnauthorized,
	"unauthorized":          http.StatusForbidden,
}

// KindOf returns the kind of error that belongs to an HTTP status.
func KindOf(status int) string {
	switch status {
	case http.StatusBadRequest:
		return "invalid_argument"
	case http.StatusUnauthorized:
		return "unauthenticated"
	case http.StatusForbidden:
		return "unauthorized"
	case http.StatusNotFound:
		return "not_found"
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		return "service_unavailable"
	default:
		return "internal_server_error"
	}
}

// WriteError answers with an error in the form of the /rest API (row 25).
func WriteError(writer http.ResponseWriter, status int, kind string, messages ...Message) {
	if messages == nil {
		messages = []Message{}
	}
	for position := range messages {
		if messages[position].Arguments == nil {
			messages[position].Arguments = []string{}
		}
	}
	write(writer, status, map[string]any{
		"type":  "com.vmware.vapi.std.errors." + kind,
		"value": map[string]any{"messages": messages},
	})
}

func refuse(writer http.ResponseWriter, kind, id, text string) {
	WriteError(writer, statuses[kind], kind, Message{ID: id, DefaultMessage: text})
}

func refuseWith(writer http.ResponseWriter, failure *tagging.Error) {
	WriteError(writer, statuses[string(failure.Kind)], string(failure.Kind), messageOf(failure))
}

func messageOf(failure *tagging.Error) Message {
	return Message{ID: failure.ID, DefaultMessage: failure.Message, Arguments: failure.Arguments}
}

func answerValue(writer http.ResponseWriter, value any) {
	write(writer, http.StatusOK, map[string]any{"value": value})
}

// answerNothing is the empty success of the /rest API.
func answerNothing(writer http.ResponseWriter) {
	writer.WriteHeader(http.StatusOK)
}

func write(writer http.ResponseWriter, status int, body any) {
	writer.Header().Set("Content-Type", "application/json")
	writer.WriteHeader(status)
	// The only failure left is a connection that is gone.
	_ = json.NewEncoder(writer).Encode(body)
}
