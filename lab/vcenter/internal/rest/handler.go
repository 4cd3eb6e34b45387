// Package rest serves the part of the vSphere Automation API under /rest that the product uses: sessions and tagging.
// It replaces govmomi's vapi/simulator, whose tagging leaves out most checks (rows 16-25). Everything else under
// /rest, and all of /api, answers 404 (row 26).
package rest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
	"deckhouse-vsphere/lab/vcenter/internal/identity"
	"deckhouse-vsphere/lab/vcenter/internal/tagging"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// The paths that are served.
const (
	Prefix        = "/rest/"
	sessionPath   = "/rest/com/vmware/cis/session"
	taggingPrefix = "/rest/com/vmware/cis/tagging/"
)

// SessionHeader carries the id of a REST session; the cookie of the same name does too.
const SessionHeader = "vmware-api-session-id"

// Handler is the REST side of the simulated vCenter.
type Handler struct {
	Tags      *tagging.Store
	Access    *vim.Access
	Directory *identity.Directory
	Sessions  *Sessions
}

// ServeHTTP dispatches one call.
func (handler *Handler) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	if request.URL.Path == sessionPath && action(request) == "" && request.Method == http.MethodPost {
		handler.login(writer, request)
		return
	}
	if request.URL.Path != sessionPath && !strings.HasPrefix(request.URL.Path, taggingPrefix) {
		notServed(writer)
		return
	}
	session, exists := handler.Sessions.use(sessionID(request))
	if !exists {
		WriteError(writer, http.StatusUnauthorized, "unauthenticated", Message{
			ID:             "com.vmware.vapi.endpoint.method.authentication.required",
			DefaultMessage: "Authentication required.",
		})
		return
	}
	if request.URL.Path == sessionPath {
		handler.session(writer, request, session)
		return
	}
	target := parse(request)
	call := &call{handler: handler, writer: writer, request: request, user: session.User, target: target}
	if operation, known := operations[target.key()]; known {
		operation(call)
		return
	}
	notServed(writer)
}

// operations are the calls of the tagging service; the plain simulator answers an unknown action with an empty
// success (row 23).
var operations = map[string]func(*call){
	"GET category":       (*call).listCategories,
	"POST category":      (*call).createCategory,
	"GET category/id":    (*call).getCategory,
	"PATCH category/id":  (*call).updateCategory,
	"DELETE category/id": (*call).deleteCategory,

	"GET tag":                                 (*call).listTags,
	"POST tag":                                (*call).createTag,
	"GET tag/id":                              (*call).getTag,
	"PATCH tag/id":                            (*call).updateTag,
	"DELETE tag/id":                           (*call).deleteTag,
	"POST tag/id?list-tags-for-category":      (*call).listTagsForCategory,
	"POST tag-association/id?attach":          (*call).attach,
	"POST tag-association/id?detach":          (*call).detach,
	"POST tag-association?list-attached-tags": (*call).listAttachedTags,
	"POST tag-association?list-attached-tags-on-objects":       (*call).listAttachedTagsOnObjects,
	"POST tag-association/id?list-attached-objects":            (*call).listAttachedObjects,
	"POST tag-association?list-attached-objects-on-tags":       (*call).listAttachedObjectsOnTags,
	"POST tag-association/id?attach-tag-to-multiple-objects":   (*call).attachTagToMultipleObjects,
	"POST tag-association/id?detach-tag-from-multiple-objects": (*call).detachTagFromMultipleObjects,
	"POST tag-association?attach-multiple-tags-to-object":      (*call).attachMultipleTagsToObject,
	"POST tag-association?detach-multiple-tags-from-object":    (*call).detachMultipleTagsFromObject,
}

// call is one request of a logged-in user to the tagging service.
type call struct {
	handler *Handler
	writer  http.ResponseWriter
	request *http.Request
	user    string
	target  target

	privileges authorization.Privileges // filled by global
}

// global returns what the caller may do with tags, computed once: a batch asks two thousand times.
func (call *call) global() authorization.Privileges {
	if call.privileges == nil {
		call.privileges = call.handler.Access.Rules.Globally(call.user)
	}
	return call.privileges
}

// decode reads the body; false means that an error has been answered.
func (call *call) decode(into any) bool {
	if err := json.NewDecoder(call.request.Body).Decode(into); err != nil {
		call.invalid(fmt.Sprintf("The body is not valid: %v", err))
		return false
	}
	return true
}

func (call *call) invalid(text string) {
	refuse(call.writer, "invalid_argument", "vapi.data.validation", text)
}

// allowed checks privileges on tagging objects; false means that an error has been answered.
func (call *call) allowed(privilege string) bool {
	if call.global().Has(privilege) {
		return true
	}
	refuse(call.writer, "unauthorized", "cis.tagging.unauthorized.error",
		fmt.Sprintf("User %s does not have the privilege %s", call.user, privilege))
	return false
}

func notServed(writer http.ResponseWriter) {
	refuse(writer, "not_found", "com.vmware.vapi.rest.httpNotFound", "Not found.")
}

func action(request *http.Request) string {
	return request.URL.Query().Get("~action")
}

func sessionID(request *http.Request) string {
	if id := request.Header.Get(SessionHeader); id != "" {
		return id
	}
	if cookie, err := request.Cookie(SessionHeader); err == nil {
		return cookie.Value
	}
	return ""
}

// target is what a request is about, without the id.
type target struct {
	method   string
	resource string
	id       string
	hasID    bool
	action   string
}

func parse(request *http.Request) target {
	path := strings.TrimPrefix(request.URL.Path, taggingPrefix)
	if request.URL.Path == sessionPath {
		path = "session"
	}
	resource, rest, hasID := strings.Cut(path, "/id:")
	return target{method: request.Method, resource: resource, id: rest, hasID: hasID, action: action(request)}
}

func (target target) key() string {
	key := target.method + " " + target.resource
	if target.hasID {
		key += "/id"
	}
	if target.action != "" {
		key += "?" + target.action
	}
	return key
}

// Name gives a REST call the name under which it is counted and matched, "POST tag-association/id?attach" for example.
func Name(request *http.Request) string {
	return parse(request).key()
}
