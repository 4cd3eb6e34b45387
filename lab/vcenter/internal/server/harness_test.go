package server_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/fault"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vapi/rest"
	_ "github.com/vmware/govmomi/vapi/simulator" // the plain simulator's tagging, which the lab replaces
	"github.com/vmware/govmomi/vapi/tags"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	vcenter "deckhouse-vsphere/lab/vcenter"
	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/server"
)

func TestMain(m *testing.M) {
	log.SetOutput(io.Discard) // the simulator logs each refused call
	os.Exit(m.Run())
}

// target is a logged-in administrator of a vCenter with one datacenter, one cluster and datastores to try things on.
type target struct {
	*govmomi.Client
	REST *rest.Client
	Tags *tags.Manager
	Auth *object.AuthorizationManager

	URL      *url.URL
	Control  string // empty on the plain simulator
	Password string

	Datacenter, Cluster, Datastore string // inventory paths
	Root                           types.ManagedObjectReference

	fresh func() *soap.Client // a client of the same server without cookies
}

// Two users that the faithful simulator knows; the plain one takes any name.
const (
	first  = "deckhouse@vsphere.local"
	second = "backup@vsphere.local"
)

// prove runs a check against the faithful simulator, where it must hold, and against the plain one, where it must
// fail. So each correction is shown to be one.
func prove(t *testing.T, check func(context.Context, *target) error) {
	t.Helper()
	t.Parallel()
	t.Run("faithful", func(t *testing.T) {
		if err := bounded(check, faithful(t)); err != nil {
			t.Fatalf("the faithful simulator: %v", err)
		}
	})
	t.Run("plain", func(t *testing.T) {
		if err := bounded(check, plain(t)); err == nil {
			t.Fatal("the plain simulator passes this check too: the correction is not needed, or the check proves nothing")
		}
	})
}

// bounded gives a check five seconds: the plain simulator hangs in one of them.
func bounded(check func(context.Context, *target) error, on *target) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return check(ctx, on)
}

func defaultInventory(t testing.TB) inventory.Description {
	t.Helper()
	description, err := inventory.Decode(vcenter.DefaultInventory)
	if err != nil {
		t.Fatal(err)
	}
	return description
}

// starting lets one simulator start at a time: govmomi's simulator fills some package variables then, which is a data
// race between several in one process.
var starting sync.Mutex

func start(t testing.TB, options server.Options) *server.Server {
	t.Helper()
	options.Listen, options.Control = "127.0.0.1:0", "127.0.0.1:0"
	if options.Directory == "" {
		options.Directory = t.TempDir()
	}
	starting.Lock()
	running, err := server.Start(context.Background(), options)
	starting.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Close)
	return running
}

func faithful(t testing.TB) *target {
	t.Helper()
	running := start(t, server.Options{Inventory: small(t)})
	return connect(t, running, running.Ready.User, running.Ready.Password)
}

// connect logs a user in on both sides, with the certificate authority of the server.
func connect(t testing.TB, running *server.Server, user, password string) *target {
	t.Helper()
	address, err := soap.ParseURL(running.Ready.URL)
	if err != nil {
		t.Fatal(err)
	}
	address.User = url.UserPassword(user, password)
	on := login(t, address, func() *soap.Client {
		client := soap.NewClient(address, false)
		if err := client.SetRootCAs(running.Ready.CertificateAuthority); err != nil {
			t.Fatal(err)
		}
		return client
	})
	on.Control, on.Password = running.Ready.Control, password
	on.Datacenter, on.Cluster, on.Datastore = "/X1", "/X1/host/x1_cluster_prod", "/X1/datastore/x1_lun_1"
	return on
}

// plain starts govmomi's simulator as it is.
func plain(t testing.TB) *target {
	t.Helper()
	model := simulator.VPX()
	model.Machine, model.Host = 0, 0
	model.Cluster, model.ClusterHost, model.Datastore = 2, 1, 2
	starting.Lock()
	err := model.Create()
	if err != nil {
		starting.Unlock()
		t.Fatal(err)
	}
	model.Service.TLS = new(tls.Config)
	model.Service.RegisterEndpoints = true
	running := model.Service.NewServer()
	starting.Unlock()
	running.Config.ErrorLog = log.New(io.Discard, "", 0) // it panics in some of the checks
	t.Cleanup(func() {
		running.CloseClientConnections()
		model.Remove()
	})
	on := login(t, running.URL, func() *soap.Client { return soap.NewClient(running.URL, true) })
	on.Password = "pass"
	on.Datacenter, on.Cluster, on.Datastore = "/DC0", "/DC0/host/DC0_C0", "/DC0/datastore/LocalDS_0"
	return on
}

func login(t testing.TB, address *url.URL, transport func() *soap.Client) *target {
	t.Helper()
	ctx := context.Background()
	client, err := govmomiClient(ctx, transport(), address.User)
	if err != nil {
		t.Fatal(err)
	}
	automation := rest.NewClient(client.Client)
	if err := automation.Login(ctx, address.User); err != nil {
		t.Fatal(err)
	}
	return &target{
		Client: client,
		REST:   automation,
		Tags:   tags.NewManager(automation),
		Auth:   object.NewAuthorizationManager(client.Client),
		URL:    address,
		fresh:  transport,
		Root:   client.ServiceContent.RootFolder,
	}
}

// find returns the object at a path.
func (on *target) find(ctx context.Context, path string) (types.ManagedObjectReference, error) {
	found, err := object.NewSearchIndex(on.Client.Client).FindByInventoryPath(ctx, path)
	if err != nil {
		return types.ManagedObjectReference{}, err
	}
	if found == nil {
		return types.ManagedObjectReference{}, fmt.Errorf("there is no %s", path)
	}
	return found.Reference(), nil
}

// read gets properties of one object.
func (on *target) read(ctx context.Context, from types.ManagedObjectReference, into any, names ...string) error {
	return property.DefaultCollector(on.Client.Client).RetrieveOne(ctx, from, names, into)
}

// rest makes a raw call under /rest and returns status, content type and body.
func (on *target) rest(ctx context.Context, method, path, body string) (answer, error) {
	return on.request(ctx, method, "/rest"+path, body, map[string]string{"vmware-api-session-id": on.REST.SessionID()})
}

// wantFault tells whether an error is the SOAP fault of this type.
func wantFault(err error, wanted types.BaseMethodFault) error {
	if fault.Is(err, wanted) {
		return nil
	}
	return fmt.Errorf("got %v, want the fault %T", err, wanted)
}

func wantStatus(got answer, err error, status int, kind string) error {
	if err != nil {
		return err
	}
	if got.status != status || got.kind() != "com.vmware.vapi.std.errors."+kind {
		return fmt.Errorf("got %d %s, want %d %s", got.status, got.body, status, kind)
	}
	return nil
}

// all runs steps in order and returns the first error.
func all(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func equal[T comparable](what string, got, want T) error {
	if got != want {
		return fmt.Errorf("%s is %v, want %v", what, got, want)
	}
	return nil
}
