package inventory_test

import (
	"strings"
	"testing"

	vcenter "deckhouse-vsphere/lab/vcenter"
	"deckhouse-vsphere/lab/vcenter/internal/inventory"
)

func TestFaultsInAnInventoryAreNamed(t *testing.T) {
	for text, message := range map[string]string{
		"datacentres: []":                                                                                      `unknown field "datacentres"`,
		"datacenters: [{name: A, hots: 3}]":                                                                    `unknown field "hots"`,
		"datacenters: [{}]":                                                                                    "name is missing",
		"datacenters: 7":                                                                                       "datacenters: 7",
		"users: [{name: a@b}]\nusers: []":                                                                      "users",
		"categories: [{name: c, cardinality: ONE}]":                                                            `cardinality "ONE" is neither SINGLE nor MULTIPLE`,
		"datacenters: [{name: A, clusters: [{name: c}, {name: c}]}]":                                           `cluster "c" is there twice`,
		"datacenters: [{name: A, clusters: [{name: c, hosts: -1}]}]":                                           "must not be negative",
		"datacenters: [{name: A, datastores: [{name: d, clusters: [c]}]}]":                                     `there is no cluster "c"`,
		"datacenters: [{name: A, datastores: [{name: d, hosts: [h]}]}]":                                        `there is no host "h"`,
		"datacenters: [{name: A, datastores: [{name: d}, {name: d}]}]":                                         `datastore "d" is there twice`,
		"datacenters: [{name: A, clusters: [{}], datastores: [{}]}]":                                           "a datastore has no name",
		"datacenters: [{name: A, virtualMachines: [{}]}]":                                                      "a virtual machine has no name",
		"datacenters: [{name: A, virtualMachines: [{name: m}]}]":                                               `"m": cluster is missing`,
		"datacenters: [{name: A, virtualMachines: [{name: m, cluster: c}]}]":                                   `"m": datastore is missing`,
		"datacenters: [{name: A, virtualMachines: [{name: m, cluster: c, datastore: d, diskGigabytes: [0]}]}]": "a disk of 0 gigabytes",
		"datacenters: [{name: A, virtualMachines: [{name: m, cluster: c, datastore: d, template: true, poweredOn: true}]}]": "cannot be powered on",
		"datacenters: [{name: A, virtualMachines: [{name: m, cluster: c, datastore: d, hardwareVersion: -1}]}]":             "hardwareVersion is -1",
		"datacenters: [{name: A, clusters: [{name: c, drs: false, resourcePools: [p]}]}]":                                   "none of without DRS",
		"datacenters: [{name: A, clusters: [{name: c, hosts: 1, maintenance: [h]}]}]":                                       `no host "h"`,
		"datacenters: [{name: A, clusters: [{name: c, hosts: 1, disconnected: [c_host_2]}]}]":                               `no host "c_host_2"`,
		"datacenters: [{name: A, datastores: [{name: d, readOnly: [h]}]}]":                                                  `datastore "d": there is no host "h"`,
		"datacenters: [{name: A, datastores: [{name: d, inaccessible: [h]}]}]":                                              `datastore "d": there is no host "h"`,
		"datacenters: [{name: A, datastores: [{name: d, unmounted: [h]}]}]":                                                 `datastore "d": there is no host "h"`,
		"datacenters: [{name: A, switches: [{name: s, clusters: [c]}]}]":                                                    `switch "s": there is no cluster "c"`,
		"datacenters: [{name: A, networks: [{name: n, hosts: [h]}]}]":                                                       `network "n": there is no host "h"`,
		"datacenters: [{name: A, networks: [{}]}]":                                                                          "a network has no name",
		"datacenters: [{name: A, networks: [{nmae: n}]}]":                                                                   `unknown field "nmae"`,
		"vcenter: {verison: x}": `unknown field "verison"`,
	} {
		if _, err := inventory.Decode([]byte(text)); err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("%s: got %v, want %q", text, err, message)
		}
	}
}

func TestAnEmptyInventoryIsAllowed(t *testing.T) {
	if _, err := inventory.Decode(nil); err != nil {
		t.Error(err)
	}
}

func TestTheGeneratorMakesZonesWithDatastores(t *testing.T) {
	base, err := inventory.Decode(vcenter.DefaultInventory)
	if err != nil {
		t.Fatal(err)
	}
	generated := inventory.Generate(base, 3, 12)
	if len(generated.Datacenters) != 2 {
		t.Fatalf("got %d datacenters, want 2", len(generated.Datacenters))
	}
	first, second := generated.Datacenters[0], generated.Datacenters[1]
	names := []string{first.Name, first.Clusters[0].Name, first.Clusters[1].Name, second.Name, second.Clusters[0].Name}
	if got := strings.Join(names, " "); got != "X1 x1_cluster_001 x1_cluster_002 X2 x2_cluster_003" {
		t.Errorf("names are %s", got)
	}
	if len(first.Datastores) != 25 || len(second.Datastores) != 13 { // twelve for each zone, and the root datastore
		t.Errorf("got %d and %d datastores", len(first.Datastores), len(second.Datastores))
	}
	if last := second.Datastores[12]; last.Name != "zone03_lun_0012" || last.Clusters[0] != "x2_cluster_003" {
		t.Errorf("the last datastore is %+v", last)
	}
	for _, category := range generated.Categories {
		for _, tag := range category.Tags {
			if tag.AttachedTo != nil {
				t.Errorf("tag %s refers to objects of the base inventory", tag.Name)
			}
		}
	}
	if len(base.Categories[0].Tags[0].AttachedTo) == 0 {
		t.Error("the base inventory was changed")
	}
}
