package vim

import (
	"slices"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// demand is a privilege that a call needs on an object. The privileges are those that the API reference names as
// "Required Privileges" of each method, for the calls that Packer and the product make.
type demand struct {
	object    Reference
	privilege string
}

// terminateSessions is the privilege to see the sessions of all users and to end them.
const terminateSessions = "Sessions.TerminateSession"

// demandsOf lists what a call needs beyond what its name and its object tell.
func (access *Access) demandsOf(method *simulator.Method) []demand {
	switch request := method.Body.(type) {
	case *types.CreateVM_Task:
		return access.creation(request)
	case *types.CloneVM_Task:
		return access.cloning(request)
	case *types.ReconfigVM_Task:
		return access.reconfiguration(request.This, request.Spec)
	case *types.MarkAsVirtualMachine:
		return []demand{{request.Pool, "Resource.AssignVMToPool"}}
	case *types.MakeDirectory:
		return access.onDatastore(request.Datacenter, request.Name, "Datastore.FileManagement")
	case *types.DeleteDatastoreFile_Task:
		return access.onDatastore(request.Datacenter, request.Name, "Datastore.FileManagement")
	case *types.TerminateSession:
		return []demand{{access.Root(), terminateSessions}}
	case *types.SearchDatastore_Task:
		if browser, known := access.Map.Get(request.This).(*simulator.HostDatastoreBrowser); known && len(browser.Datastore) > 0 {
			return []demand{{browser.Datastore[0], "Datastore.Browse"}}
		}
	}
	return nil
}

func (access *Access) creation(request *types.CreateVM_Task) []demand {
	demands := []demand{{request.Pool, "Resource.AssignVMToPool"}}
	datacenter := access.datacenter(request.This)
	if datacenter == nil {
		return demands
	}
	if request.Config.Files != nil {
		demands = append(demands, access.onDatastore(&datacenter.Self, request.Config.Files.VmPathName, "Datastore.AllocateSpace")...)
	}
	return append(demands, access.newDevices(request.This, datacenter, request.Config.DeviceChange)...)
}

// cloning distinguishes what is cloned to what, as the API reference of CloneVM_Task does.
func (access *Access) cloning(request *types.CloneVM_Task) []demand {
	source, known := access.Map.Get(request.This).(*simulator.VirtualMachine)
	if !known {
		return nil
	}
	privilege := "VirtualMachine.Provisioning.Clone"
	switch {
	case source.Config.Template && request.Spec.Template:
		privilege = "VirtualMachine.Provisioning.CloneTemplate"
	case source.Config.Template:
		privilege = "VirtualMachine.Provisioning.DeployTemplate"
	case request.Spec.Template:
		privilege = "VirtualMachine.Provisioning.CreateTemplateFromVM"
	}
	location := request.Spec.Location
	demands := []demand{
		{request.This, privilege},
		{request.Folder, "VirtualMachine.Inventory.CreateFromExisting"},
	}
	if location.Pool != nil {
		demands = append(demands, demand{*location.Pool, "Resource.AssignVMToPool"})
	}
	datastores := slices.Clone(source.Datastore)
	if location.Datastore != nil {
		datastores = []Reference{*location.Datastore}
	}
	for _, datastore := range datastores {
		demands = append(demands, demand{datastore, "Datastore.AllocateSpace"})
	}
	changes := location.DeviceChange
	if request.Spec.Config != nil {
		changes = slices.Concat(changes, request.Spec.Config.DeviceChange)
	}
	return append(demands, access.networks(access.datacenter(request.Folder), changes)...)
}

// networks lists the networks to which changed adapters are connected.
func (access *Access) networks(datacenter *simulator.Datacenter, changes []types.BaseVirtualDeviceConfigSpec) []demand {
	var demands []demand
	for _, change := range changes {
		specification := change.GetVirtualDeviceConfigSpec()
		_, isAdapter := specification.Device.(types.BaseVirtualEthernetCard)
		if !isAdapter || datacenter == nil || specification.Operation == types.VirtualDeviceConfigSpecOperationRemove {
			continue
		}
		if network := networkOf(access.Map, specification.Device, datacenter); network != nil {
			demands = append(demands, demand{*network, "Network.Assign"})
		}
	}
	return demands
}

// onDatastore asks for a privilege on the datastore of a path such as "[datastore] directory/file".
func (access *Access) onDatastore(datacenter *Reference, path, privilege string) []demand {
	var parsed object.DatastorePath
	if datacenter == nil || !parsed.FromString(path) {
		return nil
	}
	owner, known := access.Map.Get(*datacenter).(*simulator.Datacenter)
	if !known {
		return nil
	}
	found := access.Map.FindByName(parsed.Datastore, owner.Datastore)
	if found == nil {
		return nil
	}
	return []demand{{found.Reference(), privilege}}
}

// datacenter returns the datacenter of an object, or nil for one outside.
func (access *Access) datacenter(reference Reference) *simulator.Datacenter {
	for _, ancestor := range access.Lineage(reference) {
		if datacenter, found := access.Map.Get(ancestor).(*simulator.Datacenter); found {
			return datacenter
		}
	}
	return nil
}
