package inventory

import (
	"errors"
	"fmt"
	"slices"
)

// validate finds the faults that would otherwise show late or not at all, all of them in one error. What needs the
// built inventory (paths, principals, roles, privileges) is checked while it is built.
func (description Description) validate() error {
	var faults []error
	report := func(format string, values ...any) { faults = append(faults, fmt.Errorf(format, values...)) }
	for position, datacenter := range description.Datacenters {
		where := fmt.Sprintf("datacenters[%d] %q", position, datacenter.Name)
		if datacenter.Name == "" {
			report("%s: name is missing", where)
		}
		datacenter.validate(func(format string, values ...any) {
			report("%s: %s", where, fmt.Sprintf(format, values...))
		})
	}
	for position, category := range description.Categories {
		if category.Name == "" {
			report("categories[%d]: name is missing", position)
		}
		if !slices.Contains([]string{"", "SINGLE", "MULTIPLE"}, category.Cardinality) {
			report("categories[%d] %q: cardinality %q is neither SINGLE nor MULTIPLE", position, category.Name, category.Cardinality)
		}
	}
	return errors.Join(faults...)
}

func (datacenter Datacenter) validate(report func(string, ...any)) {
	clusters, hosts := map[string]bool{}, map[string]bool{}
	for _, cluster := range datacenter.Clusters {
		switch {
		case cluster.Name == "":
			report("a cluster has no name")
		case clusters[cluster.Name]:
			report("cluster %q is there twice", cluster.Name)
		case cluster.Hosts < 0:
			report("cluster %q: hosts is %d, it must not be negative", cluster.Name, cluster.Hosts)
		}
		clusters[cluster.Name] = true
		for _, host := range cluster.HostNames() {
			hosts[host] = true
		}
	}
	for _, host := range datacenter.StandaloneHosts {
		if host == "" {
			report("a standalone host has no name")
		}
		if clusters[host] {
			report("standalone host %q: a cluster has this name", host)
		}
	}
	for _, machine := range datacenter.VirtualMachines {
		if err := machine.Validate(); err != nil {
			report("%s", err)
		}
	}
	datastores := map[string]bool{}
	for _, datastore := range datacenter.Datastores {
		if datastore.Name == "" {
			report("a datastore has no name")
		}
		if datastores[datastore.Name] {
			report("datastore %q is there twice", datastore.Name)
		}
		datastores[datastore.Name] = true
		for _, cluster := range datastore.Clusters {
			if !clusters[cluster] {
				report("datastore %q: there is no cluster %q in this datacenter", datastore.Name, cluster)
			}
		}
		for _, host := range datastore.Hosts {
			if !hosts[host] {
				report("datastore %q: there is no host %q in this datacenter (hosts are named <cluster>_host_<number>)", datastore.Name, host)
			}
		}
	}
}

// HostNames lists the hosts of a cluster.
func (cluster Cluster) HostNames() []string {
	names := make([]string, 0, max(cluster.Hosts, 0))
	for number := 1; number <= cluster.Hosts; number++ {
		names = append(names, fmt.Sprintf("%s_host_%d", cluster.Name, number))
	}
	return names
}
