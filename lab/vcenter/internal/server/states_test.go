package server_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/inventory"
	"deckhouse-vsphere/lab/vcenter/internal/server"
)

// administer makes changes through the control endpoint.
func (on *target) administer(t *testing.T, changes ...string) {
	t.Helper()
	must(t, on.control(http.MethodPost, "/changes", "["+strings.Join(changes, ",")+"]", nil))
}

// mountsOf writes how hosts mount a datastore, as `host_1 rw mounted accessible`, sorted.
func (on *target) mountsOf(t *testing.T, path string) []string {
	t.Helper()
	var datastore mo.Datastore
	on.readAt(t, path, &datastore, "host")
	var lines []string
	for _, mount := range datastore.Host {
		var host mo.HostSystem
		must(t, on.read(context.Background(), mount.Key, &host, "name"))
		lines = append(lines, fmt.Sprintf("%s %s %t %t", strings.TrimPrefix(host.Name, "x1_cluster_"), mount.MountInfo.AccessMode,
			*mount.MountInfo.Mounted, *mount.MountInfo.Accessible))
	}
	sort.Strings(lines)
	return lines
}

func (on *target) readAt(t *testing.T, path string, into any, names ...string) {
	t.Helper()
	found, err := on.find(context.Background(), path)
	must(t, err)
	must(t, on.read(context.Background(), found, into, names...))
}

// networksOf writes the names of a host's networks, but for the one that every host has, and for uplinks.
func (on *target) networksOf(t *testing.T, host string) string {
	t.Helper()
	var system mo.HostSystem
	on.readAt(t, host, &system, "network")
	var names []string
	for _, reference := range system.Network {
		var network mo.Network
		must(t, on.read(context.Background(), reference, &network, "name"))
		if network.Name != "VM Network" && !strings.Contains(network.Name, "DVUplinks") {
			names = append(names, network.Name)
		}
	}
	sort.Strings(names)
	return strings.Join(names, " ")
}

// poolsOf counts the resource pools below the root pool of a cluster.
func (on *target) poolsOf(t *testing.T, cluster string) int {
	t.Helper()
	var pool mo.ResourcePool
	on.readAt(t, cluster+"/Resources", &pool, "resourcePool")
	return len(pool.ResourcePool)
}

const statesInventory = `
vcenter: {version: 7.0.3, build: "20395099", extraPrivileges: [Plugin.Extra], lackingPrivileges: [Datastore.Browse]}
datacenters:
  - name: X1
    clusters:
      - {name: x1_cluster_prod, hosts: 3, maintenance: [x1_cluster_prod_host_1], disconnected: [x1_cluster_prod_host_2]}
      - {name: x1_cluster_stage, hosts: 1, drs: false}
    datastores:
      - name: x1_lun_1
        datastoreCluster: pod
        clusters: [x1_cluster_prod]
        readOnly: [x1_cluster_prod_host_1]
        inaccessible: [x1_cluster_prod_host_2]
        unmounted: [x1_cluster_prod_host_3]
      - {name: x1_lun_2, datastoreCluster: pod}
    switches:
      - {name: s, folder: net/deep, portGroups: [on-switch], clusters: [x1_cluster_prod]}
    networks:
      - everywhere
      - {name: here, folder: net, hosts: [x1_cluster_stage_host_1]}
    virtualMachines:
      - {name: t, cluster: x1_cluster_prod, datastore: x1_lun_1, template: true, tools: guestToolsUnmanaged}
users:
  - {name: inner@vsphere.local, groups: [inner-group@vsphere.local]}
groups:
  - {name: inner-group@vsphere.local, groups: [outer-group@vsphere.local]}
  - {name: outer-group@vsphere.local}
permissions:
  - {path: /X1, principal: outer-group@vsphere.local, group: true, role: ReadOnly}
`

func TestStatesOfTheInventory(t *testing.T) {
	t.Parallel()
	description, err := inventory.Decode([]byte(statesInventory))
	must(t, err)
	running := start(t, server.Options{Inventory: description})
	on := connect(t, running, running.Ready.User, running.Ready.Password)
	ctx := context.Background()

	about := on.Client.ServiceContent.About
	must(t, equal("about", about.FullName+" "+about.ApiVersion, "VMware vCenter Server 7.0.3 build-20395099 7.0.3.0"))
	var manager mo.AuthorizationManager
	must(t, on.read(ctx, on.Auth.Reference(), &manager, "privilegeList"))
	knows := func(id string) bool {
		return slices.ContainsFunc(manager.PrivilegeList, func(one types.AuthorizationPrivilege) bool { return one.PrivId == id })
	}
	must(t, equal("knows Plugin.Extra, Datastore.Browse", fmt.Sprint(knows("Plugin.Extra"), knows("Datastore.Browse")), "true false"))
	_, err = on.Auth.AddRole(ctx, "with the extra one", []string{"Plugin.Extra"})
	must(t, err)
	_, err = on.Auth.AddRole(ctx, "with the lacking one", []string{"Datastore.Browse"})
	must(t, wantFault(err, &types.InvalidArgument{}))

	hosts := ""
	for number := 1; number <= 3; number++ {
		var host mo.HostSystem
		on.readAt(t, fmt.Sprintf("/X1/host/x1_cluster_prod/x1_cluster_prod_host_%d", number), &host, "runtime", "summary")
		must(t, equal("both say the same", host.Summary.Runtime.ConnectionState, host.Runtime.ConnectionState))
		hosts += fmt.Sprintf("%t %s, ", host.Runtime.InMaintenanceMode, host.Runtime.ConnectionState)
	}
	must(t, equal("hosts", hosts, "true connected, false disconnected, false connected, "))
	must(t, equal("mounts", strings.Join(on.mountsOf(t, "/X1/datastore/pod/x1_lun_1"), "; "),
		"prod_host_1 readOnly true true; prod_host_2 readWrite true false; prod_host_3 readWrite false false"))
	must(t, equal("mounts", len(on.mountsOf(t, "/X1/datastore/pod/x1_lun_2")), 4))
	must(t, equal("networks", on.networksOf(t, "/X1/host/x1_cluster_prod/x1_cluster_prod_host_1"), "everywhere on-switch"))
	must(t, equal("networks", on.networksOf(t, "/X1/host/x1_cluster_stage/x1_cluster_stage_host_1"), "everywhere here"))
	for _, path := range []string{"/X1/network/net/here", "/X1/network/net/deep/on-switch", "/X1/network/everywhere"} {
		_, err := on.find(ctx, path)
		must(t, err)
	}
	pod, err := on.find(ctx, "/X1/datastore/pod")
	must(t, err)
	must(t, equal("type", pod.Type, "StoragePod"))
	var machine mo.VirtualMachine
	on.readAt(t, "/X1/vm/t", &machine, "guest")
	must(t, equal("tools", machine.Guest.ToolsVersionStatus2, "guestToolsUnmanaged"))

	datacenter, err := on.find(ctx, "/X1")
	must(t, err)
	answer, err := methods.HasUserPrivilegeOnEntities(ctx, on.Client, &types.HasUserPrivilegeOnEntities{
		This: on.Auth.Reference(), Entities: []types.ManagedObjectReference{datacenter, on.Root},
		UserName: "inner@vsphere.local", PrivId: []string{"System.Read"},
	})
	must(t, err)
	must(t, equal("a group in a group", fmt.Sprint(answer.Returnval[0].PrivAvailability[0].IsGranted,
		answer.Returnval[1].PrivAvailability[0].IsGranted), "true false"))
}

func TestChangesOfStates(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	prod, stage := "/X1/host/x1_cluster_prod", "/X1/host/x1_cluster_stage"
	host := prod + "/x1_cluster_prod_host_1"

	on.administer(t, `{"operation": "setHost", "path": "`+host+`", "maintenance": true, "connected": false}`)
	var system mo.HostSystem
	on.readAt(t, host, &system, "runtime")
	must(t, equal("host", fmt.Sprintf("%t %s", system.Runtime.InMaintenanceMode, system.Runtime.ConnectionState), "true disconnected"))
	on.administer(t, `{"operation": "setHost", "path": "`+host+`", "connected": true}`)
	on.readAt(t, host, &system, "runtime")
	must(t, equal("host", fmt.Sprintf("%t %s", system.Runtime.InMaintenanceMode, system.Runtime.ConnectionState), "true connected"))

	on.administer(t,
		`{"operation": "setMount", "path": "/X1/datastore/x1_lun_1", "hosts": ["x1_cluster_prod_host_1"], "writable": false}`,
		`{"operation": "setMount", "path": "/X1/datastore/x1_root", "clusters": ["x1_cluster_stage"], "mounted": false}`,
		`{"operation": "setMount", "path": "/X1/datastore/x1_lun_2", "accessible": false}`)
	must(t, equal("mounts", strings.Join(on.mountsOf(t, "/X1/datastore/x1_lun_1"), "; "),
		"prod_host_1 readOnly true true; prod_host_2 readWrite true true"))
	must(t, equal("mounts", strings.Join(on.mountsOf(t, "/X1/datastore/x1_root"), "; "),
		"prod_host_1 readWrite true true; prod_host_2 readWrite true true; stage_host_1 readWrite false false"))
	must(t, equal("mounts", strings.Join(on.mountsOf(t, "/X1/datastore/x1_lun_2"), "; "),
		"prod_host_1 readWrite true false; prod_host_2 readWrite true false"))
	accessible := func(path string) bool {
		var datastore mo.Datastore
		on.readAt(t, path, &datastore, "summary")
		return datastore.Summary.Accessible
	}
	must(t, equal("accessible", fmt.Sprint(accessible("/X1/datastore/x1_root"), accessible("/X1/datastore/x1_lun_2")), "true false"))

	on.administer(t, `{"operation": "addResourcePool", "path": "`+prod+`", "name": "a/b/c"}`,
		`{"operation": "addResourcePool", "path": "`+prod+`", "name": "d"}`,
		`{"operation": "addResourcePool", "path": "`+prod+`", "name": "a/e"}`)
	must(t, equal("pools", on.poolsOf(t, prod), 2))
	on.administer(t, `{"operation": "setDrs", "path": "`+prod+`", "enabled": false}`)
	must(t, equal("pools", on.poolsOf(t, prod), 0))
	on.administer(t, `{"operation": "setDrs", "path": "`+prod+`", "enabled": true}`,
		`{"operation": "addResourcePool", "path": "`+prod+`", "name": "a"}`)
	must(t, equal("pools", on.poolsOf(t, prod), 1))

	on.administer(t, `{"operation": "addSwitch", "path": "/X1", "name": "s", "portGroups": ["p", "q"]}`,
		`{"operation": "addNetwork", "path": "/X1", "name": "n", "folder": "f", "clusters": ["x1_cluster_stage"]}`,
		`{"operation": "takeNetwork", "path": "/X1/network/s", "hosts": ["x1_cluster_prod_host_1"]}`)
	must(t, equal("networks", on.networksOf(t, host), ""))
	must(t, equal("networks", on.networksOf(t, prod+"/x1_cluster_prod_host_2"), "p q"))
	must(t, equal("networks", on.networksOf(t, stage+"/x1_cluster_stage_host_1"), "n p q"))
	on.administer(t, `{"operation": "takeNetwork", "path": "/X1/network/f/n"}`)
	must(t, equal("networks", on.networksOf(t, stage+"/x1_cluster_stage_host_1"), "p q"))

	on.administer(t, `{"operation": "addDatastore", "path": "/X1", "name": "in-pod", "datastoreCluster": "pod"}`,
		`{"operation": "addFolder", "path": "/X1/vm", "name": "a/b"}`,
		`{"operation": "createVirtualMachine", "path": "/X1/vm/a/b", "name": "m", "cluster": "x1_cluster_prod", "datastore": "in-pod", "tools": "guestToolsCurrent"}`)
	var machine mo.VirtualMachine
	on.readAt(t, "/X1/vm/a/b/m", &machine, "guest", "datastore")
	must(t, equal("tools", machine.Guest.ToolsVersionStatus2, "guestToolsCurrent"))
	must(t, equal("mounts", len(on.mountsOf(t, "/X1/datastore/pod/in-pod")), 3))
}

func TestChangesOfAccounts(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	ctx := context.Background()
	datastore, err := on.find(ctx, on.Datastore)
	must(t, err)
	may := func(privilege string) bool {
		answer, err := methods.HasUserPrivilegeOnEntities(ctx, on.Client, &types.HasUserPrivilegeOnEntities{
			This: on.Auth.Reference(), Entities: []types.ManagedObjectReference{datastore}, UserName: "new@corp.local", PrivId: []string{privilege},
		})
		must(t, err)
		return answer.Returnval[0].PrivAvailability[0].IsGranted
	}
	on.administer(t, `{"operation": "addPrincipal", "principal": "new@corp.local", "password": "known"}`,
		`{"operation": "addPrincipal", "principal": "inner@corp.local", "group": true}`,
		`{"operation": "addPrincipal", "principal": "outer@corp.local", "group": true}`,
		`{"operation": "addMember", "principal": "inner@corp.local", "member": "new@corp.local"}`,
		`{"operation": "addMember", "principal": "outer@corp.local", "member": "inner@corp.local", "group": true}`,
		`{"operation": "addMember", "principal": "inner@corp.local", "member": "outer@corp.local", "group": true}`, // a circle ends
		`{"operation": "createRole", "role": "browser", "privileges": ["Datastore.Browse"]}`,
		`{"operation": "setPermission", "path": "/X1", "principal": "outer@corp.local", "group": true, "role": "browser"}`)
	must(t, equal("through a group of a group", may("Datastore.Browse"), true))
	on.administer(t, `{"operation": "removeMember", "principal": "outer@corp.local", "member": "inner@corp.local", "group": true}`)
	must(t, equal("through a group of a group", may("Datastore.Browse"), false))
	on.administer(t, `{"operation": "setGlobalPermission", "principal": "new@corp.local", "role": "browser"}`)
	must(t, equal("by a Global Permission", may("Datastore.Browse"), true))
	on.administer(t, `{"operation": "setGlobalPermission", "principal": "new@corp.local", "role": "ReadOnly"}`)
	must(t, equal("by a Global Permission", may("Datastore.Browse"), false))
	on.administer(t, `{"operation": "setGlobalPermission", "principal": "new@corp.local", "role": "browser"}`,
		`{"operation": "removePrivileges", "privileges": ["Datastore.Browse"]}`,
		`{"operation": "addPrivileges", "privileges": ["Plugin.Extra"]}`)
	must(t, equal("what is known no longer", may("Datastore.Browse"), false))
	_, err = on.Auth.AddRole(ctx, "extra", []string{"Plugin.Extra"})
	must(t, err)

	got, err := on.searched(ctx, "corp.local", "new", false)
	must(t, err)
	must(t, equal("found", got, "[new]"))
	on.administer(t, `{"operation": "removePrincipal", "principal": "new@corp.local"}`,
		`{"operation": "removePrincipal", "principal": "outer@corp.local", "group": true}`)
	got, err = on.searched(ctx, "corp.local", "new", false)
	must(t, err)
	must(t, equal("found", got, "[]"))

	on.administer(t, `{"operation": "setVersion", "version": "6.7.0"}`)
	content, err := methods.GetServiceContent(ctx, on.Client)
	must(t, err)
	must(t, equal("about", content.About.FullName, "VMware vCenter Server 6.7.0 build-24022515"))
}

func TestChangesOfStatesThatCannotBeAreRefused(t *testing.T) {
	t.Parallel()
	on := faithful(t)
	for change, message := range map[string]string{
		`{"operation": "setHost", "path": "/X1", "maintenance": true}`:                                                                                "not a host",
		`{"operation": "setHost", "path": "/X1/host/x1_cluster_prod/x1_cluster_prod_host_1"}`:                                                         "neither maintenance nor connected",
		`{"operation": "setMount", "path": "/X1", "mounted": false}`:                                                                                  "not a datastore",
		`{"operation": "setMount", "path": "/X1/datastore/x1_lun_1"}`:                                                                                 "none of mounted",
		`{"operation": "setMount", "path": "/X1/datastore/x1_lun_1", "hosts": ["h"], "mounted": false}`:                                               `no host \"h\"`,
		`{"operation": "setMount", "path": "/X1/datastore/x1_lun_1", "clusters": ["x1_cluster_stage"], "mounted": true}`:                              "does not mount",
		`{"operation": "setDrs", "path": "/X1", "enabled": true}`:                                                                                     "not a cluster",
		`{"operation": "setDrs", "path": "/X1/host/x1_cluster_prod"}`:                                                                                 "enabled is missing",
		`{"operation": "addResourcePool", "path": "/X1", "name": "p"}`:                                                                                "not a cluster",
		`{"operation": "addFolder", "path": "/X1", "name": "f"}`:                                                                                      "not a folder",
		`{"operation": "addNetwork", "path": "/X1/vm", "name": "n"}`:                                                                                  "not a datacenter",
		`{"operation": "addSwitch", "path": "/X1", "name": "s", "clusters": ["c"]}`:                                                                   `no cluster \"c\"`,
		`{"operation": "takeNetwork", "path": "/X1"}`:                                                                                                 "neither a standard network nor",
		`{"operation": "addPrincipal", "principal": "nobody"}`:                                                                                        "has no domain",
		`{"operation": "removePrincipal", "principal": "nobody@vsphere.local"}`:                                                                       "does not exist",
		`{"operation": "addMember", "principal": "kubernetes-admins@vsphere.local", "member": "nobody@vsphere.local"}`:                                "does not exist",
		`{"operation": "setGlobalPermission", "principal": "nobody@vsphere.local", "role": "ReadOnly"}`:                                               "nobody@vsphere.local",
		`{"operation": "removePrivileges"}`:                                                                                                           "privileges is missing",
		`{"operation": "setVersion"}`:                                                                                                                 "version is missing",
		`{"operation": "createVirtualMachine", "path": "/X1/vm", "name": "m", "cluster": "x1_cluster_prod", "datastore": "x1_lun_1", "tools": "old"}`: "tools is",
	} {
		err := on.control(http.MethodPost, "/changes", "["+change+"]", nil)
		if err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("%s: got %v, want %q", change, err, message)
		}
	}
}
