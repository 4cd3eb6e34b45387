package rest

import (
	"net/http"
	"time"
)

// login opens a session for the user and password of the Authorization header.
func (handler *Handler) login(writer http.ResponseWriter, request *http.Request) {
	name, password, given := request.BasicAuth()
	user, valid := handler.Directory.Authenticate(name, password)
	if !given || !valid {
		refuse(writer, "unauthenticated", "com.vmware.vapi.endpoint.failedToLogin", "Unable to authenticate user")
		return
	}
	session := handler.Sessions.create(user, request.UserAgent())
	if request.Header.Get("vmware-use-header-authn") == "" {
		http.SetCookie(writer, &http.Cookie{
			Name: SessionHeader, Value: session.ID, Path: "/rest", Secure: true, HttpOnly: true,
		})
	}
	answerValue(writer, session.ID)
}

// session describes or ends the session of the caller.
func (handler *Handler) session(writer http.ResponseWriter, request *http.Request, session Session) {
	switch {
	case request.Method == http.MethodDelete:
		handler.Sessions.remove(session.ID)
		answerNothing(writer)
	case request.Method == http.MethodGet, request.Method == http.MethodPost && action(request) == "get":
		answerValue(writer, map[string]any{
			"user":               session.User,
			"created_time":       session.Created.Format(time.RFC3339),
			"last_accessed_time": session.LastAccessed.Format(time.RFC3339),
		})
	default:
		notServed(writer)
	}
}
