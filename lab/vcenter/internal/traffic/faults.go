package traffic

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/vmware/govmomi/vim25/types"
)

// The ways to spoil a call.
const (
	KindStatus          = "status"          // answer with an HTTP status
	KindSOAPFault       = "soapFault"       // answer a SOAP call with a fault
	KindReset           = "reset"           // close the connection without an answer
	KindHang            = "hang"            // never answer
	KindUnauthenticated = "unauthenticated" // answer as if the session had expired
)

// Fault says which calls to spoil, and how.
type Fault struct {
	Match             string `json:"match"`           // part of a name; empty matches every call
	Exact             bool   `json:"exact,omitempty"` // match is a whole name
	Kind              string `json:"kind"`
	Status            int    `json:"status,omitempty"`
	Fault             string `json:"fault,omitempty"`
	RetryAfterSeconds int    `json:"retryAfterSeconds,omitempty"`
	Skip              int    `json:"skip,omitempty"`  // let that many matching calls pass first
	Times             int    `json:"times,omitempty"` // then spoil that many; 0 means until removed
	AfterEffect       bool   `json:"afterEffect,omitempty"`
	Hits              int    `json:"hits"` // how many calls it has spoilt

	skipped int
}

// Faults is the list of faults in force. It is safe for concurrent use.
type Faults struct {
	mutex sync.Mutex
	rules []*Fault
}

// Add puts a fault in force.
func (faults *Faults) Add(fault Fault) error {
	if err := fault.check(); err != nil {
		return err
	}
	faults.mutex.Lock()
	defer faults.mutex.Unlock()
	fault.Hits = 0
	faults.rules = append(faults.rules, &fault)
	return nil
}

// All returns the faults in force and those that are used up.
func (faults *Faults) All() []Fault {
	faults.mutex.Lock()
	defer faults.mutex.Unlock()
	all := make([]Fault, 0, len(faults.rules))
	for _, rule := range faults.rules {
		all = append(all, *rule)
	}
	return all
}

// Clear removes all faults.
func (faults *Faults) Clear() {
	faults.mutex.Lock()
	defer faults.mutex.Unlock()
	faults.rules = nil
}

// take returns the first fault that spoils this call, or nil.
func (faults *Faults) take(call Call) *Fault {
	faults.mutex.Lock()
	defer faults.mutex.Unlock()
	for _, rule := range faults.rules {
		if !rule.matches(call.Name) || rule.Times > 0 && rule.Hits >= rule.Times {
			continue
		}
		if rule.skipped < rule.Skip {
			rule.skipped++
			continue
		}
		rule.Hits++
		taken := *rule
		return &taken
	}
	return nil
}

func (fault Fault) matches(name string) bool {
	if fault.Exact {
		return name == fault.Match
	}
	return strings.Contains(name, fault.Match)
}

func (fault Fault) check() error {
	kinds := []string{KindStatus, KindSOAPFault, KindReset, KindHang, KindUnauthenticated}
	switch {
	case !slices.Contains(kinds, fault.Kind):
		return fmt.Errorf("kind %q is not one of %s", fault.Kind, strings.Join(kinds, ", "))
	case fault.Kind == KindStatus && (fault.Status < 400 || fault.Status > 599):
		return fmt.Errorf("status %d is not an HTTP error", fault.Status)
	case fault.Kind == KindSOAPFault && newFault(fault.Fault) == nil:
		return fmt.Errorf("fault %q is not the name of a vim25 fault, NoPermission for example", fault.Fault)
	case fault.Skip < 0 || fault.Times < 0 || fault.RetryAfterSeconds < 0:
		return errors.New("skip, times and retryAfterSeconds must not be negative")
	}
	return nil
}

// newFault makes an empty fault of the vim25 type with this name.
func newFault(name string) types.BaseMethodFault {
	kind, known := types.TypeFunc()(name)
	if !known {
		return nil
	}
	fault, _ := reflect.New(kind).Interface().(types.BaseMethodFault)
	return fault
}
