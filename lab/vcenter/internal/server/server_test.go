package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/vim25/mo"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/server"
)

func userinfo(name, password string) *url.Userinfo {
	return url.UserPassword(name, password)
}

func TestTheServerIsVerifiedByItsOwnAuthorityOnly(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	running := start(t, server.Options{Inventory: small(t), Directory: directory})
	if _, err := http.Get(running.Ready.URL); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("without the authority: %v", err)
	}
	connect(t, running, running.Ready.User, running.Ready.Password)
	before, err := os.ReadFile(running.Ready.CertificateAuthority)
	must(t, err)
	running.Close()

	again := start(t, server.Options{Inventory: small(t), Directory: directory})
	after, err := os.ReadFile(again.Ready.CertificateAuthority)
	must(t, err)
	if string(before) != string(after) {
		t.Error("the second start made a new authority")
	}
	again.Ready.URL = strings.Replace(again.Ready.URL, "127.0.0.1", "localhost", 1)
	connect(t, again, again.Ready.User, again.Ready.Password)
}

func TestReadyIsCompletePrivateAndGoesAway(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	running := start(t, server.Options{Inventory: small(t), Directory: directory, Password: "given"})
	path := filepath.Join(directory, "ready.json")
	content, err := os.ReadFile(path)
	must(t, err)
	var ready map[string]any
	must(t, json.Unmarshal(content, &ready))
	for _, key := range []string{"server", "url", "control", "user", "password", "certificateAuthority", "processId"} {
		if ready[key] == nil || ready[key] == "" {
			t.Errorf("%s is missing in %s", key, content)
		}
	}
	if ready["password"] != "given" || ready["user"] != "administrator@vsphere.local" {
		t.Errorf("got %s", content)
	}
	for _, name := range []string{"ready.json", "ca-key.pem"} {
		information, err := os.Stat(filepath.Join(directory, name))
		must(t, err)
		if information.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", name, information.Mode())
		}
	}
	running.Close()
	left, err := os.ReadDir(directory)
	must(t, err)
	if len(left) != 2 {
		t.Errorf("after the stop the directory holds %v, want the authority only", left)
	}
}

func TestADirectoryServesOneServerAtATime(t *testing.T) {
	t.Parallel()
	options := server.Options{Inventory: small(t), Listen: "127.0.0.1:0", Control: "127.0.0.1:0", Directory: t.TempDir()}
	running := start(t, options)
	if _, err := server.Start(context.Background(), options); err == nil || !strings.Contains(err.Error(), "another") {
		t.Errorf("a second server: %v", err)
	}
	running.Close()
	must(t, os.WriteFile(filepath.Join(options.Directory, "ready.json"), []byte("stale"), 0o600))
	start(t, options)
	content, err := os.ReadFile(filepath.Join(options.Directory, "ready.json"))
	if err != nil || string(content) == "stale" {
		t.Errorf("ready.json is %s (%v)", content, err)
	}
}

func TestOnlyLoopbackAddressesAreServed(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:0", "127.0.0.1"} {
		starting.Lock()
		_, err := server.Start(context.Background(), server.Options{
			Inventory: small(t), Listen: address, Control: "127.0.0.1:0", Directory: t.TempDir(),
		})
		starting.Unlock()
		if err == nil {
			t.Errorf("%s was accepted", address)
		}
	}
}

func TestTheDefaultInventoryIsTheWorkedExample(t *testing.T) {
	t.Parallel()
	running := start(t, server.Options{Inventory: defaultInventory(t)})
	on := connect(t, running, running.Ready.User, running.Ready.Password)
	ctx := context.Background()
	if version := on.ServiceContent.About.Version; version != "8.0.3" {
		t.Errorf("version is %s", version)
	}
	for path, hosts := range map[string]int{
		"/X1/datastore/x1_lun_1": 3, "/X1/datastore/x1_lun_2": 6, "/X1/datastore/x1_lun_3": 6, "/X1/datastore/x1_root": 6,
		"/X2/datastore/x2_lun_1": 3, "/X2/datastore/x2_lun_2": 3, "/X2/datastore/x2_root": 6,
	} {
		reference, err := on.find(ctx, path)
		must(t, err)
		var datastore mo.Datastore
		must(t, on.read(ctx, reference, &datastore, "host"))
		if len(datastore.Host) != hosts {
			t.Errorf("%s is mounted by %d hosts, want %d", path, len(datastore.Host), hosts)
		}
	}
	for _, path := range []string{"/X1/network/k8s-nodes", "/X1/network/k8s-public", "/X2/network/k8s-nodes", "/X2/network/k8s-public"} {
		reference, err := on.find(ctx, path)
		must(t, err)
		var portGroup mo.DistributedVirtualPortgroup
		must(t, on.read(ctx, reference, &portGroup, "host"))
		if reference.Type != "DistributedVirtualPortgroup" || len(portGroup.Host) != 6 {
			t.Errorf("%s is a %s on %d hosts", path, reference.Type, len(portGroup.Host))
		}
	}
	for _, path := range []string{
		"/X1/vm/k8s/x1", "/X2/vm/k8s/x2", "/X1/vm/Templates", "/X2/vm/Templates", "/X1/network/x1_switch", "/X2/network/x2_switch",
		"/X1/host/x1_cluster_prod/Resources", "/X1/host/x1_cluster_stage", "/X2/host/x2_cluster_prod", "/X2/host/x2_cluster_stage",
	} {
		if _, err := on.find(ctx, path); err != nil {
			t.Error(err)
		}
	}
}

func TestAnInventoryHasFoldersPoolsNetworksAndLocalDatastores(t *testing.T) {
	t.Parallel()
	description, err := inventory.Decode([]byte(`
datacenters:
  - name: a/b
    folder: Europe/West
    clusters: [{name: c%1, folder: Prod/Blue, hosts: 2, resourcePools: [kubernetes/prod, kubernetes/test]}]
    datastores:
      - {name: local, hosts: [c%1_host_2]}
      - {name: shared, folder: Fast}
    networks: [old]
`))
	must(t, err)
	running := start(t, server.Options{Inventory: description})
	on := connect(t, running, running.Ready.User, running.Ready.Password)
	ctx := context.Background()
	base := "/Europe/West/a%2fb/"
	local, err := on.find(ctx, base+"datastore/local")
	must(t, err)
	var datastore mo.Datastore
	must(t, on.read(ctx, local, &datastore, "host", "summary.multipleHostAccess"))
	if len(datastore.Host) != 1 || *datastore.Summary.MultipleHostAccess {
		t.Errorf("local: %+v", datastore)
	}
	cluster, err := on.find(ctx, base+"host/Prod/Blue/c%251")
	must(t, err)
	var networks mo.ClusterComputeResource
	must(t, on.read(ctx, cluster, &networks, "network"))
	var names []mo.Network
	must(t, property.DefaultCollector(on.Client.Client).Retrieve(ctx, networks.Network, []string{"name"}, &names))
	if len(names) != 2 || names[1].Name != "old" {
		t.Errorf("networks of the cluster: %+v", names)
	}
	for _, path := range []string{
		"datastore/Fast/shared",
		"host/Prod/Blue/c%251/Resources/kubernetes/prod",
		"host/Prod/Blue/c%251/Resources/kubernetes/test",
	} {
		if _, err := on.find(ctx, base+path); err != nil {
			t.Error(err)
		}
	}
}

func TestAnInventoryThatContradictsItselfIsRefused(t *testing.T) {
	t.Parallel()
	for text, message := range map[string]string{
		"permissions: [{path: /X9, principal: administrator@vsphere.local, role: Admin}]": `no object at "/X9"`,
		"permissions: [{path: /, principal: nobody@vsphere.local, role: Admin}]":          "nobody@vsphere.local",
		"permissions: [{path: /, principal: administrator@vsphere.local, role: none}]":    `no role "none"`,
		"roles: [{name: r, privileges: [No.Such]}]":                                       "privIds",
		"storagePolicies: [{id: 5c3f1a52-6f0e-4f0a-9d6b-2b7a4c8e9d10}]":                   "name of the storage policy is missing",
		"storagePolicies: [{name: p, id: gold}]":                                          `"gold" of storage policy "p" is not a UUID`,
		"storagePolicies: [{name: p}, {name: p}]":                                         `storage policy "p" already exists`,
		"storagePolicies: [{name: vSAN Default Storage Policy}]":                          "already exists",
		"storagePolicies: [{name: p, id: aa6d5a82-1c88-45da-85d3-3d74b91a5bad}]":          `is that of "vSAN Default Storage Policy"`,
		"users: [{name: bare}]":                                                                     "has no domain",
		"users: [{name: a@b, groups: [g@b]}]":                                                       `group "g@b" does not exist`,
		"users: [{name: a@b, globalPermissions: none}]":                                             `no role "none"`,
		"categories: [{name: c, tags: [{name: t}, {name: T}]}]":                                     "already exists",
		"datacenters: [{name: A}, {name: A}]":                                                       "already in use",
		"categories: [{name: c, associableTypes: [Datastore], tags: [{name: t, attachedTo: [/]}]}]": "does not allow",
	} {
		description, err := inventory.Decode([]byte(text))
		must(t, err)
		starting.Lock()
		_, err = server.Start(context.Background(), server.Options{
			Inventory: description, Listen: "127.0.0.1:0", Control: "127.0.0.1:0", Directory: t.TempDir(),
		})
		starting.Unlock()
		if err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("%s: got %v, want %q", text, err, message)
		}
	}
}
