package server_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/guest"
	"deckhouse-vsphere/lab/vcenter/internal/server"
)

// layout lists the keys that the boot command below needs, in the order of their USB usage ids from 4 on.
const layout = "abcdefghijklmnopqrstuvwxyz1234567890\n??? -=[]\\?;'`,./"

const shifted = "??????????????????????????!@#$%^&*()???? _+{}|?:\"~<>?"

// write types a text on the keyboard of a machine.
func write(t *testing.T, machine *object.VirtualMachine, text string) {
	t.Helper()
	for _, letter := range text {
		shift := false
		position := strings.IndexRune(layout, letter)
		if position < 0 {
			position, shift = strings.IndexRune(shifted, letter), true
		}
		_, err := methods.PutUsbScanCodes(context.Background(), machine.Client(), &types.PutUsbScanCodes{
			This: machine.Reference(),
			Spec: types.UsbScanCodeSpec{KeyEvents: []types.UsbScanCodeSpecKeyEvent{{
				UsbHidCode: int32(4+position)<<16 | 7, Modifiers: &types.UsbScanCodeSpecModifierType{LeftShift: &shift},
			}}},
		})
		must(t, err)
	}
}

// running makes a machine with an adapter that is on.
func running(t *testing.T, on *target) *object.VirtualMachine {
	t.Helper()
	must(t, on.control(http.MethodPost, "/changes", `[{"operation": "createVirtualMachine", "path": "/X1/vm/Templates", "name": "new",
		"cluster": "x1_cluster_prod", "datastore": "x1_lun_1", "network": "k8s-nodes", "diskGigabytes": [20], "poweredOn": true}]`, nil))
	found, err := on.find(context.Background(), "/X1/vm/Templates/new")
	must(t, err)
	return object.NewVirtualMachine(on.Client.Client, found)
}

func TestAMachineIsInstalledByTypingAndReportsItself(t *testing.T) {
	t.Parallel()
	started := start(t, server.Options{Inventory: defaultInventory(t), GuestSSHPort: 22423})
	on := connect(t, started, started.Ready.User, started.Ready.Password)
	machine := running(t, on)
	answers := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(writer, "d-i passwd/username string ubuntu\n")
	}))
	t.Cleanup(answers.Close)
	must(t, on.control(http.MethodPut, "/guest-behaviour", `{"installMilliseconds": 1}`, nil))
	write(t, machine, "install url="+answers.URL+"/preseed.cfg\n")

	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	addresses, err := machine.WaitForNetIP(ctx, true) // as Packer's plugin does
	must(t, err)
	devices, err := machine.Device(ctx)
	must(t, err)
	adapter := devices.SelectByType((*types.VirtualEthernetCard)(nil))[0].(types.BaseVirtualEthernetCard)
	found := addresses[strings.ToLower(adapter.GetVirtualEthernetCard().MacAddress)]
	if len(found) != 1 || !strings.HasPrefix(found[0], "127.") {
		t.Fatalf("addresses are %v", addresses)
	}
	properties, err := on.properties(ctx, machine)
	must(t, err)
	must(t, equal("guest.ipAddress", properties.Guest.IpAddress, found[0]))
	must(t, equal("guest.toolsStatus", properties.Guest.ToolsStatus, types.VirtualMachineToolsStatusToolsOk))
	must(t, equal("guest.toolsRunningStatus", properties.Guest.ToolsRunningStatus, "guestToolsRunning"))
	must(t, equal("guest.toolsVersionStatus2", properties.Guest.ToolsVersionStatus2, "guestToolsUnmanaged"))
	must(t, equal("summary.guest.ipAddress", properties.Summary.Guest.IpAddress, found[0]))
	connection, err := net.DialTimeout("tcp", net.JoinHostPort(found[0], "22423"), time.Second)
	must(t, err)
	_ = connection.Close()

	must(t, machine.ShutdownGuest(ctx))
	must(t, machine.WaitForPowerState(ctx, types.VirtualMachinePowerStatePoweredOff))
	properties, err = on.properties(ctx, machine)
	must(t, err)
	must(t, equal("guest.ipAddress when off", properties.Guest.IpAddress, ""))
	must(t, equal("guest.toolsStatus when off", properties.Guest.ToolsStatus, types.VirtualMachineToolsStatusToolsNotRunning))
	must(t, equal("guest.toolsRunningStatus when off", properties.Guest.ToolsRunningStatus, "guestToolsNotRunning"))
	if net := properties.Guest.Net; len(net) != 1 || net[0].IpConfig != nil {
		t.Errorf("guest.net when off is %+v", net)
	}
}

func TestRecordsFollowTheirMachines(t *testing.T) {
	t.Parallel()
	started := start(t, server.Options{Inventory: defaultInventory(t)})
	on := connect(t, started, started.Ready.User, started.Ready.Password)
	ctx := context.Background()
	machine := running(t, on)
	write(t, machine, "hello: \"/x\"\n")
	expect := func(path, state string) {
		t.Helper()
		var records []guest.Record
		must(t, on.control(http.MethodGet, "/guests", "", &records))
		if len(records) != 1 || records[0].Path != path || records[0].State != state || records[0].Typed != "hello: \"/x\"<enter>" {
			t.Errorf("got %+v, want %s %s", records, path, state)
		}
	}
	expect("/X1/vm/Templates/new", guest.PoweredOn)
	must(t, on.control(http.MethodPost, "/changes", `[
		{"operation": "renameObject", "path": "/X1/vm/Templates/new", "name": "renamed"},
		{"operation": "powerOff", "path": "/X1/vm/Templates/renamed"},
		{"operation": "powerOff", "path": "/X1/vm/Templates/renamed"}
	]`, nil))
	expect("/X1/vm/Templates/renamed", guest.PoweredOff)
	must(t, machine.MarkAsTemplate(ctx))
	expect("/X1/vm/Templates/renamed", guest.Template)
	must(t, on.control(http.MethodPost, "/changes", `[{"operation": "removeObject", "path": "/X1/vm/Templates/renamed"}]`, nil))
	expect("/X1/vm/Templates/renamed", guest.Destroyed)
	must(t, on.control(http.MethodDelete, "/guests", "", nil))
	var records []guest.Record
	must(t, on.control(http.MethodGet, "/guests", "", &records))
	if len(records) != 0 {
		t.Errorf("after forgetting: %+v", records)
	}
}

func TestAMachineThatIsOnCanBeRemovedBehindTheBack(t *testing.T) {
	t.Parallel()
	started := start(t, server.Options{Inventory: defaultInventory(t)})
	on := connect(t, started, started.Ready.User, started.Ready.Password)
	running(t, on)
	must(t, on.control(http.MethodPost, "/changes", `[{"operation": "removeObject", "path": "/X1/vm/Templates/new"}]`, nil))
	if _, err := on.find(context.Background(), "/X1/vm/Templates/new"); err == nil {
		t.Error("the machine is still there")
	}
}

func TestUploadsAreStreamed(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	started := start(t, server.Options{Inventory: small(t), Directory: directory})
	on := connect(t, started, started.Ready.User, started.Ready.Password)
	found, err := on.find(context.Background(), on.Datastore)
	must(t, err)
	datastore := object.NewDatastore(on.Client.Client, found)
	must(t, datastore.FindInventoryPath(context.Background()))
	reader, writer := io.Pipe()
	done := make(chan error, 1)
	go func() { done <- datastore.Upload(context.Background(), reader, "large.iso", nil) }()

	const half = 8 << 20
	half1 := strings.Repeat("x", half)
	_, err = io.WriteString(writer, half1)
	must(t, err)
	// What is not held back arrives before the upload is complete; some of it may still be on its way.
	file := filepath.Join(directory, "datastores", "X1", "x1_lun_1", "large.iso")
	for begin := time.Now(); ; time.Sleep(time.Millisecond) {
		if info, err := os.Stat(file); err == nil && info.Size() > half/2 {
			break
		}
		if time.Since(begin) > 5*time.Second {
			t.Fatal("nothing arrives before the end")
		}
	}
	_, err = io.WriteString(writer, half1)
	must(t, err)
	_ = writer.Close()
	must(t, <-done)
	info, err := os.Stat(file)
	must(t, err)
	must(t, equal("size", info.Size(), int64(2*half)))
}
