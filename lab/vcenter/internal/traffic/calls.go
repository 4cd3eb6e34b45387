// Package traffic stands in front of the simulated vCenter: it names, counts, delays and, when told to, spoils calls.
package traffic

import (
	"maps"
	"sync"
)

// Call is one request, by the name that tests use.
type Call struct {
	Kind string // SOAP or REST
	Name string // "RetrieveProperties", "POST tag-association/id?attach"
}

// The kinds of call.
const (
	SOAP = "soap"
	REST = "rest"
)

// Counts holds numbers of calls by name, and how many bytes the answers to them had together, without their headers.
type Counts struct {
	Total int            `json:"total"`
	Bytes int            `json:"bytes"`
	SOAP  map[string]int `json:"soap"`
	REST  map[string]int `json:"rest"`
}

// Report is the answer to "what was called?".
type Report struct {
	Counts
	ByUserAgent map[string]Counts `json:"byUserAgent"`
}

// Calls counts. It is safe for concurrent use.
type Calls struct {
	mutex       sync.Mutex
	all         Counts
	byUserAgent map[string]Counts
}

// NewCalls returns zeros.
func NewCalls() *Calls {
	calls := &Calls{}
	calls.Reset()
	return calls
}

// Reset starts counting anew.
func (calls *Calls) Reset() {
	calls.mutex.Lock()
	defer calls.mutex.Unlock()
	calls.all = newCounts()
	calls.byUserAgent = map[string]Counts{}
}

// Report returns the numbers so far.
func (calls *Calls) Report() Report {
	calls.mutex.Lock()
	defer calls.mutex.Unlock()
	report := Report{Counts: calls.all.clone(), ByUserAgent: map[string]Counts{}}
	for agent, counts := range calls.byUserAgent {
		report.ByUserAgent[agent] = counts.clone()
	}
	return report
}

func (calls *Calls) add(call Call, userAgent string) {
	calls.mutex.Lock()
	defer calls.mutex.Unlock()
	counts, known := calls.byUserAgent[userAgent]
	if !known {
		counts = newCounts()
	}
	calls.all.add(call)
	counts.add(call)
	calls.byUserAgent[userAgent] = counts
}

// answered adds the bytes of an answer to a call that was counted, unless counting began anew since.
func (calls *Calls) answered(bytes int, userAgent string) {
	calls.mutex.Lock()
	defer calls.mutex.Unlock()
	counts, known := calls.byUserAgent[userAgent]
	if !known {
		return
	}
	calls.all.Bytes += bytes
	counts.Bytes += bytes
	calls.byUserAgent[userAgent] = counts
}

func newCounts() Counts {
	return Counts{SOAP: map[string]int{}, REST: map[string]int{}}
}

func (counts *Counts) add(call Call) {
	counts.Total++
	if call.Kind == SOAP {
		counts.SOAP[call.Name]++
	} else {
		counts.REST[call.Name]++
	}
}

func (counts Counts) clone() Counts {
	copied := counts
	copied.SOAP, copied.REST = maps.Clone(counts.SOAP), maps.Clone(counts.REST)
	return copied
}
