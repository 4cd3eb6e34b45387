package vim

import (
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
	"deckhouse-vsphere/lab/vcenter/internal/identity"
)

// authorizationManager is where the simulator keeps that singleton.
var authorizationManager = Reference{Type: "AuthorizationManager", Value: "AuthorizationManager"}

// Gate looks at every SOAP call before the simulator dispatches it: who is calling, and may he (row 14)?
type Gate struct {
	Access    *Access
	Directory *identity.Directory
}

// Install makes the registry ask the gate.
func (gate *Gate) Install() {
	gate.Access.Map.Handler = gate.check
}

func (gate *Gate) check(ctx *simulator.Context, method *simulator.Method) (mo.Reference, types.BaseMethodFault) {
	if ctx.Session == nil {
		return nil, gate.checkStranger(method)
	}
	if fault := gate.checkUser(ctx, method); fault != nil {
		return nil, fault
	}
	if fault := gate.withoutDRS(method); fault != nil {
		return nil, fault
	}
	gate.redirect(method)
	return nil, nil
}

// withoutDRS refuses a resource pool in a cluster without DRS (row 39; openshift/installer#3195).
func (gate *Gate) withoutDRS(method *simulator.Method) types.BaseMethodFault {
	pool, isPool := gate.Access.Map.Get(method.This).(*simulator.ResourcePool)
	if !isPool || method.Name != "CreateResourcePool" {
		return nil
	}
	cluster, isCluster := gate.Access.Map.Get(pool.Owner).(*simulator.ClusterComputeResource)
	if !isCluster {
		return nil
	}
	configuration, isKnown := cluster.ConfigurationEx.(*types.ClusterConfigInfoEx)
	if isKnown && configuration.DrsConfig.Enabled != nil && !*configuration.DrsConfig.Enabled {
		return &types.NotSupported{}
	}
	return nil
}

// checkStranger lets a caller without a session do two things only. The plain simulator also answers
// property reads, so that an expired session looks like an empty answer; a real vCenter says NotAuthenticated.
func (gate *Gate) checkStranger(method *simulator.Method) types.BaseMethodFault {
	switch method.Name {
	case "RetrieveServiceContent":
		return nil
	case "Login":
		return gate.login(method.Body.(*types.Login))
	case "LoginByToken", "LoginExtensionByCertificate", "CloneSession":
		// The simulator accepts any token here; the lab has no token service, so nobody can hold a valid one.
		return &types.InvalidLogin{}
	default:
		return &types.NotAuthenticated{NoPermission: types.NoPermission{
			Object:      &method.This,
			PrivilegeId: authorization.SystemView,
		}}
	}
}

// login checks user and password and turns the name into the form that vCenter reports in its sessions.
func (gate *Gate) login(request *types.Login) types.BaseMethodFault {
	user, valid := gate.Directory.Authenticate(request.UserName, request.Password)
	if !valid {
		return &types.InvalidLogin{}
	}
	if !gate.Access.Rules.HasAnyRule(user) {
		root := gate.Access.Root()
		return &types.NoPermission{Object: &root, PrivilegeId: authorization.SystemView}
	}
	request.UserName = user
	return nil
}

// redirect sends lookups to the objects that respect visibility, and calls about virtual machines to the one that
// answers them rightly.
func (gate *Gate) redirect(method *simulator.Method) {
	switch method.Name {
	case "FindByInventoryPath", "FindChild":
		method.This = visibleSearchIndex
	case "RetrieveProperties", "RetrievePropertiesEx", "ContinueRetrievePropertiesEx":
		if method.This.Type == "PropertyCollector" {
			method.This = gate.Access.content().PropertyCollector
		}
	}
	if correctedMethods[method.Name][method.This.Type] {
		method.This = virtualMachines
	}
}

func (gate *Gate) checkUser(ctx *simulator.Context, method *simulator.Method) types.BaseMethodFault {
	user := Caller(ctx)
	if user == Internal {
		return nil
	}
	if method.Name == "ImpersonateUser" {
		return &types.NoPermission{Object: &method.This, PrivilegeId: "Sessions.ImpersonateUser"}
	}
	if filter, isFilter := method.Body.(*types.CreateFilter); isFilter {
		for _, object := range filter.Spec.ObjectSet {
			if !gate.Access.Sees(user, object.Obj) {
				return &types.ManagedObjectNotFound{Obj: object.Obj}
			}
		}
	}
	if _, isEntity := gate.Access.Entity(method.This); isEntity {
		fault := gate.Access.Missing(user, method.This, append([]string{authorization.SystemView}, needed(method)...)...)
		if fault != nil {
			return fault
		}
	}
	for _, demand := range gate.Access.demandsOf(method) {
		if fault := gate.Access.Missing(user, demand.object, demand.privilege); fault != nil {
			return fault
		}
	}
	return nil
}

// needed names the privilege for the changes of the inventory that programs make by SOAP
// (API reference, "Required Privileges" of each method).
func needed(method *simulator.Method) []string {
	if privilege, known := methodPrivileges[method.Name]; known {
		return []string{privilege}
	}
	if privilege, known := typedPrivileges[method.Name][method.This.Type]; known {
		return []string{privilege}
	}
	return nil
}

var methodPrivileges = map[string]string{
	"CreateFolder":           "Folder.Create",
	"CreateDatacenter":       "Datacenter.Create",
	"CreateCluster":          "Host.Inventory.CreateCluster",
	"CreateClusterEx":        "Host.Inventory.CreateCluster",
	"AddHost_Task":           "Host.Inventory.AddHostToCluster",
	"AddStandaloneHost_Task": "Host.Inventory.AddStandaloneHost",
	"CreateVM_Task":          "VirtualMachine.Inventory.Create",
	"CreateDVS_Task":         "DVSwitch.Create",
	"AddDVPortgroup_Task":    "DVPortgroup.Create",
	"CreateResourcePool":     "Resource.CreatePool",
	"PowerOnVM_Task":         "VirtualMachine.Interact.PowerOn",
	"PowerOffVM_Task":        "VirtualMachine.Interact.PowerOff",
	"ShutdownGuest":          "VirtualMachine.Interact.PowerOff",
	"ResetVM_Task":           "VirtualMachine.Interact.Reset",
	"SuspendVM_Task":         "VirtualMachine.Interact.Suspend",
	"PutUsbScanCodes":        "VirtualMachine.Interact.PutUsbScanCodes",
	"MarkAsTemplate":         "VirtualMachine.Provisioning.MarkAsTemplate",
	"MarkAsVirtualMachine":   "VirtualMachine.Provisioning.MarkAsVM",
	"CreateSnapshot_Task":    "VirtualMachine.State.CreateSnapshot",
	"UnregisterVM":           "VirtualMachine.Inventory.Unregister",

	"EnterMaintenanceMode_Task":       "Host.Config.Maintenance",
	"ExitMaintenanceMode_Task":        "Host.Config.Maintenance",
	"DisconnectHost_Task":             "Host.Config.Connection",
	"ReconnectHost_Task":              "Host.Config.Connection",
	"ReconfigureComputeResource_Task": "Host.Inventory.EditCluster",
	"CreateStoragePod":                "Folder.Create",
}

var typedPrivileges = map[string]map[string]string{
	"Rename_Task": {
		"Folder":                 "Folder.Rename",
		"Datacenter":             "Datacenter.Rename",
		"Datastore":              "Datastore.Rename",
		"ClusterComputeResource": "Host.Inventory.RenameCluster",
		"VirtualMachine":         "VirtualMachine.Config.Rename",
		"ResourcePool":           "Resource.RenamePool",
	},
	"Destroy_Task": {
		"Folder":                      "Folder.Delete",
		"Datacenter":                  "Datacenter.Delete",
		"Datastore":                   "Datastore.Delete",
		"ClusterComputeResource":      "Host.Inventory.DeleteCluster",
		"VirtualMachine":              "VirtualMachine.Inventory.Delete",
		"DistributedVirtualPortgroup": "DVPortgroup.Delete",
		"DistributedVirtualSwitch":    "DVSwitch.Delete",
		"ResourcePool":                "Resource.DeletePool",
	},
}
