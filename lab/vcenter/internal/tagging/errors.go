package tagging

import "fmt"

// Kind is the last part of a vSphere Automation API error type, "com.vmware.vapi.std.errors.not_found" for example.
type Kind string

// The kinds of error that the tagging service returns.
const (
	NotFound        Kind = "not_found"
	AlreadyExists   Kind = "already_exists"
	InvalidArgument Kind = "invalid_argument"
	Unauthorized    Kind = "unauthorized"
)

// Error is a refused operation, with the parts of a localizable message.
type Error struct {
	Kind      Kind
	ID        string
	Message   string
	Arguments []string
}

// Error makes the message readable in Go.
func (failure *Error) Error() string {
	return string(failure.Kind) + ": " + failure.Message
}

func fail(kind Kind, id, format string, arguments ...string) *Error {
	values := make([]any, len(arguments))
	for position, argument := range arguments {
		values[position] = argument
	}
	return &Error{Kind: kind, ID: "cis.tagging." + id, Message: fmt.Sprintf(format, values...), Arguments: arguments}
}

func unknown(id string) *Error {
	return fail(NotFound, "objectNotFound.error", "Tagging object %s not found", id)
}
