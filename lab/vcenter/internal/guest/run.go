package guest

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"
)

// run is one time of a guest between power-on and power-off.
type run struct {
	guests  *Guests
	machine Reference
	journal *journal

	// ctx ends when the power goes.
	ctx  context.Context
	stop context.CancelFunc

	mutex  sync.Mutex
	prompt *prompt // nil once the installer has started
}

func newRun(guests *Guests, machine Reference, journal *journal) *run {
	ctx, stop := context.WithCancel(context.Background())
	return &run{guests: guests, machine: machine, journal: journal, ctx: ctx, stop: stop, prompt: &prompt{}}
}

// press takes a key; the key that completes the boot command starts the installer.
func (run *run) press(pressed key) {
	run.journal.change(func(record *Record) {
		record.Keys++
		record.Typed += pressed.String()
	})
	run.mutex.Lock()
	defer run.mutex.Unlock()
	if run.prompt == nil {
		return
	}
	if named, starts := run.prompt.press(pressed); starts {
		run.prompt = nil
		go run.install(named)
	}
}

// install fetches the answers, takes its time and starts the installed system. Where a real installer would stop and
// wait for somebody, so does this one.
func (run *run) install(named answers) {
	user, err := run.readAnswers(named)
	if err != nil {
		run.halt(err)
		return
	}
	select {
	case <-run.ctx.Done():
		return
	case <-time.After(run.guests.Behaviour().installTime()):
	}
	if err := run.startSystem(user); err != nil {
		run.halt(err)
	}
}

func (run *run) readAnswers(named answers) (account, error) {
	var last []byte
	for _, address := range named.urls {
		content, attempt, err := fetch(run.ctx, address)
		run.journal.change(func(record *Record) { record.Fetches = append(record.Fetches, attempt) })
		if err != nil {
			return account{}, fmt.Errorf("%s: %w", address, err)
		}
		last = content
	}
	user, err := accountOf(named.kind, last)
	if err != nil {
		return account{}, fmt.Errorf("%s: %w", named.urls[len(named.urls)-1], err)
	}
	return user, nil
}

// startSystem gives the installed system its address and opens its SSH port.
func (run *run) startSystem(user account) error {
	behaviour := run.guests.Behaviour()
	if behaviour.IP == addressNever {
		return nil
	}
	listener, err := listen(run.guests.port)
	if err != nil {
		return fmt.Errorf("no address for SSH: %w", err)
	}
	address := hostOf(listener)
	switch behaviour.SSH {
	case sshRefused:
		_ = listener.Close()
	case sshHang:
		run.untilPowerOff(listener)
		go run.holdConnections(listener)
	default:
		run.untilPowerOff(listener)
		go run.serve(listener, user)
	}
	run.journal.change(func(record *Record) { record.IP = address })
	run.guests.machines.ReportAddress(run.ctx, run.machine, address)
	return nil
}

// untilPowerOff closes something when the power goes.
func (run *run) untilPowerOff(open interface{ Close() error }) {
	context.AfterFunc(run.ctx, func() { _ = open.Close() })
}

// holdConnections accepts connections and never says a word.
func (run *run) holdConnections(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		run.untilPowerOff(connection)
	}
}

func (run *run) halt(reason error) {
	if run.ctx.Err() != nil {
		return // the power went, which is no fault of the installer
	}
	run.journal.change(func(record *Record) { record.Problem = reason.Error() })
}

// powerOff turns the machine off from inside, shortly after, so that the answer to the command still gets out.
func (run *run) powerOff() {
	select {
	case <-run.ctx.Done():
	case <-time.After(shutdownTime):
		run.guests.machines.PowerOff(run.machine)
	}
}

const shutdownTime = 50 * time.Millisecond
