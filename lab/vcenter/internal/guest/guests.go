package guest

import (
	"context"
	"slices"
	"sync"

	"github.com/vmware/govmomi/vim25/types"
)

// Reference names a virtual machine.
type Reference = types.ManagedObjectReference

// The states of a virtual machine in a record.
const (
	PoweredOn  = "poweredOn"
	PoweredOff = "poweredOff"
	Template   = "template"
	Destroyed  = "destroyed"
)

// Machines is what guests need of their virtual machines. Its methods take the machine's lock, so they are never
// called while a lock of this package is held.
type Machines interface {
	// Describe returns the inventory path and one of the states above, or false when the machine is gone.
	Describe(machine Reference) (path, state string, exists bool)
	// ReportAddress lets VMware Tools report an address, unless the context has ended: the power went meanwhile.
	ReportAddress(ctx context.Context, machine Reference, address string)
	// PowerOff turns a machine off that turns itself off.
	PowerOff(machine Reference)
}

// Guests are the guests of all virtual machines. It is safe for concurrent use.
type Guests struct {
	machines Machines
	port     int // of the SSH servers

	mutex     sync.Mutex
	known     []*guest
	behaviour Behaviour
	closed    bool
}

// guest is what is known of the inside of one virtual machine.
type guest struct {
	machine Reference
	journal *journal
	run     *run   // nil while the power is off
	path    string // where the machine was when it was destroyed
	gone    bool
}

// New makes an empty collection; the port is where the guests' SSH servers listen, each on an address of its own.
func New(machines Machines, port int) *Guests {
	return &Guests{machines: machines, port: port}
}

// PowerOn starts the guest of a machine. A machine that was on before starts with its installer again: it has no disk
// from which it could boot.
func (guests *Guests) PowerOn(machine Reference) {
	guests.mutex.Lock()
	defer guests.mutex.Unlock()
	if guests.closed {
		return
	}
	found := guests.find(machine)
	if found == nil {
		found = &guest{machine: machine, journal: newJournal()}
		guests.known = append(guests.known, found)
	}
	found.powerOff()
	found.journal.change(func(record *Record) { record.IP, record.Problem = "", "" })
	found.run = newRun(guests, machine, found.journal)
}

// PowerOff ends the guest of a machine: its connections break and its address is free.
func (guests *Guests) PowerOff(machine Reference) {
	guests.mutex.Lock()
	defer guests.mutex.Unlock()
	if found := guests.find(machine); found != nil {
		found.powerOff()
	}
}

// Destroy ends the guest of a machine that is about to leave the inventory; its record stays.
func (guests *Guests) Destroy(machine Reference, path string) {
	guests.mutex.Lock()
	defer guests.mutex.Unlock()
	if found := guests.find(machine); found != nil {
		found.powerOff()
		found.path, found.gone = path, true
	}
}

// Type presses keys of a machine's keyboard and returns how many key events there were. Nobody sees the keys of a
// machine that is off.
func (guests *Guests) Type(machine Reference, events []types.UsbScanCodeSpecKeyEvent) int {
	guests.mutex.Lock()
	found := guests.find(machine)
	var running *run
	if found != nil {
		running = found.run
	}
	guests.mutex.Unlock()
	if running != nil {
		for _, event := range events {
			if pressed, isKey := decode(event); isKey {
				running.press(pressed)
			}
		}
	}
	return len(events)
}

// Behaviour returns how guests behave now.
func (guests *Guests) Behaviour() Behaviour {
	guests.mutex.Lock()
	defer guests.mutex.Unlock()
	return guests.behaviour
}

// SetBehaviour replaces the behaviour. It counts for what guests do from now on, running ones too.
func (guests *Guests) SetBehaviour(behaviour Behaviour) error {
	if err := behaviour.check(); err != nil {
		return err
	}
	guests.mutex.Lock()
	defer guests.mutex.Unlock()
	guests.behaviour = behaviour
	return nil
}

// Report returns all records, in the order in which the machines were first turned on.
func (guests *Guests) Report() []Record {
	guests.mutex.Lock()
	known := make([]guest, 0, len(guests.known))
	for _, found := range guests.known {
		known = append(known, *found)
	}
	guests.mutex.Unlock()
	records := make([]Record, 0, len(known))
	for _, found := range known {
		record := found.journal.read()
		record.Path, record.State = found.path, Destroyed
		if path, state, exists := guests.machines.Describe(found.machine); exists && !found.gone {
			record.Path, record.State = path, state
		}
		records = append(records, record)
	}
	return records
}

// Forget empties the records; those of machines that are off disappear.
func (guests *Guests) Forget() {
	guests.mutex.Lock()
	defer guests.mutex.Unlock()
	guests.known = slices.DeleteFunc(guests.known, func(found *guest) bool { return found.run == nil })
	for _, found := range guests.known {
		found.journal.change(func(record *Record) {
			address := record.IP
			*record = emptyRecord()
			record.IP = address
		})
	}
}

// Close ends all guests and starts no more.
func (guests *Guests) Close() {
	guests.mutex.Lock()
	defer guests.mutex.Unlock()
	guests.closed = true
	for _, found := range guests.known {
		found.powerOff()
	}
}

func (guests *Guests) find(machine Reference) *guest {
	for _, found := range guests.known {
		if found.machine == machine && !found.gone {
			return found
		}
	}
	return nil
}

func (guest *guest) powerOff() {
	if guest.run == nil {
		return
	}
	guest.run.stop()
	guest.run = nil
}
