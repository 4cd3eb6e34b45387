package storagepolicy

import (
	"slices"

	"github.com/vmware/govmomi/pbm/methods"
	"github.com/vmware/govmomi/pbm/types"
	"github.com/vmware/govmomi/vim25/soap"
	vimtypes "github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/vim"
)

// ProfileManager lists policies. It does not embed the simulator's type, so that a method which is not written here
// answers MethodNotFound instead of working on the simulator's own list.
type ProfileManager struct {
	vimtypes.ManagedObjectReference

	store *Store
}

// PbmQueryProfile returns the ids of the policies of a category for a type of resource.
func (manager *ProfileManager) PbmQueryProfile(request *types.PbmQueryProfile) soap.HasFault {
	answer := &types.PbmQueryProfileResponse{}
	for _, policy := range manager.store.all() {
		isWanted := request.ProfileCategory == "" || request.ProfileCategory == policy.ProfileCategory
		if isWanted && request.ResourceType == policy.ResourceType {
			answer.Returnval = append(answer.Returnval, policy.ProfileId)
		}
	}
	return &methods.PbmQueryProfileBody{Res: answer}
}

// PbmRetrieveContent returns policies by their ids; one id that is unknown spoils the whole answer, and so does an
// empty list.
func (manager *ProfileManager) PbmRetrieveContent(request *types.PbmRetrieveContent) soap.HasFault {
	policies := manager.store.all()
	answer := &types.PbmRetrieveContentResponse{}
	for _, id := range request.ProfileIds {
		position := slices.IndexFunc(policies, func(policy *types.PbmCapabilityProfile) bool { return policy.ProfileId == id })
		if position < 0 {
			return invalidIDs()
		}
		answer.Returnval = append(answer.Returnval, policies[position])
	}
	if len(answer.Returnval) == 0 {
		return invalidIDs()
	}
	return &methods.PbmRetrieveContentBody{Res: answer}
}

func invalidIDs() soap.HasFault {
	return &methods.PbmRetrieveContentBody{Fault_: vim.Fault(&vimtypes.InvalidArgument{InvalidProperty: "profileIds"})}
}
