package traffic

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync"
	"sync/atomic"
	"time"

	"deckhouse-vsphere/lab/vcenter/internal/rest"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// Front is the HTTP handler of the simulated vCenter.
type Front struct {
	SOAP     http.Handler
	REST     http.Handler
	Files    http.Handler
	Calls    *Calls
	Faults   *Faults
	Sessions func() int // how many sessions are open, SOAP and REST together

	latency atomic.Int64 // nanoseconds
	maximum atomic.Int64 // sessions; 0 means no limit
	stopped chan struct{}
	stop    sync.Once
}

// NewFront makes a front for a SOAP handler, a REST handler and one for the files of datastores.
func NewFront(webServices, automation, files http.Handler, sessions func() int) *Front {
	return &Front{
		SOAP: webServices, REST: automation, Files: files, Calls: NewCalls(), Faults: &Faults{}, Sessions: sessions,
		stopped: make(chan struct{}),
	}
}

// SetLatency delays every call from now on.
func (front *Front) SetLatency(latency time.Duration) {
	front.latency.Store(int64(latency))
}

// SetSessionLimit refuses logins when that many sessions are open; 0 takes the limit away.
func (front *Front) SetSessionLimit(maximum int) {
	front.maximum.Store(int64(maximum))
}

// Stop lets go of calls that hang.
func (front *Front) Stop() {
	front.stop.Do(func() { close(front.stopped) })
}

// ServeHTTP handles one call.
func (front *Front) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	call, err := identify(request)
	if err != nil {
		http.Error(writer, "the body cannot be read", http.StatusBadRequest)
		return
	}
	front.Calls.add(call, request.UserAgent())
	time.Sleep(time.Duration(front.latency.Load()))

	fault := front.Faults.take(call)
	if fault != nil && !fault.AfterEffect {
		front.spoil(fault, call, writer, request)
		return
	}
	if isFile(request) {
		front.transfer(fault, call, writer, request)
		return
	}
	answer := httptest.NewRecorder()
	front.dispatch(call, answer, request)
	if fault != nil {
		front.spoil(fault, call, writer, request)
		return
	}
	for name, values := range answer.Header() {
		writer.Header()[name] = values
	}
	writer.WriteHeader(answer.Code)
	body := answer.Body.Bytes()
	if call.Kind == SOAP && answer.Code == http.StatusInternalServerError {
		body = withFaultText(body)
	}
	front.Calls.answered(len(body), request.UserAgent())
	_, _ = writer.Write(body)
}

// transfer passes a file through. Its answer is not recorded first, as that of a call is: it may be large.
func (front *Front) transfer(fault *Fault, call Call, writer http.ResponseWriter, request *http.Request) {
	if fault == nil {
		front.Files.ServeHTTP(writer, request)
		return
	}
	front.Files.ServeHTTP(&nowhere{header: http.Header{}}, request)
	front.spoil(fault, call, writer, request)
}

// nowhere is the writer of an answer that nobody gets.
type nowhere struct {
	header http.Header
}

// Header is part of http.ResponseWriter.
func (nowhere *nowhere) Header() http.Header { return nowhere.header }

// Write is part of http.ResponseWriter.
func (*nowhere) Write(content []byte) (int, error) { return len(content), nil }

// WriteHeader is part of http.ResponseWriter.
func (*nowhere) WriteHeader(int) {}

func (front *Front) dispatch(call Call, writer http.ResponseWriter, request *http.Request) {
	isLogin := call.Name == "Login" || call.Name == "POST session"
	if maximum := front.maximum.Load(); isLogin && maximum > 0 && int64(front.Sessions()) >= maximum {
		refuseLogin(call, writer)
		return
	}
	if call.Kind == SOAP {
		writer.Header().Set("Content-Type", "text/xml; charset=utf-8")
		front.SOAP.ServeHTTP(writer, request)
		return
	}
	front.REST.ServeHTTP(writer, request)
}

// refuseLogin answers as a vCenter that is out of sessions: 503 on both sides (kubernetes/kops#2747 for SOAP,
// vmware-tanzu/tanzu-cli#749 for REST).
func refuseLogin(call Call, writer http.ResponseWriter) {
	if call.Kind == SOAP {
		http.Error(writer, "503 Service Unavailable", http.StatusServiceUnavailable)
		return
	}
	rest.WriteError(writer, http.StatusServiceUnavailable, "service_unavailable", rest.Message{
		ID:             "com.vmware.vapi.endpoint.failedToLoginMaxUserSessionCountReached",
		DefaultMessage: "User session count is limited.",
	})
}

var (
	emptyFaultText = []byte("<faultstring></faultstring>")
	faultType      = regexp.MustCompile(`<detail><\w+Fault [^>]*xsi:type="(\w+)"`)
)

// withFaultText gives the simulator's own faults the text that they often lack (row 15).
func withFaultText(body []byte) []byte {
	kind := faultType.FindSubmatch(body)
	if kind == nil {
		return body
	}
	text := "<faultstring>" + vim.Text(string(kind[1])) + "</faultstring>"
	return bytes.Replace(body, emptyFaultText, []byte(text), 1)
}
