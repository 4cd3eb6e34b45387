package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	vcenter "deckhouse-vsphere/lab/vcenter"
	"deckhouse-vsphere/lab/vcenter/internal/control"
	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/server"
)

// asProgram makes the test binary behave as govc.
const asProgram = "GOVC_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	log.SetOutput(io.Discard)
	os.Exit(m.Run())
}

// shell runs govc against one server.
type shell struct {
	*testing.T
	server *server.Server
	home   string
}

func newShell(t *testing.T) shell {
	t.Helper()
	description, err := inventory.Decode(vcenter.DefaultInventory)
	if err != nil {
		t.Fatal(err)
	}
	running, err := server.Start(context.Background(), server.Options{
		Inventory: description, Listen: "127.0.0.1:0", Control: "127.0.0.1:0", Directory: t.TempDir(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Close)
	return shell{T: t, server: running, home: t.TempDir()}
}

// run returns what govc prints, on standard output and error together.
func (shell shell) run(arguments ...string) (string, error) {
	command := exec.Command(os.Args[0], arguments...)
	command.Env = append(os.Environ(), asProgram+"=1",
		"GOVC_URL="+shell.server.Ready.URL, "GOVC_USERNAME="+shell.server.Ready.User, "GOVC_PASSWORD="+shell.server.Ready.Password,
		"GOVC_TLS_CA_CERTS="+shell.server.Ready.CertificateAuthority, "GOVMOMI_HOME="+shell.home)
	output, err := command.CombinedOutput()
	return strings.TrimSpace(string(output)), err
}

func (shell shell) must(arguments ...string) string {
	shell.Helper()
	output, err := shell.run(arguments...)
	if err != nil {
		shell.Fatalf("govc %s: %v: %s", strings.Join(arguments, " "), err, output)
	}
	return output
}

func (shell shell) snapshot() control.Snapshot {
	shell.Helper()
	response, err := http.Get(shell.server.Ready.Control + "/snapshot")
	if err != nil {
		shell.Fatal(err)
	}
	defer response.Body.Close()
	var snapshot control.Snapshot
	if err := json.NewDecoder(response.Body).Decode(&snapshot); err != nil {
		shell.Fatal(err)
	}
	return snapshot
}

func privileges(t *testing.T, file string) []string {
	t.Helper()
	content, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(content))
}

// The commands are those of the setup guide of the Deckhouse vSphere provider, with the example's second region.
func TestTheCommandsOfTheSetupGuideWork(t *testing.T) {
	shell := newShell(t)
	before := shell.snapshot()

	shell.must("tags.category.create", "-d", "Kubernetes region", "k8s-region")
	shell.must("tags.category.create", "-d", "Kubernetes zone", "k8s-zone")
	shell.must("tags.create", "-d", "Kubernetes Region X1", "-c", "k8s-region", "k8s-region-x1")
	shell.must("tags.create", "-d", "Kubernetes Region X2", "-c", "k8s-region", "k8s-region-x2")
	shell.must("tags.create", "-d", "Kubernetes Zone X1-A", "-c", "k8s-zone", "k8s-zone-x1-a")
	shell.must("tags.create", "-d", "Kubernetes Zone X2-A", "-c", "k8s-zone", "k8s-zone-x2-a")
	shell.must("tags.attach", "-c", "k8s-region", "k8s-region-x1", "/X1")
	shell.must("tags.attach", "-c", "k8s-region", "k8s-region-x2", "/X2")
	shell.must("tags.attach", "-c", "k8s-zone", "k8s-zone-x1-a", "/X1/host/x1_cluster_prod")
	shell.must("tags.attach", "-c", "k8s-zone", "k8s-zone-x1-a", "/X1/datastore/x1_lun_1")
	shell.must("tags.attach", "-c", "k8s-region", "k8s-region-x1", "/X1/datastore/x1_lun_1")
	shell.must("tags.attach", "-c", "k8s-region", "k8s-region-x1", "/X1/datastore/x1_lun_1") // may be repeated
	seed := privileges(t, "privileges-setup-guide.txt")
	shell.must(append([]string{"role.create", "kubernetes"}, seed...)...)
	shell.must("permissions.set", "-principal", "deckhouse@vsphere.local", "-role", "kubernetes", "/X1", "/X2")

	after := shell.snapshot()
	sameItems(t, "categories", added(before.Categories, after.Categories), []string{
		"{k8s-region Kubernetes region SINGLE []}", "{k8s-zone Kubernetes zone SINGLE []}",
	})
	sameItems(t, "tags", added(before.Tags, after.Tags), []string{
		"{k8s-region k8s-region-x1 Kubernetes Region X1}", "{k8s-region k8s-region-x2 Kubernetes Region X2}",
		"{k8s-zone k8s-zone-x1-a Kubernetes Zone X1-A}", "{k8s-zone k8s-zone-x2-a Kubernetes Zone X2-A}",
	})
	sameItems(t, "attachments", added(before.Attachments, after.Attachments), []string{
		"{k8s-region k8s-region-x1 /X1}", "{k8s-region k8s-region-x1 /X1/datastore/x1_lun_1}", "{k8s-region k8s-region-x2 /X2}",
		"{k8s-zone k8s-zone-x1-a /X1/datastore/x1_lun_1}", "{k8s-zone k8s-zone-x1-a /X1/host/x1_cluster_prod}",
	})
	sameItems(t, "roles", added(before.Roles, after.Roles), []string{fmt.Sprintf("{kubernetes %v}", seed)})
	sameItems(t, "permissions", added(before.Permissions, after.Permissions), []string{
		`{/X1 VSPHERE.LOCAL\deckhouse false kubernetes true}`, `{/X2 VSPHERE.LOCAL\deckhouse false kubernetes true}`,
	})
}

func TestASecondRunFailsAsOnARealVCenter(t *testing.T) {
	shell := newShell(t)
	shell.must("tags.category.create", "-d", "Kubernetes region", "k8s-region")
	shell.must("tags.create", "-c", "k8s-region", "k8s-region-x1")
	shell.must(append([]string{"role.create", "deckhouse"}, privileges(t, "privileges-current.txt")...)...)
	for message, command := range map[string]string{
		"already_exists": "tags.category.create k8s-region",
		"tagExists":      "tags.create -c k8s-region k8s-region-x1",
		"already exists": "role.create deckhouse Datastore.Browse",
		"privIds":        "role.create other No.Such",
		"does not exist": "permissions.set -principal nobody@vsphere.local -role deckhouse /X1",
	} {
		output, err := shell.run(strings.Fields(command)...)
		if err == nil || !strings.Contains(output, message) {
			t.Errorf("govc %s: got %v, %s; want %q", command, err, output, message)
		}
	}
}

func TestTheOtherCommandsOfTheLabWork(t *testing.T) {
	shell := newShell(t)
	for command, want := range map[string]string{
		"about":                                 "8.0.3",
		"ls /X1/datastore":                      "/X1/datastore/x1_root",
		"find / -type c":                        "/X2/host/x2_cluster_stage",
		"find / -type s -name x1_lun_*":         "/X1/datastore/x1_lun_3",
		"tags.ls -c backup-policy":              "weekly",
		"tags.info daily":                       "Backup every day",
		"tags.category.info backup-policy":      "MULTIPLE",
		"tags.attached.ls -r /X1":               "daily",
		"tags.attached.ls daily":                "Datacenter:",
		"role.ls backup-operator":               "Datastore.Browse",
		"permissions.ls /X1":                    `VSPHERE.LOCAL\backup`,
		"object.collect -s /X1 name":            "X1",
		"datacenter.info /X2":                   "X2",
		"datastore.info /X1/datastore/x1_lun_1": "x1_lun_1",
		"session.ls":                            "administrator",
	} {
		if output := shell.must(strings.Fields(command)...); !strings.Contains(output, want) {
			t.Errorf("govc %s: got %s, want %q", command, output, want)
		}
	}
	shell.must("tags.category.create", "-m", "-t", "Datastore", "kept")
	shell.must("tags.category.update", "-d", "now described", "-t", "Datastore", "-t", "Datacenter", "kept")
	shell.must("tags.create", "-c", "kept", "one")
	shell.must("tags.update", "-n", "two", "one")
	shell.must("tags.attach", "two", "/X1")
	shell.must("tags.detach", "two", "/X1")
	shell.must("tags.rm", "two")
	shell.must("tags.category.rm", "kept")
	shell.must("role.create", "r", "Datastore.Browse")
	shell.must("role.update", "-name", "s", "r", "Datastore.Delete")
	shell.must("permissions.set", "-group", "-principal", "kubernetes-admins@vsphere.local", "-role", "s", "/X1")
	if output, err := shell.run("role.remove", "s"); err == nil {
		t.Errorf("a role in use was removed: %s", output)
	}
	shell.must("permissions.remove", "-group", "-principal", "kubernetes-admins@vsphere.local", "/X1")
	shell.must("role.remove", "s")
	shell.must("session.logout")
}

// added returns the items that are new, printed.
func added[T any](before, after []T) []string {
	var old, items []string
	for _, item := range before {
		old = append(old, fmt.Sprint(item))
	}
	for _, item := range after {
		if text := fmt.Sprint(item); !slices.Contains(old, text) {
			items = append(items, text)
		}
	}
	return items
}

func sameItems(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("new %s are\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
