package server_test

import (
	"testing"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
)

// smallInventory starts faster than the default one; the names are the same.
const smallInventory = `
datacenters:
  - name: X1
    clusters:
      - {name: x1_cluster_prod, hosts: 2}
      - {name: x1_cluster_stage, hosts: 1}
    datastores:
      - {name: x1_lun_1, clusters: [x1_cluster_prod]}
      - {name: x1_lun_2, clusters: [x1_cluster_prod]}
      - {name: x1_lun_3, clusters: [x1_cluster_stage]}
      - {name: x1_root}
users:
  - {name: deckhouse@vsphere.local}
  - {name: backup@vsphere.local}
  - {name: restricted@vsphere.local}
groups:
  - {name: kubernetes-admins@vsphere.local}
roles:
  - {name: backup-operator, privileges: [Datastore.Browse]}
permissions:
  - {path: /, principal: backup@vsphere.local, role: backup-operator}
  - {path: /X1, principal: backup@vsphere.local, role: backup-operator}
`

func small(t testing.TB) inventory.Description {
	t.Helper()
	description, err := inventory.Decode([]byte(smallInventory))
	if err != nil {
		t.Fatal(err)
	}
	return description
}
