package storagepolicy

import (
	"fmt"

	"github.com/vmware/govmomi/pbm"
	"github.com/vmware/govmomi/pbm/methods"
	pbmsimulator "github.com/vmware/govmomi/pbm/simulator"
	"github.com/vmware/govmomi/pbm/types"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	vimtypes "github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// AlternativePath is where VMware's own programs find the service; govmomi's find it at pbm.Path.
const AlternativePath = pbm.Path + "/sdk"

// Service serves a store of policies by SOAP.
type Service struct {
	Store *Store

	registry *simulator.Registry
}

// NewService makes the service, with the policies that every vCenter has.
func NewService(access *vim.Access) (*Service, error) {
	registry := pbmsimulator.New()
	instance, isInstance := registry.Get(pbm.ServiceInstance).(*pbmsimulator.ServiceInstance)
	if !isInstance {
		return nil, fmt.Errorf("the simulator has no storage policy service")
	}
	reference := instance.Content.ProfileManager
	store := &Store{}
	for _, policy := range builtIn(registry.Get(reference).(*pbmsimulator.ProfileManager)) {
		if err := store.put(policy); err != nil {
			return nil, err
		}
	}
	registry.Put(&ProfileManager{ManagedObjectReference: reference, store: store})
	registry.Handler = (&gate{access: access}).check
	return &Service{Store: store, registry: registry}, nil
}

// Register makes the service answer at both paths.
func (service *Service) Register(at *simulator.Service) {
	at.RegisterSDK(service.registry, AlternativePath)
}

// builtIn asks the simulator for its policies, which were recorded from a vCenter.
func builtIn(manager *pbmsimulator.ProfileManager) []*types.PbmCapabilityProfile {
	kind := types.PbmProfileResourceType{ResourceType: resource}
	ids := manager.PbmQueryProfile(&types.PbmQueryProfile{ResourceType: kind, ProfileCategory: category}).(*methods.PbmQueryProfileBody)
	contents := manager.PbmRetrieveContent(&types.PbmRetrieveContent{ProfileIds: ids.Res.Returnval}).(*methods.PbmRetrieveContentBody)
	var policies []*types.PbmCapabilityProfile
	for _, content := range contents.Res.Returnval {
		if policy, isPolicy := content.(*types.PbmCapabilityProfile); isPolicy {
			policies = append(policies, policy)
		}
	}
	return policies
}

// gate looks at every call before the simulator dispatches it: who is calling, and may he (row 37)?
type gate struct {
	access *vim.Access
}

func (gate *gate) check(ctx *simulator.Context, method *simulator.Method) (mo.Reference, vimtypes.BaseMethodFault) {
	if ctx.Session == nil { // the plain simulator answers PbmRetrieveServiceContent all the same
		return nil, &vimtypes.NotAuthenticated{NoPermission: vimtypes.NoPermission{
			Object: &method.This, PrivilegeId: authorization.SystemView,
		}}
	}
	if method.Name == "PbmRetrieveServiceContent" {
		return nil, nil
	}
	// Policies are no objects of the inventory, so that only the root folder counts.
	return nil, gate.access.Missing(vim.Caller(ctx), gate.access.Root(), authorization.ViewStoragePolicies)
}
