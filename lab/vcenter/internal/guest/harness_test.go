package guest

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vmware/govmomi/vim25/types"
	"golang.org/x/crypto/ssh"
)

const testPort = 22422

var machine = Reference{Type: "VirtualMachine", Value: "vm-1"}

// fakeMachines is a vCenter with one virtual machine.
type fakeMachines struct {
	mutex   sync.Mutex
	address string
	offs    chan Reference
}

func (machines *fakeMachines) Describe(Reference) (string, string, bool) {
	return "/X1/vm/m", PoweredOn, true
}

func (machines *fakeMachines) ReportAddress(ctx context.Context, _ Reference, address string) {
	machines.mutex.Lock()
	defer machines.mutex.Unlock()
	if ctx.Err() == nil {
		machines.address = address
	}
}

func (machines *fakeMachines) PowerOff(reference Reference) {
	machines.offs <- reference
}

// lab is a guest that is on, and a server with its answers.
type lab struct {
	*Guests

	machines *fakeMachines
	answers  *httptest.Server
}

const goodUserData = "#cloud-config\nautoinstall:\n  identity: {hostname: h, username: ubuntu, password: '$6$s$h'}\n"

// newLab serves files by path; a path that is not there is not found.
func newLab(t *testing.T, behaviour Behaviour, files map[string]string) *lab {
	t.Helper()
	machines := &fakeMachines{offs: make(chan Reference, 1)}
	guests := New(machines, testPort)
	if behaviour.InstallMilliseconds == nil {
		quick := 1
		behaviour.InstallMilliseconds = &quick
	}
	if err := guests.SetBehaviour(behaviour); err != nil {
		t.Fatal(err)
	}
	answers := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		content, exists := files[strings.TrimPrefix(request.URL.Path, "/")]
		if !exists {
			http.NotFound(writer, request)
			return
		}
		_, _ = io.WriteString(writer, content)
	}))
	t.Cleanup(answers.Close)
	t.Cleanup(guests.Close)
	guests.PowerOn(machine)
	return &lab{Guests: guests, machines: machines, answers: answers}
}

// typeBoot types the boot command of a live server image for a base address.
func (lab *lab) typeBoot(base string) {
	for _, pressed := range keysOf("clinux /casper/vmlinuz autoinstall ds=\"nocloud-net;seedfrom=" + base + "/\"<enter>boot<enter>") {
		lab.Type(machine, []types.UsbScanCodeSpecKeyEvent{eventOf(pressed)})
	}
}

// eventOf finds the key that gives what a test wants; what the keys give is the subject of other tests.
func eventOf(wanted key) types.UsbScanCodeSpecKeyEvent {
	for id := range int32(0x100) {
		for _, shift := range []bool{false, true} {
			event := pressing(id, shift, wanted.control)
			if pressed, isKey := decode(event); isKey && pressed == wanted {
				return event
			}
		}
	}
	panic("no key gives " + wanted.String())
}

// installed boots a guest with good answers and waits for its address.
func installed(t *testing.T, behaviour Behaviour) *lab {
	t.Helper()
	lab := newLab(t, behaviour, map[string]string{"meta-data": "", "user-data": goodUserData})
	lab.typeBoot(lab.answers.URL)
	eventually(t, "the guest has an address", func() bool { return lab.reported() != "" })
	return lab
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for begin := time.Now(); !holds(); time.Sleep(time.Millisecond) {
		if time.Since(begin) > 5*time.Second {
			t.Fatalf("still not so after five seconds: %s", what)
		}
	}
}

// reported is the address that VMware Tools report.
func (lab *lab) reported() string {
	lab.machines.mutex.Lock()
	defer lab.machines.mutex.Unlock()
	return lab.machines.address
}

func (lab *lab) socket() string {
	return net.JoinHostPort(lab.reported(), "22422")
}

func (lab *lab) dial(t *testing.T, user, password string) (*ssh.Client, error) {
	t.Helper()
	client, err := ssh.Dial("tcp", lab.socket(), &ssh.ClientConfig{
		User: user, Auth: []ssh.AuthMethod{ssh.Password(password)}, HostKeyCallback: ssh.InsecureIgnoreHostKey(), Timeout: time.Second,
	})
	if err == nil {
		t.Cleanup(func() { _ = client.Close() })
	}
	return client, err
}

// session logs in and opens one session.
func (lab *lab) session(t *testing.T) *ssh.Session {
	t.Helper()
	client, err := lab.dial(t, "ubuntu", "ubuntu")
	if err != nil {
		t.Fatal(err)
	}
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func (lab *lab) record() Record { return lab.Report()[0] }
