package control

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"deckhouse-vsphere/lab/vcenter/internal/guest"
	"deckhouse-vsphere/lab/vcenter/internal/rest"
	"deckhouse-vsphere/lab/vcenter/internal/traffic"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// Endpoint serves the control endpoint; README.md documents it.
type Endpoint struct {
	Changer      *Changer
	Front        *traffic.Front
	Guests       *guest.Guests
	SOAPSessions vim.Sessions
	RESTSessions *rest.Sessions
}

// Handler routes the requests.
func (endpoint *Endpoint) Handler() http.Handler {
	router := http.NewServeMux()
	router.HandleFunc("GET /calls", func(writer http.ResponseWriter, _ *http.Request) {
		answer(writer, endpoint.Front.Calls.Report())
	})
	router.HandleFunc("DELETE /calls", done(endpoint.Front.Calls.Reset))
	router.HandleFunc("GET /sessions", func(writer http.ResponseWriter, _ *http.Request) {
		answer(writer, endpoint.sessions())
	})
	router.HandleFunc("DELETE /sessions", done(func() {
		endpoint.SOAPSessions.ExpireAll()
		endpoint.RESTSessions.ExpireAll()
	}))
	router.HandleFunc("PUT /session-limit", endpoint.setSessionLimit)
	router.HandleFunc("PUT /latency", endpoint.setLatency)
	router.HandleFunc("GET /faults", func(writer http.ResponseWriter, _ *http.Request) {
		answer(writer, endpoint.Front.Faults.All())
	})
	router.HandleFunc("POST /faults", endpoint.addFault)
	router.HandleFunc("DELETE /faults", done(endpoint.Front.Faults.Clear))
	router.HandleFunc("POST /changes", endpoint.change)
	router.HandleFunc("GET /virtual-machines", func(writer http.ResponseWriter, _ *http.Request) {
		answer(writer, endpoint.Changer.VirtualMachines())
	})
	router.HandleFunc("GET /guests", func(writer http.ResponseWriter, _ *http.Request) {
		answer(writer, endpoint.Guests.Report())
	})
	router.HandleFunc("DELETE /guests", done(endpoint.Guests.Forget))
	router.HandleFunc("PUT /guest-behaviour", endpoint.setGuestBehaviour)
	router.HandleFunc("GET /snapshot", func(writer http.ResponseWriter, _ *http.Request) {
		answer(writer, endpoint.Changer.Take())
	})
	return router
}

// Session is one open session.
type Session struct {
	Kind      string    `json:"kind"` // "soap" or "rest"
	User      string    `json:"user"`
	UserAgent string    `json:"userAgent"`
	LoginTime time.Time `json:"loginTime"`
}

func (endpoint *Endpoint) sessions() []Session {
	open := []Session{}
	for _, session := range endpoint.SOAPSessions.All() {
		open = append(open, Session{
			Kind: traffic.SOAP, User: session.UserName, UserAgent: session.UserAgent, LoginTime: session.LoginTime,
		})
	}
	for _, session := range endpoint.RESTSessions.All() {
		open = append(open, Session{
			Kind: traffic.REST, User: session.User, UserAgent: session.UserAgent, LoginTime: session.Created,
		})
	}
	return open
}

func (endpoint *Endpoint) setSessionLimit(writer http.ResponseWriter, request *http.Request) {
	var body struct {
		Maximum *int `json:"maximum"`
	}
	if !read(writer, request, &body) {
		return
	}
	if body.Maximum == nil || *body.Maximum < 0 {
		refuse(writer, errors.New("maximum must be a number that is not negative; 0 means no limit"))
		return
	}
	endpoint.Front.SetSessionLimit(*body.Maximum)
	writer.WriteHeader(http.StatusNoContent)
}

func (endpoint *Endpoint) setLatency(writer http.ResponseWriter, request *http.Request) {
	var body struct {
		Milliseconds *int `json:"milliseconds"`
	}
	if !read(writer, request, &body) {
		return
	}
	if body.Milliseconds == nil || *body.Milliseconds < 0 {
		refuse(writer, errors.New("milliseconds must be a number that is not negative"))
		return
	}
	endpoint.Front.SetLatency(time.Duration(*body.Milliseconds) * time.Millisecond)
	writer.WriteHeader(http.StatusNoContent)
}

func (endpoint *Endpoint) setGuestBehaviour(writer http.ResponseWriter, request *http.Request) {
	var behaviour guest.Behaviour
	if !read(writer, request, &behaviour) {
		return
	}
	if err := endpoint.Guests.SetBehaviour(behaviour); err != nil {
		refuse(writer, err)
		return
	}
	writer.WriteHeader(http.StatusNoContent)
}

func (endpoint *Endpoint) addFault(writer http.ResponseWriter, request *http.Request) {
	var fault traffic.Fault
	if !read(writer, request, &fault) {
		return
	}
	if err := endpoint.Front.Faults.Add(fault); err != nil {
		refuse(writer, err)
		return
	}
	writer.WriteHeader(http.StatusNoContent)
}

func (endpoint *Endpoint) change(writer http.ResponseWriter, request *http.Request) {
	var changes []Change
	if !read(writer, request, &changes) {
		return
	}
	if err := endpoint.Changer.Apply(request.Context(), changes); err != nil {
		refuse(writer, err)
		return
	}
	writer.WriteHeader(http.StatusNoContent)
}

func done(action func()) http.HandlerFunc {
	return func(writer http.ResponseWriter, _ *http.Request) {
		action()
		writer.WriteHeader(http.StatusNoContent)
	}
}

func read(writer http.ResponseWriter, request *http.Request, into any) bool {
	decoder := json.NewDecoder(request.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		refuse(writer, fmt.Errorf("the body is not valid: %w", err))
		return false
	}
	return true
}

func refuse(writer http.ResponseWriter, err error) {
	writer.Header().Set("Content-Type", "application/json")
	writer.WriteHeader(http.StatusBadRequest)
	_ = json.NewEncoder(writer).Encode(map[string]string{"message": err.Error()})
}

func answer(writer http.ResponseWriter, value any) {
	writer.Header().Set("Content-Type", "application/json")
	encoder := json.NewEncoder(writer)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false) // typed keys are full of angle brackets
	_ = encoder.Encode(value)
}
