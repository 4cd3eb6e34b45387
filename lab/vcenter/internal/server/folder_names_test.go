package server_test

import (
	"context"
	"testing"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/server"
)

const renamedInventory = `
datacenters:
  - name: X1
    folderNames: {vm: VMs, host: Hosts und Cluster, datastore: Datenspeicher}
    clusters:
      - {name: x1_cluster_prod, hosts: 1}
    datastores:
      - {name: x1_root}
    networks: [VM Network]
    vmFolders: [k8s/x1]
permissions:
  - {path: /X1/VMs/k8s, principal: administrator@vsphere.local, role: ReadOnly}
`

func TestTheFoldersOfADatacenterCanHaveOtherNames(t *testing.T) {
	description, err := inventory.Decode([]byte(renamedInventory))
	if err != nil {
		t.Fatal(err)
	}
	running := start(t, server.Options{Inventory: description})
	on := connect(t, running, running.Ready.User, running.Ready.Password)
	for _, path := range []string{
		"/X1/Hosts und Cluster/x1_cluster_prod", "/X1/Datenspeicher/x1_root", "/X1/VMs/k8s/x1", "/X1/network/VM Network",
	} {
		if _, err := on.find(context.Background(), path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	for _, path := range []string{"/X1/host/x1_cluster_prod", "/X1/datastore/x1_root", "/X1/vm"} {
		if _, err := on.find(context.Background(), path); err == nil {
			t.Errorf("%s: there is such an object", path)
		}
	}
}
