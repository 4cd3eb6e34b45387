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
		case !cluster.HasDRS() && len(cluster.ResourcePools) > 0:
			report("cluster %q: it has resource pools, which there are none of without DRS", cluster.Name)
		}
		for _, host := range slices.Concat(cluster.Maintenance, cluster.Disconnected) {
			if !slices.Contains(cluster.HostNames(), host) {
				report("cluster %q: it has no host %q (hosts are named <cluster>_host_<number>)", cluster.Name, host)
			}
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
	place := func(kind, name string, inClusters, onHosts []string) {
		for _, cluster := range inClusters {
			if !clusters[cluster] {
				report("%s %q: there is no cluster %q in this datacenter", kind, name, cluster)
			}
		}
		for _, host := range onHosts {
			if !hosts[host] {
				report("%s %q: there is no host %q in this datacenter (hosts are named <cluster>_host_<number>)", kind, name, host)
			}
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
		place("datastore", datastore.Name, datastore.Clusters, slices.Concat(
			datastore.Hosts, datastore.ReadOnly, datastore.Inaccessible, datastore.Unmounted,
		))
	}
	for _, distributed := range datacenter.Switches {
		place("switch", distributed.Name, distributed.Clusters, distributed.Hosts)
	}
	for _, network := range datacenter.Networks {
		if network.Name == "" {
			report("a network has no name")
		}
		place("network", network.Name, network.Clusters, network.Hosts)
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
